"""Scorecards as rows."""
# ruff: noqa: S608 - names of columns are those of this file

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any

from typing_extensions import override

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.scorecards import GroupRow, ScorecardRow, Scorecards, StoredScorecard
from greenstar.storage.sqlite.connection import Database, batches

FIGURES = tuple(field.name for field in fields(ScorecardRow) if field.name != "groups")
GROUP = tuple(field.name for field in fields(GroupRow))
_STALE = "SELECT assessment FROM visit WHERE assessment IN (SELECT value FROM json_each(?)) AND stale"
KEEP = (
    f"INSERT OR REPLACE INTO scorecard (assessment, event, at, {', '.join(FIGURES)}) "
    f"VALUES (?, ?, ?{', ?' * len(FIGURES)})"
)
KEEP_GROUP = f"""
    INSERT INTO score (assessment, {", ".join(f'"{name}"' for name in GROUP)}) VALUES (?{", ?" * len(GROUP)})
"""
_OF = f"""
    SELECT scorecard.assessment, visit.stale, {", ".join(f"scorecard.{name}" for name in FIGURES)}
    FROM scorecard JOIN visit ON visit.assessment = scorecard.assessment
    WHERE scorecard.assessment IN (SELECT value FROM json_each(?))
"""
_SHARES = """
    SELECT assessment, "group" AS category, share FROM score
    WHERE NOT bonus AND assessment IN (SELECT value FROM json_each(?))
"""
_GROUPS_OF = f"""
    SELECT assessment, {", ".join(f'"{name}"' for name in GROUP)} FROM score
    WHERE assessment IN (SELECT value FROM json_each(?))
"""


class ScorecardTables(Scorecards):
    """The tables of scorecards and of their categories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def keep(self, assessment: int, card: ScorecardRow, *, event: int, at: str) -> None:
        figures = [getattr(card, name) for name in FIGURES]
        self._database.execute(KEEP, (assessment, event, at, *figures))
        self._database.execute("DELETE FROM score WHERE assessment = ?", (assessment,))
        self._database.write_many(KEEP_GROUP, [(assessment, *astuple(group)) for group in card.groups])

    @override
    def of(self, assessments: Sequence[int]) -> dict[int, StoredScorecard]:
        cards = {}
        for batch in batches(assessments):
            ids = json.dumps(batch)
            groups = defaultdict(list)
            for assessment, *values in self._database.tuples(_GROUPS_OF, (ids,)):
                groups[assessment].append(_group(values))
            for row in self._database.rows(_OF, (ids,)):
                assessment, stale = row.pop("assessment"), bool(row.pop("stale"))
                cards[assessment] = StoredScorecard(_card(row, groups[assessment]), stale)
        return cards

    @override
    def shares(self, assessments: Sequence[int]) -> dict[int, dict[str, str | None]]:
        shares: dict[int, dict[str, str | None]] = defaultdict(dict)
        for batch in batches(assessments):
            for row in self._database.rows(_SHARES, (json.dumps(batch),)):
                shares[row["assessment"]][row["category"]] = row["share"]
        return shares

    @override
    def stale(self, assessments: Sequence[int]) -> set[int]:
        return {
            row["assessment"]
            for batch in batches(assessments)
            for row in self._database.rows(_STALE, (json.dumps(batch),))
        }


def _card(row: Row, groups: list[GroupRow]) -> ScorecardRow:
    flags = {name: bool(row[name]) for name in ("candidate", "complete")}
    return ScorecardRow(**{**row, **flags}, groups=tuple(groups))


def _group(values: Sequence[Any]) -> GroupRow:
    group, points, available, percent, bonus, *exact = values
    return GroupRow(group, points, available, percent, bool(bonus), *exact)
