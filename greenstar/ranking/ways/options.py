"""What can be earned by other options than those that are ticked, and at what effort."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from greenstar.assessment.answer_types import type_of
from greenstar.numbers import ONE, ZERO
from greenstar.scheme.document import Criterion, Option
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.environment import Environment

Pick = tuple[Fraction, Fraction, tuple[Option, ...]]  # points, effort, and the options to be chosen


def effort_of(criterion: Criterion, own: Fraction | None = None) -> Fraction:
    """The effort of one step: its own, else the criterion's, else 1."""
    if own is not None:
        return own
    return criterion.effort if criterion.effort is not None else ONE


def steps_of_choice(criterion: Criterion, options: Iterable[Option]) -> Iterator[tuple[Fraction, Fraction, Option]]:
    """The points of a choice, lowest first, each with its own effort; of options with the same, the easiest."""
    by_points: dict[Fraction, Option] = {}
    for option in options:
        known = by_points.get(option.points or ZERO)
        if known is None or effort_of(criterion, option.effort) < effort_of(criterion, known.effort):
            by_points[option.points or ZERO] = option
    for points in sorted(by_points):
        yield points, effort_of(criterion, by_points[points].effort), by_points[points]


def picks(scheme: Scheme, environment: Environment, criterion: Criterion) -> Iterator[Pick]:
    """All that options may come to, none of which has less points for as much effort; no more than can be earned."""
    together: list[Pick] = [(ZERO, ZERO, ())]
    for name, question in scheme.questions_of[criterion.id].items():
        options = scheme.options(question)
        graded = any(option.points is not None for option in options.values())
        if graded and (name in environment.values or environment.absent[name].open):
            kind, answer = type_of(question), environment.values.get(name)
            ticked = kind.ticked(answer) if answer is not None else ()
            together = _joined(together, (_ticking if kind.several else _choosing)(criterion, options, ticked))
    return _best(together, points_of(criterion))


def _choosing(criterion: Criterion, options: Mapping[str, Option], ticked: Collection[str]) -> list[Pick]:
    """One option in the place of another."""
    now = sum((options[name].points or ZERO for name in ticked), ZERO)
    picked: list[Pick] = [(now, ZERO, ())]
    for points, own, option in steps_of_choice(criterion, options.values()):
        if points > now:
            picked.append((points, picked[-1][1] + own, (option,)))
    return picked


def _ticking(criterion: Criterion, options: Mapping[str, Option], ticked: Collection[str]) -> list[Pick]:
    """Options besides those that are ticked."""
    picked: list[Pick] = [(sum((options[name].points or ZERO for name in ticked), ZERO), ZERO, ())]
    for name, option in options.items():
        points = option.points or ZERO
        if points > 0 and name not in ticked:
            picked = _joined(picked, [(ZERO, ZERO, ()), (points, effort_of(criterion, option.effort), (option,))])
    return picked


def _joined(first: Iterable[Pick], second: list[Pick]) -> list[Pick]:
    return list(_best((a[0] + b[0], a[1] + b[1], (*a[2], *b[2])) for a in first for b in second))


def _best(picked: Iterable[Pick], most: Fraction | None = None) -> Iterator[Pick]:
    """Those that have more points than all of no more effort; what is above `most` counts as it."""
    highest = None
    for points, effort, chosen in sorted(picked, key=lambda pick: (pick[1], -pick[0])):
        held = points if most is None else max(ZERO, min(points, most))
        if highest is None or held > highest:
            highest = held
            yield held, effort, chosen
