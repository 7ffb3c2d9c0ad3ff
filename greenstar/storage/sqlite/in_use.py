"""A mark in a database that it is in use: a copy of the one file alone, made then, may lack what waits in the log.

The first change after the log was emptied sets the mark and puts it into the file; emptying the log takes it away
before. So a file with the mark and without a log was copied in between, while whatever followed lay in the log alone.
After a kill the log is there; whoever empties that one takes the mark away as well. The mark is a number added to
SQLite's `user_version`, in which programs up to 0.2 only look for one that is higher than theirs.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from greenstar.storage.sqlite.companions import has_log, log_of

_MARK = 1_000_000
_FORMAT, _WITH_LOG = 18, 2  # the byte of a file's header that says how it is written, and what it says of a log
_USER_VERSION = slice(60, 64)


def is_copy_in_use(path: Path) -> bool:
    """Whether a file was copied alone while it was in use. Not to be asked while this process has it open."""
    # Asked twice: another program may be opening it, or leaving it, at this very moment.
    return all(not os.path.lexists(log_of(path)) and _has_mark(path) for _ in range(2))


def _has_mark(path: Path) -> bool:
    try:
        if not path.is_file():  # a named pipe would be waited for
            return False
        with path.open("rb") as file:
            header = file.read(_USER_VERSION.stop)
    except OSError:
        return False
    is_whole = len(header) == _USER_VERSION.stop
    return is_whole and header[_FORMAT] == _WITH_LOG and int.from_bytes(header[_USER_VERSION]) >= _MARK


def is_log_marked(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether there is a log and the mark, which goes with it: of somebody who was killed meanwhile, it may be.

    The last to close the file empties the log. A copy has none as long as nobody changes it, so that it stays one.
    """
    with suppress(sqlite3.Error, OSError):
        return _version(connection) >= _MARK and has_log(Path(os.path.realpath(path)))
    return False


def mark(connection: sqlite3.Connection) -> bool:
    """Set the mark, inside a transaction; whether it was not set yet."""
    version = _version(connection)
    if version >= _MARK:
        return False
    connection.execute(f"PRAGMA user_version = {version + _MARK}")
    return True


def put_mark_into_file(connection: sqlite3.Connection) -> bool:
    """Put what was committed into the file, without waiting for anybody (from then on); whether all of it is there."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        # Holds the writer's place meanwhile, as emptying the log does.
        busy, in_log, in_file = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
        return not busy and bool(in_log == in_file)
    return False


def unmark(connection: sqlite3.Connection) -> None:
    """Take the mark away, outside of a transaction. sqlite3.Error: somebody else writes, say; all is as it was."""
    if _version(connection) < _MARK:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version = {_version(connection) % _MARK}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def unmark_left(connection: sqlite3.Connection) -> None:
    """The same after a kill, before a connection closes that only reads: closing it empties the log that is there."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("PRAGMA busy_timeout = 0")  # whoever writes by now takes it away later
        unmark(connection)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
