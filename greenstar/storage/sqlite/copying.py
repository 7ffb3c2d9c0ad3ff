"""The copy of a database as it was at one moment, while other programs go on writing into it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from greenstar.errors import BadInput, StorageError
from greenstar.resources import MIGRATIONS
from greenstar.storage.sqlite.connecting import PATIENCE, connect
from greenstar.storage.sqlite.error_messages import Translated
from greenstar.storage.sqlite.foreign_log import closed_here, opened_here
from greenstar.storage.sqlite.in_use import unmark_left
from greenstar.storage.sqlite.migrations import APPLICATION_ID, migration_files, version_of
from greenstar.storage.sqlite.tables import Tables

_PAGES = 1000  # copied between two looks at how far it is: 4 MB
_FORMATS = 18  # where a file says by which formats it is written and read: 1 is without a log, 2 with one
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Named:
    """An evidence file that a database names: its SHA-256, its name where it was named first, its size."""

    sha256: str
    name: str
    bytes: int


@contextmanager
def reading_any_version(path: Path) -> Iterator[tuple[Tables, bool]]:
    """A database of this program, whichever version wrote it, to be read; whether it is a copy made while in use.

    Nothing is migrated. BadInput: there is none. StorageError: it cannot be read, or it is another program's.
    """
    with Translated(path):
        if not path.exists():
            raise BadInput("storage.no_database", file=str(path))
        at_opening = opened_here(path)
        try:
            tables = connect(path, write=False)
            try:
                tables.execute(f"PRAGMA busy_timeout = {PATIENCE}")
                tables.execute("PRAGMA query_only = ON")
                if not is_ours(tables):
                    raise StorageError("storage.not_ours", file=str(path))
                try:
                    yield tables, at_opening.copied
                finally:
                    if at_opening.left and not tables.conn.in_transaction:
                        unmark_left(tables.conn)
            finally:
                tables.close()
        finally:
            closed_here(path)


def is_ours(tables: Tables) -> bool:
    """Whether a database was made by this program, and holds anything."""
    (application,) = tables.execute("PRAGMA application_id").fetchone()
    return application == APPLICATION_ID and version_of(tables) > 0


def check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """StorageError: a database is not this program's, or of a newer version than this one knows."""
    tables = Tables(connection, execute_plugins=False)
    if not is_ours(tables):
        raise StorageError("storage.not_ours", file=str(path))
    version, known = version_of(tables), len(migration_files(MIGRATIONS))
    if version > known:
        raise StorageError("storage.newer", file=str(path), found=str(version), known=str(known))


def copy_database(path: Path, copy: Path, progress: Progress) -> bool:
    """Copy the database at `path` into the empty file `copy`, and verify that; whether it is a copy made while in use.

    `progress` is told how many pages of how many are copied. StorageError: it cannot be read, or is damaged.
    """
    with reading_any_version(path) as (source, is_copy_in_use):
        source.execute("BEGIN")  # all that is copied is as it was now, whoever writes meanwhile
        source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        with closing(open_alone(copy)) as target, Translated(copy):
            source.conn.backup(target, pages=_PAGES, progress=lambda _, left, of: progress(of - left, of))
        source.rollback()
    _without_log(copy)
    with closing(look(copy)) as connection:
        check_whole(connection, path)
    return is_copy_in_use


def _without_log(copy: Path) -> None:
    """Have a copy say that it needs no log beside it: whoever only reads it makes no other files then."""
    descriptor = os.open(copy, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.lseek(descriptor, _FORMATS, os.SEEK_SET)
        os.write(descriptor, b"\1\1")
    finally:
        os.close(descriptor)


def look(file: Path) -> sqlite3.Connection:
    """A connection to a file that nobody writes: nothing is locked, and nothing made beside it."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def open_alone(file: Path) -> sqlite3.Connection:
    """A connection that writes into a file that nobody else knows; what it writes is not synced."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """StorageError: the database is damaged; `path` is what it is called."""
    with Translated(path):
        if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise StorageError("storage.damaged", file=str(path))


def named_in(connection: sqlite3.Connection) -> Iterator[Named]:
    """The evidence files that a database names, each once."""
    sql = "SELECT sha256, min(file), max(bytes) FROM evidence WHERE sha256 <> '' GROUP BY sha256"
    for row in connection.execute(sql):
        yield Named(*row)


def named_in_file(copy: Path) -> Iterator[Named]:
    """The evidence files that a copy names which nobody writes, each once."""
    with Translated(copy), closing(look(copy)) as connection:
        yield from named_in(connection)
