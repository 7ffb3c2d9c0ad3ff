"""Closings as rows."""
# ruff: noqa: D102 - the protocol says it, the SQL is that of this file; `override` would load typing_extensions

import json
from collections.abc import Sequence

from greenstar.assessment.cycles import cycle_key
from greenstar.storage.protocols.closings import ClosingRow, Closings, WorkRow
from greenstar.storage.sqlite.connection import Database, batches

_SELECT = "SELECT id, cycle, revision, at, by, seal, sealed, reopened_at, reopened_by, because FROM closing"
# Two clash that are sealed as the same revision, where none later is: then neither counts.
_WORK_LEFT = """
    SELECT DISTINCT why, store FROM (
        SELECT 'draft' AS why, visit.store, visit.cycle FROM visit
        WHERE visit.cycle = :cycle AND visit.kind = 'visit' AND visit.status = 'draft' AND visit.newest
        UNION ALL
        SELECT 'undecided', visit.store, visit.cycle FROM visit
        WHERE visit.cycle = :cycle AND visit.counts AND visit.status = 'submitted'
        UNION ALL
        SELECT 'clashing', clashing.store, clashing.cycle FROM assessment AS clashing
        JOIN assessment AS other ON other.store = clashing.store AND other.cycle = clashing.cycle
            AND other.scheme_name = clashing.scheme_name AND other.kind = clashing.kind
            AND other.revision = clashing.revision AND other.id > clashing.id AND other.status <> 'draft'
        WHERE clashing.cycle = :cycle AND clashing.kind = 'visit' AND clashing.status <> 'draft'
        AND NOT EXISTS (
            SELECT 1 FROM visit AS counting
            WHERE counting.store = clashing.store AND counting.cycle = clashing.cycle
            AND counting.scheme_name = clashing.scheme_name AND counting.counts
        )
    )
    WHERE (store, cycle) NOT IN (SELECT store, cycle FROM closed_in_cycle)
    ORDER BY why, store
"""


class ClosingTable(Closings):
    """The table of closings; triggers keep its documents from being changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, cycle: str, *, revision: int, at: str, by: str, seal: str, sealed: str) -> None:
        self._database.execute(
            "INSERT INTO closing (cycle, cycle_key, revision, at, by, seal, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (cycle, cycle_key(cycle), revision, at, by, seal, sealed),
        )

    def reopen(self, closing: int, *, at: str, by: str, because: str) -> None:
        sql = "UPDATE closing SET reopened_at = ?, reopened_by = ?, because = ? WHERE id = ?"
        self._database.execute(sql, (at, by, because, closing))

    def latest(self, cycle: str) -> ClosingRow | None:
        row = self._database.row(f"{_SELECT} WHERE cycle = ? ORDER BY revision DESC LIMIT 1", (cycle,))
        return None if row is None else ClosingRow(**row)

    def all(self) -> list[ClosingRow]:
        return [ClosingRow(**row) for row in self._database.rows(f"{_SELECT} ORDER BY cycle_key DESC, revision DESC")]

    def work_left(self, cycle: str) -> list[WorkRow]:
        return [WorkRow(**row) for row in self._database.rows(_WORK_LEFT, {"cycle": cycle})]

    def assessments_of(self, seals: Sequence[str]) -> dict[str, int]:
        sql = "SELECT seal, id FROM assessment WHERE seal IN (SELECT value FROM json_each(?))"
        rows = (row for batch in batches(seals) for row in self._database.rows(sql, (json.dumps(batch),)))
        return {row["seal"]: row["id"] for row in rows}
