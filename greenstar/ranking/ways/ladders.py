"""What can be improved in a visit: each criterion's rungs, from where it stands up to the most that its file offers.

A rung is a figure that the file names: the points of options, the edges of steps, the corners of lines. Where a rule's
value is the points themselves, it is a whole point (a tenth of the points, where there are more than ten) that the rule
can give. Its effort is what the file says (`effort:`), or 1, and is counted for every rung climbed on the way.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.numbers import ONE, ZERO
from greenstar.ranking.ways.attainable import attainable
from greenstar.ranking.ways.options import effort_of, picks, steps_of_choice
from greenstar.scheme.document import Criterion, Score
from greenstar.scheme.fields import Steps
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.parts import points_of
from greenstar.scheme.question_types import is_yes_no
from greenstar.scoring.environment import Environment
from greenstar.scoring.scorecard import CriterionScore, Outcome
from greenstar.scoring.standing import Standing

_MOST_RUNGS = 10  # of a criterion whose points are its rule's value


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a criterion can come to: its points as the file counts them, at what effort, and what is to be done.

    `met`: whether it then counts as met in full. `aim` is None where all stays as it is. `share`: of its points.
    """

    points: Fraction
    effort: Fraction
    met: bool
    aim: Phrase | None = None
    share: Fraction = ZERO


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
    offers = _offers(standing.scheme)
    return {
        name: Ladder(name, score.open, tuple(_rungs(standing.scheme, standing.environment, score, offers[name])))
        for name, score in standing.scores.items()
        if score.applies
    }


def _rungs(scheme: Scheme, environment: Environment, score: CriterionScore, offer: "Offer") -> Iterator[Rung]:
    criterion, worth, earned = scheme.criteria[score.id], points_of(scheme.criteria[score.id]), score.earned
    met = score.outcome is Outcome.MET
    yield Rung(earned, ZERO, met, None, earned / worth if earned else ZERO)
    if met or environment.applies[score.id] is not True or not offer.answered:
        return
    if score.open:
        yield Rung(ZERO, ZERO, not criterion.prerequisite and not worth, Phrase("ways.answer"))
    if criterion.prerequisite:
        yield Rung(ZERO, effort_of(criterion), True, Phrase("ways.meet"))
    elif offer.rungs is None:
        for points, effort, chosen in picks(scheme, environment, criterion):
            if points > earned:
                yield _rung(points, effort, Phrase("ways.choose", labels=[option.label for option in chosen]), worth)
    elif not earned:
        yield from offer.rungs
    else:
        climbed = ZERO
        for rung in offer.rungs:
            if rung.points > earned:
                yield replace(rung, effort=rung.effort - climbed)
            else:
                climbed = rung.effort


def _rung(points: Fraction, effort: Fraction, aim: Phrase, worth: Fraction) -> Rung:
    return Rung(points, effort, points >= worth, aim, points / worth if worth else ZERO)


# -- what the file offers, whoever is visited --------------------------------------------------------------------------


class Offer(NamedTuple):
    """What the file offers at a criterion: its rungs with their effort from the ground on, lowest first.

    None: they depend on what is answered. `answered`: whether its result comes from answers at all. What a store is,
    and the points of others, are not its own to improve.
    """

    answered: bool
    rungs: tuple[Rung, ...] | None


@lru_cache(maxsize=8)
def _offers(scheme: Scheme) -> dict[str, Offer]:
    offers = {}
    for name, criterion in scheme.criteria.items():
        reads = scheme.read_by(Step("criterion", name))
        answered = bool(scheme.questions_of[name]) or any(step.kind == "question" for step in reads)
        steps = _steps_offered(scheme, criterion)
        rungs = None if steps is None else tuple(_from_the_ground(steps, points_of(criterion)))
        offers[name] = Offer(answered, rungs)
    return offers


OwnStep = tuple[Fraction, Fraction, Phrase]  # points, the effort from the step below, and what is to be done


def _from_the_ground(steps: Iterable[OwnStep], worth: Fraction) -> Iterator[Rung]:
    """The rungs above 0 points, each with the effort of all below it."""
    effort = ZERO
    for points, own, aim in sorted(steps, key=itemgetter(0)):
        if points > 0:
            effort += own
            yield _rung(points, effort, aim, worth)


def _steps_offered(scheme: Scheme, criterion: Criterion) -> Iterable[OwnStep] | None:
    """Those of a `score`, of a lone choice and of a lone yes; None for other options: they may be ticked in any way."""
    if criterion.prerequisite:
        return ()
    if criterion.score is not None:
        return _of_score(scheme, criterion, criterion.score)
    questions = scheme.questions_of[criterion.id]
    if criterion.type == "choice":
        options = scheme.options(questions[criterion.id]).values()
        return [
            (points, own, Phrase("ways.choose", labels=[option.label]))
            for points, own, option in steps_of_choice(criterion, options)
        ]
    given = [option for question in questions.values() for option in scheme.options(question).values()]
    if any(option.points is not None for option in given):
        return None
    asked = next(question for question in questions.values() if is_yes_no(question))
    return [(points_of(criterion), effort_of(criterion), Phrase("ways.yes", question=asked.ask))]


def _of_score(scheme: Scheme, criterion: Criterion, score: Score) -> Iterator[OwnStep]:
    efforts, worth = dict(score.effort or ()), points_of(criterion)
    if score.at_least is not None:
        yield from _edges(criterion, score, efforts, reversed(score.at_least), "ways.at_least")
    elif score.at_most is not None:
        yield from _edges(criterion, score, efforts, score.at_most, "ways.at_most")
    elif score.linear is not None:
        yield from _edges(criterion, score, efforts, *_in_its_direction(score.linear, worth))
    else:
        yield from _whole_points(scheme, criterion, score)


def _whole_points(scheme: Scheme, criterion: Criterion, score: Score) -> Iterator[OwnStep]:
    """Those of the whole points that the rule can give; those that it cannot are climbed as well."""
    worth, rule = points_of(criterion), scheme.rule_of_score(criterion)
    step = max(ONE, worth / _MOST_RUNGS)
    points = [number * step for number in range(1, int(worth / step) + 1)]
    known = attainable(scheme, criterion, rule) if rule is not None else None
    effort = ZERO
    for figure in points if points and points[-1] == worth else [*points, worth]:
        effort += effort_of(criterion)
        if known is None or figure in known:
            yield figure, effort, Phrase("ways.at_least", edge=Quantity(figure, score.unit))
            effort = ZERO


def _edges(
    criterion: Criterion,
    score: Score,
    efforts: Mapping[Fraction, Fraction],
    edges: Iterable[tuple[Fraction, Fraction]],
    aim: str,
) -> Iterator[OwnStep]:
    """A step for each number of points; of edges with the same, to that which is easiest to reach, given last."""
    by_points = {points: edge for edge, points in edges}
    for points, edge in by_points.items():
        shown = Quantity(edge, score.unit, as_written=True)
        yield points, effort_of(criterion, efforts.get(edge)), Phrase(aim, edge=shown)


def _in_its_direction(line: Steps, worth: Fraction) -> tuple[Steps, str]:
    """The corners of a line, the easiest last, and the sentence for them."""
    corners = tuple((at, max(ZERO, min(points, worth))) for at, points in line)
    if all(before[1] <= after[1] for before, after in pairwise(corners)):
        return corners[::-1], "ways.at_least"
    falling = all(before[1] >= after[1] for before, after in pairwise(corners))
    return corners, "ways.at_most" if falling else "ways.exactly"
