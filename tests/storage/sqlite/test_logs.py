"""The log beside a database: emptied into the file when it is copied, told where it is another's, none on a network."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.errors import StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.record.event import Change
from greenstar.resources import MIGRATIONS
from greenstar.storage import file_systems, mounts
from greenstar.storage.sqlite import older_copy
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.storage import SqliteStorage
from tests.rows import rows

MOUNTED = "27 1 254:0 / / rw - ext4 /dev/vda rw\n90 27 0:60 / {point} rw,relatime shared:9 - {kind} server:/share rw\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is to lie."""
    return tmp_path / "green.db"


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have the folder of the test lie on a disk of some kind."""

    def mount(kind: str) -> None:
        point = str(tmp_path).replace(" ", r"\040")
        monkeypatch.setattr(mounts, "mount_table", lambda: MOUNTED.format(point=point, kind=kind))

    return mount


@pytest.fixture
def two(path: Path) -> Iterator[tuple[Database, Database]]:
    """Two windows on one database."""
    first, second = Database.open(path), Database.open(path)
    yield first, second
    first.close()
    second.close()


def add(database: Database, code: str, name: str = "a") -> None:
    """Record that there is a store, with its event."""
    with database.transaction():
        database.execute("INSERT INTO store (code, name, added_at) VALUES (?, ?, 'now')", (code, name))
        SqliteStorage(database).events.append([Change("store", store=code)], "2026-05-12T09:30:00.000Z", "me")


def alone(path: Path) -> list[str]:
    """The stores in a copy of the one file, and of nothing beside it."""
    copy = shutil.copy(path, path.with_name("copy.db"))
    with closing(sqlite3.connect(copy)) as copied:
        return [code for (code,) in copied.execute("SELECT code FROM store ORDER BY code")]


def killed(path: Path, *codes: str) -> None:
    """A program that records stores and is killed: what it wrote is in the log."""
    child = os.fork()
    if not child:
        try:
            database = Database.open(path)
            for code in codes:
                add(database, code)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert path.with_name(f"{path.name}-wal").stat().st_size


def refused(path: Path) -> str:
    """Why it cannot be opened, by the sentence's key; both languages name the log."""
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    for language in ("en", "zh"):
        assert f"{path}-wal" in Catalogue(language).render(caught.value.message)
    return caught.value.message.key


def test_a_database_made_whole_is_all_in_the_one_file_while_others_have_it_open(two: tuple[Database, Database]) -> None:
    first, _ = two
    add(first, "A")
    first.make_whole()
    assert alone(first.path) == ["A"]


def test_asked_for_inside_a_transaction_it_is_made_whole_once_that_has_ended(two: tuple[Database, Database]) -> None:
    first, _ = two
    first.make_whole()
    with first.transaction():
        add(first, "A")
        first.make_whole()
        assert alone(first.path) == []
    assert alone(first.path) == ["A"]


def test_leaving_one_of_two_windows_leaves_the_file_whole(two: tuple[Database, Database]) -> None:
    first, second = two
    add(first, "A")
    first.close()
    assert alone(second.path) == ["A"]


def test_somebody_who_reads_meanwhile_keeps_nothing_from_being_stored(two: tuple[Database, Database]) -> None:
    first, second = two
    with second.reading():
        assert second.value("SELECT count(*) FROM store") == 0
        add(first, "A")
        first.make_whole()
        assert second.value("SELECT count(*) FROM store") == 0
    assert first.value("PRAGMA busy_timeout") == 5000
    assert second.value("SELECT count(*) FROM store") == 1


def test_what_a_killed_program_left_in_its_log_is_there(path: Path) -> None:
    with closing(Database.open(path)) as database:
        add(database, "A")
    killed(path, "B", "C")
    with closing(Database.open(path)) as database:
        assert [row["code"] for row in database.rows("SELECT code FROM store ORDER BY code")] == ["A", "B", "C"]


def test_a_log_that_another_program_is_writing_is_not_taken_for_a_strange_one(path: Path) -> None:
    with closing(Database.open(path)) as database:
        add(database, "A")
        child = os.fork()
        if not child:
            with closing(Database.open(path)):
                os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        add(database, "B")


def test_an_earlier_copy_over_a_database_with_a_log_is_told_and_left(path: Path) -> None:
    with closing(Database.open(path)) as database:
        add(database, "A")
    earlier = path.read_bytes()
    with closing(Database.open(path)) as database:
        for number in range(40):
            add(database, f"B{number}", "x" * 150)
    killed(path, "C")
    log = path.with_name(f"{path.name}-wal").read_bytes()
    path.write_bytes(earlier)
    assert refused(path) == "storage.foreign_log"
    assert path.read_bytes() == earlier
    assert path.with_name(f"{path.name}-wal").read_bytes() == log


def test_a_copy_of_another_database_over_one_that_is_all_in_its_log_is_told(path: Path) -> None:
    other = path.with_name("other.db")
    with closing(Database.open(other)) as database:
        add(database, "OTHER")
    killed(path, "MINE")
    shutil.copy(other, path)
    assert refused(path) == "storage.foreign_log"
    path.with_name(f"{path.name}-wal").unlink()
    path.with_name(f"{path.name}-shm").unlink()
    with closing(Database.open(path)) as database:
        assert database.value("SELECT code FROM store") == "OTHER"


@rows("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_on_a_network_disk_no_log_is_used_and_committed_is_on_disk(
    path: Path, mounted: Callable[[str], None], kind: str
) -> None:
    mounted(kind)
    with closing(Database.open(path)) as first, closing(Database.open(path)) as second:
        assert first.value("PRAGMA journal_mode") == "delete"
        assert first.value("PRAGMA synchronous") == 2
        add(first, f"A-{kind}".upper())
        add(second, f"B-{kind}".upper())
        first.make_whole()
        assert {file.name for file in path.parent.iterdir()} == {path.name}
    path.unlink()


def test_a_database_that_is_moved_to_a_network_disk_leaves_its_log_behind_and_takes_it_up_again(
    path: Path, mounted: Callable[[str], None]
) -> None:
    killed(path, "A")
    mounted("nfs")
    with closing(Database.open(path)) as there:
        assert there.value("SELECT code FROM store") == "A"
        assert {file.name for file in path.parent.iterdir()} == {path.name}
    mounted("ext4")
    with closing(Database.open(path)) as back:
        assert back.value("PRAGMA journal_mode") == "wal"


def test_a_disk_of_this_computer_is_told_from_one_of_another_by_the_nearest_mount(
    tmp_path: Path, mounted: Callable[[str], None]
) -> None:
    folder = tmp_path / "with blank"
    folder.mkdir()
    mounted("nfs")
    assert file_systems.network_disk(folder / "green.db") == "nfs"
    assert file_systems.network_disk(tmp_path.parent / "green.db") is None
    assert file_systems.file_system(tmp_path.parent) == "ext4"


def test_a_copy_that_is_put_aside_is_on_disk_before_it_has_its_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database.open(path).close()
    synced: list[str] = []
    monkeypatch.setattr(older_copy, "sync_file", lambda file: synced.append(file.name))
    copy = older_copy.put_aside(path, 3)
    assert synced == [f"{copy.name}.part"]


def test_a_migration_that_fails_leaves_no_copy_and_everything_as_it_was(path: Path) -> None:
    Database.open(path).close()
    before = path.read_bytes()
    folder = path.with_name("migrations")
    shutil.copytree(MIGRATIONS, folder)
    (folder / "0999_wrong.sql").write_text("INSERT INTO nothing VALUES (1);\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(StorageError):
            Database.open(path, migrations=folder)
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {path.name, folder.name}
