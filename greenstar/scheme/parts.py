"""What the parts of a scheme say, each by itself: points, weights, questions, rules and limits."""

from collections.abc import Iterator
from fractions import Fraction

from greenstar.numbers import ONE, ZERO
from greenstar.scheme.document import Criterion, Group, Question, QuestionFields
from greenstar.scheme.question_types import is_figure, is_percent
from greenstar.scheme.rules.expression import Rule


def points_of(criterion: Criterion) -> Fraction:
    """The most that a criterion earns, as the file says; 0 for a prerequisite."""
    return criterion.points if criterion.points is not None else ZERO


def weight_of(part: Criterion | Group) -> Fraction:
    """What a criterion or group weighs in the group around it; 1 where the file does not say."""
    return part.weight if part.weight is not None else ONE


def questions_in(criterion: Criterion) -> dict[str, Question]:
    """A criterion's questions; a lone one goes by the criterion's id."""
    if criterion.type is None or criterion.ask is None:
        return criterion.questions
    lone = Question.model_construct(
        type=criterion.type,
        ask=criterion.ask,
        ask_if=None,
        formerly=criterion.formerly,
        unit=criterion.unit,
        min=criterion.min,
        max=criterion.max,
        plausible=criterion.plausible,
        whole=criterion.whole,
        period=criterion.period,
        helper=criterion.helper,
        options=criterion.options,
    )
    return {criterion.id: lone}


def rules_of(criterion: Criterion) -> Iterator[Rule]:
    """All rules that stand in a criterion."""
    rules = [criterion.applies_if, criterion.met_if, criterion.score.of if criterion.score else None]
    rules += [question.ask_if for question in criterion.questions.values()]
    rules += [rule for check in criterion.checks for rule in (check.refuse, check.warn)]
    return (rule for rule in rules if rule is not None)


def limits(question: QuestionFields) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most a number question takes, in the terms of rules; a percentage has 0 and 1 by default."""
    if not is_figure(question):
        return None, None
    low, high = question.min, question.max
    if is_percent(question.unit):
        low = Fraction(0) if low is None else low
        high = Fraction(1) if high is None else high
    return low, high
