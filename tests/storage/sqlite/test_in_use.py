"""A copy of the one file alone, made while it was in use: told, and nothing else is taken for one."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from greenstar.errors import BadInput, StorageError
from greenstar.resources import MIGRATIONS
from greenstar.storage.sqlite import connection
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.copying import copy_database, reading_any_version
from greenstar.storage.sqlite.migrations import migration_files
from tests.storage.sqlite.test_logs import add, alone, killed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is to lie."""
    return tmp_path / "green.db"


@pytest.fixture
def window(path: Path) -> Iterator[Database]:
    """A window on it."""
    database = Database.open(path)
    yield database
    database.close()


def is_told(path: Path, *, write: bool = False) -> bool:
    """Whether a database is told to be a copy that may lack changes."""
    with closing(Database.open(path, write=write)) as database:
        return database.is_copy_in_use


def copied(path: Path) -> Path:
    """A copy of the one file alone."""
    return Path(shutil.copy(path, path.with_name("copy.db")))


def test_a_copy_of_the_file_alone_made_while_it_is_in_use_is_told_until_somebody_goes_on_in_it(
    path: Path, window: Database
) -> None:
    for code in ("A", "B", "C"):
        add(window, code)
    copy = copied(path)
    assert alone(path) == ["A"]  # the others wait in the log
    assert [is_told(copy), is_told(copy, write=True), is_told(copy)] == [True, True, True]  # looking is not going on
    with closing(Database.open(copy)) as database:
        add(database, "D")
        assert database.is_copy_in_use
    assert not is_told(copy)
    assert not is_told(path)


def test_a_copy_that_has_it_all_is_not_told(path: Path, window: Database) -> None:
    window.make_whole()  # the file of a new one is empty before
    assert not is_told(copied(path))
    add(window, "A")
    window.make_whole()
    assert not is_told(copied(path))
    add(window, "B")
    assert is_told(copied(path))
    window.close()
    assert not is_told(copied(path))
    assert alone(path) == ["A", "B"]


def test_of_two_windows_the_one_that_goes_on_is_noticed_when_the_other_left(path: Path, window: Database) -> None:
    with closing(Database.open(path)) as other:
        add(other, "A")
    add(window, "B")
    assert is_told(copied(path))


def test_with_its_log_a_copy_has_it_all_under_a_link_as_well(path: Path, window: Database) -> None:
    add(window, "A")
    add(window, "B")
    copy = copied(path)
    shutil.copy(f"{path}-wal", f"{copy}-wal")
    link = path.with_name("link.db")
    link.symlink_to(copy)
    assert not is_told(link)
    assert not is_told(copy)
    assert not is_told(copy)  # nor where a reader emptied the log


def test_a_backup_and_what_is_made_of_it_is_no_such_copy(path: Path, window: Database) -> None:
    add(window, "A")
    copy = path.with_name("backup.db")
    copy.touch()
    copy_database(path, copy, lambda _, __: None)
    assert not is_told(copy)
    assert not is_told(copy, write=True)
    assert not is_told(copy)


@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a child")
def test_after_a_kill_nothing_is_told_whoever_opens_it_next(path: Path) -> None:
    for write in (True, False):
        killed(path, "A" if write else "B", "C" if write else "D")
        assert not is_told(path, write=write)
        assert not is_told(path)
    killed(path, "E", "F")
    with reading_any_version(path):
        pass
    assert not is_told(path)


@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a child")
def test_nor_where_a_window_that_changed_nothing_leaves_after_another_was_killed(path: Path) -> None:
    Database.open(path).close()
    heard, told = os.pipe()
    child = os.fork()  # before this process has it open, as what SQLite knows of an open file holds for one process
    if not child:
        try:
            os.read(heard, 1)
            add(Database.open(path), "A")
        finally:
            os._exit(0)
    with closing(Database.open(path)):
        os.write(told, b"!")
        os.waitpid(child, 0)
    os.close(heard)
    os.close(told)
    assert alone(path) == ["A"]
    assert not is_told(path)


def test_a_database_of_another_program_keeps_its_number_when_it_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE note (text)")
        other.execute(f"PRAGMA user_version = {20240101}")
    before = path.read_bytes()
    for write in (False, True):
        with pytest.raises(StorageError):
            Database.open(path, write=write)
    with pytest.raises(StorageError), reading_any_version(path):
        pass
    assert path.read_bytes() == before


@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a child")
def test_a_log_that_another_program_left_keeps_the_number_as_well(tmp_path: Path) -> None:
    def any_version(path: Path) -> None:
        with reading_any_version(path):
            pass

    for look in (partial(Database.open, write=False), Database.open, any_version):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        child = os.fork()
        if not child:
            try:
                other = sqlite3.connect(path, isolation_level=None)
                other.execute("PRAGMA journal_mode = WAL")
                other.execute("CREATE TABLE note (text)")
                other.execute(f"PRAGMA user_version = {20240101}")
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        with pytest.raises(StorageError):
            look(path)
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("PRAGMA user_version").fetchone() == (20240101,)


def test_a_copy_of_another_version_that_is_refused_stays_one(path: Path, window: Database, tmp_path: Path) -> None:
    add(window, "A")
    copy, newest = copied(path), migration_files(MIGRATIONS)[-1]
    newer = Path(shutil.copytree(MIGRATIONS, tmp_path / "newer"))
    shutil.copy(newest, newer / "9999_next.sql")
    before = copy.read_bytes()
    with pytest.raises(BadInput):
        Database.open(copy, write=False, migrations=newer)
    (newer / "9999_next.sql").unlink()
    (newer / newest.name).unlink()
    for write in (False, True):
        with pytest.raises(StorageError):
            Database.open(copy, write=write, migrations=newer)
    assert copy.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a named pipe")
def test_a_named_pipe_is_refused_and_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    end = os.open(path, os.O_RDWR)
    with open(end, "r+b", buffering=0) as pipe:  # noqa: PTH123 - so that whoever reads it is not waiting for ever
        pipe.write(bytes(64))
        with pytest.raises(StorageError):
            Database.open(path, write=False)
        os.set_blocking(end, False)
        assert pipe.read(64) == bytes(64)


def test_a_transaction_that_changes_nothing_marks_nothing(window: Database) -> None:
    with window.transaction():
        window.rows("SELECT * FROM store")
    assert window.value("PRAGMA user_version") == len(migration_files(MIGRATIONS))


def test_while_somebody_reads_the_mark_waits_and_comes_with_a_later_change(path: Path, window: Database) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM store").fetchall()
        add(window, "A")
        assert alone(path) == []
    add(window, "B")
    assert is_told(copied(path))


def test_a_mark_that_waits_comes_with_the_change_of_whichever_window(path: Path, window: Database) -> None:
    with closing(Database.open(path)) as other:
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM store").fetchall()
            add(window, "A")
        add(other, "B")
        add(other, "C")
        assert is_told(copied(path))


def test_once_the_mark_is_in_the_file_a_change_puts_nothing_there(window: Database) -> None:
    add(window, "A")
    with patch.object(connection, "put_mark_into_file") as put:
        add(window, "B")
    put.assert_not_called()
