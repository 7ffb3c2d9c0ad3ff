"""Opening a file: made, brought up to date, or refused in a sentence that says that nothing was lost."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.errors import BadInput, Exit, GreenStarError, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.resources import MIGRATIONS
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.migrations import APPLICATION_ID, migrate, migration_files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is to lie."""
    return tmp_path / "green [x] #1?%41 店.db"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The migrations of a later program: one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "0999_more.sql").write_text("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;\n", encoding="utf-8")
    return folder


@pytest.fixture
def made(path: Path) -> Iterator[Database]:
    """A fresh database."""
    database = Database.open(path)
    yield database
    database.close()


def write(database: Database, statement: str) -> None:
    """One statement in a transaction, which is part of another one where there is one."""
    with database.transaction():
        database.execute(statement)


def refused(error: type[GreenStarError], path: Path, **more: bool | Path) -> str:
    """The sentence's key, where it has one in both languages and names the file."""
    with pytest.raises(error) as caught:
        Database.open(path, **more)  # type: ignore[arg-type]
    for language in ("en", "zh"):
        assert str(path) in Catalogue(language).render(caught.value.message)
    return caught.value.message.key


def test_a_new_database_has_every_table_and_view(made: Database) -> None:
    rows = made.rows(
        "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE '%sqlite_%'"
    )
    tables = "scheme store fact assessment answer draft exemption flag note evidence finding event scorecard score"
    tables += " visit_fact closing identity head statement signature"
    assert {row["name"] for row in rows if row["type"] == "table"} == set(tables.split())
    assert {row["name"] for row in rows if row["type"] == "view"} == {
        "visit",
        "store_overview",
        "latest_score",
        "ranking",
        "open_finding",
        "closed_in_cycle",
    }


def test_every_table_is_strict(made: Database) -> None:
    tables = made.rows("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    assert {row["name"] for row in tables if not row["strict"]} <= {"sqlite_schema", "_sqlite_migrations"}
    with pytest.raises(StorageError):
        made.execute("INSERT INTO store (code, name, added_at) VALUES ('A', x'00', 'now')")


def test_it_writes_through_to_the_disk_and_checks_references(made: Database) -> None:
    assert made.value("PRAGMA journal_mode") == "wal"
    assert made.value("PRAGMA synchronous") == 2
    assert made.value("PRAGMA foreign_keys") == 1
    assert made.value("PRAGMA busy_timeout") == 5000
    with pytest.raises(StorageError):
        made.execute("INSERT INTO fact (store, name, value, at, by) VALUES ('nobody', 'x', '1', 'now', 'me')")


def test_closing_leaves_one_file(path: Path) -> None:
    Database.open(path).close()
    Database.open(path, write=False).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_reading_makes_nothing(path: Path) -> None:
    assert refused(BadInput, path, write=False) == "storage.no_database"
    assert not path.exists()


def test_reading_changes_nothing(path: Path) -> None:
    Database.open(path).close()
    with closing(Database.open(path, write=False)) as reader:
        with pytest.raises(StorageError) as caught:
            reader.execute("INSERT INTO store (code, name, added_at) VALUES ('A', 'a', 'now')")
        assert caught.value.message.key == "storage.read_only"
        with pytest.raises(StorageError) as caught:
            write(reader, "DELETE FROM store")
        assert caught.value.message.key == "storage.read_only"


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 4000, b"\x00" * 600]
)
def test_a_file_that_is_no_database_is_refused_and_left(path: Path, content: bytes, write: bool) -> None:
    path.write_bytes(content)
    assert refused(StorageError, path, write=write) == "storage.not_a_database"
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_database_is_refused(path: Path) -> None:
    Database.open(path).close()
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    assert refused(StorageError, path) in ("storage.damaged", "storage.not_a_database")


@pytest.mark.parametrize("write", [True, False])
def test_a_database_of_another_program_is_refused_and_left(path: Path, write: bool) -> None:
    for application in (0, 77, APPLICATION_ID):
        with closing(sqlite3.connect(path)) as other:
            other.execute(f"PRAGMA application_id = {application}")
            other.execute("CREATE TABLE IF NOT EXISTS bookmark (url TEXT)")
            other.commit()
        before = path.read_bytes()
        assert refused(StorageError, path, write=write) == "storage.not_ours"
        assert path.read_bytes() == before


