"""The answers of many visits as a workbook that `record` reads: the sheets of a form, with a number for each visit."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from greenstar.assessment.spreadsheet.layout import EVIDENCE_COLUMNS, FINDING_COLUMNS
from greenstar.reports.views.tables import COLUMNS
from greenstar.reports.xlsx.tables import Book
from greenstar.services.results.column_kinds import Kind
from greenstar.services.results.tables.extract import Extract
from greenstar.services.results.tables.whole_visits import WholeVisit, whole_visits

_VISIT: dict[str, Kind] = {"visit": "whole"}
_ANSWERS: dict[str, Kind] = {**_VISIT, **COLUMNS["answers"], "not_asked": "value", "not_applicable": "text"}
_STORE: dict[str, Kind] = {**_VISIT, "key": "text", "value": "value"}
_DAYS = ("due", "closed")
_FINDINGS: dict[str, Kind] = {**_VISIT, **{name: "day" if name in _DAYS else "text" for name in FINDING_COLUMNS}}
_EVIDENCE: dict[str, Kind] = {**_VISIT, **dict.fromkeys(EVIDENCE_COLUMNS, "value")}


def write_answers(book: Book, extract: Extract, counted: Callable[[Iterable[Any]], Iterator[Any]]) -> None:
    """Sheets of answers, findings, evidence and stores. `counted` is told of every row of the answers."""
    write_visits(book, whole_visits(extract), counted)


def write_visits(book: Book, visits: Iterable[WholeVisit], counted: Callable[[Iterable[Any]], Iterator[Any]]) -> None:
    """The same of visits that are at hand."""
    answers, findings = book.sheet("answers", _ANSWERS), book.form_sheet("findings", _FINDINGS)
    evidence, stores = book.form_sheet("evidence", _EVIDENCE), book.form_sheet("store", _STORE)
    for whole in visits:
        if not answers.has_room(len(whole.answers)):
            answers = book.sheet("answers", _ANSWERS)
        for row in counted(whole.answers):
            answers.add(row)
        for key, value in whole.header():
            stores.add({"visit": whole.number, "key": key, "value": value})
        for row in _findings(whole):
            findings.add(row)
        for row in _evidence(whole):
            evidence.add(row)


def _findings(whole: WholeVisit) -> Iterator[dict[str, Any]]:
    for finding in whole.visit.findings:
        days = {name: day.isoformat() for name in _DAYS if (day := getattr(finding, name)) is not None}
        row = {**vars(finding), "visit": whole.number, "finding_id": finding.id, "due": None, "closed": None, **days}
        only_listed = (
            finding.follows and not finding.id and finding.closed is None
        )  # it would pass for the last visit's
        yield {**row, "still_open": "true" if only_listed else None}


def _evidence(whole: WholeVisit) -> Iterator[dict[str, Any]]:
    for criterion, pieces in whole.visit.evidence.items():
        for piece in pieces:
            own = {"visit": whole.number, "criterion": criterion, "taken": piece.taken_at, "bytes": piece.bytes or None}
            yield {**vars(piece), **own}
