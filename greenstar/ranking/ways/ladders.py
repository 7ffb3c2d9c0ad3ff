"""What can be improved in a visit: each criterion's rungs, from where it stands up to the most that its file offers.

A rung is a figure that the file names: the points of options, the edges of steps, the corners of lines. Where a rule's
value is the points themselves, it is a whole point (a tenth of the points, where there are more than ten). Its effort
is what the file says (`effort:`), or 1, and is counted for every rung climbed on the way.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from greenstar.assessment.answer_types import type_of
from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.numbers import ONE, ZERO
from greenstar.scheme.document import Criterion, Option, Question, Score
from greenstar.scheme.fields import Steps
from greenstar.scheme.model import Scheme, Step, points_of
from greenstar.scheme.question_types import is_yes_no
from greenstar.scoring.environment import Environment
from greenstar.scoring.scorecard import CriterionScore, Outcome
from greenstar.scoring.standing import Standing

_MOST_RUNGS = 10  # of a criterion whose points are its rule's value


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a criterion can come to: its points as the file counts them, at what effort, and what is to be done.

    `met`: whether it then counts as met in full. `aim` is None where all stays as it is.
    """

    points: Fraction
    effort: Fraction
    met: bool
    aim: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one criterion: the first is where it stands, the last the highest. `open`: it is not answered."""

    criterion: str
    open: bool
    rungs: tuple[Rung, ...]


def ladders(standing: Standing) -> dict[str, Ladder]:
    """The ladder of every criterion that applies; of those that cannot be improved, only the rung where they stand.

    While it is not known whether a criterion applies, nobody would improve it.
    """
    return {
        name: Ladder(name, score.open, tuple(_rungs(standing.scheme, standing.environment, score)))
        for name, score in standing.scores.items()
        if score.applies
    }


def _rungs(scheme: Scheme, environment: Environment, score: CriterionScore) -> Iterator[Rung]:
    criterion, worth = scheme.criteria[score.id], points_of(scheme.criteria[score.id])
    yield Rung(score.earned, ZERO, score.outcome is Outcome.MET)
    if environment.applies[score.id] is not True or not _can_be_answered(scheme, criterion):
        return
    if score.open:
        yield Rung(ZERO, ZERO, not criterion.prerequisite and not worth, Phrase("ways.answer"))
    if criterion.prerequisite:
        if score.outcome is not Outcome.MET:
            yield Rung(ZERO, _effort(criterion), True, Phrase("ways.meet"))
        return
    for points, effort, aim in _upwards(scheme, environment, criterion, score):
        if points > score.earned:
            yield Rung(points, effort, points >= worth, aim)


def _can_be_answered(scheme: Scheme, criterion: Criterion) -> bool:
    """Whether its result comes from answers; what a store is, and the points of others, are not its own to improve."""
    own, reads = scheme.questions_of[criterion.id], scheme.read_by
    return bool(own) or any(step.kind == "question" for step in reads(Step("criterion", criterion.id)))


def _effort(criterion: Criterion, own: Fraction | None = None) -> Fraction:
    """The effort of one rung: its own, else the criterion's, else 1."""
    if own is not None:
        return own
    return criterion.effort if criterion.effort is not None else ONE


Climb = tuple[Fraction, Fraction, Phrase]  # points, effort from where it stands, and what is to be done


def _upwards(scheme: Scheme, environment: Environment, criterion: Criterion, score: CriterionScore) -> Iterable[Climb]:
    """What can be reached, with more points for more effort."""
    worth = points_of(criterion)
    if criterion.score is None:
        return _by_options(scheme, environment, criterion, worth)
    rungs = sorted(_rungs_of_score(criterion, criterion.score, worth), key=lambda rung: rung[0])
    return _climbed(rungs, score.earned)


def _climbed(rungs: Iterable[Climb], start: Fraction) -> Iterator[Climb]:
    """The rungs above `start`, each with the effort of all that lie between."""
    effort = ZERO
    for points, own, aim in rungs:
        if points > start:
            effort += own
            yield points, effort, aim


