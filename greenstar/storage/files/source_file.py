"""The files that people give as evidence: whether one can be kept, and what goes wrong while it is read."""

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from greenstar.errors import BadInput, reason_of
from greenstar.numbers import size_shown
from greenstar.record.timestamps import written_time
from greenstar.text import clean_line

MOST_BYTES = 1 << 30  # of one file
_GRACE = 86_400  # seconds: it is tomorrow already somewhere


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """BadInput: what goes wrong while a file is read, as a sentence about it."""
    name = clean_line(str(path))
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadInput("evidence.no_such_file", file=name) from error
    except PermissionError as error:
        raise BadInput("evidence.not_readable", file=name) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise BadInput("evidence.name_too_long", file=f"{name[:60]}...") from error
        raise BadInput("evidence.cannot_read", file=name, technical=reason_of(error)) from error
    except ValueError as error:  # a name with a character that no system has in names
        raise BadInput("evidence.no_such_file", file=name) from error


def check_kind(path: Path, status: os.stat_result) -> None:
    """BadInput: it is no file that can be kept. Seen before it is opened: opening a pipe waits for its other end."""
    name = clean_line(str(path))
    if stat.S_ISDIR(status.st_mode):
        raise BadInput("evidence.is_folder", file=name)
    if not stat.S_ISREG(status.st_mode):
        raise BadInput("evidence.is_no_file", file=name)
    if not status.st_size:
        raise BadInput("evidence.is_empty", file=name)
    if status.st_size > MOST_BYTES:
        raise BadInput(
            "evidence.too_big", file=name, found=size_shown(status.st_size, [MOST_BYTES]), most=size_shown(MOST_BYTES)
        )


def check_unchanged(path: Path, before: os.stat_result, after: os.stat_result) -> None:
    """BadInput: it was written to while it was read."""
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise BadInput("evidence.changed", file=clean_line(str(path)))


def time_of(seconds: float) -> str:
    """A file's time as text; nothing where it is no time at all, or has not come yet: some clock was wrong."""
    if seconds > time.time() + _GRACE:
        return ""
    try:
        return written_time(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError):
        return ""
