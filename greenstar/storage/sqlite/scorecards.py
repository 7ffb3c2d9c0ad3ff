"""Scorecards as rows: what a ranking and an export read, without scoring again."""

from collections.abc import Iterable
from typing import Any

from greenstar.storage.sqlite.connection import Database, Row

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


def keep(database: Database, card: Row, groups: Iterable[tuple[Any, ...]]) -> None:
    """Keep a scorecard in the place of the assessment's older one.

    Each group: (group, points, available, percent, bonus, share).
    """
    database.execute(_KEEP, card)
    database.execute("DELETE FROM score WHERE assessment = ?", (card["assessment"],))
    database.write_many(
        'INSERT INTO score (assessment, "group", points, available, percent, bonus, share) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(card["assessment"], *group) for group in groups],
    )


def one(database: Database, assessment: int) -> Row | None:
    """The scorecard of an assessment."""
    return database.row("SELECT * FROM scorecard WHERE assessment = ?", (assessment,))


def groups(database: Database, assessment: int) -> list[Row]:
    """The categories of an assessment's scorecard."""
    return database.rows("SELECT * FROM score WHERE assessment = ?", (assessment,))


def standings(database: Database, cycle: str, *, drafts: bool) -> list[Row]:
    """What counts for each store in a cycle, under every scheme; with `drafts` a newer draft counts instead."""
    return database.rows(_STANDINGS, {"cycle": cycle, "draft": "draft" if drafts else "submitted"})


def newest_event_of_store(database: Database, store: str) -> int:
    """The number of the last event about a store or any of its visits."""
    return database.value("SELECT max(id) FROM event WHERE store = ?", (store,)) or 0
