"""Events as rows: the journal of all changes."""
# ruff: noqa: S608 - names of columns are those of this file

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from typing_extensions import override

from greenstar.record.event import VERSION, Change, Event
from greenstar.record.journal import (
    BEGUN,
    Head,
    chain_of_database,
    chain_of_store,
    chain_of_visit,
    faults,
    following,
    heads_of,
)
from greenstar.storage.protocols.events import EventRow, Events
from greenstar.storage.sqlite.connection import Database

_OF_EVENT = (
    *("ulid", "chain", "place", "database", "at", "by", "kind", "subject", "was", "became", "because"),
    *("whose", "carried", "previous", "hash"),
)
_COLUMNS = ("id", "store", "assessment", "undoes", "version", *(f'"{name}"' for name in _OF_EVENT))
_INSERT = f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SELECT = "SELECT id, at, by, kind, subject, was AS before, became AS after, because, undoes FROM event"
_IS_BEGUN = "EXISTS (SELECT 1 FROM head AS own WHERE own.chain = 'database:' || identity.ulid)"
_BEFORE = f"SELECT ulid, {_IS_BEGUN}, head.hash, head.place FROM identity LEFT JOIN head ON head.chain = ?"
_as_json = json.JSONEncoder(separators=(",", ":")).encode
_made = tuple.__new__  # what `Event._make` does, but that it counts
_ONE_HASH = 68  # signs of a JSON list that holds one hash
_IN_CHAINS = f"""
    SELECT {", ".join(f'event."{name}"' for name in _OF_EVENT[: _OF_EVENT.index("whose")])}, undone.ulid,
        event.whose, event.carried, event.previous, event.hash
    FROM event LEFT JOIN event AS undone ON undone.id = event.undoes
"""


