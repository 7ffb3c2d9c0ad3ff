"""Slow work that comes to the same every time is done once a process: what ships is read and searched once.

This module is imported before all others, so that whoever imports `read_scheme` gets the one that remembers. Schemes
and visits are never changed once they are read, and a file that changes is read anew.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from greenstar.assessment import answers_file
from greenstar.assessment.answers_file import AnswersFile, KeptSchemes, SchemeFinder
from greenstar.assessment.model import Visit
from greenstar.errors import BadInput
from greenstar.record.ulids import new_ulid
from greenstar.resources import CRITERIA, MIGRATIONS
from greenstar.scheme import loader
from greenstar.scheme.model import Scheme
from greenstar.scoring import reachability
from greenstar.services.demo.network import _Network
from greenstar.services.demo.sample_files import keep_sample_files
from greenstar.services.demo.visits import Inventor
from greenstar.services.progress import Progress
from greenstar.services.schemes import check
from greenstar.storage.sqlite.companions import beside
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.older_copy import make_file
from greenstar.storage.sqlite.tables import Tables
from tests.sql import database_of

# Not those that a test writes for itself.
kept_folders = [str(CRITERIA.absolute()), str(Path(__file__).parent / "schemes")]
_State = tuple[str, tuple[tuple[str, int, int], ...]]
_read_scheme = loader.read_scheme
_read_answers = answers_file.read_answers_files
_invent = Inventor.__init__
_schemes: dict[_State, Scheme] = {}
_own_schemes: dict[tuple[str, bytes], Scheme] = {}  # by path and content
_answers: dict[tuple[Path, _State], tuple[tuple[str | None, Path], AnswersFile]] = {}
_inventors: dict[tuple[str, str], dict[str, Any]] = {}
_open = Database.open
_new_database: list[tuple[bytes, str]] = []  # what it holds, and the ULID of the first that was made
fill_anew = _Network.fill
_networks: dict[tuple[int, int], tuple[bytes, int]] = {}
_reached: dict[int, reachability.Reach] = {}  # by a scheme's identity: what is in `_schemes` stays


def read_scheme(path: Path) -> Scheme:
    """The scheme at `path`; one that a test wrote for itself is remembered by what stands in it."""
    key = _state_of(path)
    if key is None:
        return _own_scheme(path)
    if key not in _schemes:
        _schemes[key] = _read_scheme(path)
    return _schemes[key]


def _own_scheme(path: Path) -> Scheme:
    try:
        key = str(path), path.read_bytes()
    except (OSError, ValueError):  # a folder, or no file that can be read
        return _read_scheme(path)
    if key not in _own_schemes:
        _own_schemes[key] = _read_scheme(path)
    return _own_schemes[key]


def read_answers_files(path: Path, find_scheme: SchemeFinder, kept: KeptSchemes | None = None) -> Iterator[AnswersFile]:
    """The visits in a file; an example is read once for each scheme that is given for it."""
    state = _state_of(path)
    return _example(path, state, find_scheme, kept) if state else _read_answers(path, find_scheme, kept)


def _example(path: Path, state: _State, find_scheme: SchemeFinder, kept: KeptSchemes | None) -> Iterator[AnswersFile]:
    if (path, state) in _answers:
        asked, file = _answers[path, state]
        with suppress(BadInput):
            if find_scheme(*asked) is file.scheme:
                yield file
                return
    finds: list[tuple[tuple[str | None, Path], Scheme]] = []

    def find(name: str | None, folder: Path) -> Scheme:
        finds.append(((name, folder), find_scheme(name, folder)))
        return finds[-1][1]

    files = [*_read_answers(path, find, kept)]
    if len(files) == 1 and [scheme for _, scheme in finds] == [files[0].scheme]:
        _answers[path, state] = finds[0][0], files[0]
    yield from files


def _state_of(path: Path) -> _State | None:
    """What tells a file or folder that is kept from an earlier state of it; None for any other."""
    place = os.path.abspath(path)  # noqa: PTH100  (takes any text; some paths in tests are none)
    if not place.startswith(tuple(kept_folders)):
        return None
    files = sorted(Path(place).glob("*.yaml")) if Path(place).is_dir() else [Path(place)]
    states = [(file.name, file.stat()) for file in files if file.exists()]
    return place, tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


def invent(self: Inventor, scheme: Scheme, models: list[Visit]) -> None:
    """An inventor for a sample network; which answers are better is measured once, by scoring visits."""
    key = (scheme.sha256, repr(models))
    if key in _inventors:
        vars(self).update(_inventors[key])
    else:
        _invent(self, scheme, models)
        _inventors[key] = {**vars(self)}


def reach(scheme: Scheme) -> reachability.Reach:
    """What the check of a scheme reaches. The tests of the search itself call the search."""
    if not any(scheme is kept for kept in _schemes.values()):
        return reachability.reach(scheme)
    if id(scheme) not in _reached:
        _reached[id(scheme)] = reachability.reach(scheme)
    return _reached[id(scheme)]


def fill(self: _Network, progress: Progress | None) -> int:
    """Make a sample network; the same one again is a copy. The tests of the making itself make each (`fill_anew`)."""
    key, tables = (self.seed, self.stores), database_of(self.workspace).tables
    if key not in _networks:
        visits = fill_anew(self, progress)
        _networks[key] = content_of(tables), visits
        return visits
    content, visits = _networks[key]
    restore(content, tables)
    keep_sample_files(self.workspace.storage.evidence)
    steps = 2 * self.stores + 1
    if progress is not None:
        for step in range(1, steps + 1):
            progress(step, steps)
    return visits


def open_database(path: Path, *, write: bool = True, migrations: Path = MIGRATIONS, **options: Any) -> Database:
    """The database at `path`; a new one of ours is a copy of the first that was made."""
    new = write and migrations == MIGRATIONS and _is_free(path)
    if new and _new_database:
        content, ulid = _new_database[0]
        with suppress(OSError):  # where none can be made, opening says so
            if make_file(Path(os.path.realpath(path)), 0o600):
                path.write_bytes(content.replace(ulid.encode(), new_ulid(datetime.now(UTC)).encode()))
    database = _open(path, write=write, migrations=migrations, **options)
    if new and not _new_database:
        content = content_of(database.tables)
        with_log = content[:18] + b"\2\2" + content[20:]
        _new_database.append((with_log, database.value("SELECT ulid FROM identity")))
    return database


def _is_free(path: Path) -> bool:
    """Whether a database can be made at `path`, and nothing lies there or beside it yet."""
    with suppress(OSError):
        return path.parent.is_dir() and not any(os.path.lexists(file) for file in (path, *beside(path)))
    return False


def content_of(tables: Tables) -> bytes:
    """All that a database holds."""
    content = bytearray(tables.conn.serialize())
    content[18:20] = b"\x01\x01"  # in memory there is no write-ahead log
    return bytes(content)


def restore(content: bytes, tables: Tables) -> None:
    """Let a database hold that instead."""
    with closing(sqlite3.connect(":memory:")) as source:
        source.deserialize(content)
        source.backup(tables.conn)


for module in [module for name, module in sys.modules.items() if name.startswith("greenstar.")]:
    for name, real, remembering in (
        ("read_scheme", _read_scheme, read_scheme),
        ("read_answers_files", _read_answers, read_answers_files),
    ):
        if vars(module).get(name) is real:  # its own, or as it was imported by now
            vars(module)[name] = remembering
vars(check)["reach"] = reach  # the tests of the search itself call the search
Database.open = open_database  # type: ignore[method-assign]  # only the first new one is migrated
_Network.fill = fill  # type: ignore[method-assign]  # makes each network once
Inventor.__init__ = invent  # type: ignore[method-assign]  # the class measures; its tests need not each time
