"""Which points a criterion can earn, where its value is known to lie between two ends."""

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from greenstar.assessment.answer_types import type_of
from greenstar.numbers import ZERO
from greenstar.scheme.document import Criterion, Question
from greenstar.scheme.fields import Steps
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.criteria import interpolated


class Interval(NamedTuple):
    """The ends between which a number lies."""

    low: Fraction
    high: Fraction


class PointBounds(NamedTuple):
    """The least and the most that answers earn; `unreached` are the edges that no value reaches, or that none needs."""

    key: str
    least: Fraction
    most: Fraction
    unreached: tuple[Fraction, ...] = ()
    value: Interval = Interval(ZERO, ZERO)


def point_bounds(scheme: Scheme, criterion: Criterion, value: Interval | None) -> PointBounds:
    """What the criterion's answers can earn; `value`: between which ends its rule lies, None without a `score`."""
    points, score = points_of(criterion), criterion.score
    if score is None or value is None:
        return _by_options(scheme, criterion, points)
    if score.at_least is not None:
        reached = _at_least(score.at_least, value)
        return _by_steps("at_least", score.at_least, reached, value, nothing=value.low < score.at_least[0][0])
    if score.at_most is not None:
        reached = _at_most(score.at_most, value)
        return _by_steps("at_most", score.at_most, reached, value, nothing=value.high > score.at_most[-1][0])
    if score.linear is not None:
        return _by_line(score.linear, value)
    return PointBounds("of", max(ZERO, min(value.low, points)), max(ZERO, min(value.high, points)), (), value)


def _by_steps(key: str, steps: Steps, reached: Steps, value: Interval, *, nothing: bool) -> PointBounds:
    earned = [points for _, points in reached] + ([ZERO] if nothing else [])
    unreached = tuple(edge for edge, points in steps if (edge, points) not in reached)
    return PointBounds(key, min(earned), max(earned), unreached, value)


def _at_least(steps: Steps, value: Interval) -> Steps:
    """The steps that are the last one reached by some value between the ends."""
    reached = [step for step, after in pairwise(steps) if step[0] <= value.high and after[0] > value.low]
    return (*reached, steps[-1]) if steps[-1][0] <= value.high else tuple(reached)


def _at_most(steps: Steps, value: Interval) -> Steps:
    """The steps that are the first one not exceeded by some value between the ends."""
    reached = [step for before, step in pairwise(steps) if step[0] >= value.low and before[0] < value.high]
    return (steps[0], *reached) if steps[0][0] >= value.low else tuple(reached)


def _by_line(line: Steps, value: Interval) -> PointBounds:
    inside = [points for at, points in line if value.low <= at <= value.high]
    earned = [interpolated(line, value.low), interpolated(line, value.high), *inside]
    beyond = [after[0] for before, after in pairwise(line) if before[0] >= value.high]
    short = [before[0] for before, after in pairwise(line) if after[0] <= value.low]
    return PointBounds("linear", min(earned), max(earned), (*short, *beyond), value)


def _by_options(scheme: Scheme, criterion: Criterion, points: Fraction) -> PointBounds:
    """Without `score`: the points of ticked options add up, or the only boolean earns all."""
    ends = [_of_question(scheme, question) for question in scheme.questions_of[criterion.id].values()]
    graded = [end for end in ends if end is not None]
    if not graded:
        return PointBounds("points", ZERO, points)
    least, most = sum((low for low, _ in graded), ZERO), sum((high for _, high in graded), ZERO)
    return PointBounds("options", max(ZERO, min(least, points)), max(ZERO, min(most, points)))


def _of_question(scheme: Scheme, question: Question) -> tuple[Fraction, Fraction] | None:
    points_of_options = [option.points for option in scheme.options(question).values()]
    if all(points is None for points in points_of_options):
        return None
    earned = [points or ZERO for points in points_of_options]
    adds_up = type_of(question).several
    if adds_up or question.ask_if is not None:
        return ZERO, sum(earned, ZERO) if adds_up else max(earned)
    return min(earned), max(earned)