def test_an_empty_file_becomes_a_database_when_written_and_is_told_when_read(path: Path) -> None:
    path.write_bytes(b"")
    assert refused(BadInput, path, write=False) == "storage.empty"
    Database.open(path).close()
    Database.open(path, write=False).close()


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_database_is_refused_and_left(path: Path, newer: Path, write: bool) -> None:
    Database.open(path, migrations=newer).close()
    before = path.read_bytes()
    assert refused(StorageError, path, write=write) == "storage.newer"
    assert path.read_bytes() == before


def test_an_older_database_is_brought_up_to_date_after_a_copy_is_put_aside(path: Path, newer: Path) -> None:
    database = Database.open(path)
    database.execute("INSERT INTO store (code, name, added_at) VALUES ('A', 'a', 'now')")
    database.close()
    version = len(list(MIGRATIONS.glob("*.sql")))
    with closing(Database.open(path, migrations=newer)) as migrated:
        assert migrated.value("SELECT count(*) FROM more") == 0
        assert migrated.value("SELECT name FROM store") == "a"
        assert migrated.value("PRAGMA user_version") == version + 1
    aside = path.with_name(f"{path.name}.version-{version}")
    with closing(Database.open(aside, write=False)) as copy:
        assert copy.value("SELECT name FROM store") == "a"
        assert copy.value("SELECT count(*) FROM sqlite_master WHERE name = 'more'") == 0


def test_copies_put_aside_never_replace_one_another(path: Path, newer: Path) -> None:
    Database.open(path).close()
    aside = path.with_name(f"{path.name}.version-{len(list(MIGRATIONS.glob('*.sql')))}")
    aside.write_text("mine", encoding="utf-8")
    Database.open(path, migrations=newer).close()
    assert aside.read_text(encoding="utf-8") == "mine"
    assert aside.with_name(f"{aside.name}-2").is_file()


def test_a_disk_that_cannot_say_which_file_it_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("greenstar.storage.sqlite.connection._identity", fails)
        with pytest.raises(StorageError) as caught:
            Database.open(tmp_path / "green.db")
    assert caught.value.message.key == "storage.failed"
    Database.open(tmp_path / "green.db").close()


def test_a_copy_that_cannot_be_made_whole_leaves_no_part_of_itself_and_nothing_is_changed(
    path: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database.open(path).close()
    before = path.read_bytes()
    killed = path.with_name(f"{path.name}.version-{len(list(MIGRATIONS.glob('*.sql')))}.part")
    killed.write_text("a part that a killed program left", encoding="utf-8")

    def full(file: Path) -> None:
        assert file.stat().st_size >= len(before)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda file, _: full(file))
        assert refused(StorageError, path, migrations=newer) == "storage.failed"
    assert path.read_bytes() == before
    assert list(path.parent.glob("green*")) == [path]
    Database.open(path, migrations=newer).close()
    assert {file.name for file in path.parent.glob("green*")} == {path.name, killed.name.removesuffix(".part")}


def test_programs_that_open_an_older_database_together_put_one_copy_aside(path: Path, newer: Path) -> None:
    Database.open(path).close()
    database = Database.open(path)
    tables, files = database.tables, migration_files(newer)
    copies: list[int] = []
    Database.open(path, migrations=newer).close()  # between another one's look at the version and its turn to write
    migrate(tables, files, put_aside=copies.append)
    database.close()
    assert copies == []


def test_reading_an_older_database_changes_nothing(path: Path, newer: Path) -> None:
    Database.open(path).close()
    before = path.read_bytes()
    with pytest.raises(BadInput) as caught:
        Database.open(path, write=False, migrations=newer)
    assert caught.value.message.key == "storage.older"
    assert path.read_bytes() == before


