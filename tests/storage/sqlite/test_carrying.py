"""The journal of an older program is carried over: each event to its chain, nothing of it lost, and said."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.record.old_journal import JOURNAL_CARRIED_OVER, START, old_chain
from greenstar.record.replay import CARRIED_OVER
from greenstar.services.workspace import Workspace
from tests.journals import journal_faults
from tests.older import restore
from tests.rows import rows
from tests.sql import database_of


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database with all kinds of visits, as 0.2.0 left it."""
    return restore("visits", tmp_path / "old.db")


def told(workspace: Workspace) -> dict[str, object]:
    """What is noted of the older journal."""
    sql = "SELECT became FROM event WHERE kind = ?"
    said: dict[str, object] = json.loads(database_of(workspace).value(sql, (JOURNAL_CARRIED_OVER,)))
    return said


def test_every_event_has_its_place_and_replaying_gives_what_the_tables_hold(older: Path) -> None:
    with closing(sqlite3.connect(older)) as before:
        count, head = before.execute("SELECT count(*), (SELECT hash FROM event ORDER BY id DESC) FROM event").fetchone()
    with Workspace.open(older) as workspace:
        assert journal_faults(workspace) == []
        events = list(workspace.storage.events.all())
        assert workspace.storage.events.first_broken() is None
        assert told(workspace) == {"events": count, "head": head, "first_broken": None}
    carried = [event for event in events if event.carried is not None]
    chain = old_chain(carried)
    assert (chain.count, chain.head, chain.first_broken) == (count, head, None)
    assert len(events) == count + sum(event.kind == CARRIED_OVER for event in events) + 1


def test_copies_that_are_carried_over_apart_agree_on_every_event(older: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(older, tmp_path / "copy.db"))
    hashes = []
    for path in (older, copy):
        with Workspace.open(path) as workspace:
            here = workspace.storage.events.database_id()
            hashes.append({event.hash for event in workspace.storage.events.all() if event.database != here})
    assert hashes[0] == hashes[1] != set()


@rows(
    ("forgery", "broken"),
    [
        ("UPDATE event SET became = '\"other\"' WHERE id = 20", 20),
        ("UPDATE event SET at = 'never' WHERE id = 3", 3),
        ("DELETE FROM event WHERE id = 30", 30),
        ("UPDATE event SET hash = (SELECT hash FROM event WHERE id = 5) WHERE id = 6", 6),
    ],
)
@pytest.mark.slow
def test_a_journal_that_was_tampered_with_is_carried_over_all_the_same_and_it_is_said_from_where(
    tmp_path: Path, forgery: str, broken: int
) -> None:
    path = restore("visits", tmp_path / f"{broken}.db")
    with closing(sqlite3.connect(path)) as forger, forger:
        forger.execute("DROP TRIGGER event_is_never_changed")
        forger.execute("DROP TRIGGER event_is_never_removed")
        forger.execute(forgery)
    with Workspace.open(path) as workspace:
        assert told(workspace)["first_broken"] == broken
        assert journal_faults(workspace) == []


def test_a_database_without_events_has_nothing_to_carry_over(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "new.db") as workspace:
        assert workspace.storage.events.last_number() == 0
    assert old_chain([]).head == START
