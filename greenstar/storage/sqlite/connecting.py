"""Connecting to a database file, wherever it lies, and looking into one that may be anything."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from greenstar.errors import StorageError
from greenstar.storage.sqlite.companions import log_of
from greenstar.storage.sqlite.error_messages import Translated
from greenstar.storage.sqlite.older_copy import make_file
from greenstar.storage.sqlite.tables import Tables

PATIENCE = 5000  # milliseconds that a writer waits for another one
_A_MOMENT = 0.01  # seconds between two tries, where SQLite itself does not wait


def peek(path: Path, sql: str, *values: object) -> Any:
    """The first value that a query finds in a file that may be anything; None where it finds nothing."""
    try:
        tables = connect(path, write=False)
    except StorageError:
        return None
    try:
        row = tables.execute(sql, values).fetchone()
    except sqlite3.Error:
        return None
    finally:
        tables.close()
    return None if row is None else row[0]


def connect(path: Path, *, write: bool, shared: bool = True, any_thread: bool = False) -> Tables:
    """A connection through sqlite-utils; without its plugins, which would be looked for at every start.

    `shared`: programs with the file open share memory; not so on network disks, where a log from elsewhere is read
    without. `any_thread`: whoever uses it sees to it that only one thread does at a time.
    """
    with Translated(path):
        # "rw" to read as well: a reader of a WAL database must be able to tidy up its shared memory.
        if write and not path.exists():
            make_file(Path(os.path.realpath(path)), 0o600)
        address = f"{path.absolute().as_uri()}?mode={'rwc' if write else 'rw'}"
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=PATIENCE / 1000, check_same_thread=not any_thread
        )
        try:
            if not shared:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if write or error.sqlite_errorname not in ("SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY"):
                raise
            connection = _connect_on_read_only_disk(path, any_thread=any_thread)
        except sqlite3.Error:
            connection.close()
            raise
        return Tables(connection, execute_plugins=False)


def _connect_on_read_only_disk(path: Path, *, any_thread: bool) -> sqlite3.Connection:
    """On a disk that takes no files beside the database, it can be read as long as nothing waits in its log."""
    log = log_of(path)
    if log.exists() and log.stat().st_size:
        raise StorageError("storage.read_only", file=str(path))
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=not any_thread)


def patiently(work: Callable[[], None]) -> None:
    """Do what SQLite refuses at once while another program has the file, as turning its log on, until it may be."""
    until = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
        time.sleep(_A_MOMENT)
