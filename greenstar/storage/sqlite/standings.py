"""Standings as queries over visits and scorecards."""
# ruff: noqa: D102, S608 - the protocol says it (`override` would load typing_extensions, and a ranking waits for this
# module); names of columns are those of this file

import json
from collections.abc import Sequence

from greenstar.assessment.cycles import cycle_key
from greenstar.ranking.standing import KEY_COLUMNS, Order, Standing
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.standings import Scope, Standings
from greenstar.storage.sqlite.connection import Database

_COLUMNS = [f"scorecard.key_{place}" for place in range(1, KEY_COLUMNS + 1)]
_KEYS = ", ".join(_COLUMNS)
_ORDER = f"ORDER BY {', '.join(f'{column} DESC' for column in _COLUMNS)}, scorecard.keys, visit.store"
_COUNTS = """
    CASE WHEN :drafts THEN visit.newest_of_rules AND visit.status <> 'withdrawn' ELSE visit.counts END
    AND visit.kind = 'visit'
"""
_OF_RULES = "visit.scheme IN (SELECT sha256 FROM scheme WHERE rules = :rules)"
_IN_REGIONS = "(:regions IS NULL OR assessment.region IN (SELECT value FROM json_each(:regions)))"
_OPEN = "visit.store NOT IN (SELECT store FROM closed_in_cycle WHERE cycle = :cycle)"
# What counts was sealed and has a scorecard: so the index of scorecards gives its order, and the first few at once.
_COUNTING = "scorecard CROSS JOIN visit ON visit.assessment = scorecard.assessment"
_WITH_DRAFTS = "visit LEFT JOIN scorecard ON scorecard.assessment = visit.assessment"
_WHERE = f"{_COUNTS} AND {_OF_RULES} AND {_IN_REGIONS} AND {_OPEN}"

_LEAGUE = f"""
    SELECT
        visit.assessment, visit.store, assessment.store_name, assessment.region, visit.scheme, visit.status, {{stale}},
        scorecard.total, scorecard.available, scorecard.level, scorecard.stars, scorecard.candidate, scorecard.reasons,
        scorecard.first_reason, {{why_not}}, scorecard.not_applicable_points, scorecard.excused_points,
        scorecard.keys, {_KEYS}
    FROM {{tables}} JOIN assessment ON assessment.id = visit.assessment
    WHERE {{table}}.cycle = :cycle AND {_WHERE} {_ORDER} LIMIT :first
"""
_ORDER_ONLY = f"""
    SELECT visit.store, scorecard.keys, {_KEYS}
    FROM {_COUNTING} JOIN assessment ON assessment.id = visit.assessment
    WHERE scorecard.cycle = :cycle AND {_WHERE} {_ORDER}
"""
_RULES = f"""
    SELECT scheme.rules, count(*) AS visits
    FROM visit
    JOIN assessment ON assessment.id = visit.assessment
    JOIN scheme ON scheme.sha256 = visit.scheme
    WHERE visit.cycle = :cycle AND {_COUNTS} AND {_IN_REGIONS}
    GROUP BY scheme.rules
"""
_CLOSED = f"""
    SELECT visit.store, assessment.store_name AS name, assessment.region, out.closed
    FROM closed_in_cycle AS out
    JOIN visit ON visit.store = out.store AND visit.cycle = out.cycle
    JOIN assessment ON assessment.id = visit.assessment
    WHERE out.cycle = :cycle AND {_COUNTS} AND {_OF_RULES} AND {_IN_REGIONS}
    ORDER BY visit.store
"""
_OTHER_RULES = f"""
    SELECT scheme.rules, count(*) AS stores
    FROM visit
    JOIN assessment ON assessment.id = visit.assessment
    JOIN scheme ON scheme.sha256 = visit.scheme
    WHERE visit.cycle = :cycle AND {_COUNTS} AND {_IN_REGIONS} AND {_OPEN} AND scheme.rules <> :rules
    AND visit.store NOT IN (SELECT visit.store FROM visit WHERE visit.cycle = :cycle AND {_COUNTS} AND {_OF_RULES})
    GROUP BY scheme.rules ORDER BY stores DESC, min(scheme.rowid)
"""
_LEFT_OUT = f"""
    WITH visited AS (
        SELECT visit.store, visit.status, {_COUNTS} AS counts, {_OF_RULES} AS of_rules
        FROM visit JOIN assessment ON assessment.id = visit.assessment
        WHERE visit.cycle = :cycle AND visit.kind = 'visit' AND {_IN_REGIONS} AND {_OPEN}
    ),
    without_place AS (
        SELECT
            CASE
                WHEN max(counts) THEN 'other_rules'
                WHEN max(status = 'draft') THEN 'draft'
                WHEN max(status = 'withdrawn') THEN 'withdrawn'
                ELSE 'clashing'
            END AS why
        FROM visited GROUP BY store HAVING NOT max(counts AND of_rules)
        UNION ALL
        SELECT 'no_visit' FROM store
        WHERE closed IS NULL AND (:regions IS NULL OR region IN (SELECT value FROM json_each(:regions)))
        AND NOT EXISTS (
            SELECT 1 FROM assessment
            WHERE assessment.store = store.code AND assessment.cycle = :cycle AND assessment.kind = 'visit'
        )
    )
    SELECT why, count(*) AS stores FROM without_place GROUP BY why
"""
_BEFORE = """
    SELECT cycle FROM assessment WHERE kind = 'visit' AND cycle_key < ? ORDER BY cycle_key DESC, id LIMIT 1
"""
_IN_LEAGUE = f"SELECT visit.assessment FROM visit WHERE visit.cycle = :cycle AND visit.counts AND {_OPEN}"
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