def _rungs_of_score(criterion: Criterion, score: Score, worth: Fraction) -> Iterator[Climb]:
    efforts = dict(score.effort or ())
    if score.at_least is not None:
        yield from _edges(criterion, score, efforts, reversed(score.at_least), "ways.at_least")
    elif score.at_most is not None:
        yield from _edges(criterion, score, efforts, score.at_most, "ways.at_most")
    elif score.linear is not None:
        yield from _edges(criterion, score, efforts, *_in_its_direction(score.linear, worth))
    else:
        step = max(ONE, worth / _MOST_RUNGS)
        for number in range(1, int(worth / step) + 1):
            yield number * step, _effort(criterion), Phrase("ways.at_least", edge=Quantity(number * step, score.unit))
        if worth % step:
            yield worth, _effort(criterion), Phrase("ways.at_least", edge=Quantity(worth, score.unit))


def _edges(
    criterion: Criterion,
    score: Score,
    efforts: Mapping[Fraction, Fraction],
    edges: Iterable[tuple[Fraction, Fraction]],
    aim: str,
) -> Iterator[Climb]:
    """A rung for each number of points; of edges with the same, that which is easiest to reach, given last."""
    by_points = {points: edge for edge, points in edges}
    for points, edge in by_points.items():
        shown = Quantity(edge, score.unit, as_written=True)
        yield points, _effort(criterion, efforts.get(edge)), Phrase(aim, edge=shown)


def _in_its_direction(line: Steps, worth: Fraction) -> tuple[Steps, str]:
    """The corners of a line, the easiest last, and the sentence for them."""
    corners = tuple((at, max(ZERO, min(points, worth))) for at, points in line)
    if all(before[1] <= after[1] for before, after in pairwise(corners)):
        return corners[::-1], "ways.at_least"
    falling = all(before[1] >= after[1] for before, after in pairwise(corners))
    return corners, "ways.at_most" if falling else "ways.exactly"


# -- options -----------------------------------------------------------------------------------------------------------

Pick = tuple[Fraction, Fraction, tuple[Option, ...]]  # points, effort, and the options to be chosen


def _by_options(scheme: Scheme, environment: Environment, criterion: Criterion, worth: Fraction) -> Iterator[Climb]:
    """The options that add up to more, none of which has less for as much effort; or a lone yes."""
    picks: list[Pick] = [(ZERO, ZERO, ())]
    graded = False
    for name, question in scheme.questions_of[criterion.id].items():
        options = scheme.options(question)
        if not any(option.points is not None for option in options.values()):
            continue
        graded = True
        if name in environment.values or environment.absent[name].open:
            picks = _together(picks, _picks(criterion, question, options, environment.values.get(name)))
    if graded:
        for points, effort, chosen in _best(picks, worth):
            yield points, effort, Phrase("ways.choose", labels=[option.label for option in chosen])
        return
    questions = scheme.questions_of[criterion.id].values()
    asked = next(question for question in questions if is_yes_no(question))
    yield worth, _effort(criterion), Phrase("ways.yes", question=asked.ask)


def _picks(
    criterion: Criterion, question: Question, options: Mapping[str, Option], answer: str | tuple[str, ...] | None
) -> list[Pick]:
    kind = type_of(question)
    ticked = kind.ticked(answer) if answer is not None else ()
    now = sum((options[name].points or ZERO for name in ticked), ZERO)
    if not kind.several:
        rungs: dict[Fraction, tuple[Fraction, Option]] = {}
        for option in options.values():
            points, own = option.points or ZERO, _effort(criterion, option.effort)
            if points not in rungs or own < rungs[points][0]:
                rungs[points] = own, option
        picks: list[Pick] = [(now, ZERO, ())]
        for points in sorted(rungs):
            own, option = rungs[points]
            if points > now:
                picks.append((points, picks[-1][1] + own, (option,)))
        return picks
    picks = [(now, ZERO, ())]
    for name, option in options.items():
        points = option.points or ZERO
        if points > 0 and name not in ticked:
            picks = _together(picks, [(ZERO, ZERO, ()), (points, _effort(criterion, option.effort), (option,))])
    return picks


def _together(first: Iterable[Pick], second: Iterable[Pick]) -> list[Pick]:
    second = list(second)
    return list(_best((a[0] + b[0], a[1] + b[1], (*a[2], *b[2])) for a in first for b in second))


def _best(picks: Iterable[Pick], most: Fraction | None = None) -> Iterator[Pick]:
    """Those that have more points than all of no more effort; what is above `most` counts as it."""
    least = None
    for points, effort, chosen in sorted(picks, key=lambda pick: (pick[1], -pick[0])):
        held = points if most is None else max(ZERO, min(points, most))
        if least is None or held > least:
            least = held
            yield held, effort, chosen
