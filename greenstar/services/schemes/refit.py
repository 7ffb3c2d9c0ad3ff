"""A stored visit as another scheme, or version, would read it: the answers it still asks for and still takes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from greenstar.assessment.answer_types import AnswerType, answer_type
from greenstar.assessment.model import Answer, Evidence, Finding, Store, Visit
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.carried import carried
from greenstar.storage.protocols import Row


@dataclass
class Refitted:
    """The visit under the scheme; `lost` names answers to no question of it, `unfit` those that it would refuse."""

    visit: Visit
    lost: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)


class Refitter:
    """Reads stored visits as one scheme would, any number of them."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._types: dict[str, AnswerType[Any]] = {}  # by fact or question: made anew for each answer, they cost most

    def refit(self, store: Store, cycle: str, content: Row) -> Refitted:
        """The visit with this content (visited, facts, answers, not_applicable, evidence, findings, as it is kept)."""
        scheme, content = self.scheme, carried(self.scheme, content)
        lost: list[str] = []
        unfit: list[str] = []
        visit = Visit(
            store=store,
            cycle=cycle,
            visited=date.fromisoformat(content["visited"]) if content.get("visited") else None,
            facts=dict(self._fitting(scheme.facts, content["facts"], lost, unfit)),
            answers=dict(self._fitting(scheme.questions, content["answers"], lost, unfit)),
            not_applicable={name: why for name, why in content["not_applicable"].items() if name in scheme.criteria},
            evidence=_evidence(content["evidence"]),
            findings=tuple(_finding(row) for row in content["findings"]),
        )
        return Refitted(visit, lost, unfit)

    def _fitting(
        self, questions: Mapping[str, Question], values: Mapping[str, Any], lost: list[str], unfit: list[str]
    ) -> Iterator[tuple[str, Answer]]:
        """The answers that fit; what is asked no more goes to `lost`, what would be refused to `unfit`."""
        for name, value in values.items():
            question = questions.get(name)
            if question is None:
                lost.append(name)
                continue
            kind = self._types.get(name)
            if kind is None:
                kind = self._types[name] = answer_type(self.scheme, question)
            answer = _taken(kind, value)
            if answer is None:
                unfit.append(name)
            else:
                yield name, answer


def taken(scheme: Scheme, question: Question, value: Any) -> Answer | None:
    """A kept value as an answer to `question`; None where it is none, or one that would be refused."""
    return _taken(answer_type(scheme, question), value)


def _taken(kind: AnswerType[Any], value: Any) -> Answer | None:
    answer: Answer | None = kind.from_json(value)
    return None if answer is None or kind.refusal(answer) is not None else answer


def _evidence(rows: Iterable[Row]) -> dict[str, tuple[Evidence, ...]]:
    pieces: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        pieces[row["criterion"]].append(Evidence(row["file"], bool(row["verified"])))
    return {name: tuple(of_criterion) for name, of_criterion in pieces.items()}


def _finding(row: Row) -> Finding:
    closed = date.fromisoformat(row["closed"]) if row["closed"] else None
    return Finding(row["criterion"], row["severity"], row["text"], closed=closed, follows=row.get("follows", ""))
