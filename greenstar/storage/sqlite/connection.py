"""One open database file: how it is opened, read and written. Nothing else in the program holds a connection.

Writes go through `transaction()`, which takes the writer's place at once (BEGIN IMMEDIATE): a transaction that begins
as a reader and wants to write later fails where two programs do it together. Committed means on disk
(`synchronous=FULL`): in a log beside the file, which `make_whole` empties into it. On network disks there is no log.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from greenstar.errors import BadInput, StorageError
from greenstar.resources import MIGRATIONS
from greenstar.storage.file_systems import network_disk
from greenstar.storage.protocols import Row
from greenstar.storage.sqlite.companions import shared_memory_of
from greenstar.storage.sqlite.connecting import PATIENCE, connect, patiently
from greenstar.storage.sqlite.error_messages import Translated, translation
from greenstar.storage.sqlite.foreign_log import AtOpening, closed_here, opened_here
from greenstar.storage.sqlite.in_use import is_log_marked, mark, put_mark_into_file, unmark, unmark_left
from greenstar.storage.sqlite.migrations import APPLICATION_ID, migrate, migration_files, version_of
from greenstar.storage.sqlite.older_copy import put_aside
from greenstar.storage.sqlite.tables import Tables

_BRIEFLY = 200  # milliseconds that emptying the log waits for those who read in it
Id = TypeVar("Id")
_BATCH = 250  # visits read in one statement


class Database:
    """An open Green Star database. It belongs to the thread that opened it."""

    def __init__(self, path: Path, tables: Tables, at_opening: AtOpening, *, on_network: bool) -> None:
        self.path = path
        self.tables = tables
        self._run = tables.conn.execute  # what sqlite-utils does besides, for transactions of its own, takes as long
        self._translated = Translated(path)
        self._on_network = on_network
        self._file = _identity(path)
        self._patience = PATIENCE
        self._to_be_whole = False
        self._mark_in_file = False  # whoever set it: it counts once what was changed here was put into the file with it
        self._at_opening = at_opening
        self._is_ours = False  # until that is known nothing is changed, not even when it closes
        self._may_write = False
        self._is_open = True

    @classmethod
    def open(cls, path: Path, *, write: bool = True, durable: bool = True, migrations: Path = MIGRATIONS) -> "Database":
        """The database at `path`. With `write` it is made where there is none, and brought up to date.

        Without, nothing is made or changed: BadInput where there is none. StorageError: it cannot be used.
        `durable=False` leaves the moment of writing to the system: only for a file that is made anew and can be again.
        """
        with Translated(path):
            if not write and not path.exists():
                raise BadInput("storage.no_database", file=str(path))
            if not path.parent.is_dir():
                raise StorageError("storage.no_folder", file=str(path), folder=str(path.parent))
        at_opening = opened_here(path)
        try:
            with Translated(path):
                on_network = write and network_disk(path) is not None
                tables = connect(path, write=write, shared=not on_network)
                database = cls(path, tables, at_opening, on_network=on_network)
        except BaseException:
            closed_here(path)
            raise
        try:
            with database._translated:
                database._prepare(migration_files(migrations), write=write, durable=durable)
        except BaseException:
            database.close()
            raise
        return database

    def _prepare(self, files: list[Path], *, write: bool, durable: bool) -> None:
        execute = self.tables.execute
        execute(f"PRAGMA busy_timeout = {PATIENCE}")
        version = self._check(files, write=write)
        self._may_write = write
        if write:
            patiently(self._choose_log)
            if version < len(files):
                migrate(self.tables, files, put_aside=lambda version: put_aside(self.path, version))
            self._is_ours = True
        else:
            execute("PRAGMA query_only = ON")
        execute("PRAGMA foreign_keys = ON")
        execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")

    def _choose_log(self) -> None:
        """Write through a log, which readers need not wait for; on a network disk, which holds none, into the file."""
        if not self._on_network:
            if self.tables.journal_mode != "wal":
                unmark(self.tables.conn)  # it was copied or put aside as a whole
            self.tables.enable_wal()
        else:
            self.tables.execute("PRAGMA journal_mode = DELETE")
            shared_memory_of(self.path).unlink(missing_ok=True)  # of a log that was; we have the file for ourselves
            self.tables.execute("PRAGMA locking_mode = NORMAL")
            self.tables.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # lets go of the file

    def _check(self, files: list[Path], *, write: bool) -> int:
        """The file's version, where it is ours and of an age that this program understands."""
        (application,) = self.tables.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID and (application or not self._is_empty()):
            raise StorageError("storage.not_ours", file=str(self.path))
        version = version_of(self.tables)
        # It says that it is ours, and no migration made it, not even one by another program this very moment.
        if not version and not self._is_empty() and not version_of(self.tables):
            raise StorageError("storage.not_ours", file=str(self.path))
        self._is_ours = version > 0
        if version > len(files):
            raise StorageError("storage.newer", file=str(self.path), found=str(version), known=str(len(files)))
        if not write and version < len(files):
            key = "storage.empty" if self._is_empty() else "storage.older"
            raise BadInput(key, file=str(self.path))
        return version

    def _is_empty(self) -> bool:
        return not self.tables.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]

    @property
    def is_copy_in_use(self) -> bool:
        """Whether the file was copied alone while it was in use, so that its last changes may be missing."""
        return self._at_opening.copied

    def be_patient(self, milliseconds: int) -> None:
        """From now on a write waits so long for another program."""
        self._patience = milliseconds
        self.tables.execute(f"PRAGMA busy_timeout = {milliseconds}")

    def make_whole(self) -> None:
        """Put what waits in the log into the file, so that a copy of it alone has it all; in a transaction: after it.

        Where somebody reads just then, as much as can be. Nothing depends on it: committed is on disk, in the log.
        """
        self._to_be_whole = True
        if not self.tables.conn.in_transaction:
            self._empty_log()

    def _empty_log(self) -> None:
        self._to_be_whole = self._mark_in_file = False
        with suppress(sqlite3.Error):
            self.tables.execute(f"PRAGMA busy_timeout = {min(_BRIEFLY, self._patience)}")
            unmark(self.tables.conn)
            # Holds the writer's place meanwhile, so that no commit comes between: SQLite up to 3.51.2 errs there.
            self.tables.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.tables.execute(f"PRAGMA busy_timeout = {self._patience}")

    def settle(self) -> None:
        """Put all on disk and empty the log: after writing with `durable=False`."""
        with self._translated:
            self.tables.execute("PRAGMA synchronous = FULL")
            self.tables.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; what was written here is in it then, even where another program still has it open."""
        if self._is_open:
            self._is_open = False
            if self._is_ours and not self.tables.conn.in_transaction:
                if self._at_opening.left:
                    unmark_left(self.tables.conn)
                if self.tables.conn.total_changes or (self._may_write and is_log_marked(self.tables.conn, self.path)):
                    self._empty_log()
            self.tables.close()
            closed_here(self.path)

    def define(self, name: str, arguments: int, function: Callable[..., Any]) -> None:
        """Make a function known to queries."""
        self.tables.conn.create_function(name, arguments, function)

    # -- reading and writing -------------------------------------------------------------------------------------

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside are on disk when it ends, or none is. Inside another one it is part of that."""
        with self._translated:
            is_within = self.tables.conn.in_transaction
        return self._translated if is_within else self._whole()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with self._translated:
            self._run("BEGIN IMMEDIATE")
            before = self.tables.conn.total_changes
            try:
                self._refuse_moved()  # now that nobody else can replace it
                yield
                to_be_marked = self.tables.conn.total_changes != before and not self._on_network
                if to_be_marked and mark(self.tables.conn):
                    self._mark_in_file = False
                self._run("COMMIT")
            except BaseException:
                self.tables.rollback()
                raise
            if self._to_be_whole:
                self._empty_log()
            elif to_be_marked and not self._mark_in_file:
                self._mark_in_file = put_mark_into_file(self.tables.conn)
                self.tables.execute(f"PRAGMA busy_timeout = {self._patience}")

    def _refuse_moved(self) -> None:
        """StorageError: SQLite would write on, into a file that nobody finds again."""
        if _identity(self.path) != self._file:
            raise StorageError("storage.moved", file=str(self.path))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is as it was when the first of it was read, whatever others write meanwhile."""
        with self._translated:
            self._run("BEGIN")
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:  # of what is read without the methods below
            raise translation(error, self.path) from error
        finally:
            if self.tables.conn.in_transaction:
                self.tables.rollback()

    def execute(self, sql: str, values: Sequence[Any] | Row = ()) -> int:
        """Run a statement that writes; how many rows it touched."""
        with self._translated:
            return self._run(sql, values).rowcount

    def insert(self, sql: str, values: Sequence[Any] | Row = ()) -> int:
        """Run an INSERT; the new row's id."""
        with self._translated:
            new_id = self._run(sql, values).lastrowid
        assert new_id is not None
        return new_id

    def write_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once a row."""
        with self._translated:
            self.tables.conn.executemany(sql, rows)

    def rows(self, sql: str, values: Sequence[Any] | Row = ()) -> list[Row]:
        """The rows of a query, each by the names of its columns."""
        with self._translated:
            cursor = self._run(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def tuples(self, sql: str, values: Sequence[Any] | Row = ()) -> list[tuple[Any, ...]]:
        """The rows of a query as plain tuples: for many at once."""
        with self._translated:
            return list(self._run(sql, values))

    def stream(self, sql: str, values: Sequence[Any] | Row = ()) -> Iterator[Row]:
        """The rows of a query, read one after the other: for more than memory should hold. Best inside `reading`."""
        with self._translated:
            cursor = self._run(sql, values)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def stream_tuples(self, sql: str, values: Sequence[Any] | Row = ()) -> Iterator[tuple[Any, ...]]:
        """The same as plain tuples."""
        with self._translated:
            yield from self._run(sql, values)

    def row(self, sql: str, values: Sequence[Any] | Row = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(iter(self.rows(sql, values)), None)

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of a query's first row, or None: the quickest look."""
        with self._translated:
            row = self._run(sql, values).fetchone()
        return None if row is None else row[0]

    def text(self, sql: str, values: Sequence[Any] = ()) -> str | None:
        """The text in the first column of a query's first row, or None."""
        text: str | None = self.value(sql, values)
        return text


def batches(ids: Sequence[Id]) -> Iterator[Sequence[Id]]:
    """Ids in batches, so that what one statement reads stays small."""
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path; None: there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - asked for at every change, and `Path.stat` takes longer
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
