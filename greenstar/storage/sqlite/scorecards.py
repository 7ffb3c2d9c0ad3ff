"""Scorecards as rows: what a ranking and an export read, without scoring again."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import override

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.scorecards import Scorecards
from greenstar.storage.sqlite.connection import Database

_COLUMNS = (
    "assessment", "event", "total", "total_number", "available", "share", "level", "stars", "candidate", "why_not",
    "keys", "key_numbers", "answered", "asked", "complete", "not_applicable_points", "at",
)  # fmt: skip
_KEEP = (
    f"INSERT OR REPLACE INTO scorecard ({', '.join(_COLUMNS)}) "  # noqa: S608
    f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
)
_STANDINGS = """
    SELECT
        assessment.id AS assessment, assessment.store, assessment.scheme, assessment.status,
        store.name, store.region,
        scorecard.event, scorecard.total, scorecard.available, scorecard.level, scorecard.stars,
        scorecard.candidate, scorecard.why_not, scorecard.keys,
        (SELECT max(event.id) FROM event WHERE event.store = assessment.store) AS last_event
    FROM assessment
    JOIN store ON store.code = assessment.store
    LEFT JOIN scorecard ON scorecard.assessment = assessment.id
    WHERE assessment.cycle = :cycle AND assessment.status IN ('submitted', 'decided', :draft)
    AND NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name
        AND later.revision > assessment.revision AND (later.status <> 'draft' OR :draft = 'draft')
    )
"""


class ScorecardTables(Scorecards):
    """The tables of scorecards and of their categories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def keep(self, card: Row, groups: Iterable[tuple[Any, ...]]) -> None:
        self._database.execute(_KEEP, card)
        self._database.execute("DELETE FROM score WHERE assessment = ?", (card["assessment"],))
        self._database.write_many(
            'INSERT INTO score (assessment, "group", points, available, percent, bonus, share) '
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(card["assessment"], *group) for group in groups],
        )

    @override
    def get(self, assessment: int) -> Row | None:
        return self._database.row("SELECT * FROM scorecard WHERE assessment = ?", (assessment,))

    @override
    def groups(self, assessment: int) -> list[Row]:
        return self._database.rows("SELECT * FROM score WHERE assessment = ?", (assessment,))

    @override
    def standings(self, cycle: str, *, drafts: bool) -> list[Row]:
        return self._database.rows(_STANDINGS, {"cycle": cycle, "draft": "draft" if drafts else "submitted"})
