"""Having a database for oneself: nobody else has it open, and nobody can open it, until it is replaced."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from greenstar.errors import StorageError
from greenstar.storage.sqlite.error_messages import Translated, translation
from greenstar.storage.sqlite.foreign_log import is_foreign
from greenstar.storage.sqlite.migrations import APPLICATION_ID

if sys.platform != "win32":
    import fcntl

_PATIENCE = 1.0  # seconds that a command which only reads is waited for
_SHARED, _SHARED_BYTES = 0x4000_0002, 510  # the bytes that whoever has a database open holds in it
_IN_USE = ("SQLITE_BUSY", "SQLITE_LOCKED")


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """The database at `path` for oneself. Its log is in the file then, unless one of them is damaged.

    StorageError: a program has it open, or it is another program's.
    """
    if not path.is_file() or is_foreign(path):
        yield
        return
    with closing(_connect(path)) as connection:
        try:
            _refuse_others(connection, path)
            # Goes over to a file without a log, which nobody can do while another one has it open.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if str(getattr(error, "sqlite_errorname", "")).startswith(_IN_USE):
                raise StorageError("backup.in_use", file=str(path)) from error
            sentence = translation(error, path)
            if sentence.message.key == "storage.disk_full":
                raise sentence from error
            connection.close()  # it is damaged: nothing can be asked of it but whether somebody holds it
            _refuse_if_held(path)
        if sys.platform == "win32":
            connection.close()  # no open file is replaced there
        yield


def _connect(path: Path) -> sqlite3.Connection:
    with Translated(path):
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_PATIENCE)


def _refuse_others(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or application):
        raise StorageError("storage.not_ours", file=str(path))


def _refuse_if_held(path: Path) -> None:
    if sys.platform == "win32":
        return  # there the system itself refuses to replace what somebody has open
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED)
    except OSError as error:
        raise StorageError("backup.in_use", file=str(path)) from error
    finally:
        os.close(descriptor)
