"""The chain of events: in order, never changed, and whoever changes it is found out."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.errors import StorageError
from greenstar.record.event import Change
from greenstar.record.journal import START
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.events import EventTable

AT = "2026-05-12T09:30:00.000Z"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with three events."""
    database = Database.open(tmp_path / "green.db")
    for number in range(3):
        change = Change("answer", f"q{number}", None, json.dumps(f"读数 {number}"), store="S-1")
        EventTable(database).append([change], AT, "Ada")
    yield database
    database.close()


def test_an_event_carries_the_hash_of_the_one_before(database: Database) -> None:
    first, second, third = database.rows("SELECT * FROM event ORDER BY id")
    assert [event["previous"] for event in (first, second, third)] == [START, first["hash"], second["hash"]]
    fields = {name: value for name, value in second.items() if name != "hash" and value is not None}
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert second["hash"] == hashlib.sha256(text.encode()).hexdigest()
    assert EventTable(database).first_broken() is None


@pytest.mark.parametrize(
    ("forgery", "broken"),
    [
        ("UPDATE event SET became = '\"other\"' WHERE id = 2", 2),
        ("UPDATE event SET by = 'Bob' WHERE id = 1", 1),
        ("UPDATE event SET because = 'added' WHERE id = 3", 3),
        ("DELETE FROM event WHERE id = 2", 2),
        ("DELETE FROM event WHERE id = 1", 1),
        ("UPDATE event SET id = id + 10 WHERE id = 3", 3),
        ("UPDATE event SET hash = 'x' WHERE id = 1", 1),
    ],
)
def test_whoever_alters_or_removes_one_breaks_the_chain(database: Database, forgery: str, broken: int) -> None:
    with pytest.raises(StorageError):
        database.execute(forgery)
    assert EventTable(database).first_broken() is None
    with closing(sqlite3.connect(database.path)) as forger, forger:
        forger.execute("DROP TRIGGER event_is_never_changed")
        forger.execute("DROP TRIGGER event_is_never_removed")
        forger.execute(forgery)
    assert EventTable(database).first_broken() == broken


def test_nothing_can_take_the_place_of_an_event(database: Database) -> None:
    row = database.rows("SELECT * FROM event WHERE id = 2")[0]
    with pytest.raises(StorageError):
        database.execute(
            f"INSERT OR REPLACE INTO event ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})",
            {**row, "by": "Bob"},
        )
    assert EventTable(database).first_broken() is None


@pytest.mark.process
def test_many_programs_write_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "green.db"
    Database.open(path).close()
    script = """
import sys
from pathlib import Path
from greenstar.storage.sqlite.connection import Database
from greenstar.record.event import Change
from greenstar.storage.sqlite.events import EventTable
database = Database.open(Path(sys.argv[1]))
for number in range(50):
    with database.transaction():
        changes = [Change("answer", sys.argv[2]), Change("note", str(number))]
        EventTable(database).append(changes, "2026-05-12", sys.argv[2])
database.close()
"""
    running = [subprocess.Popen([sys.executable, "-c", script, str(path), f"P{number}"]) for number in range(4)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0, 0]
    with closing(Database.open(path, write=False)) as database:
        assert EventTable(database).first_broken() is None
        counts = database.rows("SELECT by, count(*) AS number FROM event GROUP BY by ORDER BY by")
        assert [(row["by"], row["number"]) for row in counts] == [(f"P{number}", 100) for number in range(4)]
