"""What identifies a database: a copy that goes on by itself is another one, and gets an identity of its own."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.journal import chain_of_database, following
from greenstar.record.timestamps import written_time
from greenstar.record.ulids import new_ulid
from greenstar.storage.sqlite.events import add_alone

RESTORED = "restored"
"""The kind of the first event of a database that was restored."""
LAST_EVENT = "SELECT hash FROM event ORDER BY id DESC LIMIT 1"


def begin_restored(connection: sqlite3.Connection, at: datetime, by: str, says: Mapping[str, Any]) -> None:
    """Give a database that nobody else knows yet another identity, and note that it was restored, and from what.

    Those of versions before 0.3 have no identity: they get one when they are brought up to date.
    """
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'identity'").fetchone()[0]:
        return
    (before,) = connection.execute("SELECT ulid FROM identity").fetchone()
    after = new_ulid(at)
    connection.execute("UPDATE identity SET ulid = ?", (after,))
    change = Change(RESTORED, None, canonical(before), canonical({**says, **_journal_end(connection)}))
    chain = chain_of_database(after)
    add_alone(connection, following(change, (), chain=chain, database=after, at=written_time(at), by=by))


def _journal_end(connection: sqlite3.Connection) -> dict[str, Any]:
    """How many events a database has, and the hash of the one that came last."""
    (events,) = connection.execute("SELECT count(*) FROM event").fetchone()
    last = connection.execute(LAST_EVENT).fetchone()
    return {"events": events, "last": None if last is None else last[0]}
