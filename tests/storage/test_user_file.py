"""A file that a user names: written whole or left as it was, and never in the place of what must stay."""

import os
import sqlite3
import stat
import sys
from pathlib import Path
from threading import Thread

import pytest

from greenstar.errors import BadInput, GreenStarError, StorageError
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.user_file import write_user_file
from tests.rows import rows

unix = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and pipes of Unix")


def mode_of(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def why(name: str | Path, kind: type[GreenStarError] = BadInput) -> str:
    """Why a file of that name is not written."""
    with pytest.raises(kind) as caught:
        write_user_file(name, b"new")
    return caught.value.message.key


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with a file of evidence."""
    path = tmp_path / "green.db"
    Database.open(path).close()
    folder = tmp_path / "green.db.evidence" / "ab"
    folder.mkdir(parents=True)
    (folder / "ab12").write_bytes(b"photo")
    return path


@rows("beside", ["", "-wal", "-shm", "-journal", ".evidence/ab/ab12", ".evidence/new.csv"])
def test_a_database_and_what_belongs_to_it_is_never_written_over(database: Path, beside: str) -> None:
    before = {path: path.read_bytes() for path in database.parent.rglob("*") if path.is_file()}
    assert why(f"{database}{beside}") == "files.is_database"
    assert {path: path.read_bytes() for path in database.parent.rglob("*") if path.is_file()} == before


@unix
@pytest.mark.parametrize("link", ["symbolic", "hard", "through a folder"])
def test_a_database_is_known_under_any_name(database: Path, tmp_path: Path, link: str) -> None:
    other = tmp_path / "scores.csv"
    if link == "symbolic":
        other.symlink_to(database.name)
    elif link == "hard":
        other.hardlink_to(database)
    else:
        (tmp_path / "folder").symlink_to(tmp_path)
        other = tmp_path / "folder" / database.name
    assert why(other) == "files.is_database"


def test_a_copy_of_a_database_and_one_of_another_program_stay_too(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE page (address TEXT)")
    connection.close()
    assert why(path) == "files.is_database"


@unix
def test_a_pipe_and_a_device_are_written_through(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    content = b"row\n" * 50_000
    write_user_file(pipe, content)
    reader.join()
    assert read == [content]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    write_user_file("/dev/null", b"nothing")
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_takes_nothing_is_a_sentence() -> None:
    assert why("/dev/full", StorageError) == "files.cannot_write"


@unix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed_to_what_it_leads_to(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target, link = folder / "scores.csv", tmp_path / "latest.csv"
    link.symlink_to(target)
    if there:
        target.write_bytes(b"old")
        target.chmod(0o640)
    write_user_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    if there:
        assert mode_of(target) == 0o640


@unix
def test_links_in_a_circle_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert why(tmp_path / "a", StorageError) == "files.cannot_write"


@unix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660])
def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_user_file(path, b"new")
    assert (path.read_bytes(), mode_of(path)) == (b"new", mode)


@unix
def test_a_new_file_gets_what_is_asked_for_less_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_user_file(tmp_path / "public", b"")
        write_user_file(tmp_path / "private", b"", mode=0o600)
    finally:
        os.umask(before)
    assert (mode_of(tmp_path / "public"), mode_of(tmp_path / "private")) == (0o644, 0o600)


def test_a_file_that_is_write_protected_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr("greenstar.storage.user_file.os.access", lambda *_: False)  # root may write everything
    assert why(path, StorageError) == "files.cannot_write"
    assert path.read_bytes() == b"old"


@unix
def test_a_planted_name_is_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / ".scores.csv.part").symlink_to(victim)
    write_user_file(tmp_path / "scores.csv", b"new")
    assert victim.read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".scores.csv.part", "scores.csv", "victim"]


def test_a_name_as_long_as_the_system_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("评" * 82 + ".csv")
    write_user_file(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("", BadInput, "no_name"),
        (" ", BadInput, "no_name"),
        (".", BadInput, "is_a_folder"),
        ("new/", BadInput, "is_a_folder"),
        ("nowhere/x.csv", StorageError, "cannot_write"),
        ("评" * 90, StorageError, "cannot_write"),
        ("a\0b", StorageError, "cannot_write"),
    ],
)
def test_a_name_that_cannot_be_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: type[GreenStarError], key: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert why(name, kind) == f"files.{key}"
    assert list(tmp_path.iterdir()) == []


def test_what_goes_wrong_on_the_way_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(b"old")

    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("greenstar.storage.user_file.os.fsync", fails)
    assert why(path, StorageError) == "files.cannot_write"
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("scores.csv", b"old")]
