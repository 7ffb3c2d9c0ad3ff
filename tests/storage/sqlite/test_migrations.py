"""Migrations: each once, whole or not at all, and the schema on file is what they make."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.errors import StorageError
from greenstar.resources import DATA, MIGRATIONS
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.migrations import migration_files, statements
from greenstar.storage.sqlite.schema import schema


def test_the_schema_on_file_is_what_the_migrations_make() -> None:
    found = (DATA / "db" / "schema.sql").read_text(encoding="utf-8")
    assert found == schema(), "run: python -m greenstar.storage.sqlite.schema > db/schema.sql"


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
    with closing(sqlite3.connect(path)) as found:
        assert found.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        assert found.execute("PRAGMA user_version").fetchone() == (0,)
    bad.write_text("PRAGMA application_id = 1196651634;\nCREATE TABLE whole (id INTEGER) STRICT;\n", encoding="utf-8")
    with closing(Database.open(path, migrations=folder)) as database:
        assert [row["name"] for row in database.rows("SELECT name FROM _sqlite_migrations ORDER BY id")] == [
            "0001_good",
            "0002_bad",
        ]


def test_a_trigger_with_its_inner_statements_is_one_statement() -> None:
    script = "-- why; because\nCREATE TABLE a (b TEXT DEFAULT ';');\n"
    script += "CREATE TRIGGER t BEFORE DELETE ON a\nBEGIN\n  SELECT 1;\nEND;\n"
    assert [one.splitlines()[-1] for one in statements(script)] == ["CREATE TABLE a (b TEXT DEFAULT ';');", "END;"]


def test_two_programs_that_start_together_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "green.db"
    script = "import sys; from pathlib import Path; from greenstar.storage.sqlite.connection import Database; "
    script += "Database.open(Path(sys.argv[1])).close()"
    running = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(4)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0, 0]
    with closing(Database.open(path, write=False)) as database:
        assert database.value("SELECT count(*) FROM _sqlite_migrations") == len(list(MIGRATIONS.iterdir()))
