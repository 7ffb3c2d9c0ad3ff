"""The computer: programs and their versions, the terminal, the settings, the clock."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

from greenstar import __version__
from greenstar.record.timestamps import local_minute, read_time
from greenstar.services.doctor.diagnosis import Diagnosis, Verdict, warned, well, wrong
from greenstar.services.settings.settings import config_file, load_settings
from greenstar.services.visit.clock import FIRST_YEAR
from greenstar.storage.library import VERSION, has_reset_bug

_LEAST_WIDTH, _LEAST_HEIGHT = 60, 18
_CLOCKS_DIFFER = timedelta(minutes=5)
_LONG = timedelta(days=730)  # without any change


def machine(now: datetime, newest: str) -> Iterator[Diagnosis]:
    """All of it; `newest`: when the database was changed last, as it is kept, empty where nobody knows."""
    system = f"{platform.system()} {platform.release()}"
    yield well("program", "program", version=__version__, python=platform.python_version(), system=system)
    yield (
        warned("sqlite", "sqlite_bug", version=VERSION)
        if has_reset_bug()
        else well("sqlite", "sqlite", version=VERSION)
    )
    yield _terminal()
    yield from _settings()
    yield clock(now, newest)


def _terminal() -> Diagnosis:
    term, encoding = os.environ.get("TERM", ""), getattr(sys.stdout, "encoding", None) or ""
    if not sys.stdout.isatty():
        return well("terminal", "no_terminal", encoding=encoding)
    width, height = shutil.get_terminal_size()
    values = {"term": term or "-", "encoding": encoding, "width": str(width), "height": str(height)}
    if term in ("dumb", "unknown"):
        return warned("terminal", "dumb", **values)
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return warned("terminal", "small", **values, least=f"{_LEAST_WIDTH} × {_LEAST_HEIGHT}")
    if encoding.casefold().replace("-", "") != "utf8":
        return warned("terminal", "not_utf8", **values)
    return well("terminal", "terminal", **values)


def _settings() -> Iterator[Diagnosis]:
    file = config_file()
    problems = load_settings().problems
    for problem in problems:
        yield Diagnosis("settings", Verdict.WARN, problem)
    if not problems:
        yield well("settings", "settings" if file.exists() else "no_settings", file=str(file))


def clock(now: datetime, newest: str) -> Diagnosis:
    """The clock against what was recorded."""
    shown = local_minute(now)
    if now.year < FIRST_YEAR:
        return wrong("clock", "clock_stood", now=shown)
    try:
        last = read_time(newest) if newest else None
    except ValueError:
        last = None
    if last is None:
        return well("clock", "clock", now=shown)
    values = {"now": shown, "newest": local_minute(last)}
    if last > now + _CLOCKS_DIFFER:
        return wrong("clock", "clock_behind", **values)
    if now > last + _LONG:
        return warned("clock", "clock_ahead", **values)
    return well("clock", "clock", now=shown)
