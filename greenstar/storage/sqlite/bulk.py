"""Many visits at once: what a simulation reads, in as many statements whether there are ten visits or ten thousand."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from typing_extensions import override

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.bulk import Bulk
from greenstar.storage.sqlite.connection import Database

_MANY = 250  # visits read in one statement
_HEADS = """
    SELECT id, store, cycle, revision, status FROM assessment
    WHERE scheme_name = :scheme_name AND (:cycle IS NULL OR cycle = :cycle)
    ORDER BY cycle, store, revision DESC
"""
# A sealed visit is read from its seal: facts may have changed since. Of a draft, the rows are put together here.
_CONTENTS = """
    SELECT
        visit.id, visit.store, visit.cycle, visit.status, visit.scheme, visit.sealed,
        store.name, store.region,
        scorecard.event, scorecard.total, scorecard.level, scorecard.keys,
        (SELECT max(event.id) FROM event WHERE event.store = visit.store) AS last_event,
        CASE WHEN visit.sealed IS NULL THEN json_object(
            'facts', (SELECT json_group_object(name, json(value)) FROM fact WHERE fact.store = visit.store),
            'answers', (SELECT json_group_object(question, json(value)) FROM answer WHERE assessment = visit.id),
            'not_applicable',
                (SELECT json_group_object(criterion, reason) FROM exemption WHERE assessment = visit.id),
            'evidence', (
                SELECT json_group_array(json_object('criterion', criterion, 'file', file, 'verified', verified))
                FROM evidence WHERE assessment = visit.id
            ),
            'findings', (
                SELECT json_group_array(json_object(
                    'criterion', criterion, 'severity', severity, 'text', text, 'due', due, 'closed', closed
                )) FROM finding WHERE assessment = visit.id
            )
        ) END AS draft
    FROM assessment AS visit
    JOIN store ON store.code = visit.store
    LEFT JOIN scorecard ON scorecard.assessment = visit.id
    WHERE visit.id IN (SELECT value FROM json_each(:ids))
    ORDER BY visit.id
"""


class BulkQueries(Bulk):
    """The queries over many visits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def counting(self, scheme_name: str, cycle: str | None) -> list[int]:
        counting = []
        heads = self._database.rows(_HEADS, {"scheme_name": scheme_name, "cycle": cycle})
        for _, revisions in groupby(heads, key=lambda row: (row["cycle"], row["store"])):
            newest_first = list(revisions)
            visit = next((row for row in newest_first if row["status"] != "draft"), newest_first[0])
            if visit["status"] == "withdrawn":
                visit = newest_first[0]
            if visit["status"] != "withdrawn":
                counting.append(visit["id"])
        return counting

    @override
    def contents(self, assessments: Sequence[int]) -> Iterator[Row]:
        for start in range(0, len(assessments), _MANY):
            ids = json.dumps(assessments[start : start + _MANY])
            yield from self._database.rows(_CONTENTS, {"ids": ids})

    @override
    def scheme_names(self) -> list[str]:
        rows = self._database.rows(
            "SELECT scheme_name, count(*) AS visits FROM assessment GROUP BY scheme_name ORDER BY 2 DESC, 1"
        )
        return [row["scheme_name"] for row in rows]
