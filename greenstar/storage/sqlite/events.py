"""Events: every change, in order, never changed themselves. Each carries the hash of the one before.

Whoever alters or removes one in the file breaks the chain from there on, and `first_broken` finds the place.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenstar.storage.sqlite.connection import Database, Row, peek

START = "0" * 64  # what stands before the first event
COLUMNS = ("id", "store", "assessment", "at", "by", "kind", "subject", "was", "became", "because", "undoes", "previous")
_INSERT = f"INSERT INTO event ({', '.join(COLUMNS)}, hash) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"  # noqa: S608
_LAST = "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to be noted: of what kind, of which subject, what it was and what it became, and why.

    `was` and `became` are JSON texts; None: there was nothing, there is nothing any more. `undoes`: the number of the
    event that this one takes back.
    """

    kind: str
    subject: str | None = None
    was: str | None = None
    became: str | None = None
    because: str | None = None
    undoes: int | None = None
    store: str | None = None
    assessment: int | None = None


def canonical(value: Any) -> str:
    """JSON in one spelling only: what is hashed, sealed and compared."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def append(database: Database, changes: Iterable[Change], at: str, by: str) -> int:
    """Note changes, inside the transaction that makes them; the number of the last event."""
    number, previous = database.tables.execute(_LAST).fetchone() or (0, START)
    rows = []
    for change in changes:
        number += 1
        row = (
            number,
            change.store,
            change.assessment,
            at,
            by,
            change.kind,
            change.subject,
            change.was,
            change.became,
            change.because,
            change.undoes,
            previous,
        )
        previous = hash_of(row)
        rows.append((*row, previous))
    database.write_many(_INSERT, rows)
    return number


def hash_of(row: tuple[Any, ...]) -> str:
    """The hash of an event's columns; those that hold nothing stay out, so that later columns change no old hash."""
    kept = {name: value for name, value in zip(COLUMNS, row, strict=True) if value is not None}
    return hashlib.sha256(canonical(kept).encode()).hexdigest()


def first_broken(database: Database) -> int | None:
    """The number of the first event that does not follow from the one before, or None where the chain holds."""
    previous = START
    for number, row in enumerate(database.rows("SELECT * FROM event ORDER BY id"), 1):
        found = tuple(row[name] for name in COLUMNS)
        if row["id"] != number or row["previous"] != previous or row["hash"] != hash_of(found):
            return number
        previous = row["hash"]
    return None


def first_kind(path: Path) -> str | None:
    """The kind of the first event in a file that may be anything; None where there is none."""
    found: str | None = peek(path, "SELECT kind FROM event WHERE id = 1")
    return found


def last_number(database: Database) -> int:
    """The number of the newest event; 0 before the first."""
    return database.value("SELECT max(id) FROM event") or 0


def of_visit(database: Database, store: str, assessment: int) -> list[Row]:
    """The events of an assessment in their order, with the changes of the store's facts since it was started."""
    return database.rows(
        "SELECT id, at, by, kind, subject, was, became, because, undoes FROM event "
        "WHERE store = ? AND (assessment = ? OR kind = 'fact') "
        "AND id >= (SELECT min(id) FROM event WHERE assessment = ?) ORDER BY id",
        (store, assessment, assessment),
    )


def newest_time(database: Database, assessment: int) -> str:
    """The latest time at which an assessment was changed, by whatever clock that was."""
    newest: str = database.value("SELECT max(at) FROM event WHERE assessment = ?", (assessment,))
    return newest


def last_of(database: Database, store: str, assessment: int | None, kind: str, subject: str) -> Row | None:
    """When and by whom something of a visit was changed last: `at, by`; a fact by whatever visit."""
    return database.row(
        "SELECT at, by FROM event WHERE store = ? AND (assessment = ? OR kind = 'fact') AND kind = ? AND subject = ? "
        "ORDER BY id DESC LIMIT 1",
        (store, assessment, kind, subject),
    )
