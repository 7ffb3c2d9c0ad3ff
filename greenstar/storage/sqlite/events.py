"""Events as rows: the journal of all changes."""
# ruff: noqa: S608 - names of columns are those of this file

import json
from collections.abc import Iterable, Sequence

from typing_extensions import override

from greenstar.record.event import COLUMNS, Change
from greenstar.record.journal import START, chained, first_broken
from greenstar.storage.protocols.events import EventRow, Events
from greenstar.storage.sqlite.connection import Database

_INSERT = f"INSERT INTO event ({', '.join(COLUMNS)}, hash) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_SELECT = "SELECT id, at, by, kind, subject, was AS before, became AS after, because, undoes FROM event"
_LAST = "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1"


class EventTable(Events):
    """The table of events; triggers keep it from being changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def append(self, changes: Iterable[Change], at: str, by: str) -> int:
        number, previous = self._database.tables.execute(_LAST).fetchone() or (0, START)
        events = list(chained(changes, at, by, number=number, previous=previous))
        self._database.write_many(_INSERT, [(*columns, sha256) for columns, sha256 in events])
        return number + len(events)

    @override
    def first_broken(self) -> int | None:
        return first_broken(self._database.rows("SELECT * FROM event ORDER BY id"))

    @override
    def first_kind(self) -> str | None:
        kind: str | None = self._database.value("SELECT kind FROM event WHERE id = 1")
        return kind

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
