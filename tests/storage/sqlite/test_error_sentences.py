"""What SQLite reports becomes a sentence, whatever it is."""

import os
import sqlite3
from pathlib import Path

import pytest

from greenstar.errors import StorageError, reason_of
from greenstar.i18n.catalogue import Catalogue
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.error_messages import Translated, translation
from tests.rows import rows


def reported(name: str, text: str = "technical words") -> sqlite3.OperationalError:
    """An error as the driver raises it."""
    error = sqlite3.OperationalError(text)
    error.sqlite_errorname = name
    return error


@rows(
    ("name", "key"),
    [
        ("SQLITE_BUSY", "locked"),
        ("SQLITE_BUSY_SNAPSHOT", "locked"),
        ("SQLITE_LOCKED", "locked"),
        ("SQLITE_READONLY", "read_only"),
        ("SQLITE_READONLY_DBMOVED", "read_only"),
        ("SQLITE_CANTOPEN", "cannot_open"),
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_IOERR_FSYNC", "disk_error"),
        ("SQLITE_NOTADB", "not_a_database"),
        ("SQLITE_CORRUPT_VTAB", "damaged"),
        ("SQLITE_CONSTRAINT_UNIQUE", "failed"),
        ("SQLITE_SOMETHING_NEW", "failed"),
    ],
)
def test_each_error_has_its_sentence(tmp_path: Path, name: str, key: str) -> None:
    error = translation(reported(name), tmp_path / "green.db")
    assert error.message.key == f"storage.{key}"
    assert error.message.values["file"] == str(tmp_path / "green.db")


def test_an_error_without_a_name_keeps_its_words(tmp_path: Path) -> None:
    error = translation(sqlite3.ProgrammingError("Cannot operate on a closed database."), tmp_path)
    assert error.message.values["technical"] == "Cannot operate on a closed database."


def test_a_file_on_a_read_only_disk_is_told_from_one_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "green.db"
    path.touch()
    monkeypatch.setattr(os, "access", lambda _path, mode: mode == os.R_OK)  # root may write anywhere: no mode says it
    assert translation(reported("SQLITE_CANTOPEN"), path).message.key == "storage.read_only"


def test_a_file_that_may_not_be_read_is_not_said_to_be_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "green.db"
    path.touch()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert translation(reported("SQLITE_CANTOPEN"), path).message.key == "storage.not_readable"
    with pytest.raises(StorageError) as caught, Translated(path):
        raise PermissionError(13, "Permission denied")
    assert caught.value.message.key == "storage.not_readable"


def test_a_full_disk_is_told_whatever_of_it_sqlite_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(0))
    assert translation(reported("SQLITE_IOERR_SHMSIZE"), tmp_path / "green.db").message.key == "storage.disk_full"


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


def test_what_the_system_refuses_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught, Translated(tmp_path):
        raise PermissionError(13, "Permission denied")
    assert "(Permission denied)" in Catalogue("en").render(caught.value.message)
    assert "（没有权限）" in Catalogue("zh").render(caught.value.message)  # no English word of the system in it
    unknown = OSError(9999, "Something else")
    assert reason_of(unknown) == "Something else"


def test_what_is_no_error_of_storage_passes(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Translated(tmp_path):
        _ = 1 / 0


def test_a_closed_database_is_told(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "green.db")
    database.close()
    with pytest.raises(StorageError):
        database.rows("SELECT 1")
    with pytest.raises(StorageError), database.transaction():
        pytest.fail("there is nothing to write to")
