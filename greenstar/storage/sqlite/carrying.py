"""Carrying the journal of programs up to 0.2 over into chains of events; called by migration 0011 alone.

All that an event is given follows from what it held, so that copies of one database that are carried over each for
itself agree on it. What the tables hold and no event told of (what a revision took over, for one) is noted in an event
of its own at the end of the chain. None of it ever fails: what is stored always opens.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from greenstar.record.canonical import canonical
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_database, chain_of_store, chain_of_visit
from greenstar.record.old_journal import JOURNAL_CARRIED_OVER, OLD_COLUMNS, OLD_ONLY, OldChain
from greenstar.record.replay import CARRIED_OVER, State, differing
from greenstar.record.timestamps import read_time, written_time
from greenstar.record.ulids import new_ulid, ulid_of
from greenstar.storage.sqlite.states import store_state, visit_state

BY = "greenstar"
"""Who carries over: the program itself."""
_AT_ONCE = 1_000
_BEFORE_ALL = datetime.fromtimestamp(0, UTC)
_READ = f"""
    SELECT event.hash, assessment.ulid, {", ".join(f"event.{name}" for name in OLD_COLUMNS)}
    FROM event LEFT JOIN assessment ON assessment.id = event.assessment
    WHERE event.id > ? ORDER BY event.id LIMIT {_AT_ONCE}
"""  # noqa: S608 - names of this program
_GIVE = """
    UPDATE event SET ulid = ?, chain = ?, place = ?, "database" = ?, previous = ?, hash = ?, carried = ? WHERE id = ?
"""
_ADD = """
    INSERT INTO event (
        ulid, chain, place, "database", previous, hash, carried, assessment, at, by, kind, was, became
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def carry_journal_over(connection: sqlite3.Connection) -> None:
    """Give every event its place in a chain, and note what was carried over; nothing, where there is no event."""
    first = connection.execute("SELECT at, hash FROM event ORDER BY id LIMIT 1").fetchone()
    if first is not None:
        _Carrying(connection, identity_of(*first)).carry()


class _Carrying:
    def __init__(self, connection: sqlite3.Connection, database: str) -> None:
        self._connection = connection
        self._database = database  # the older one, as whose its events go on
        self._old = OldChain()
        self._ids: dict[int, str] = {}
        self._taken: set[str] = set()
        self._last: dict[str, Event] = {}
        self._states: dict[str, State] = {}

    def carry(self) -> None:
        for old_hash, ulid, *columns in self._rows():
            self._event(old_hash, ulid, tuple(columns))
        for assessment, ulid in self._connection.execute("SELECT id, ulid FROM assessment ORDER BY id").fetchall():
            chain = chain_of_visit(ulid)
            if chain in self._last:
                self._left_untold(chain, visit_state(self._connection.execute, assessment), assessment)
        for (code,) in self._connection.execute("SELECT code FROM store ORDER BY code").fetchall():
            chain = chain_of_store(code)
            page = store_state(self._connection.execute, code) if chain in self._last else None
            if page is not None:
                self._left_untold(chain, page, None)
        self._told()
        heads = [(event.chain, event.hash, event.place) for event in self._last.values()]
        self._connection.executemany("INSERT INTO head (chain, hash, place) VALUES (?, ?, ?)", heads)

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        number = -(2**63)
        while rows := self._connection.execute(_READ, (number,)).fetchall():
            yield from rows
            number = rows[-1][2]

    def _event(self, old_hash: str, ulid: str | None, columns: tuple[Any, ...]) -> None:
        self._old.follow(columns, old_hash)
        old = dict(zip(OLD_COLUMNS, columns, strict=True))
        if ulid is not None:
            chain = chain_of_visit(ulid)
        else:
            chain = chain_of_database(self._database) if old["store"] is None else chain_of_store(old["store"])
        identity = identity_of(old["at"], old_hash)
        if identity in self._taken:  # by an event that somebody copied
            identity = identity_of(old["at"], f"{old_hash}/{old['id']}")
        self._taken.add(identity)
        self._ids[old["id"]] = identity
        only = {name: old[name] for name in OLD_ONLY if old[name] is not None}
        event = self._behind(
            chain,
            id=identity,
            at=old["at"],
            by=old["by"],
            kind=old["kind"],
            subject=old["subject"],
            before=old["was"],
            after=old["became"],
            because=old["because"],
            undoes=self._ids.get(old["undoes"]),
            carried=canonical({**only, "hash": old_hash}),
        )
        self._states.setdefault(chain, State()).apply(event)
        self._connection.execute(_GIVE, (*_placed(event), old["id"]))

    def _behind(self, chain: str, *, database: str | None = None, **content: Any) -> Event:
        """The next event of a chain."""
        last = self._last.get(chain)
        nothing = dict.fromkeys(("subject", "before", "after", "because", "undoes", "whose", "carried"))
        event = Event(
            **{**nothing, **content},
            chain=chain,
            database=self._database if database is None else database,
            place=1 if last is None else last.place + 1,
            previous=() if last is None else (last.hash,),
        ).hashed()
        self._last[chain] = event
        return event

    def _left_untold(self, chain: str, held: State, assessment: int | None) -> None:
        """Note what the tables hold otherwise than the events of a chain tell."""
        sides = differing(self._states.get(chain, State()), held)
        if sides is None:
            return
        last = self._last[chain]
        before, after = map(canonical, sides)
        identity = identity_of(last.at, f"{chain}/{last.hash}")
        event = self._behind(chain, id=identity, at=last.at, by=BY, kind=CARRIED_OVER, before=before, after=after)
        self._add(event, assessment)

    def _told(self) -> None:
        """Note that there was an older journal, and whether its chain held."""
        (database,) = self._connection.execute("SELECT ulid FROM identity").fetchone()
        after = {"events": self._old.count, "head": self._old.head, "first_broken": self._old.first_broken}
        now = datetime.now(UTC)
        event = self._behind(
            chain_of_database(database),
            database=database,
            id=new_ulid(now),
            at=written_time(now),
            by=BY,
            kind=JOURNAL_CARRIED_OVER,
            after=canonical(after),
        )
        self._add(event, None)

    def _add(self, event: Event, assessment: int | None) -> None:
        said = (event.at, event.by, event.kind, event.before, event.after)
        self._connection.execute(_ADD, (*_placed(event), assessment, *said))


def _placed(event: Event) -> tuple[Any, ...]:
    previous = json.dumps(event.previous, separators=(",", ":"))
    return event.id, event.chain, event.place, event.database, previous, event.hash, event.carried


def identity_of(at: str, content: str) -> str:
    """The ULID of what was recorded before it had one: by its time, and by the earliest where that cannot be read."""
    try:
        time = read_time(at)
    except ValueError:
        time = _BEFORE_ALL
    return ulid_of(time, content)
