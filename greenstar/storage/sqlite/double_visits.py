"""Double visits as queries over assessments, their seals and their events."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from typing_extensions import override

from greenstar.record.timestamps import read_time
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.double_visits import DoubleVisits, EarnedRow, EnteredRow
from greenstar.storage.sqlite.assessments import SELECT, read_assessment
from greenstar.storage.sqlite.connection import Database, batches

_CHECK_VISITS = f"""{SELECT}
    WHERE assessment.kind = 'check_visit'
    AND (:cycle IS NULL OR assessment.cycle = :cycle) AND (:store IS NULL OR assessment.store = :store)
    ORDER BY assessment.cycle_key DESC, assessment.cycle, assessment.store, assessment.id
"""
_ENTERED = """
    SELECT event.assessment, assessment.scheme, event.at, event.by, event.kind, event.subject, event.because
    FROM assessment JOIN event ON event.assessment = assessment.id
    WHERE assessment.cycle = :cycle AND assessment.revision = 1
    AND assessment.scheme IN (SELECT value FROM json_each(:schemes))
    ORDER BY event.assessment, event.id
"""
_EARNED = """
    SELECT criterion.key AS criterion, json_extract(criterion.value, '$.outcome') AS outcome,
        json_extract(criterion.value, '$.points') AS points,
        json_extract(criterion.value, '$.available') AS available, count(*) AS visits
    FROM assessment, json_each(assessment.sealed, '$.scorecard.criteria') AS criterion
    WHERE assessment.id IN (SELECT value FROM json_each(?))
    GROUP BY 1, 2, 3, 4
"""


class DoubleVisitQueries(DoubleVisits):
    """The queries of double visits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def check_visits(self, *, cycle: str | None = None, store: str | None = None) -> list[AssessmentRow]:
        return [read_assessment(row) for row in self._database.rows(_CHECK_VISITS, {"cycle": cycle, "store": store})]

    @override
    def entered(self, cycle: str, schemes: Iterable[str]) -> list[EnteredRow]:
        values = {"cycle": cycle, "schemes": json.dumps(list(schemes))}
        return [EnteredRow(**{**row, "at": read_time(row["at"])}) for row in self._database.rows(_ENTERED, values)]

    @override
    def earned(self, assessments: Sequence[int]) -> list[EarnedRow]:
        counts: Counter[tuple[str, str, str, str]] = Counter()
        for batch in batches(assessments):
            for row in self._database.rows(_EARNED, (json.dumps(batch),)):
                counts[row["criterion"], row["outcome"], row["points"], row["available"]] += row["visits"]
        return [EarnedRow(*what, visits) for what, visits in sorted(counts.items())]
