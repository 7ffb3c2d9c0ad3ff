"""The points that a rule can give at all: two for each of three innovations are 2, 4 or 6, and never 5."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import Any

from greenstar.assessment.answer_types import answer_type, type_of
from greenstar.numbers import ZERO
from greenstar.scheme.document import Criterion, Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import limits, points_of
from greenstar.scheme.rules.expression import Rule

_MOST_OPTIONS, _MOST_WHOLE, _MOST_TOGETHER = 6, 20, 300


def attainable(scheme: Scheme, criterion: Criterion, rule: Rule) -> frozenset[Fraction] | None:
    """The points that the answers can come to, held to those of the criterion; None: too many, or not to be told.

    It can be told of a rule that reads nothing but picks and small whole numbers of the criterion itself.
    """
    questions = scheme.questions_of[criterion.id]
    if rule.look_ups or rule.chosen or not rule.names <= questions.keys():
        return None
    answers = {name: _answers(scheme, questions[name]) for name in sorted(rule.names)}
    if not all(answers.values()) or prod(map(len, answers.values())) > _MOST_TOGETHER:
        return None
    points = set()
    for chosen in product(*answers.values()):
        try:
            value = rule.calculate(dict(zip(answers, chosen, strict=True)))
        except ZeroDivisionError:
            continue  # it then earns nothing
        points.add(max(ZERO, min(Fraction(value), points_of(criterion))))
    return frozenset(points)


def _answers(scheme: Scheme, question: Question) -> list[Any]:
    """All answers to a question, as rules compute with them; none where they are too many or it may not be asked."""
    kind = type_of(question)
    if question.ask_if is not None:
        return []
    low, high = limits(question)
    if question.whole and low is not None and high is not None and high - low <= _MOST_WHOLE:
        return [Fraction(number) for number in range(int(low), int(high) + 1)]
    options = tuple(scheme.options(question))
    answers: Iterable[Any] = answer_type(scheme, question).ladder()
    if kind.several:
        sizes = range(len(options) + 1) if len(options) <= _MOST_OPTIONS else ()
        answers = [ticked for size in sizes for ticked in combinations(options, size)]
    return [kind.in_rules(answer) for answer in answers]
