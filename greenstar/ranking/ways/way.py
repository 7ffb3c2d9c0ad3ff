"""The cheapest way from where a visit stands to a level, what could be done instead, or what keeps it out of reach."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Literal

from greenstar.assessment.model import Finding
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import ONE, ZERO
from greenstar.ranking.ways.coupling import at_their_best, coupling_of, ladders_at_best
from greenstar.ranking.ways.demands import demands_of
from greenstar.ranking.ways.ladders import Ladder, Rung, ladders
from greenstar.ranking.ways.planner import Planner, Prices
from greenstar.ranking.ways.search import LimitReached, Solution, WaySearch
from greenstar.ranking.ways.trial import WayTrial, lacking
from greenstar.scheme.levels import Level
from greenstar.scoring.scorecard import Unmet
from greenstar.scoring.standing import Standing

MOST_WAYS = 3  # alternatives told
MOST_LEFT_OUT = 60  # criteria of a way, each of which is left out for an alternative
MOST_PLANS = 500  # made for one way where rules do not decompose
"""What a visit of sixty criteria needs a second for."""

Kind = Literal["criterion", "prerequisite", "finding", "evidence"]


@dataclass(frozen=True)
class PeerPoints:
    """How many stores are compared with, and the points that those of them have to whom a criterion applies.

    For a prerequisite: 1 where it is met, 0 where it is not.
    """

    number: int = 0
    points: Mapping[str, tuple[Fraction, ...]] = field(default_factory=dict)

    def with_at_least(self, criterion: str, points: Fraction) -> int:
        """How many have so many points or more."""
        rising = self._rising.get(criterion, [])
        return len(rising) - bisect_left(rising, points)

    @cached_property
    def _rising(self) -> dict[str, list[Fraction]]:
        return {criterion: sorted(points) for criterion, points in self.points.items()}


NO_PEERS = PeerPoints()


@dataclass(frozen=True)
class WayStep:
    """One thing to do. `before` and `after` are points as the file counts them; None where it is not about points.

    `aim` says what the criterion must come to. `peers`: how many of them have come so far already; None where it is not
    about a criterion's result.
    """

    kind: Kind
    criterion: str
    effort: Fraction
    aim: Phrase | None = None
    before: Fraction | None = None
    after: Fraction | None = None
    peers: int | None = None
    finding: Finding | None = None


@dataclass(frozen=True)
class Way:
    """Steps with which the level holds; without any one of them it does not. `proved`: no others take less effort."""

    steps: tuple[WayStep, ...]
    effort: Fraction
    proved: bool = True


@dataclass(frozen=True)
class Ways:
    """The way to a level and what could be done instead.

    `way` is None where the level holds already (`held`), where it lacks something even with everything in full
    (`out_of_reach`), or where none was found for rules that read the points of others (`unplanned`: their texts). A way
    that is not proved has such rules too. `undecided`: criteria of which it is not known yet whether they apply; they
    are left as they are.
    """

    level: str
    held: bool = False
    way: Way | None = None
    instead: tuple[Way, ...] = ()
    out_of_reach: tuple[Unmet, ...] = ()
    unplanned: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    peers: int = 0


def ways_to(
    standing: Standing, level: Level, peers: PeerPoints = NO_PEERS, *, instead: int = MOST_WAYS, limit: int = MOST_PLANS
) -> Ways:
    """The ways of a visit that stands so to a level of its scheme, with up to `instead` others."""
    return _Outlook(standing, level, peers, limit).ways(instead)


class _Outlook:
    """What is planned with, for one visit and one level."""

    def __init__(self, standing: Standing, level: Level, peers: PeerPoints, limit: int) -> None:
        scheme = standing.scheme
        self.standing, self.level, self.peers = standing, level, peers
        self.ladders = ladders(standing)
        coupling = self.coupling = coupling_of(scheme, self.ladders)
        self.trial = WayTrial(standing, self.ladders, anew=bool(coupling.steps))
        self.demands = demands_of(standing, level)
        prices = Prices(self.ladders, dict(self._without()))
        guess = bound = Planner(standing, self.demands, self.ladders, prices)
        if coupling.moved:
            at_best, possibly = at_their_best(standing, coupling), demands_of(standing, level, coupling.unsure)
            bound = Planner(at_best, possibly, ladders_at_best(scheme, coupling, self.ladders), prices)
        self.search = WaySearch(self.trial, level, guess, bound, limit, evidence_moves=bool(coupling.unsure))

    def ways(self, instead: int) -> Ways:
        """The best way, and up to `instead` others."""
        scores, applies = self.standing.scores, self.standing.environment.applies
        undecided = tuple(name for name, score in scores.items() if score.open and applies[name] is not True)
        nothing = Ways(self.level.id, undecided=undecided, peers=self.peers.number)
        if not lacking(self.standing, self.level):
            return replace(nothing, held=True)
        best = self.search.first({})
        if best is None or not best.proved:
            lacks = lacking(self.trial.after(self.trial.in_full()), self.level)
            if lacks and not self._may_hold(lacks):
                return replace(nothing, out_of_reach=lacks)
            try:
                best = self.search.of_many({}, best)
            except LimitReached:
                return replace(nothing, unplanned=self.coupling.rules(self.demands))
            if best is None:
                return replace(nothing, out_of_reach=lacks)
        others = sorted(self._instead(best), key=attrgetter("cost"))[:instead] if instead else []
        unplanned = () if best.proved else self.coupling.rules(self.demands)
        return replace(nothing, way=self._way(best), instead=tuple(map(self._way, others)), unplanned=unplanned)

    def _may_hold(self, lacks: Iterable[Unmet]) -> bool:
        """Whether what lacks with everything in full may hold with less: a rule may say so, a threshold may not."""
        moving = any(self.coupling.moves(rule) for rule in self.demands.rules)
        return bool(self.coupling.steps) or (moving and all(lack.requirement == "when" for lack in lacks))

    def _without(self) -> Iterator[tuple[tuple[str, int], int]]:
        """How many peers have not come to each rung."""
        for name, ladder in self.ladders.items():
            for place, rung in enumerate(ladder.rungs if self.peers.number else ()):
                yield (name, place), self.peers.number - self._having(ladder, rung)

    def _having(self, ladder: Ladder, rung: Rung) -> int:
        prerequisite = self.standing.scheme.criteria[ladder.criterion].prerequisite
        return self.peers.with_at_least(ladder.criterion, Fraction(rung.met) if prerequisite else rung.points)

    def _instead(self, best: Solution) -> list[Solution]:
        """The cheapest ways without one criterion of the best.

        Each takes a search. So none is looked for once nothing better can come, nor without end where the way is long.
        """
        others: list[Solution] = []
        search = replace(self.search, limit=self.search.limit // 10)  # there may be many, and none is the answer
        for tried, name in enumerate(best.chosen):
            enough = len(others) >= MOST_WAYS and (not best.proved or tried >= MOST_LEFT_OUT)
            if enough or sum(other.cost == best.cost for other in others) == MOST_WAYS:
                break  # what is not proved takes long, and is no more certain than the way itself
            rungs = enumerate(self.ladders[name].rungs)
            unclimbed = tuple(place for place, rung in rungs if not rung.effort)
            with suppress(LimitReached):
                other = search.cheapest({name: unclimbed})
                if other is not None and all(other.chosen != known.chosen for known in (best, *others)):
                    others.append(other)
        return others

    def _way(self, solution: Solution) -> Way:
        steps = tuple(self._steps(solution))
        return Way(steps, sum((step.effort for step in steps), ZERO), solution.proved)

    def _steps(self, solution: Solution) -> Iterator[WayStep]:
        scheme, visit, steps = self.standing.scheme, self.standing.visit, solution.steps
        for name in scheme.criteria:
            if name not in steps.rungs:
                continue
            ladder, rung = self.ladders[name], steps.rungs[name]
            having = self._having(ladder, rung) if self.peers.number else None
            if scheme.criteria[name].prerequisite:
                yield WayStep("prerequisite", name, rung.effort, rung.aim, peers=having)
            else:
                yield WayStep("criterion", name, rung.effort, rung.aim, ladder.rungs[0].points, rung.points, having)
        for place in steps.closed:
            yield WayStep("finding", visit.findings[place].criterion, ONE, finding=visit.findings[place])
        for name in steps.verified:
            yield WayStep("evidence", name, ONE)