class StandingQueries(Standings):
    """The queries of standings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rules_of(self, cycle: str, *, drafts: bool, regions: Sequence[str] | None) -> dict[str, int]:
        values = {"cycle": cycle, "drafts": drafts, "regions": _names(regions)}
        return {row["rules"]: row["visits"] for row in self._database.rows(_RULES, values)}

    def league(self, scope: Scope, *, reasons: bool = True, first: int | None = None) -> list[Standing]:
        sql = _LEAGUE.format(
            stale="visit.stale" if scope.drafts else "0",
            why_not="scorecard.why_not" if reasons else "NULL",
            tables=_WITH_DRAFTS if scope.drafts else _COUNTING,
            table="visit" if scope.drafts else "scorecard",
        )
        limit = {"first": -1 if first is None else first}
        return list(map(Standing._make, self._database.tuples(sql, {**_values(scope), **limit})))

    def order(self, scope: Scope) -> list[Order]:
        return list(map(Order._make, self._database.tuples(_ORDER_ONLY, _values(scope))))

    def closed(self, scope: Scope) -> list[Row]:
        return self._database.rows(_CLOSED, _values(scope))

    def other_rules(self, scope: Scope) -> dict[str, int]:
        return {row["rules"]: row["stores"] for row in self._database.rows(_OTHER_RULES, _values(scope))}

    def left_out(self, scope: Scope) -> dict[str, int]:
        return {row["why"]: row["stores"] for row in self._database.rows(_LEFT_OUT, _values(scope))}

    def before(self, cycle: str) -> str | None:
        return self._database.text(_BEFORE, (cycle_key(cycle),))

    def in_league(self, cycle: str) -> set[int]:
        return {row["assessment"] for row in self._database.rows(_IN_LEAGUE, {"cycle": cycle})}

    def totals_before(self, cycle: str, rules: str) -> list[Row]:
        return self._database.rows(_TOTALS_BEFORE, {"key": cycle_key(cycle), "rules": rules})

    def mean_shares(self, assessments: Sequence[int]) -> list[Row]:
        return self._database.rows(_MEAN_SHARES, {"assessments": json.dumps(assessments)})


def _values(scope: Scope) -> Row:
    return {**scope._asdict(), "regions": _names(scope.regions)}


def _names(regions: Sequence[str] | None) -> str | None:
    return None if regions is None else json.dumps(regions)
