"""Assessments as rows."""
# ruff: noqa: S608 - names of columns are those of this file

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from typing_extensions import override

from greenstar.assessment.cycles import cycle_key
from greenstar.assessment.model import AssessmentKind, Status
from greenstar.errors import StorageError
from greenstar.record.timestamps import read_time
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow, Assessments
from greenstar.storage.protocols.stores import StoreRow
from greenstar.storage.sqlite.connection import Database

_COLUMNS = (
    *("id", "ulid", "store", "store_name", "city", "region"),
    *("cycle", "scheme_name", "scheme", "revision", "status", "assessor", "visited"),
    *("cursor", "cursor_question", "changed_at", "submitted_at"),
    *("certificate", "last_day", "entered_at", "seal", "representative", "remarks", "kind"),
    *("replaces", "set_aside", "shared"),
)
SELECT = f"""
    SELECT {", ".join(f"assessment.{name}" for name in _COLUMNS)}, visit.counts
    FROM assessment JOIN visit ON visit.assessment = assessment.id
"""
"""Assessments as `read_assessment` takes them; conditions follow."""

# What counts in any league; the newest revision where that counts in none, but a draft only where nothing counts yet.
LISTED = """
    WHERE visit.kind = 'visit' AND (:cycle IS NULL OR visit.cycle = :cycle)
    AND (visit.counts OR visit.newest AND (visit.status <> 'draft' OR NOT EXISTS (
        SELECT 1 FROM visit AS counting
        WHERE counting.store = visit.store AND counting.cycle = visit.cycle
        AND counting.scheme_name = visit.scheme_name AND counting.counts
    )))
"""
"""Which assessments are listed of a cycle, or of all."""
IN_ORDER = "ORDER BY visit.cycle_key, visit.cycle, visit.store, visit.scheme_name, visit.revision"
_LISTED = f"{SELECT} {LISTED} {IN_ORDER}"


def read_assessment(row: Row) -> AssessmentRow:
    """An assessment from a row of `SELECT`."""
    times = ("changed_at", "submitted_at", "entered_at")
    values: dict[str, Any] = {name: read_time(row[name]) if row[name] else None for name in times}
    values |= {name: date.fromisoformat(row[name]) if row[name] else None for name in ("visited", "last_day")}
    values |= {"status": Status(row["status"]), "kind": AssessmentKind(row["kind"]), "counts": bool(row["counts"])}
    return AssessmentRow(**{**row, **values})


