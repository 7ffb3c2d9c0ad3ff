"""Standings as a query over visits and scorecards."""
# ruff: noqa: D102 - the protocol says it; `override` would load typing_extensions, and a ranking waits for this module

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


class StandingQuery(Standings):
    """The query of standings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_cycle(self, cycle: str, *, drafts: bool) -> list[Row]:
        return self._database.rows(_OF_CYCLE, {"cycle": cycle, "drafts": drafts})
