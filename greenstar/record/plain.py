"""What a visit holds as plain values, ready for JSON, and back: what is sealed, noted in events, and kept of drafts."""

from collections.abc import Iterable, Mapping
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.calculated import formula_of, without_formula
from greenstar.assessment.model import Answer, Evidence, Finding, Store, Visit
from greenstar.record.timestamps import read_day_kept
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme


def plain_visit(visit: Visit, scheme: Scheme) -> dict[str, Any]:
    """All of a visit. `visit_from` reads it."""
    store = visit.store
    return {
        "store": {"code": store.code, "name": store.name, "city": store.city, "region": store.region},
        "cycle": visit.cycle,
        "assessor": visit.assessor,
        "visited": visit.visited.isoformat() if visit.visited else None,
        "facts": plain_answers(scheme, scheme.facts, visit.facts),
        "answers": plain_answers(scheme, scheme.questions, visit.answers),
        **({"formulas": formulas} if (formulas := plain_formulas(visit.answers)) else {}),
        "not_applicable": dict(visit.not_applicable),
        "notes": dict(visit.notes),
        "evidence": plain_evidence(visit),
        "findings": plain_findings(visit),
    }


def visit_from(plain: Mapping[str, Any], scheme: Scheme) -> Visit:
    """The visit that `plain_visit` wrote; answers that this scheme does not take are left out."""
    return Visit(
        store=Store(**plain["store"]),
        cycle=plain["cycle"],
        assessor=plain["assessor"],
        visited=read_day_kept(plain["visited"]),
        facts=answers_from(scheme, scheme.facts, plain["facts"]),
        answers=answers_from(scheme, scheme.questions, _with_formulas(plain)),
        not_applicable=plain["not_applicable"],
        notes=plain["notes"],
        evidence=evidence_from(plain["evidence"]),
        findings=findings_from(plain["findings"]),
    )


def plain_answers(scheme: Scheme, questions: Mapping[str, Question], answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers by question, without their formulas."""
    return {
        name: answer_type(scheme, questions[name]).to_json(without_formula(answer)) for name, answer in answers.items()
    }


def plain_formulas(answers: Mapping[str, Answer]) -> dict[str, str]:
    """How answers were calculated, by question."""
    return {name: formula for name, answer in answers.items() if (formula := formula_of(answer)) is not None}


def _with_formulas(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they are noted in events. What was sealed by programs up to 0.2 has no formulas."""
    formulas = plain.get("formulas", {})
    return {
        name: {"formula": formulas[name], "value": value} if name in formulas else value
        for name, value in plain["answers"].items()
    }


def answers_from(scheme: Scheme, questions: Mapping[str, Question], plain: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers that fit their questions."""
    answers = {
        name: answer_type(scheme, questions[name]).from_json(value)
        for name, value in plain.items()
        if name in questions
    }
    return {name: answer for name, answer in answers.items() if answer is not None}


def plain_evidence(visit: Visit) -> list[dict[str, Any]]:
    """The evidence of a visit."""
    return [
        {
            "criterion": criterion,
            "file": evidence.file,
            "caption": evidence.caption,
            "verified": int(evidence.verified),
            "sha256": evidence.sha256,
            "bytes": evidence.bytes,
            "taken_at": evidence.taken_at,
        }
        for criterion, pieces in visit.evidence.items()
        for evidence in pieces
    ]


def evidence_from(plain: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Evidence, ...]]:
    """Evidence by criterion. What was sealed by programs up to 0.1 does not say when files were last changed."""
    pieces: dict[str, tuple[Evidence, ...]] = {}
    for entry in plain:
        evidence = Evidence(
            entry["file"],
            bool(entry["verified"]),
            entry["caption"],
            entry["sha256"],
            entry["bytes"],
            entry.get("taken_at", ""),
        )
        pieces[entry["criterion"]] = (*pieces.get(entry["criterion"], ()), evidence)
    return pieces


def plain_findings(visit: Visit) -> list[dict[str, Any]]:
    """The findings of a visit."""
    return [
        {
            "criterion": finding.criterion,
            "severity": finding.severity,
            "text": finding.text,
            "action": finding.action,
            "due": finding.due.isoformat() if finding.due else None,
            "closed": finding.closed.isoformat() if finding.closed else None,
            **_not_empty(id=finding.id, follows=finding.follows, owner=finding.owner),
        }
        for finding in visit.findings
    ]


def findings_from(plain: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Findings, in their order. What was sealed by programs up to 0.2 does not say which is which, nor whose it is."""
    return tuple(
        Finding(
            entry["criterion"],
            entry["severity"],
            entry["text"],
            entry["action"],
            read_day_kept(entry["due"]),
            read_day_kept(entry["closed"]),
            entry.get("id", ""),
            entry.get("follows", ""),
            entry.get("owner", ""),
        )
        for entry in plain
    )


def _not_empty(**texts: str) -> dict[str, str]:
    """Those that are not empty: what says nothing of them is sealed as it was before there were any."""
    return {name: text for name, text in texts.items() if text}