class AssessmentTable(Assessments):
    """The table of assessments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def start(
        self,
        store: StoreRow,
        cycle: str,
        *,
        ulid: str,
        scheme_name: str,
        scheme: str,
        revision: int,
        assessor: str,
        visited: str,
        at: str,
        kind: AssessmentKind = AssessmentKind.VISIT,
        replaces: str | None = None,
    ) -> int:
        return self._database.insert(
            "INSERT INTO assessment (ulid, kind, store, store_name, city, region, cycle, cycle_key, scheme_name, "
            "scheme, revision, replaces, status, assessor, visited, started_at, changed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?)",
            (
                *(ulid, kind, store.code, store.name, store.city, store.region, cycle, cycle_key(cycle)),
                *(scheme_name, scheme, revision, replaces, assessor, visited, at, at),
            ),
        )

    @override
    def get(self, assessment: int) -> AssessmentRow:
        row = self._database.row(f"{SELECT} WHERE assessment.id = ?", (assessment,))
        if row is None:
            raise StorageError("storage.visit_gone", file=str(self._database.path))
        return read_assessment(row)

    @override
    def latest(self, store: str, cycle: str, scheme_name: str) -> AssessmentRow | None:
        row = self._database.row(
            f"{SELECT} WHERE assessment.store = ? AND assessment.cycle = ? AND assessment.scheme_name = ? "
            "AND assessment.kind = 'visit' AND assessment.set_aside IS NULL "
            "ORDER BY assessment.revision DESC, assessment.status = 'draft', assessment.id LIMIT 1",
            (store, cycle, scheme_name),
        )
        return None if row is None else read_assessment(row)

    @override
    def check_drafts(self, store: str, cycle: str, scheme_name: str) -> list[AssessmentRow]:
        rows = self._database.rows(
            f"{SELECT} WHERE assessment.store = ? AND assessment.cycle = ? AND assessment.scheme_name = ? "
            "AND assessment.kind = 'check_visit' AND assessment.status = 'draft' ORDER BY assessment.id DESC",
            (store, cycle, scheme_name),
        )
        return [read_assessment(row) for row in rows]

    @override
    def listed(self, cycle: str | None) -> list[AssessmentRow]:
        return [read_assessment(row) for row in self._database.rows(_LISTED, {"cycle": cycle})]

    @override
    def drafts(self, schemes: Iterable[str], kind: AssessmentKind | None = None) -> list[AssessmentRow]:
        sql = (
            f"{SELECT} WHERE assessment.status = 'draft' AND assessment.scheme IN (SELECT value FROM json_each(?)) "
            "AND assessment.kind = coalesce(?, assessment.kind) AND assessment.set_aside IS NULL "
            "ORDER BY assessment.store, assessment.id"
        )
        return [read_assessment(row) for row in self._database.rows(sql, (json.dumps(list(schemes)), kind))]

    @override
    def scheme_names(self) -> list[str]:
        sql = "SELECT scheme_name, count(*) AS visits FROM assessment GROUP BY scheme_name ORDER BY 2 DESC, 1"
        return [row["scheme_name"] for row in self._database.rows(sql)]

    @override
    def stores_with_drafts(self) -> set[str]:
        sql = "SELECT DISTINCT store FROM assessment WHERE status = 'draft' AND kind = 'visit' AND set_aside IS NULL"
        return {row["store"] for row in self._database.rows(sql)}

    @override
    def assessors(self) -> list[str]:
        sql = "SELECT assessor FROM assessment GROUP BY assessor ORDER BY min(id)"
        return [row["assessor"] for row in self._database.rows(sql)]

    @override
    def of_store(self, store: str) -> list[AssessmentRow]:
        rows = self._database.rows(
            f"{SELECT} WHERE assessment.store = ? AND assessment.kind = 'visit' "
            "ORDER BY assessment.cycle_key DESC, assessment.cycle, assessment.scheme_name, assessment.revision DESC, "
            "assessment.set_aside IS NOT NULL, assessment.status = 'draft', assessment.id",
            (store,),
        )
        return [read_assessment(row) for row in rows]

    @override
    def every_of_store(self, store: str) -> list[AssessmentRow]:
        rows = self._database.rows(f"{SELECT} WHERE assessment.store = ? ORDER BY assessment.id", (store,))
        return [read_assessment(row) for row in rows]

    @override
    def count(self, store: str | None) -> int:
        sql = "SELECT count(*) FROM assessment WHERE ? IN (store, '') "
        return int(self._database.value(sql, (store or "",)))

    @override
    def by_ulid(self, ulid: str) -> AssessmentRow | None:
        row = self._database.row(f"{SELECT} WHERE assessment.ulid = ?", (ulid,))
        return None if row is None else read_assessment(row)

    @override
    def by_seal(self, seal: str) -> AssessmentRow | None:
        row = self._database.row(f"{SELECT} WHERE assessment.seal = ? ORDER BY assessment.id LIMIT 1", (seal,))
        return None if row is None else read_assessment(row)

    @override
    def shares_journal(self, assessment: int) -> bool:
        sql = (
            "SELECT shared IS NOT NULL OR EXISTS ("
            "SELECT 1 FROM assessment AS twin WHERE twin.shared = assessment.ulid) FROM assessment WHERE id = ?"
        )
        return bool(self._database.value(sql, (assessment,)))

    @override
    def put_aside(self, seals: Sequence[str], kept: str | None) -> None:
        sql = "UPDATE assessment SET set_aside = :kept WHERE seal IN (SELECT value FROM json_each(:seals))"
        if kept is not None:
            revision = "store, cycle, scheme_name, kind, revision"
            sql += f" AND ({revision}) = (SELECT {revision} FROM assessment WHERE seal = :kept)"
        self._database.execute(sql, {"kept": kept, "seals": json.dumps(list(seals))})

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
            "SELECT store FROM assessment WHERE entered_at IS NOT NULL "
            "AND kind = 'visit' AND +status = 'draft' AND set_aside IS NULL "
            "ORDER BY changed_at DESC, id DESC LIMIT 1"
        )

    @override
    def previous(self, store: str, scheme_name: str, cycle: str) -> AssessmentRow | None:
        row = self._database.row(
            f"{SELECT} WHERE visit.counts AND visit.store = ? AND visit.scheme_name = ? AND visit.cycle_key < ? "
            "ORDER BY visit.cycle_key DESC, visit.revision DESC, visit.assessment LIMIT 1",
            (store, scheme_name, cycle_key(cycle)),
        )
        return None if row is None else read_assessment(row)

    @override
    def is_of_latest_cycle(self, assessment: int) -> bool:
        sql = (
            "SELECT NOT EXISTS (SELECT 1 FROM assessment AS later WHERE later.store = assessment.store AND "
            "later.kind = 'visit' AND later.cycle_key > assessment.cycle_key) FROM assessment WHERE assessment.id = ?"
        )
        return bool(self._database.value(sql, (assessment,)))

    @override
    def change(self, assessment: int, values: Row) -> None:
        columns = ", ".join(f"{name} = :{name}" for name in values)
        sql = f"UPDATE assessment SET {columns} WHERE id = :assessment"
        self._database.execute(sql, {**values, "assessment": assessment})

    @override
    def pass_decision_on(self, assessment: int, to: int) -> None:
        sql = "SELECT status, decided_at, certificate, last_day FROM assessment WHERE id = ?"
        decision = self._database.row(sql, (assessment,))
        assert decision is not None
        self.change(assessment, {"certificate": None})  # a number stands once
        self.change(to, decision)

    @override
    def sealed(self, assessment: int) -> str | None:
        return self._database.text("SELECT sealed FROM assessment WHERE id = ?", (assessment,))

    @override
    def has_certificate(self, number: str) -> bool:
        return bool(self._database.value("SELECT 1 FROM assessment WHERE certificate = ?", (number,)))
