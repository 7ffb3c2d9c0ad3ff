"""A log that lies beside a database and is not its own: recognised before SQLite would write it into the file.

A log (`-wal`) names no database. Where somebody puts a copy in the place of a database by hand and leaves the log of
the earlier one beside it, SQLite takes that log's pages for newer ones of the copy, and writes them into it. So whoever
opens a database that nobody has open, and that has a log, compares what it says alone with what it says with the log.
"""

import os
import sqlite3
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from greenstar.errors import StorageError
from greenstar.storage.sqlite.companions import has_log, log_of, shared_memory_of
from greenstar.storage.sqlite.in_use import is_copy_in_use

if sys.platform != "win32":
    import fcntl

_HELD_BYTE = 128  # of the shared memory: every program with the database open holds it
_LAST = "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1"
_SINCE = "SELECT count(*), max(id) FROM event WHERE id > ?"
_open: Counter[str] = Counter()  # the databases that this process has open, by their paths
_lock = threading.Lock()


class AtOpening(NamedTuple):
    """How a database lay before it was opened: `copied` alone while it was in use, or `left` with its log by a kill."""

    copied: bool = False
    left: bool = False


def opened_here(path: Path) -> AtOpening:
    """To be told before this process opens a database. StorageError: the log beside it is not its own."""
    real, state = Path(os.path.realpath(path)), AtOpening()  # SQLite keeps the log beside what a link leads to
    with _lock:
        # Not where it is open here already: closing its files would let go of what SQLite holds of them.
        if not _open[str(real)]:
            if is_foreign(real):
                raise StorageError("storage.foreign_log", file=str(path), log=str(log_of(real)))
            state = AtOpening(is_copy_in_use(real), _is_left(real))
        _open[str(real)] += 1
    return state


def closed_here(path: Path) -> None:
    """To be told after this process closed a database."""
    with _lock:
        _open[os.path.realpath(path)] -= 1


def is_foreign(path: Path) -> bool:
    """Whether the log beside a database is not its own. False as well where a program has the database open."""
    if not _is_left(path):
        return False
    with closing(_look(path, "mode=ro&immutable=1")) as alone, closing(_look(path, "mode=ro")) as together:
        if _holds(together) and _follows(alone, together):
            return False
        return _holds(alone)  # else the file is damaged, or was being written when the computer stopped


def _is_left(path: Path) -> bool:
    """Whether something waits in a log beside the database, and no program has it open."""
    try:
        written = path.stat().st_size > 0 and has_log(path)
    except OSError:
        return False
    return written and not _is_open(path)


def _look(path: Path, how: str) -> sqlite3.Connection:
    """A connection that cannot write, so that it leaves the log as it is when it closes."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)


def _holds(connection: sqlite3.Connection) -> bool:
    """Whether all pages are well, with what the quick check leaves out: it sees no index that lacks rows."""
    try:
        return connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
    except sqlite3.OperationalError:  # a lock, a disk that takes no shared memory: opening it tells
        return True
    except sqlite3.DatabaseError:
        return False


def _follows(alone: sqlite3.Connection, together: sqlite3.Connection) -> bool:
    """Whether the newest event of the file is there with the log as well, and none is missing after it."""
    try:
        last = alone.execute(_LAST).fetchone()
    except sqlite3.Error:  # nothing was recorded in the file itself yet, or it was being written
        return True
    if last is None:
        return True
    try:
        same = together.execute("SELECT hash FROM event WHERE id = ?", (last[0],)).fetchone()
        count, newest = together.execute(_SINCE, (last[0],)).fetchone()
    except sqlite3.OperationalError as error:
        return "no such" not in str(error)
    return same == (last[1],) and (newest is None or newest - last[0] == count)


def _is_open(path: Path) -> bool:
    """Whether a program has the database open."""
    if sys.platform == "win32":
        return False  # who opens a log there that another one uses sees what it holds as well
    try:
        descriptor = os.open(shared_memory_of(path), os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _HELD_BYTE)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