def test_opening_twice_migrates_once_and_puts_nothing_aside(path: Path) -> None:
    for _ in range(2):
        with closing(Database.open(path)) as database:
            assert database.value("SELECT count(*) FROM _sqlite_migrations") == len(list(MIGRATIONS.glob("*.sql")))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("write", [True, False])
def test_a_folder_in_the_place_of_the_file_is_refused(path: Path, write: bool) -> None:
    path.mkdir()
    assert refused(StorageError, path, write=write) == "storage.cannot_open"


@pytest.mark.parametrize("parent", ["nowhere", "file"])
def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, parent: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = tmp_path / parent / "green.db"
    assert refused(StorageError, path) == "storage.no_folder"
    assert refused(BadInput, path, write=False) == "storage.no_database"
    assert not (tmp_path / "nowhere").exists()


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Database.open(tmp_path / ("x" * 300))
    assert caught.value.exit is Exit.STORAGE


def test_a_locked_database_says_that_nothing_was_lost(made: Database, path: Path) -> None:
    made.tables.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as caught:
            write(made, "DELETE FROM store")
        assert caught.value.message.key == "storage.locked"
        assert "Nothing was lost" in Catalogue("en").render(caught.value.message)
        with closing(Database.open(path, write=False)) as reader:  # a reader is never in the way, nor it in theirs
            assert reader.value("SELECT count(*) FROM store") == 0
    write(made, "DELETE FROM store")


def test_a_database_that_became_read_only_says_so(path: Path) -> None:
    Database.open(path).close()
    with closing(Database.open(path)) as database:
        database.tables.execute("PRAGMA query_only = ON")  # as a disk that was mounted again without writing
        with pytest.raises(StorageError) as caught:
            write(database, "INSERT INTO store (code, name, added_at) VALUES ('A', 'a', 'now')")
        assert caught.value.message.key == "storage.read_only"


def test_a_full_disk_says_that_what_was_saved_is_kept(made: Database) -> None:
    made.tables.execute(f"PRAGMA max_page_count = {made.value('PRAGMA page_count') + 1}")
    insert = "INSERT INTO store (code, name, added_at) VALUES (?, ?, 'now')"
    made.execute(insert, ("A", "kept"))

    def fill() -> None:
        with made.transaction():
            for number in range(1000):
                made.execute(insert, (f"B{number}", "x" * 1000))

    with pytest.raises(StorageError) as caught:
        fill()
    assert caught.value.message.key == "storage.disk_full"
    assert made.rows("SELECT code FROM store") == [{"code": "A"}]


def test_any_error_inside_a_transaction_undoes_all_of_it(made: Database) -> None:
    def interrupted() -> None:
        with made.transaction():
            write(made, "INSERT INTO store (code, name, added_at) VALUES ('A', 'a', 'now')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert made.rows("SELECT code FROM store") == []


def test_every_sentence_about_storage_says_what_to_do_in_both_languages() -> None:
    keys = "newer not_ours not_a_database damaged locked read_only cannot_open disk_full disk_error failed no_folder"
    values = {"file": "x.db", "found": "3", "known": "2", "technical": "t", "folder": "/"}
    for language, kept in (
        ("en", ("Nothing was", "is kept", "was left")),
        ("zh", ("未作任何更改", "都在", "保持原样")),
    ):
        for key in keys.split():
            sentence = Catalogue(language).say(f"storage.{key}", **values)
            assert any(words in sentence for words in kept), sentence
            assert ";" in sentence or "；" in sentence, sentence


@pytest.mark.parametrize("how", ["deleted", "replaced", "moved"])
def test_nothing_is_written_into_a_file_that_nobody_finds_again(made: Database, path: Path, how: str) -> None:
    statement = "UPDATE store SET name = 'x'"
    write(made, statement)
    away = path.with_name("away.db")
    path.rename(away)
    if how == "deleted":
        away.unlink()
    elif how == "replaced":
        shutil.copy(away, path)
    with pytest.raises(StorageError) as caught:
        write(made, statement)
    assert caught.value.message.key == "storage.moved"
    if how == "moved":
        away.rename(path)
        write(made, statement)
