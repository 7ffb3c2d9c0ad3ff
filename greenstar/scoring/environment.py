"""What is known in a visit: facts, answers that were asked for, and the named quantities worked out from them."""

from collections.abc import Mapping
from typing import Any

from greenstar.assessment.answer_types import type_of
from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.rules.evaluation import Unknown, evaluate
from greenstar.scheme.rules.expression import Rule

_NOT_ANSWERED = "scoring.not_answered_yet"


def keys_of(step: Step) -> tuple[Any, ...]:
    """Under which keys an `Environment` knows what a step works out."""
    if step.kind in ("criterion", "group"):
        return ("points", step.id), ("share", step.id)
    return () if step.kind in ("applies", "checks") else (step.id,)


class Environment:
    """Values by name, and for each name without one, why.

    `applies` holds True, False or Unknown for each criterion; `undecided` the criteria with a question of which
    it is unknown whether it is asked; `missing` the questions that are asked and have no answer, by criterion.
    """

    def __init__(self, scheme: Scheme, visit: Visit) -> None:
        self.scheme = scheme
        self.visit = visit
        self.values: dict[Any, Any] = {}
        self.absent: dict[Any, Unknown] = {}
        self.applies: dict[str, bool | Unknown] = {}
        self.undecided: set[str] = set()
        self.missing: dict[str, list[str]] = {}

    def rule(self, rule: Rule) -> Any:
        """The rule's value here, or Unknown."""
        return evaluate(rule, self.values, self.absent)

    def fact(self, name: str) -> None:
        """Look a fact up."""
        self._ask(name, self.scheme.facts[name], self.visit.facts)

    def value(self, name: str) -> None:
        """Work a named quantity out."""
        self._put(name, self.rule(self.scheme.values[name].of))

    def criterion(self, identifier: str) -> None:
        """Find out whether a criterion applies: by its rule, or by the assessor's word."""
        criterion = self.scheme.criteria[identifier]
        applies: Any = True if criterion.applies_if is None else self.rule(criterion.applies_if)
        marked = identifier in self.visit.not_applicable and self.scheme.policy(criterion) != "forbid"
        self.applies[identifier] = False if marked else applies

    def question(self, name: str, criterion: str, question: Question) -> None:
        """Look an answer up, if its question is asked."""
        applies = self.applies[criterion]
        if applies is False:
            self.absent[name] = Unknown(False, Phrase("scoring.not_asked", name=name))
        elif isinstance(applies, Unknown):
            self.absent[name] = Unknown(applies.open, applies.reason)  # others must not count on it yet
        elif self._ask(name, question, self.visit.answers):
            if not type_of(question).may_stay_empty:
                self.missing.setdefault(criterion, []).append(name)
        elif question.ask_if is not None and name in self.absent and self.absent[name].open:
            self.undecided.add(criterion)

    def _ask(self, name: str, question: Question, answers: Mapping[str, Any]) -> bool:
        """Put the value of an asked question; True where it is asked and has none."""
        if question.ask_if is not None:
            asked = self.rule(question.ask_if)
            if asked is not True:
                reason = Phrase("scoring.not_asked", name=name)
                self.absent[name] = Unknown(False, reason) if asked is False else Unknown(asked.open, asked.reason)
                return False
        if name in answers:
            self.values[name] = type_of(question).in_rules(answers[name])
            return False
        self.absent[name] = Unknown(True, Phrase(_NOT_ANSWERED, name=name))
        return True

    def _put(self, name: str, value: Any) -> None:
        if isinstance(value, Unknown):
            self.absent[name] = value
        else:
            self.values[name] = value
