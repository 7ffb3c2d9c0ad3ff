"""Standings as a query over visits and scorecards."""
# ruff: noqa: D102 - the protocol says it; `override` would load typing_extensions, and a ranking waits for this module

import json
from collections.abc import Sequence

from greenstar.assessment.cycles import cycle_key
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.standings import Standings
from greenstar.storage.sqlite.connection import Database

_OF_CYCLE = """
    SELECT
        visit.assessment, visit.store, visit.scheme, visit.status, visit.stale,
        assessment.store_name AS name, assessment.region, scheme.rules,
        scorecard.total, scorecard.available, scorecard.level, scorecard.stars, scorecard.candidate,
        scorecard.why_not, scorecard.keys, scorecard.not_applicable_points, scorecard.excused_points, out.closed
    FROM visit
    JOIN assessment ON assessment.id = visit.assessment
    JOIN scheme ON scheme.sha256 = visit.scheme
    LEFT JOIN scorecard ON scorecard.assessment = visit.assessment
    LEFT JOIN closed_in_cycle AS out ON out.store = visit.store AND out.cycle = visit.cycle
    WHERE visit.cycle = :cycle AND visit.kind = 'visit'
    AND CASE WHEN :drafts THEN visit.newest_of_rules AND visit.status <> 'withdrawn' ELSE visit.counts END
"""

_TOTALS_BEFORE = """
    SELECT visit.cycle, assessment.region, scorecard.total
    FROM visit
    JOIN assessment ON assessment.id = visit.assessment
    JOIN scorecard ON scorecard.assessment = visit.assessment
    WHERE visit.kind = 'visit' AND visit.counts
    AND visit.scheme IN (SELECT sha256 FROM scheme WHERE rules = :rules)
    AND visit.cycle_key = (SELECT max(cycle_key) FROM assessment WHERE kind = 'visit' AND cycle_key < :key)
"""
_MEAN_SHARES = """
    SELECT "group" AS category, avg(percent) AS percent, count(percent) AS visits
    FROM score
    WHERE NOT bonus AND assessment IN (SELECT value FROM json_each(:assessments))
    GROUP BY "group" HAVING visits > 0
"""


class StandingQuery(Standings):
    """The query of standings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_cycle(self, cycle: str, *, drafts: bool) -> list[Row]:
        return self._database.rows(_OF_CYCLE, {"cycle": cycle, "drafts": drafts})

    def totals_before(self, cycle: str, rules: str) -> list[Row]:
        return self._database.rows(_TOTALS_BEFORE, {"key": cycle_key(cycle), "rules": rules})

    def mean_shares(self, assessments: Sequence[int]) -> list[Row]:
        return self._database.rows(_MEAN_SHARES, {"assessments": json.dumps(assessments)})
