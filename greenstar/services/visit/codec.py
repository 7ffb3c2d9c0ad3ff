"""Answers, texts and visits as the storage keeps them, and back."""

import json
from collections.abc import Mapping
from dataclasses import replace

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.calculated import without_formula
from greenstar.assessment.model import Answer, Visit
from greenstar.errors import BadInput
from greenstar.record.canonical import canonical, canonical_of_plain
from greenstar.record.plain import answers_from, evidence_from, findings_from, visit_from
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.carried import carried_answers
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.storage import Storage
from greenstar.text import MOST_CHARACTERS, clean_text


def fit_text(text: str) -> str:
    """A person's text as it is kept: clean. BadInput: it is too long."""
    clean = clean_text(text)
    if len(clean) > MOST_CHARACTERS:
        raise BadInput("answers.too_long", most=str(MOST_CHARACTERS), found=str(len(clean)))
    return clean


def encode_text(text: str | None) -> str | None:
    """A text as JSON text; None for none."""
    return None if text is None else canonical(text)


def encode_kept(text: str | None) -> str | None:
    """A text that was typed, as JSON text of what was kept of it; None where nothing was."""
    return encode_text(clean_text(text or "") or None)


def encode_answer(scheme: Scheme, question: Question, value: Answer | None) -> str | None:
    """An answer as JSON text, with its formula if it was calculated; None for none.

    BadInput: it is of another kind than the question asks.
    """
    if value is None:
        return None
    kind = answer_type(scheme, question)
    if not kind.accepts(value):
        raise BadInput("storage.wrong_kind", found=repr(value)[:60], type=question.type)
    return canonical_of_plain(kind.to_json(value))


def encode_fact(scheme: Scheme, question: Question, value: Answer | None) -> str | None:
    """The same of a fact: what a store is, however that was calculated."""
    return encode_answer(scheme, question, None if value is None else without_formula(value))


def reads_as(scheme: Scheme, question: Question, text: str | None) -> str | None:
    """A stored fact as this question reads it: None where the question takes no such answer."""
    answer = None if text is None else answer_type(scheme, question).from_json(json.loads(text))
    return encode_fact(scheme, question, answer)


def read_facts(scheme: Scheme, texts: Mapping[str, str]) -> dict[str, Answer]:
    """A store's facts from JSON texts: those that this scheme asks for, as far as its questions take them.

    A fact that was called otherwise in an earlier version is read as well.
    """
    plain = {name: json.loads(text) for name, text in texts.items()}
    return answers_from(scheme, scheme.facts, carried_answers(scheme, plain, scheme.earlier_names.fact))


def read_entries(text: str | None) -> list[Row]:
    """A criterion's evidence or findings, as events keep them."""
    return [] if text is None else json.loads(text)


def load(storage: Storage, assessment: int, scheme: Scheme) -> Visit:
    """The visit of an assessment: as it was sealed, else as it stands."""
    ((_, document),) = storage.contents.documents([assessment])
    return visit_from(json.loads(document), scheme)


def with_subject(visit: Visit, scheme: Scheme, kind: str, subject: str, text: str | None) -> Visit:
    """The visit with one subject (see `changes`) changed to a content; None takes it away."""
    value = None if text is None else json.loads(text)
    if kind == "finding":
        at_others = tuple(finding for finding in visit.findings if finding.criterion != subject)
        return replace(visit, findings=at_others + findings_from(value or ()))
    if kind in ("answer", "fact"):
        questions, part = (scheme.questions, "answers") if kind == "answer" else (scheme.facts, "facts")
        value = answers_from(scheme, questions, {subject: value}).get(subject)
    elif kind == "evidence":
        part, value = "evidence", evidence_from(value or ()).get(subject)
    else:
        part = {"exemption": "not_applicable", "note": "notes"}.get(kind, "")
    if not part:
        return visit
    others = {name: content for name, content in getattr(visit, part).items() if name != subject}
    return replace(visit, **{part: others if value is None else {**others, subject: value}})  # type: ignore[arg-type]
