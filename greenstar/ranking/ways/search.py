"""Looking for a way: the cheapest plans in their order, each scored again, until one holds the level."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from greenstar.ranking.ways.closing import to_close, to_verify
from greenstar.ranking.ways.planner import Allowed, Chosen, Plan, Planner
from greenstar.ranking.ways.trial import StepsTaken, WayTrial, lacking
from greenstar.scheme.levels import Level


@dataclass(frozen=True)
class Solution:
    """Steps with which the level holds, and what they cost; `proved`: nothing that costs less does."""

    cost: int
    steps: StepsTaken
    chosen: Chosen
    proved: bool = True


class LimitReached(Exception):
    """So many plans were made, and none of them holds the level; a further one may."""


@dataclass
class WaySearch:
    """Looks for ways of one visit to one level.

    `guess` plans as though nothing moved but what is improved; `bound` as though all that may move were met in full, so
    that no way costs less than its plan. Where nothing else moves they are the same, and the first plan is the way.
    At most `limit` plans are made for a way.
    """

    trial: WayTrial
    level: Level
    guess: Planner
    bound: Planner
    limit: int
    evidence_moves: bool = False

    def cheapest(self, allowed: Allowed) -> Solution | None:
        """The cheapest way with these rungs alone, or None. LimitReached: none was found so far."""
        best = self.first(allowed)
        return best if best is not None and best.proved else self.of_many(allowed, best)

    def first(self, allowed: Allowed) -> Solution | None:
        """What the first plan comes to, if the level holds with it: the cheapest way where nothing else moves."""
        plan = self.guess.cheapest(allowed)
        solution = self._tried(plan) if plan is not None else None
        return None if solution is None else replace(solution, proved=self.guess is self.bound)

    def of_many(self, allowed: Allowed, best: Solution | None) -> Solution | None:
        """The cheapest of all plans with which the level holds; `best` is what is known so far.

        Plans of `bound` come by their cost: the rest of what is allowed is cut in parts that share no plan.
        """
        best = best or self._from_above(allowed)
        plan = self.bound.cheapest(allowed)
        waiting = [] if plan is None else [(plan.cost, 0, plan, allowed)]
        made = 0
        while waiting:
            cost, _, plan, part = heappop(waiting)
            if best is not None and cost >= best.cost:
                break
            solution = self._tried(plan)
            if solution is not None and (best is None or solution.cost < best.cost):
                best = solution
            for rest in self._without(plan.chosen, part):
                made += 1
                if made > self.limit:
                    if best is None:
                        raise LimitReached
                    return replace(best, proved=False)
                further = self.bound.cheapest(rest)
                if further is not None and (best is None or further.cost < best.cost):
                    heappush(waiting, (further.cost, made, further, rest))
        return None if best is None else replace(best, proved=True)

    def _from_above(self, allowed: Allowed) -> Solution | None:
        """Everything in full, if that holds the level, less what it holds without: a way, perhaps not the cheapest.

        What a plan would do, were there nothing that moves, is taken away last.
        """
        guess, cost = self.guess.cheapest(allowed), self.guess.prices.cost
        places = {name: allowed.get(name, range(len(ladder.rungs))) for name, ladder in self.guess.ladders.items()}
        chosen = {name: max(rungs) for name, rungs in places.items() if max(rungs)}
        best = self._tried(self._plan(chosen))
        wanted = guess.chosen if guess is not None else {}
        last_first = list(chosen)[::-1]
        order = sorted(last_first, key=lambda name: (name in wanted, -cost(name, chosen[name])))
        lowering = best is not None
        while lowering:
            lowering = False
            for name in order:
                for place in sorted(places[name]):
                    lower = place < chosen[name] and cost(name, place) < cost(name, chosen[name])
                    solution = self._tried(self._plan({**chosen, name: place})) if lower else None
                    if solution is not None:
                        best, chosen, lowering = solution, {**chosen, name: place}, True
                        break
        return best

    def _plan(self, chosen: Chosen) -> Plan:
        climbed = {name: place for name, place in chosen.items() if place}
        return Plan(sum(self.guess.prices.cost(name, place) for name, place in climbed.items()), climbed)

    def _without(self, chosen: Chosen, allowed: Allowed) -> Iterator[Allowed]:
        """What is allowed, without one plan: each part differs from it first in another criterion."""
        same: dict[str, tuple[int, ...]] = {}
        for name, ladder in self.bound.ladders.items():
            places = allowed.get(name, range(len(ladder.rungs)))
            others = tuple(place for place in places if place != chosen.get(name, 0))
            if others:
                yield {**allowed, **same, name: others}
            same[name] = (chosen.get(name, 0),)

    def _tried(self, plan: Plan) -> Solution | None:
        """The plan with what must be closed and verified besides, if the level then holds."""
        standing = self.trial.standing
        rungs = {name: self.guess.ladders[name].rungs[place] for name, place in plan.chosen.items()}
        steps = StepsTaken(rungs, to_close(standing.scheme, standing.visit, self.level))
        after = self.trial.after(steps)
        lacks = lacking(after, self.level)
        verified = to_verify(standing.visit, lacks)
        if verified:
            steps = steps._replace(verified=verified)
            lacks = lacking(self.trial.after(steps), self.level)
        if lacks:
            return None
        also = self.guess.prices.besides(len(verified) if self.evidence_moves else 0)
        return Solution(plan.cost + also, steps, plan.chosen)
