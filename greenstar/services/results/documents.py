"""The visits of a cycle as answers files: what `record` takes back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer, Visit
from greenstar.record.plain import plain_evidence, plain_findings, plain_formulas
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.services.results.stored_visits import schemes_of, visits
from greenstar.services.results.tables.extract import Extract
from greenstar.services.visit.worked_visit import WorkedVisit
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow

_AT_ONCE = 250  # check visits that are read together


def answers_documents(extract: Extract) -> Iterator[Row]:
    """The visits that count, or are drafts where none does; then the check visits, which say so.

    A number that no float writes in plain digits is a Decimal.
    """
    for rows in extract.visits():
        yield from _documents(extract, rows)
    checks = extract.storage.double_visits.check_visits(cycle=extract.cycle)
    for start in range(0, len(checks), _AT_ONCE):
        batch = {row.id: row for row in checks[start : start + _AT_ONCE]}
        yield from ({**document, "check_visit": True} for document in _documents(extract, batch))


def _documents(extract: Extract, rows: Mapping[int, AssessmentRow]) -> Iterator[Row]:
    storage, schemes = extract.storage, schemes_of(rows)
    findings = storage.contents.lists("finding", list(schemes))
    for assessment, scheme, visit in visits(storage, schemes):
        yield answers_document(scheme, identified(visit, findings[assessment]))


def identified(visit: Visit, kept: list[Row]) -> Visit:
    """The visit with the ids of its findings, which programs up to 0.2 did not seal; they stand in the same order."""
    if all(finding.id for finding in visit.findings) or len(kept) != len(visit.findings):
        return visit
    pairs = zip(visit.findings, kept, strict=True)
    findings = (replace(finding, id=row["id"], follows=row["follows"]) for finding, row in pairs)
    return replace(visit, findings=tuple(findings))


def answers_document(scheme: Scheme, visit: Visit) -> Row:
    """One visit as an answers file; answers to what is not asked stand apart, as they count for nothing."""
    store, answers = visit.store, _values(scheme, scheme.questions, visit.answers)
    asked = WorkedVisit(scheme, visit).asked
    document = {
        "scheme": scheme.name,
        "version": scheme.version,
        "store": {
            "code": store.code,
            "name": store.name,
            "city": store.city,
            "region": store.region,
            "facts": _values(scheme, scheme.facts, visit.facts),
        },
        "cycle": visit.cycle,
        "assessor": visit.assessor,
        "visited": visit.visited.isoformat() if visit.visited else None,
        "answers": {name: value for name, value in answers.items() if name in asked},
        "not_asked": {name: value for name, value in answers.items() if name not in asked},
        "formulas": plain_formulas({name: visit.answers[name] for name in answers}),
        "not_applicable": dict(visit.not_applicable),
        "notes": dict(visit.notes),
        "evidence": _evidence(visit),
        "findings": [{name: value for name, value in finding.items() if value} for finding in plain_findings(visit)],
    }
    return {name: value for name, value in document.items() if value not in (None, {}, [], "")}


def _evidence(visit: Visit) -> dict[str, list[Row]]:
    pieces: dict[str, list[Row]] = {}
    for piece in plain_evidence(visit):
        entry = {name: value for name, value in piece.items() if name != "criterion" and value}
        entry["verified"] = bool(piece["verified"])
        pieces.setdefault(piece["criterion"], []).append(entry)
    return pieces


def _values(scheme: Scheme, questions: Mapping[str, Question], values: Mapping[str, Answer]) -> Row:
    """Answers as a file writes them, in the scheme's order."""
    return {
        name: answer_type(scheme, question).to_file(values[name])
        for name, question in questions.items()
        if name in values
    }
