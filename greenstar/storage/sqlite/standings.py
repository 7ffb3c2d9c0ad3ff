"""Standings as queries over visits and scorecards."""
# ruff: noqa: D102, S608 - the protocol says it (`override` would load typing_extensions, and a ranking waits for this
# module); names of columns are those of this file

import json
from collections.abc import Iterator, Sequence

from greenstar.assessment.cycles import cycle_key
from greenstar.ranking.standing import KEY_COLUMNS, Order, StoreStanding
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.standings import CountingVisit, Scope, Standings
from greenstar.storage.sqlite.connection import Database, batches

_NUMBERS = [f"key_{place}" for place in range(1, KEY_COLUMNS + 1)]
_COLUMNS = [f"scorecard.{name}" for name in _NUMBERS]
_KEYS = ", ".join(_COLUMNS)
_ORDER = f"ORDER BY {', '.join(f'{column} DESC' for column in _COLUMNS)}, scorecard.keys, visit.store"
_COUNTS = """
    CASE WHEN :drafts THEN visit.newest_of_rules AND visit.status <> 'withdrawn' ELSE visit.counts END
    AND visit.kind = 'visit'
"""
_OF_RULES = "visit.scheme IN (SELECT sha256 FROM scheme WHERE rules = :rules)"
_BY_RULES = f"+{_OF_RULES}"  # a plus sign keeps SQLite from looking at all visits by these rules, for each store
_IN_REGIONS = "(:regions IS NULL OR visit.region IN (SELECT value FROM json_each(:regions)))"
_OPEN = "visit.store NOT IN (SELECT store FROM closed_in_cycle WHERE cycle = :cycle)"
# The first few are quickest found along the index of scorecards, and a whole league by sorting; what counts has one.
_FIRST_FEW = "scorecard CROSS JOIN visit ON visit.assessment = scorecard.assessment WHERE scorecard.cycle = :cycle"
_ALL = "visit LEFT JOIN scorecard ON scorecard.assessment = visit.assessment WHERE visit.cycle = :cycle"
_WHERE = f"{_COUNTS} AND {_OF_RULES} AND {_IN_REGIONS} AND {_OPEN}"

