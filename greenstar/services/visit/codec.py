"""What a visit holds, as JSON and back: how the database keeps it, and how it is sealed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer, Evidence, Finding, Store, Visit
from greenstar.errors import BadInput
from greenstar.record.canonical import canonical
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


def kept(scheme: Scheme, question: Question, value: Answer | None) -> str | None:
    """An answer as the database keeps it; None for none. BadInput: it is of another kind than the question asks."""
    if value is None:
        return None
    kind = answer_type(scheme, question)
    if not kind.accepts(value):
        raise BadInput("storage.wrong_kind", found=repr(value)[:60], type=question.type)
    return canonical(kind.to_json(value))


def reads_as(scheme: Scheme, question: Question, text: str | None) -> str | None:
    """A kept answer as whoever looks at the question sees it: None where it was kept for one that asks otherwise."""
    answer = None if text is None else answer_type(scheme, question).from_json(json.loads(text))
    return kept(scheme, question, answer)


def load(storage: Storage, row: AssessmentRow, scheme: Scheme) -> Visit:
    """The visit of an assessment: as it was sealed, else as it stands."""
    text = storage.assessments.sealed(row.id) if row.seal else None
    if text is not None:
        return unsealed(json.loads(text), scheme)
    found = storage.stores.get(row.store)
    assert found is not None
    answers = storage.contents.texts("answer", row.id)
    return Visit(
        store=Store(**found),
        cycle=row.cycle,
        assessor=row.assessor,
        visited=row.visited,
        facts=read_facts(scheme, storage.stores.facts(row.store)),
        answers=_read(scheme, scheme.questions, {name: json.loads(value) for name, value in answers.items()}),
        not_applicable=storage.contents.texts("exemption", row.id),
        notes=storage.contents.texts("note", row.id),
        evidence=_evidence(storage.contents.entries("evidence", row.id)),
        findings=_findings(storage.contents.entries("finding", row.id)),
    )


def read_facts(scheme: Scheme, texts: Mapping[str, str]) -> dict[str, Answer]:
    """Those of a store's facts that this scheme asks for. One kept under a scheme that asks otherwise is left out."""
    return _read(scheme, scheme.facts, {name: json.loads(text) for name, text in texts.items()})


def _read(scheme: Scheme, questions: Mapping[str, Question], values: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers that fit their questions."""
    answers = {
        name: answer_type(scheme, questions[name]).from_json(value)
        for name, value in values.items()
        if name in questions
    }
    return {name: answer for name, answer in answers.items() if answer is not None}


def with_subject(visit: Visit, scheme: Scheme, kind: str, subject: str, text: str | None) -> Visit:
    """The visit with one subject (see `subjects`) changed to a content; None takes it away."""
    value = None if text is None else json.loads(text)
    if kind == "finding":
        others = tuple(one for one in visit.findings if one.criterion != subject)
        return replace(visit, findings=others + _findings(value or ()))
    if kind in ("answer", "fact"):
        questions, part = (scheme.questions, "answers") if kind == "answer" else (scheme.facts, "facts")
        value = _read(scheme, questions, {subject: value}).get(subject)
    elif kind == "evidence":
        part, value = "evidence", _evidence(value or ()).get(subject)
    else:
        part = {"exemption": "not_applicable", "note": "notes"}.get(kind, "")
    if not part:
        return visit
    kept = {name: one for name, one in getattr(visit, part).items() if name != subject}
    return replace(visit, **{part: kept if value is None else {**kept, subject: value}})  # type: ignore[arg-type]


def _evidence(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, tuple[Evidence, ...]] = {}
    for row in rows:
        taken_at = row.get("taken_at", "")
        one = Evidence(row["file"], bool(row["verified"]), row["caption"], row["sha256"], row["bytes"], taken_at)
        found[row["criterion"]] = (*found.get(row["criterion"], ()), one)
    return found


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(row["criterion"], row["severity"], row["text"], row["action"], _day(row["due"]), _day(row["closed"]))
        for row in rows
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def evidence_rows(visit: Visit) -> list[dict[str, Any]]:
    """The evidence of a visit as plain values."""
    return [
        {
            "criterion": criterion,
            "file": one.file,
            "caption": one.caption,
            "verified": int(one.verified),
            "sha256": one.sha256,
            "bytes": one.bytes,
            "taken_at": one.taken_at,
        }
        for criterion, several in visit.evidence.items()
        for one in several
    ]


def finding_rows(visit: Visit) -> list[dict[str, Any]]:
    """The findings of a visit as plain values."""
    return [
        {
            "criterion": one.criterion,
            "severity": one.severity,
            "text": one.text,
            "action": one.action,
            "due": one.due.isoformat() if one.due else None,
            "closed": one.closed.isoformat() if one.closed else None,
        }
        for one in visit.findings
    ]


def sealable(visit: Visit, scheme: Scheme) -> dict[str, Any]:
    """All of a visit as plain values, for sealing. What `unsealed` reads."""
    store = visit.store
    return {
        "store": {"code": store.code, "name": store.name, "city": store.city, "region": store.region},
        "cycle": visit.cycle,
        "assessor": visit.assessor,
        "visited": visit.visited.isoformat() if visit.visited else None,
        "facts": _json(scheme, scheme.facts, visit.facts),
        "answers": _json(scheme, scheme.questions, visit.answers),
        "not_applicable": dict(visit.not_applicable),
        "notes": dict(visit.notes),
        "evidence": evidence_rows(visit),
        "findings": finding_rows(visit),
    }


def _json(scheme: Scheme, questions: Mapping[str, Question], values: Mapping[str, Answer]) -> dict[str, Any]:
    return {name: answer_type(scheme, questions[name]).to_json(value) for name, value in values.items()}


def unsealed(data: Mapping[str, Any], scheme: Scheme) -> Visit:
    """The visit that `sealable` wrote."""
    return Visit(
        store=Store(**data["store"]),
        cycle=data["cycle"],
        assessor=data["assessor"],
        visited=_day(data["visited"]),
        facts=_read(scheme, scheme.facts, data["facts"]),
        answers=_read(scheme, scheme.questions, data["answers"]),
        not_applicable=data["not_applicable"],
        notes=data["notes"],
        evidence=_evidence(data["evidence"]),
        findings=_findings(data["findings"]),
    )
