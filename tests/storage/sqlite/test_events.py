"""The chain of events: in order, never changed, and whoever changes it is found out."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from greenstar.errors import StorageError
from greenstar.record.event import Change, Event
from greenstar.record.journal import Head, faults
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.events import EventTable
from tests.rows import rows

AT = "2026-05-12T09:30:00.000Z"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with three events."""
    database = filled(tmp_path / "green.db")
    yield database
    database.close()


def filled(path: Path) -> Database:
    """A new database with three events of one store."""
    database = Database.open(path)
    for number in range(3):
        change = Change("answer", f"q{number}", None, json.dumps(f"读数 {number}"), store="S-1")
        EventTable(database).append([change], AT, "Ada")
    return database


def chain_of(database: Database) -> list[Event]:
    """The events of the store's chain."""
    return EventTable(database).of_chain("store:S-1")


def test_an_event_carries_the_hash_of_the_one_before_and_stands_where_it_was_written(database: Database) -> None:
    first, second, third = chain_of(database)
    assert [event.previous for event in (first, second, third)] == [(), (first.hash,), (second.hash,)]
    here = EventTable(database).database_id()
    assert {(event.database, event.chain, len(event.id)) for event in (first, second, third)} == {
        (here, "store:S-1", 26)
    }
    assert EventTable(database).heads("store:S-1") == [Head(third.hash, 3)]
    assert EventTable(database).first_broken() is None


@rows(
    ("forgery", "what"),
    [
        ("UPDATE event SET became = '\"other\"' WHERE subject = 'q1'", "hash"),
        ("UPDATE event SET by = 'Bob' WHERE subject = 'q0'", "hash"),
        ("UPDATE event SET because = 'added' WHERE subject = 'q2'", "hash"),
        ("DELETE FROM event WHERE subject = 'q1'", "parent"),
        ("DELETE FROM event WHERE subject = 'q0'", "parent"),
        ("UPDATE event SET place = place + 10 WHERE subject = 'q2'", "place"),
        ("UPDATE event SET hash = 'x' WHERE subject = 'q0'", "hash"),
    ],
)
def test_whoever_alters_or_removes_one_breaks_the_chain(tmp_path: Path, forgery: str, what: str) -> None:
    database = filled(tmp_path / f"{len(list(tmp_path.iterdir()))}.db")
    with pytest.raises(StorageError):
        database.execute(forgery)
    assert not list(faults(chain_of(database)))
    with closing(sqlite3.connect(database.path)) as forger, forger:
        forger.execute("DROP TRIGGER event_is_never_changed")
        forger.execute("DROP TRIGGER event_is_never_removed")
        forger.execute(forgery)
    assert what in {fault.what for fault in faults(chain_of(database))}
    assert EventTable(database).first_broken() is not None
    database.close()


def test_events_from_elsewhere_come_to_the_same_chain_and_the_next_one_joins_them(tmp_path: Path) -> None:
    with closing(filled(tmp_path / "here.db")) as here, closing(Database.open(tmp_path / "there.db")) as there:
        EventTable(there).add(chain_of(here))
        assert chain_of(there) == chain_of(here)
        for database, by in ((here, "Ada"), (there, "Bo")):
            EventTable(database).append([Change("answer", "q", None, "1", store="S-1")], AT, by)
        for giver, taker in ((here, there), (there, here)):
            missing = [event for event in chain_of(giver) if not EventTable(taker).has([event.hash])]
            EventTable(taker).add(missing)
        heads = EventTable(here).heads("store:S-1")
        assert heads == EventTable(there).heads("store:S-1")
        assert len(heads) == 2
        EventTable(here).append([Change("answer", "q", None, "2", store="S-1")], AT, "Ada")
        assert chain_of(here)[-1].previous == tuple(head.hash for head in heads)
        assert not list(faults(chain_of(here)))
        assert len(EventTable(here).heads("store:S-1")) == 1


def test_no_event_stands_where_it_does_not_belong(database: Database) -> None:
    first, _, third = chain_of(database)
    events = EventTable(database)
    forgeries: list[dict[str, Any]] = [
        {"place": 3, "previous": (third.hash,)},  # behind the third is the fourth place
        {"place": 5, "previous": ("0" * 64,)},  # of what is not here
        {"chain": "store:S-2", "place": 2, "previous": (first.hash,)},  # of another chain
        {"place": 2, "previous": (first.hash,), "database": events.database_id()},  # written here, beside others
        {"place": 4, "previous": (third.hash,), "id": third.id},  # somebody else's identity
    ]
    for forgery in forgeries:
        with pytest.raises(StorageError):
            events.add([first._replace(**{"id": "0" * 26, **forgery}).hashed()])
    assert len(chain_of(database)) == 3


def test_an_undo_names_what_it_undoes_by_its_identity(database: Database) -> None:
    second = database.value("SELECT id FROM event WHERE ulid = ?", (chain_of(database)[1].id,))
    EventTable(database).append([Change("answer", "q1", None, None, undoes=second, store="S-1")], AT, "Ada")
    assert chain_of(database)[-1].undoes == chain_of(database)[1].id
    assert not list(faults(chain_of(database)))


def test_nothing_can_take_the_place_of_an_event(database: Database) -> None:
    row = database.rows("SELECT * FROM event WHERE id = 2")[0]
    with pytest.raises(StorageError):
        database.execute(
            f"INSERT OR REPLACE INTO event ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})",
            {**row, "by": "Bob"},
        )
    assert not list(faults(chain_of(database)))


@pytest.mark.process
def test_many_programs_write_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "green.db"
    Database.open(path).close()
    script = """
import sys
from pathlib import Path
from typing import Any
from greenstar.storage.sqlite.connection import Database
from greenstar.record.event import Change
from greenstar.storage.sqlite.events import EventTable
database = Database.open(Path(sys.argv[1]))
for number in range(25):
    with database.transaction():
        changes = [Change("answer", sys.argv[2]), Change("note", str(number))]
        EventTable(database).append(changes, "2026-05-12", sys.argv[2])
database.close()
"""
    running = [subprocess.Popen([sys.executable, "-c", script, str(path), f"P{number}"]) for number in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    with closing(Database.open(path, write=False)) as database:
        (chain,) = EventTable(database).chains()
        assert not list(faults(EventTable(database).of_chain(chain)))
        assert len(EventTable(database).heads(chain)) == 1
        counts = database.rows("SELECT by, count(*) AS number FROM event GROUP BY by ORDER BY by")
        assert [(row["by"], row["number"]) for row in counts] == [(f"P{number}", 50) for number in range(3)]
