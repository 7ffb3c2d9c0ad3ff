"""Assessments as rows: one visit to a store in a cycle under a scheme, in each of its revisions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from greenstar.assessment.model import Status
from greenstar.errors import StorageError
from greenstar.storage.sqlite.connection import Database, Row
from greenstar.storage.sqlite.timestamps import read_time

_COLUMNS = (
    "id, store, cycle, scheme_name, scheme, revision, status, assessor, visited, cursor, cursor_question, started_at, "
    "changed_at, submitted_at, decided_at, certificate, last_day, withdrawn_at, entered_at, seal"
)


@dataclass(frozen=True)
class AssessmentRow:
    """One assessment without its content; `store` is the code, `scheme` the hash.

    `cursor` is the criterion, and `cursor_question` the question, that was worked on last. `entered_at`: since when a
    window shows it.
    """

    id: int
    store: str
    cycle: str
    scheme_name: str
    scheme: str
    revision: int
    status: Status
    assessor: str
    visited: date | None
    cursor: str | None
    cursor_question: str | None
    started_at: datetime
    changed_at: datetime
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    certificate: str | None = None
    last_day: date | None = None
    withdrawn_at: datetime | None = None
    entered_at: datetime | None = None
    seal: str | None = None


def _read(row: Row) -> AssessmentRow:
    times = ("started_at", "changed_at", "submitted_at", "decided_at", "withdrawn_at", "entered_at")
    values: dict[str, Any] = {name: read_time(row[name]) if row[name] else None for name in times}
    values |= {name: date.fromisoformat(row[name]) if row[name] else None for name in ("visited", "last_day")}
    return AssessmentRow(**{**row, **values, "status": Status(row["status"])})


def start(database: Database, row: Row) -> int:
    """A new draft; its id. `store, cycle, scheme_name, scheme, revision, assessor, visited, at`."""
    return database.insert(
        "INSERT INTO assessment "
        "(store, cycle, scheme_name, scheme, revision, status, assessor, visited, cursor, started_at, changed_at) "
        "VALUES (:store, :cycle, :scheme_name, :scheme, :revision, 'draft', :assessor, :visited, :cursor, :at, :at)",
        row,
    )


def one(database: Database, number: int) -> AssessmentRow:
    """The assessment with that id. StorageError: another program removed it."""
    row = database.row(f"SELECT {_COLUMNS} FROM assessment WHERE id = ?", (number,))  # noqa: S608
    if row is None:
        raise StorageError("storage.visit_gone", file=str(database.path))
    return _read(row)


def latest(database: Database, store: str, cycle: str, scheme_name: str) -> AssessmentRow | None:
    """The latest revision of a store's visit, whatever its status."""
    row = database.row(
        f"SELECT {_COLUMNS} FROM assessment WHERE store = ? AND cycle = ? AND scheme_name = ? "  # noqa: S608
        "ORDER BY revision DESC LIMIT 1",
        (store, cycle, scheme_name),
    )
    return None if row is None else _read(row)


def of_cycle(database: Database, cycle: str) -> list[AssessmentRow]:
    """All assessments of a cycle by store and scheme, the highest revision of each first."""
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM assessment WHERE cycle = ? "  # noqa: S608
        "ORDER BY store, scheme_name, revision DESC",
        (cycle,),
    )
    return [_read(row) for row in rows]


def of_store(database: Database, store: str) -> list[AssessmentRow]:
    """All assessments of a store, the newest cycle and revision first."""
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM assessment WHERE store = ? "  # noqa: S608
        "ORDER BY cycle DESC, scheme_name, revision DESC",
        (store,),
    )
    return [_read(row) for row in rows]


def touch(database: Database, number: int, at: str) -> bool:
    """Note that a draft changed now. False: it is no draft any more."""
    return database.execute("UPDATE assessment SET changed_at = ? WHERE id = ? AND status = 'draft'", (at, number)) == 1


def put_cursor(database: Database, number: int, criterion: str, question: str | None, at: str) -> None:
    """Note which criterion of a draft is worked on, and at which question."""
    database.execute(
        "UPDATE assessment SET cursor = ?, cursor_question = ?, changed_at = ? WHERE id = ? AND status = 'draft'",
        (criterion, question, at, number),
    )


def put_entered(database: Database, number: int, at: str | None) -> None:
    """Note since when a window shows a draft; None: it was left."""
    database.execute("UPDATE assessment SET entered_at = ? WHERE id = ? AND status = 'draft'", (at, number))


def never_left(database: Database) -> str | None:
    """The store whose draft was shown by a window that ended without leaving it: the one worked on last."""
    found: str | None = database.value(
        "SELECT store FROM assessment WHERE status = 'draft' AND entered_at IS NOT NULL "
        "ORDER BY changed_at DESC, id DESC LIMIT 1"
    )
    return found


def before(database: Database, store: str, scheme_name: str, cycle: str) -> AssessmentRow | None:
    """What counts of the store's last cycle before this one: the latest revision of it, unless it was withdrawn."""
    row = database.row(
        f"SELECT {_COLUMNS} FROM assessment WHERE id = (SELECT assessment FROM latest_score "  # noqa: S608
        "WHERE store = ? AND scheme_name = ? AND cycle < ? ORDER BY cycle DESC LIMIT 1)",
        (store, scheme_name, cycle),
    )
    return None if row is None else _read(row)


def change(database: Database, number: int, values: Row) -> None:
    """Set columns of an assessment, by their names."""
    columns = ", ".join(f"{name} = :{name}" for name in values)
    database.execute(f"UPDATE assessment SET {columns} WHERE id = :number", {**values, "number": number})  # noqa: S608


def sealed(database: Database, number: int) -> str | None:
    """What was sealed when it was submitted, as JSON text."""
    found: str | None = database.value("SELECT sealed FROM assessment WHERE id = ?", (number,))
    return found


def last_certificate(database: Database, start: str) -> str | None:
    """The highest certificate number that begins with `start`; numbers are padded, so that texts sort as they do."""
    found: str | None = database.value(
        "SELECT certificate FROM assessment WHERE substr(certificate, 1, ?) = ? "
        "ORDER BY length(certificate) DESC, certificate DESC LIMIT 1",
        (len(start), start),
    )
    return found
