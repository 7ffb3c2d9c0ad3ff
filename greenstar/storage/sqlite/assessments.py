"""Assessments as rows: one visit to a store in a cycle under a scheme, in each of its revisions."""

from datetime import date
from typing import Any

from typing_extensions import override

from greenstar.assessment.model import Status
from greenstar.errors import StorageError
from greenstar.record.timestamps import read_time
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow, Assessments
from greenstar.storage.sqlite.connection import Database

_COLUMNS = (
    "id, store, cycle, scheme_name, scheme, revision, status, assessor, visited, cursor, cursor_question, started_at, "
    "changed_at, submitted_at, decided_at, certificate, last_day, withdrawn_at, entered_at, seal"
)


def _read(row: Row) -> AssessmentRow:
    times = ("started_at", "changed_at", "submitted_at", "decided_at", "withdrawn_at", "entered_at")
    values: dict[str, Any] = {name: read_time(row[name]) if row[name] else None for name in times}
    values |= {name: date.fromisoformat(row[name]) if row[name] else None for name in ("visited", "last_day")}
    return AssessmentRow(**{**row, **values, "status": Status(row["status"])})


class AssessmentTable(Assessments):
    """The table of assessments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def start(self, row: Row) -> int:
        return self._database.insert(
            "INSERT INTO assessment "
            "(store, cycle, scheme_name, scheme, revision, status, assessor, visited, cursor, started_at, changed_at) "
            "VALUES "
            "(:store, :cycle, :scheme_name, :scheme, :revision, 'draft', :assessor, :visited, :cursor, :at, :at)",
            row,
        )

    @override
    def get(self, assessment: int) -> AssessmentRow:
        row = self._database.row(f"SELECT {_COLUMNS} FROM assessment WHERE id = ?", (assessment,))  # noqa: S608
        if row is None:
            raise StorageError("storage.visit_gone", file=str(self._database.path))
        return _read(row)

    @override
    def latest(self, store: str, cycle: str, scheme_name: str) -> AssessmentRow | None:
        row = self._database.row(
            f"SELECT {_COLUMNS} FROM assessment WHERE store = ? AND cycle = ? AND scheme_name = ? "  # noqa: S608
            "ORDER BY revision DESC LIMIT 1",
            (store, cycle, scheme_name),
        )
        return None if row is None else _read(row)

    @override
    def of_cycle(self, cycle: str) -> list[AssessmentRow]:
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM assessment WHERE cycle = ? "  # noqa: S608
            "ORDER BY store, scheme_name, revision DESC",
            (cycle,),
        )
        return [_read(row) for row in rows]

    @override
    def of_store(self, store: str) -> list[AssessmentRow]:
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM assessment WHERE store = ? "  # noqa: S608
            "ORDER BY cycle DESC, scheme_name, revision DESC",
            (store,),
        )
        return [_read(row) for row in rows]

    @override
    def touch(self, assessment: int, at: str) -> bool:
        sql = "UPDATE assessment SET changed_at = ? WHERE id = ? AND status = 'draft'"
        return self._database.execute(sql, (at, assessment)) == 1

    @override
    def put_cursor(self, assessment: int, criterion: str, question: str | None, at: str) -> None:
        self._database.execute(
            "UPDATE assessment SET cursor = ?, cursor_question = ?, changed_at = ? WHERE id = ? AND status = 'draft'",
            (criterion, question, at, assessment),
        )

    @override
    def put_entered(self, assessment: int, at: str | None) -> None:
        self._database.execute(
            "UPDATE assessment SET entered_at = ? WHERE id = ? AND status = 'draft'", (at, assessment)
        )

    @override
    def never_left(self) -> str | None:
        return self._database.text(
            "SELECT store FROM assessment WHERE status = 'draft' AND entered_at IS NOT NULL "
            "ORDER BY changed_at DESC, id DESC LIMIT 1"
        )

    @override
    def previous(self, store: str, scheme_name: str, cycle: str) -> AssessmentRow | None:
        row = self._database.row(
            f"SELECT {_COLUMNS} FROM assessment WHERE id = (SELECT assessment FROM latest_score "  # noqa: S608
            "WHERE store = ? AND scheme_name = ? AND cycle < ? ORDER BY cycle DESC LIMIT 1)",
            (store, scheme_name, cycle),
        )
        return None if row is None else _read(row)

    @override
    def change(self, assessment: int, values: Row) -> None:
        columns = ", ".join(f"{name} = :{name}" for name in values)
        sql = f"UPDATE assessment SET {columns} WHERE id = :assessment"  # noqa: S608
        self._database.execute(sql, {**values, "assessment": assessment})

    @override
    def sealed(self, assessment: int) -> str | None:
        return self._database.text("SELECT sealed FROM assessment WHERE id = ?", (assessment,))

    @override
    def last_certificate(self, start: str) -> str | None:
        return self._database.text(
            "SELECT certificate FROM assessment WHERE substr(certificate, 1, ?) = ? "
            "ORDER BY length(certificate) DESC, certificate DESC LIMIT 1",
            (len(start), start),
        )
