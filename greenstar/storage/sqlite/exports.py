"""What exports read. Nothing is held that grows with the rows, but for the numbers of the visits."""
# ruff: noqa: S608 - the SQL is that of this folder

import json
from array import array
from collections.abc import Iterator, Sequence

from typing_extensions import override

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.exports import CategoryFigures, Exports, ListedVisits, ScoredVisit
from greenstar.storage.protocols.stores import StoreRow
from greenstar.storage.sqlite.assessments import IN_ORDER, LISTED, SELECT, read_assessment
from greenstar.storage.sqlite.connection import Database, batches

_LISTED = f"""
    SELECT visit.assessment AS number, visit.scheme FROM visit {LISTED}
    AND (:withdrawn OR visit.status <> 'withdrawn') {IN_ORDER}
"""
_ASSESSMENTS = f"{SELECT} WHERE assessment.id IN (SELECT value FROM json_each(?))"
_SCORED = """
    SELECT assessment.id, assessment.store, assessment.store_name, assessment.city, assessment.region, assessment.cycle,
        assessment.scheme_name, assessment.scheme, assessment.status, assessment.assessor, assessment.visited,
        assessment.submitted_at, assessment.revision, assessment.certificate, assessment.last_day, visit.counts,
        visit.stale, scorecard.total, scorecard.available, scorecard.share, scorecard.level, scorecard.stars,
        scorecard.candidate, scorecard.answered, scorecard.asked, scorecard.not_applicable_points,
        scorecard.excused_points
    FROM assessment
    JOIN visit ON visit.assessment = assessment.id
    LEFT JOIN scorecard ON scorecard.assessment = assessment.id
    WHERE assessment.id IN (SELECT value FROM json_each(?))
"""
_CATEGORIES = """
    SELECT assessment, "group", points, available, percent FROM score
    WHERE assessment IN (SELECT value FROM json_each(?))
"""
_EVENTS = """
    SELECT event.id, event.at, event.by, event.kind, event.store, assessment.cycle, assessment.revision, event.subject,
        event.was AS before, event.became AS after, event.because, event.undoes,
        coalesce((SELECT group_concat(value, ' ') FROM json_each(event.previous)), '') AS previous, event.hash,
        event.ulid, event.chain, event.place, event."database", event.whose
    FROM event LEFT JOIN assessment ON assessment.id = event.assessment
    WHERE :cycle IS NULL OR assessment.cycle = :cycle ORDER BY event.id
"""
_CERTIFICATES = """
    SELECT assessment.certificate, assessment.store, assessment.store_name AS name, assessment.city, assessment.region,
        assessment.cycle, assessment.scheme_name AS scheme, scheme.version, scheme.sha256, assessment.revision,
        assessment.status, assessment.decided_at, assessment.last_day, assessment.seal,
        scorecard.level, scorecard.stars, scorecard.total, scorecard.available
    FROM assessment JOIN scheme ON scheme.sha256 = assessment.scheme
    LEFT JOIN scorecard ON scorecard.assessment = assessment.id
    WHERE assessment.certificate IS NOT NULL AND (:cycle IS NULL OR assessment.cycle = :cycle)
    ORDER BY assessment.certificate, assessment.id
"""
_CODES = "SELECT code FROM store ORDER BY code"
_STORES = "SELECT code, name, city, region FROM store WHERE code IN (SELECT value FROM json_each(?)) ORDER BY code"
_FACTS = "SELECT store, name, value FROM fact WHERE store IN (SELECT value FROM json_each(?))"


class ExportQueries(Exports):
    """Queries over the whole database, to be asked inside `reading`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def listed(self, cycle: str | None, *, withdrawn: bool) -> ListedVisits:
        numbers, schemes = array("q"), dict[str, None]()
        for row in self._database.stream(_LISTED, {"cycle": cycle, "withdrawn": withdrawn}):
            numbers.append(row["number"])
            schemes[row["scheme"]] = None
        return ListedVisits(numbers, tuple(schemes))

    @override
    def assessments(self, numbers: Sequence[int]) -> list[AssessmentRow]:
        rows = self._database.rows(_ASSESSMENTS, (json.dumps(list(numbers)),))
        by_number = {row["id"]: row for row in rows}
        return [read_assessment(by_number[number]) for number in numbers]

    @override
    def scored(self, numbers: Sequence[int]) -> list[ScoredVisit]:
        rows = self._database.tuples(_SCORED, (json.dumps(list(numbers)),))
        by_number = {row[0]: row for row in rows}
        return [ScoredVisit._make(by_number[number]) for number in numbers]

    @override
    def categories(self, numbers: Sequence[int]) -> Iterator[CategoryFigures]:
        return map(CategoryFigures._make, self._database.tuples(_CATEGORIES, (json.dumps(list(numbers)),)))

    @override
    def events(self, cycle: str | None) -> Iterator[Row]:
        return self._database.stream(_EVENTS, {"cycle": cycle})

    @override
    def certificates(self, cycle: str | None) -> Iterator[Row]:
        return self._database.stream(_CERTIFICATES, {"cycle": cycle})

    @override
    def stores(self) -> Iterator[tuple[StoreRow, dict[str, str]]]:
        codes = [row["code"] for row in self._database.stream(_CODES)]
        for batch in batches(codes):
            names = (json.dumps(batch),)
            facts: dict[str, dict[str, str]] = {code: {} for code in batch}
            for row in self._database.rows(_FACTS, names):
                facts[row["store"]][row["name"]] = row["value"]
            for row in self._database.rows(_STORES, names):
                yield StoreRow(**row), facts[row["code"]]
