"""A visit as somebody types it into the fields of the form on a phone."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import FINDING_KEYS, Visit
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.services.phones.fields import Fields, none_choice

Cells = dict[str, str]


def typed(scheme: Scheme, visit: Visit) -> tuple[Cells, list[Cells]]:
    """All fields of the form with what is in them, and the findings."""
    fields = Fields(scheme)
    cells = {field.name: "" for field in fields.columns()}
    for kind, identifier, number, text in _parts(scheme, visit):
        cells[fields.name(kind, identifier, number)] = text
    findings = [
        {fields.name("finding", key): str(value or "") for key in FINDING_KEYS for value in (getattr(finding, key),)}
        for finding in visit.findings
    ]
    return cells, findings


def _parts(scheme: Scheme, visit: Visit) -> Iterator[tuple[Any, str, int, str]]:
    yield "scheme", "", 0, scheme.name
    yield "version", "", 0, scheme.version
    for key in ("code", "name", "city", "region"):
        yield "store", key, 0, getattr(visit.store, key)
    yield "cycle", "", 0, visit.cycle
    yield "assessor", "", 0, visit.assessor
    yield "visited", "", 0, str(visit.visited or "")
    for name, value in visit.facts.items():
        yield "fact", name, 0, _text(scheme, scheme.facts[name], value)
    for name, value in visit.answers.items():
        yield "question", name, 0, _text(scheme, scheme.questions[name], value)
    for name, reason in visit.not_applicable.items():
        yield "excused", name, 0, "yes"
        yield "reason", name, 0, reason
    for name, note in visit.notes.items():
        yield "note", name, 0, note
    for name, pieces in visit.evidence.items():
        for number, piece in enumerate(pieces, 1):
            yield "file", name, number, piece.file
            yield "verified", name, 0, "yes" if piece.verified else "no"
    yield "finding_count", "", 0, str(len(visit.findings))


def _text(scheme: Scheme, question: Question, value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return str(answer_type(scheme, question).to_json(value))
        case date():
            return value.isoformat()
        case ():
            return none_choice(scheme.options(question))
        case tuple():
            return " ".join(value)
    return str(value)
