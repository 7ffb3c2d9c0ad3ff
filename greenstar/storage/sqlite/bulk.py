"""Many visits at once: what a simulation reads, in as many statements whether there are ten visits or ten thousand."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from greenstar.storage.sqlite.connection import Database, Row

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


def counting(database: Database, scheme_name: str, cycle: str | None) -> list[int]:
    """Of each store and cycle the visit that counts: the latest sealed revision, else the draft; none if withdrawn."""
    found = []
    heads = database.rows(_HEADS, {"scheme_name": scheme_name, "cycle": cycle})
    for _, revisions in groupby(heads, key=lambda row: (row["cycle"], row["store"])):
        several = list(revisions)
        one = next((row for row in several if row["status"] != "draft"), several[0])
        if one["status"] == "withdrawn":
            one = several[0]
        if one["status"] != "withdrawn":
            found.append(one["id"])
    return found


def contents(database: Database, assessments: Sequence[int]) -> Iterator[Row]:
    """The visits with these ids: what they hold (`sealed`, or `draft`) and their kept figures."""
    for start in range(0, len(assessments), _MANY):
        ids = json.dumps(assessments[start : start + _MANY])
        yield from database.rows(_CONTENTS, {"ids": ids})


def names(database: Database) -> list[str]:
    """The schemes by which visits were made."""
    rows = database.rows(
        "SELECT scheme_name, count(*) AS visits FROM assessment GROUP BY scheme_name ORDER BY 2 DESC, 1"
    )
    return [row["scheme_name"] for row in rows]