_STANDING = f"""
    SELECT
        visit.assessment, visit.store, visit.store_name, visit.region, visit.scheme, visit.status, {{stale}},
        scorecard.total, scorecard.available, scorecard.level, scorecard.stars, scorecard.candidate, scorecard.reasons,
        scorecard.first_reason, {{why_not}}, scorecard.not_applicable_points, scorecard.excused_points,
        scorecard.keys, {_KEYS}
"""
_LEAGUE = f"{_STANDING} FROM {{tables}} AND {_WHERE} {_ORDER} {{limit}}"
_OF = f"""
    {_STANDING.format(stale="0", why_not="scorecard.why_not AS why_not")}
    FROM json_each(?) AS wanted
    CROSS JOIN visit ON visit.assessment = wanted.value
    JOIN scorecard ON scorecard.assessment = visit.assessment
"""
_VISITS_AT = f"""
    SELECT visit.store, visit.assessment
    FROM json_each(:stores) AS wanted
    CROSS JOIN visit ON visit.store = wanted.value AND visit.cycle = :cycle
    WHERE visit.counts AND {_BY_RULES}
"""
_ORDER_ONLY = f"""
    SELECT visit.assessment, visit.store, scorecard.keys, {_KEYS}
    FROM {_ALL} AND {_WHERE} {_ORDER}
"""
_COUNTING = f"""
    SELECT visit.assessment, visit.store, visit.region, visit.scheme
    FROM visit WHERE visit.cycle = :cycle AND {_WHERE} ORDER BY visit.store
"""
_RULES = f"""
    SELECT scheme.rules, count(*) AS visits
    FROM visit JOIN scheme ON scheme.sha256 = visit.scheme
    WHERE visit.cycle = :cycle AND {_COUNTS} AND {_IN_REGIONS}
    GROUP BY scheme.rules
"""
_CLOSED = f"""
    SELECT visit.store, visit.store_name AS name, visit.region, out.closed
    FROM closed_in_cycle AS out
    CROSS JOIN visit ON visit.store = out.store AND visit.cycle = out.cycle
    WHERE out.cycle = :cycle AND {_COUNTS} AND {_OF_RULES} AND {_IN_REGIONS}
    ORDER BY visit.store
"""
_OTHER_RULES = f"""
    SELECT scheme.rules, count(*) AS stores
    FROM visit JOIN scheme ON scheme.sha256 = visit.scheme
    WHERE visit.cycle = :cycle AND {_COUNTS} AND {_IN_REGIONS} AND {_OPEN} AND scheme.rules <> :rules
    AND visit.store NOT IN (SELECT visit.store FROM visit WHERE visit.cycle = :cycle AND {_COUNTS} AND {_OF_RULES})
    GROUP BY scheme.rules ORDER BY stores DESC, min(scheme.rowid)
"""
# A plus sign keeps SQLite from looking at all drafts there are, for each store.
_VISITED = "SELECT 1 FROM assessment WHERE store = code AND cycle = :cycle AND kind = 'visit'"
_LEFT_OUT = f"""
    SELECT
        CASE
            WHEN EXISTS (SELECT 1 FROM visit WHERE visit.store = code AND visit.cycle = :cycle AND {_COUNTS})
            THEN 'other_rules'
            WHEN EXISTS ({_VISITED} AND +status = 'draft') THEN 'draft'
            WHEN EXISTS ({_VISITED} AND +status = 'withdrawn') THEN 'withdrawn'
            WHEN EXISTS ({_VISITED}) THEN 'clashing'
            ELSE 'no_visit'
        END AS why,
        count(*) AS stores
    FROM store
    WHERE code NOT IN (SELECT value FROM json_each(:ranked))
    AND (closed IS NULL OR EXISTS ({_VISITED}))
    AND code NOT IN (SELECT store FROM closed_in_cycle WHERE cycle = :cycle)
    AND (:regions IS NULL OR coalesce((
        SELECT region FROM assessment WHERE store = code AND cycle = :cycle AND kind = 'visit' ORDER BY id DESC LIMIT 1
    ), region) IN (SELECT value FROM json_each(:regions)))
    GROUP BY why
"""
_EARNED = f"""
    SELECT visit.store, json_extract(assessment.sealed, '$.scorecard.criteria')
    FROM json_each(:stores) AS wanted
    CROSS JOIN visit ON visit.store = wanted.value AND visit.cycle = :cycle
    JOIN assessment ON assessment.id = visit.assessment
    WHERE visit.counts AND {_BY_RULES}
"""
_BEFORE = """
    SELECT cycle FROM assessment WHERE kind = 'visit' AND cycle_key = (
        SELECT max(cycle_key) FROM assessment WHERE kind = 'visit' AND cycle_key < ?
    ) LIMIT 1
"""
_IN_LEAGUE = f"SELECT visit.assessment FROM visit WHERE visit.cycle = :cycle AND visit.counts AND {_OPEN}"
_TOTALS_BEFORE = """
    SELECT visit.cycle, visit.region, scorecard.total
    FROM visit
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

    def league(self, scope: Scope, *, reasons: bool = True, first: int | None = None) -> list[StoreStanding]:
        sql = _LEAGUE.format(
            stale="visit.stale AS stale" if scope.drafts else "0",
            why_not="scorecard.why_not AS why_not" if reasons else "NULL",
            tables=_ALL if first is None or scope.drafts else _FIRST_FEW,
            limit="" if first is None else "LIMIT :first",  # not without need: it makes sorting slow
        )
        return list(map(StoreStanding._make, self._database.tuples(sql, {**_values(scope), "first": first})))

    def order(self, scope: Scope) -> Iterator[Order]:
        return (Order(**row) for row in self._database.stream(_ORDER_ONLY, _values(scope)))

    def of(self, assessments: Sequence[int]) -> list[StoreStanding]:
        standings = [
            StoreStanding._make(row)
            for batch in batches(assessments)
            for row in self._database.tuples(_OF, (json.dumps(list(batch)),))
        ]
        by_number = {standing.assessment: standing for standing in standings}
        return [by_number[number] for number in assessments]

    def visits_at(self, scope: Scope, stores: Sequence[str]) -> list[tuple[str, int]]:
        rows = self._database.tuples(_VISITS_AT, {**_values(scope), "stores": json.dumps(stores)})
        return [(store, assessment) for store, assessment in rows]

    def counting(self, scope: Scope) -> list[CountingVisit]:
        return list(map(CountingVisit._make, self._database.tuples(_COUNTING, _values(scope))))

    def closed(self, scope: Scope) -> list[Row]:
        return self._database.rows(_CLOSED, _values(scope))

    def other_rules(self, scope: Scope) -> dict[str, int]:
        return {row["rules"]: row["stores"] for row in self._database.rows(_OTHER_RULES, _values(scope))}

    def left_out(self, scope: Scope, ranked: Sequence[str]) -> dict[str, int]:
        rows = self._database.rows(_LEFT_OUT, {**_values(scope), "ranked": json.dumps(ranked)})
        return {row["why"]: row["stores"] for row in rows}

    def earned(self, scope: Scope, stores: Sequence[str]) -> dict[str, str]:
        rows = self._database.tuples(_EARNED, {**_values(scope), "stores": json.dumps(stores)})
        return {store: criteria for store, criteria in rows if criteria not in (None, "{}")}

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
