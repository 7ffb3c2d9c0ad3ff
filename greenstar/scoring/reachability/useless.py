"""What in a scheme can never matter, as far as the bounds of its questions show: interval arithmetic, no guessing.

A number question is known to lie between its `min` and `max`; every other answer is unknown. What a rule gives all the
same is then so for every visit.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer
from greenstar.errors import NOWHERE, Mark, Problem
from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.numbers import HUNDRED, ZERO
from greenstar.scheme.document import Criterion, Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import limits, points_of
from greenstar.scheme.rules.evaluation import Unknown, evaluate, outlook_of
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.rules.outlook import Outlook, between
from greenstar.scoring.reachability.bounds import Interval, PointBounds, point_bounds

_NOT_ANSWERED = Phrase("words.none")


def useless(scheme: Scheme) -> list[Problem]:
    """Rules that are always true or false, criteria that change nothing, options and steps that nobody reaches."""
    search = _Useless(scheme)
    return [*search.rules(), *search.criteria()]


def mark_of(scalar: str) -> Mark:
    """Where an id or name stands that was read from a file."""
    mark: Mark = getattr(scalar, "mark", NOWHERE)
    return mark


class _Useless:
    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.values: dict[Any, Any] = {}
        self.absent: dict[Any, Unknown] = {}
        for name, question in (*scheme.facts.items(), *scheme.questions.items()):
            low, high = limits(question)
            if low is not None and high is not None:
                self._put(name, low, high)
        for criterion in scheme.criteria.values():
            self._put(("points", criterion.id), ZERO, points_of(criterion))
        self._put_results()
        for step in scheme.order:
            if step.kind == "value":
                self._put_value(step.id)

    def _put_results(self) -> None:
        """Between which ends the results of scoring lie, as far as the file fixes them."""
        scheme, scoring = self.scheme, self.scheme.scoring
        points = sum(scheme.points_outside_bonus.values(), ZERO)
        for name in ("not_applicable_points", "excused_points"):
            if not scheme.has_name(name):
                self._put(name, ZERO, points)
        if scoring.points is not None or scoring.method != "sum":
            extra = sum((group.max for group in scheme.categories if group.max is not None), ZERO)
            self._put("total", ZERO, (scoring.points or HUNDRED) + extra)

    def _put(self, key: Any, low: Fraction, high: Fraction) -> None:
        if low == high:
            self.values[key] = low
        else:
            self.absent[key] = Unknown(True, _NOT_ANSWERED, between(low, high))

    def _put_value(self, name: str) -> None:
        value = self._evaluate(self.scheme.values[name].of)
        if isinstance(value, Unknown):
            self.absent[name] = value
        else:
            self.values[name] = value

    def _evaluate(self, rule: Rule, given: Mapping[Any, Any] | None = None) -> Any:
        return evaluate(rule, {**self.values, **(given or {})}, self.absent, look_ahead=True)

    def _outlook(self, rule: Rule, given: Mapping[Any, Any] | None = None) -> Outlook:
        return outlook_of(self._evaluate(rule, given))

    def _always(self, rule: Rule | None) -> bool | None:
        """What the rule gives whatever is answered; None where that is not known."""
        truths = self._outlook(rule).truths if rule is not None else ()
        return next(iter(truths)) if len(truths) == 1 else None

    # -- rules ---------------------------------------------------------------------------------------------------

    def rules(self) -> Iterator[Problem]:
        """The conditions that no answer changes."""
        for key, rule in self._conditions():
            always = self._always(rule)
            if always is not None:
                message = Phrase("check.always_true" if always else "check.always_false")
                yield Problem(rule.mark or NOWHERE, key, message)

    def _conditions(self) -> Iterator[tuple[str, Rule]]:
        scheme = self.scheme
        conditions: list[tuple[str, Rule | None]] = []
        conditions += [("ask_if", question.ask_if) for question in (*scheme.facts.values(), *scheme.questions.values())]
        for criterion in scheme.criteria.values():
            conditions += [("applies_if", criterion.applies_if), ("met_if", criterion.met_if)]
            conditions += [("refuse", check.refuse) for check in criterion.checks]
            conditions += [("warn", check.warn) for check in criterion.checks]
        conditions += [("when", level.requires.when) for level in scheme.levels]
        conditions.append(("when", scheme.lighthouse.requires.when))
        return ((key, rule) for key, rule in conditions if rule is not None)

    # -- criteria ------------------------------------------------------------------------------------------------

    def criteria(self) -> Iterator[Problem]:
        """What is wrong with the criteria that may apply."""
        for criterion in self.scheme.criteria.values():
            if self._always(criterion.applies_if) is False:
                yield self._of(criterion, "id", "check.never_applies")
                continue
            yield from self._refused(criterion)
            if not criterion.prerequisite:
                yield from self._scored(criterion)

    def _scored(self, criterion: Criterion) -> Iterator[Problem]:
        points = points_of(criterion)
        if not points:
            yield self._of(criterion, "points", "check.worth_nothing")
            return
        bounds = self._bounds(criterion)
        if bounds is None:
            return
        score = criterion.score
        unit = score.unit if score is not None else None
        for edge in bounds.unreached:
            low, high = (Quantity(end, unit) for end in bounds.value)
            step = Quantity(edge, unit)
            yield self._of(criterion, bounds.key, "check.step_unreached", edge=step, low=low, high=high)
        if bounds.least == bounds.most:
            yield self._of(criterion, bounds.key, "check.changes_nothing", points=bounds.most)
        elif bounds.most < points:
            yield self._of(criterion, bounds.key, "check.never_in_full", most=bounds.most, points=points)

    def _bounds(self, criterion: Criterion) -> PointBounds | None:
        rule = self.scheme.rule_of_score(criterion)
        if rule is None:
            return point_bounds(self.scheme, criterion, None)
        low, high = self._outlook(rule)[:2]
        return None if low is None or high is None else point_bounds(self.scheme, criterion, Interval(low, high))

    def _refused(self, criterion: Criterion) -> Iterator[Problem]:
        """Options and answers that a check refuses whatever else is answered."""
        refusing = [check.refuse for check in criterion.checks if check.refuse is not None]
        refusing = [rule for rule in refusing if self._always(rule) is None]
        for name, question in self.scheme.questions_of[criterion.id].items():
            for answer in self._answers(question) if refusing else ():
                if any(self._outlook(rule, {name: answer}).truths == {True} for rule in refusing):
                    mark = mark_of(name)
                    yield Problem(mark, name, Phrase("check.option_refused", option=answer))

    def _answers(self, question: Question) -> list[Answer]:
        """All answers there are, where each is a single pick."""
        kind = answer_type(self.scheme, question)
        return [] if kind.several else kind.ladder()

    def _of(self, criterion: Criterion, key: str, message: str, **values: Any) -> Problem:
        return Problem(mark_of(criterion.id), key, Phrase(message, id=str(criterion.id), **values))
