"""What is known in a visit: facts, answers that were asked for, and the named quantities worked out from them."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from greenstar.assessment.answer_types import type_of
from greenstar.assessment.model import Answer, Visit
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Criterion, Question
from greenstar.scheme.edition import FIRST
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.rules.evaluation import Unknown, evaluate
from greenstar.scheme.rules.expression import VISITED, Rule
from greenstar.scheme.rules.outlook import ANYTHING, COMING, between

_NOT_ANSWERED = "scoring.not_answered_yet"
_LONG_BITS = 1_000  # rules are short: from shorter figures than this nothing grows in one of them that takes long


def keys_of(step: Step) -> tuple[Any, ...]:
    """Under which keys an `Environment` knows what a step works out."""
    if step.kind in ("criterion", "group"):
        return ("points", step.id), ("share", step.id)
    if step.kind == "chosen":
        return (("chosen", *step.id.split()),)
    return () if step.kind in ("applies", "checks") else (step.id,)


class Environment:
    """Values by name, and for each name without one, why.

    `applies` holds True, False or Unknown (and open) for each criterion; `undecided` the criteria with a question of
    which it is unknown whether it is asked; `missing` the questions that are asked and have no answer, by criterion.
    `long_figures`: whether a value has so many digits that every step of a rule must be watched.
    """

    def __init__(self, scheme: Scheme, visit: Visit) -> None:
        self.scheme = scheme
        self.visit = visit
        self.values: dict[Any, Any] = {}
        self.absent: dict[Any, Unknown] = {}
        self.applies: dict[str, bool | Unknown] = {}
        self.undecided: set[str] = set()
        self.missing: dict[str, list[str]] = {}
        self.long_figures = False
        if not scheme.has_name(VISITED):
            self.put(VISITED, visit.visited.isoformat() if visit.visited else Unknown(True, Phrase("scoring.no_day")))

    def rule(self, rule: Rule) -> Any:
        """The rule's value here, or Unknown."""
        return evaluate(rule, self.values, self.absent, watched=self.long_figures, edition=self.scheme.edition)

    def condition(self, rule: Rule | None) -> bool | Unknown:
        """Whether an `applies_if` or `ask_if` holds: where there is none, yes; where it is unknown for good, no."""
        holds = self._holds(rule)
        return False if isinstance(holds, Unknown) and not holds.open else holds

    def _holds(self, rule: Rule | None) -> bool | Unknown:
        return True if rule is None else self.rule(rule)

    def applies_by_rule(self, criterion: Criterion) -> bool | Unknown:
        """Whether a criterion applies by its own rule; in edition 1 what is unknown for good was left open."""
        rule = criterion.applies_if
        return self._holds(rule) if self.scheme.edition == FIRST else self.condition(rule)

    def fact(self, name: str) -> None:
        """Look a fact up."""
        question = self.scheme.facts[name]
        self.put(name, self._answer(name, question, self.condition(question.ask_if), self.visit.facts.get(name)))

    def value(self, name: str) -> None:
        """Work a named quantity out."""
        rule = self.scheme.values[name].of
        watched, edition = self.long_figures, self.scheme.edition
        self.put(name, evaluate(rule, self.values, self.absent, look_ahead=True, watched=watched, edition=edition))

    def criterion(self, identifier: str) -> None:
        """Find out whether a criterion applies: by its rule, or by the assessor's word."""
        criterion = self.scheme.criteria[identifier]
        self.applies[identifier] = False if self.marked(criterion) else self.applies_by_rule(criterion)

    def marked(self, criterion: Criterion) -> bool:
        """Whether the assessor marked a criterion as not applicable, and could."""
        return criterion.id in self.visit.not_applicable and self.scheme.policy(criterion) != "forbid"

    def may_drop_out(self, identifier: str) -> bool:
        """Whether it is still open if a criterion applies."""
        return isinstance(self.applies[identifier], Unknown)

    def question(self, name: str, criterion: str, question: Question) -> None:
        """Look an answer up, if its question is asked."""
        applies, answer = self.applies[criterion], self.visit.answers.get(name)
        if applies is True and answer is not None and question.ask_if is None:
            self.values[name] = type_of(question).in_rules(answer)
            return
        asked = applies and self.condition(question.ask_if)
        if applies is True and isinstance(asked, Unknown):
            self.undecided.add(criterion)
        elif applies is True and asked and answer is None and not type_of(question).may_stay_empty:
            self.missing.setdefault(criterion, []).append(name)
        if isinstance(applies, Unknown) and asked is not False:
            asked = applies  # others must not count on the answer yet
        self.put(name, self._answer(name, question, asked, answer))

    def chosen(self, option: str, group: str | None = None) -> None:
        """Count the criteria that apply and whose lone choice is answered with an option."""
        key = ("chosen", option) if group is None else ("chosen", option, group)
        names = [step.id for step in self.scheme.needs[Step("chosen", " ".join(key[1:]))]]
        count = sum(self.values.get(name) == option for name in names)
        still = [self.absent[name] for name in names if name in self.absent and self.absent[name].open]
        ends = Fraction(count), Fraction(count + len(still))
        self.put(key, Unknown(True, still[0].reason, between(*ends)) if still else ends[0])

    def _answer(self, name: str, question: Question, asked: bool | Unknown, answer: Answer | None) -> Any:
        """What rules see of an answer."""
        if isinstance(asked, Unknown):
            return Unknown(asked.open, asked.reason)
        if not asked:
            return Unknown(False, Phrase("scoring.not_asked", name=name))
        kind = type_of(question)
        if answer is None:
            return _not_answered(name, kind.may_stay_empty)
        return kind.in_rules(answer)

    def put(self, name: Any, value: Any) -> None:
        """Keep what a name has come to."""
        if isinstance(value, Unknown):
            self.absent[name] = value
        else:
            self.values[name] = value
            self.long_figures = self.long_figures or _is_long(value)


@lru_cache(maxsize=2_000)  # an answer makes the same of many questions over and over
def _not_answered(name: str, may_stay_empty: bool) -> Unknown:
    return Unknown(True, Phrase(_NOT_ANSWERED, name=name), ANYTHING if may_stay_empty else COMING)


def _is_long(value: Any) -> bool:
    return isinstance(value, Fraction) and value.numerator.bit_length() + value.denominator.bit_length() > _LONG_BITS