class EventTable(Events):
    """The table of events; triggers keep it from being changed, and each event behind those that it follows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chains: dict[int, str] = {}

    # -- in

    @override
    def append(self, changes: Iterable[Change], at: str, by: str) -> int:
        number: int | None = None
        heads: dict[str, Sequence[Head]] = {}
        for change in changes:
            chain = self._chain(change)
            if chain not in heads:
                database, is_begun, heads[chain] = self._before(chain)
                if not is_begun and not _is_of_database(change):
                    self.append([Change(BEGUN)], at, by)
            undoes = None if change.undoes is None else self._ulid(change.undoes)
            event = following(change, heads[chain], chain=chain, database=database, at=at, by=by, undoes=undoes)
            heads[chain] = (Head(event.hash, event.place),)
            row = (None, change.store, change.assessment, change.undoes, VERSION, *_values(event))
            number = self._database.insert(_INSERT, row)
        return self.last_number() if number is None else number

    def _before(self, chain: str) -> tuple[str, bool, list[Head]]:
        """In which database a next event is written, whether its own chain has begun, and what the event follows."""
        rows = self._database.tuples(_BEFORE, (chain,))
        database, is_begun, *_ = rows[0]
        return database, bool(is_begun), [Head(*head) for _, _, *head in rows if head[0] is not None]

    @override
    def begin(self, at: str, by: str) -> None:
        if not self._database.value(f"SELECT {_IS_BEGUN} FROM identity"):
            self.append([Change(BEGUN)], at, by)

    @override
    def add(self, events: Iterable[Event]) -> None:
        number = self.last_number()
        numbers: dict[str, int] = {}
        rows = []
        for number, event in enumerate(events, number + 1):  # noqa: B020 - goes on from the last number
            numbers[event.id] = number
            undoes = None if event.undoes is None else numbers.get(event.undoes) or self._number(event.undoes)
            rows.append((number, *self._belongs_to(event.chain), undoes, VERSION, *_values(event)))
        self._database.write_many(_INSERT, rows)

    def _chain(self, change: Change) -> str:
        if _is_of_database(change):
            return chain_of_database(self.database_id())
        if change.assessment is None:
            return chain_of_store(change.store or "")
        if change.assessment not in self._chains:
            sql = "SELECT coalesce(shared, ulid) FROM assessment WHERE id = ?"
            self._chains[change.assessment] = chain_of_visit(self._database.value(sql, (change.assessment,)))
        return self._chains[change.assessment]

    def _belongs_to(self, chain: str) -> tuple[str | None, int | None]:
        """The store and the number of the visit whose chain it is, here."""
        kind, _, name = chain.partition(":")
        if kind == "store":
            return name, None
        row = self._database.row("SELECT store, id FROM assessment WHERE ulid = ?", (name,)) if kind == "visit" else {}
        return (row["store"], row["id"]) if row else (None, None)

    def _ulid(self, number: int) -> str:
        ulid: str = self._database.value("SELECT ulid FROM event WHERE id = ?", (number,))
        return ulid

    def _number(self, ulid: str) -> int | None:
        number: int | None = self._database.value("SELECT id FROM event WHERE ulid = ?", (ulid,))
        return number

    # -- the database itself

    @override
    def database_id(self) -> str:
        ulid: str = self._database.value("SELECT ulid FROM identity")
        return ulid

    @override
    def put_database_id(self, ulid: str) -> None:
        self._database.execute("UPDATE identity SET ulid = ?", (ulid,))

    # -- chains

    @override
    def chains(self) -> list[str]:
        return [row["chain"] for row in self._database.rows("SELECT DISTINCT chain FROM head ORDER BY chain")]

    @override
    def heads(self, chain: str) -> list[Head]:
        rows = self._database.tuples("SELECT hash, place FROM head WHERE chain = ? ORDER BY hash", (chain,))
        return [Head(*row) for row in rows]

    @override
    def of_chain(self, chain: str) -> list[Event]:
        return list(
            map(
                _event,
                self._database.tuples(f"{_IN_CHAINS} WHERE event.chain = ? ORDER BY event.place, event.id", (chain,)),
            )
        )

    @override
    def all(self) -> Iterator[Event]:
        return map(_event, self._database.stream_tuples(f"{_IN_CHAINS} ORDER BY event.chain, event.place, event.ulid"))

    @override
    def first_broken(self) -> int | None:
        for chain, events in groupby(self.all(), key=lambda event: event.chain):
            every = list(events)
            fault = next(faults(every), None)
            if fault is not None:
                return self._number(fault.event.id)
            if heads_of(every) != self.heads(chain):
                return self._number(every[-1].id)
        return None

    @override
    def carried(self) -> Iterator[Event]:
        return map(_event, self._database.stream_tuples(f"{_IN_CHAINS} WHERE event.carried IS NOT NULL"))

    @override
    def has(self, hashes: Sequence[str]) -> set[str]:
        sql = "SELECT hash FROM event WHERE hash IN (SELECT value FROM json_each(?))"
        return {row["hash"] for row in self._database.rows(sql, (json.dumps(list(hashes)),))}

    # -- as they came

    @override
    def numbers(self, ulids: Sequence[str]) -> set[int]:
        sql = "SELECT id FROM event WHERE ulid IN (SELECT value FROM json_each(?))"
        return {row["id"] for row in self._database.rows(sql, (json.dumps(list(ulids)),))}

    @override
    def first(self) -> Event | None:
        row = next(iter(self._database.tuples(f"{_IN_CHAINS} WHERE event.id = 1")), None)
        return None if row is None else _event(row)

    @override
    def last_number(self) -> int:
        return self._database.value("SELECT max(id) FROM event") or 0

    @override
    def newest_of_store(self, store: str) -> int:
        return self._database.value("SELECT max(id) FROM event WHERE store = ?", (store,)) or 0

    @override
    def who_made(self, assessment: int, kinds: Sequence[str]) -> set[str]:
        rows = self._database.rows(
            "SELECT DISTINCT by FROM event WHERE assessment = ? AND kind IN (SELECT value FROM json_each(?))",
            (assessment, json.dumps(kinds)),
        )
        return {row["by"] for row in rows}

    @override
    def of_visit(self, assessment: int) -> list[EventRow]:
        rows = self._database.rows(f"{_SELECT} WHERE assessment = ? ORDER BY id", (assessment,))
        return [EventRow(**row) for row in rows]

    @override
    def newest_time(self, assessment: int) -> str:
        return str(self._database.value("SELECT max(at) FROM event WHERE assessment = ?", (assessment,)))

    @override
    def last_of(self, store: str, assessment: int | None, kind: str, subject: str) -> EventRow | None:
        row = self._database.row(
            f"{_SELECT} WHERE store = ? AND assessment IS ? AND kind = ? AND subject = ? ORDER BY id DESC LIMIT 1",
            (store, assessment, kind, subject),
        )
        return None if row is None else EventRow(**row)


def _is_of_database(change: Change) -> bool:
    return change.assessment is None and change.store is None


def add_alone(connection: sqlite3.Connection, event: Event) -> None:
    """Add an event about the database itself to one that is not open as such."""
    number = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM event").fetchone()[0]
    connection.execute(_INSERT, (number, None, None, None, VERSION, *_values(event)))


def _values(event: Event) -> tuple[Any, ...]:
    """What is kept of an event, as `_OF_EVENT` has it."""
    return (
        *(event.id, event.chain, event.place, event.database, event.at, event.by, event.kind, event.subject),
        *(event.before, event.after, event.because, event.whose, event.carried),
        *(_as_json(event.previous), event.hash),
    )


def _event(row: tuple[Any, ...]) -> Event:
    """An event of what `_IN_CHAINS` gives of it."""
    *content, previous, sha256 = row
    is_one = len(previous) == _ONE_HASH and previous[:2] == '["' and previous[-2:] == '"]'
    hashes = (previous[2:-2],) if is_one else tuple(json.loads(previous))
    return _made(Event, (*content, hashes, sha256))
