"""Migrations: each once, whole or not at all, and the schema on file is what they make."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.errors import StorageError
from greenstar.record.canonical import sha256_of
from greenstar.resources import DATA, MIGRATIONS
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.migrations import migration_files, statements
from greenstar.storage.sqlite.schema import schema
from greenstar.storage.sqlite.schemes import SchemeTable
from greenstar.storage.sqlite.scorecards import ScorecardTables


def test_the_schema_on_file_is_what_the_migrations_make() -> None:
    text = (DATA / "db" / "schema.sql").read_text(encoding="utf-8")
    assert text == schema(), "run: python -m greenstar.storage.sqlite.schema > db/schema.sql"


def test_migrations_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in migration_files(MIGRATIONS)] == [
        f"{number:04}" for number in range(1, len(list(MIGRATIONS.iterdir())) + 1)
    ]


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    folder, path = tmp_path / "migrations", tmp_path / "green.db"
    folder.mkdir()
    (folder / "0001_good.sql").write_text("CREATE TABLE good (id INTEGER) STRICT;\n", encoding="utf-8")
    bad = folder / "0002_bad.sql"
    bad.write_text("CREATE TABLE half (id INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);\n", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        Database.open(path, migrations=folder)
    assert caught.value.message.key == "storage.failed"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        assert database.execute("PRAGMA user_version").fetchone() == (0,)
    bad.write_text("PRAGMA application_id = 1196651634;\nCREATE TABLE whole (id INTEGER) STRICT;\n", encoding="utf-8")
    with closing(Database.open(path, migrations=folder)) as database:
        assert [row["name"] for row in database.rows("SELECT name FROM _sqlite_migrations ORDER BY id")] == [
            "0001_good",
            "0002_bad",
        ]


def test_a_trigger_with_its_inner_statements_is_one_statement() -> None:
    script = "-- why; because\nCREATE TABLE a (b TEXT DEFAULT ';');\n"
    script += "CREATE TRIGGER t BEFORE DELETE ON a\nBEGIN\n  SELECT 1;\nEND;\n"
    last_lines = [statement.splitlines()[-1] for statement in statements(script)]
    assert last_lines == ["CREATE TABLE a (b TEXT DEFAULT ';');", "END;"]


@pytest.mark.process
def test_two_programs_that_start_together_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "green.db"
    script = "import sys; from pathlib import Path; from greenstar.storage.sqlite.connection import Database; "
    script += "Database.open(Path(sys.argv[1])).close()"
    running = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    with closing(Database.open(path, write=False)) as database:
        assert database.value("SELECT count(*) FROM _sqlite_migrations") == len(list(MIGRATIONS.iterdir()))


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The migrations of the program before the visit that counts was written down."""
    folder = tmp_path / "older"
    folder.mkdir()
    for file in migration_files(MIGRATIONS)[:3]:
        shutil.copy(file, folder)
    return folder


def test_only_what_the_migrations_record_is_the_version(tmp_path: Path, older: Path) -> None:
    path = tmp_path / "green.db"
    Database.open(path, migrations=older).close()
    for claimed in (0, 99):  # older programs kept a count of their own, which nobody reads any more
        with closing(sqlite3.connect(path)) as other, other:
            other.execute(f"PRAGMA user_version = {claimed}")
        Database.open(path).close()
        with closing(Database.open(path, write=False)) as database:
            assert database.value("SELECT count(*) FROM _sqlite_migrations") == len(migration_files(MIGRATIONS))
    assert len(list(tmp_path.glob("green.db.version-3"))) == 1


def test_older_programs_see_that_a_database_is_newer_than_they_are(tmp_path: Path) -> None:
    with closing(Database.open(tmp_path / "green.db")) as database:
        assert database.value("PRAGMA user_version") == len(migration_files(MIGRATIONS))


def test_a_database_with_a_migration_that_is_not_known_is_refused(tmp_path: Path, older: Path) -> None:
    path = tmp_path / "green.db"
    Database.open(path).close()
    with pytest.raises(StorageError) as caught:
        Database.open(path, migrations=older)
    assert caught.value.message.key == "storage.newer"


def test_scorecards_of_older_programs_say_nothing_of_worst_and_best(tmp_path: Path, older: Path) -> None:
    path = tmp_path / "green.db"
    with closing(Database.open(path, migrations=older)) as database:
        database.execute("INSERT INTO scheme VALUES (?, 'small', '1', '{}', '{}', '')", ("a" * 64,))
        database.execute("INSERT INTO store VALUES ('S', 'Store', '', '', '')")
        database.execute("INSERT INTO event (id, at, by, kind, previous, hash) VALUES (1, '', '', 'test', '', '')")
        database.execute(
            "INSERT INTO assessment (id, store, cycle, scheme_name, scheme, revision, status, assessor, started_at, "
            "changed_at) VALUES (1, 'S', '2026', 'small', ?, 1, 'draft', 'Ada', '', '')",
            ("a" * 64,),
        )
        database.execute(
            "INSERT INTO scorecard VALUES (1, 1, '1', 1, '100', '1', NULL, 0, 0, '[]', '{}', '[]', 1, 1, 1, '0', '')"
        )
    with closing(Database.open(path)) as database:
        card = ScorecardTables(database).of([1])[1].row
        unreadable = SchemeTable(database).all()[0]
    assert (unreadable.rules, unreadable.edition) == (sha256_of("{}"), 1)  # what is stored always opens
    assert (card.total, card.worst, card.best, card.totals_by_policy) == ("1", None, None, None)
    assert card.excused_points is None


def test_a_new_database_that_another_program_is_just_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "green.db"
    path.touch()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # SQLite refuses at once to turn the log on, whatever its patience
        monkeypatch.setattr("greenstar.storage.sqlite.connecting.time.sleep", lambda _: other.execute("ROLLBACK"))
        Database.open(path).close()
    with closing(Database.open(path, write=False)) as database:
        assert database.value("PRAGMA journal_mode") == "wal"
