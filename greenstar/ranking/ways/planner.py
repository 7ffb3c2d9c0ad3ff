"""The cheapest rungs that make all demands on points and counts hold, for one visit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import lcm
from operator import add

from greenstar.numbers import HUNDRED, ZERO
from greenstar.ranking.ways.demands import Demands
from greenstar.ranking.ways.fronts import Combination, Fronts, kept, mapped, merged, rungs_in
from greenstar.ranking.ways.ladders import Ladder
from greenstar.ranking.ways.tree import Leaf, Node, RungChoice, Terms, WeightedPart, node_of
from greenstar.scheme.document import Criterion, Group, Scoring
from greenstar.scheme.fields import Threshold
from greenstar.scheme.parts import points_of, weight_of
from greenstar.scoring.standing import Standing

Chosen = Mapping[str, int]
"""The place of the rung that each criterion comes to, by criterion; those not named stay where they are."""
Allowed = Mapping[str, Sequence[int]]
"""Which rungs may be chosen, where not all may be."""

_NEVER = Fraction(2)  # a share that no group reaches


class Prices:
    """What rungs cost, as whole numbers that compare as (effort, then peers without them, then how many there are)."""

    def __init__(self, ladders: Mapping[str, Ladder], without: Mapping[tuple[str, int], int]) -> None:
        efforts = {
            (name, place): rung.effort for name, ladder in ladders.items() for place, rung in enumerate(ladder.rungs)
        }
        self.of_effort = of = lcm(*{effort.denominator for effort in efforts.values()})
        self.of_peers = sum(without.values()) + 1
        self.of_steps = len(ladders) + 1
        self._efforts = {rung: effort.numerator * (of // effort.denominator) for rung, effort in efforts.items()}
        self.least = min((effort for effort in self._efforts.values() if effort), default=1)
        self.most = sum(self._efforts[name, len(ladder.rungs) - 1] for name, ladder in ladders.items())
        self._without = without

    def effort(self, criterion: str, place: int) -> int:
        """The effort alone of a rung."""
        return self._efforts[criterion, place] if place else 0

    def cost(self, criterion: str, place: int) -> int:
        """The cost of a rung; to stay costs nothing."""
        if not place:
            return 0
        without = self._without.get((criterion, place), 0)
        return (self._efforts[criterion, place] * self.of_peers + without) * self.of_steps + 1

    def besides(self, number: int) -> int:
        """The cost of so many steps that are no rungs: findings closed, evidence verified. Each takes 1."""
        return number * (self.of_effort * self.of_peers * self.of_steps + 1)

    def highest(self, effort: int) -> int:
        """The highest cost with no more than this effort."""
        return (effort + 1) * self.of_peers * self.of_steps - 1


@dataclass(frozen=True)
class Plan:
    """The rungs to be climbed, and their cost."""

    cost: int
    chosen: Chosen


class Planner:
    """Plans for one visit and one level."""

    def __init__(self, standing: Standing, demands: Demands, ladders: Mapping[str, Ladder], prices: Prices) -> None:
        self.scheme, self.scores = standing.scheme, standing.scores
        self.demands, self.ladders, self.prices = demands, ladders, prices
        self._left = dict.fromkeys(ladders)
        self._root = self._of_root()
        self._bonus = [
            (inner, group.max)
            for group in self.scheme.categories
            if group.bonus and group.max is not None and (inner := self._of_group(group)) is not None
        ]
        loose = [self._leaf(name) for name in list(self._left)]  # prerequisites, and what is worth nothing
        self._loose = [leaf for leaf in loose if not leaf.fixed]

    def cheapest(self, allowed: Allowed | None = None) -> Plan | None:
        """The cheapest plan with these rungs alone, or None where none fulfils the demands."""
        prices, full = self.prices, tuple(choice.at_least for choice in self.demands.choices)
        limit, entry = prices.least * 4, None
        while entry is None:  # short ways are found in small fronts
            entry = self._solved(Terms(prices.effort, limit, full, allowed or {}))
            if entry is None and limit >= prices.most:
                return None
            limit *= 2
        exact = self._solved(Terms(prices.cost, prices.highest(entry.cost), full, allowed or {}))
        assert exact is not None
        return Plan(exact.cost, {rung.criterion: rung.place for rung in rungs_in(exact.trace)})

    def _solved(self, terms: Terms) -> Combination | None:
        """The cheapest entry that fulfils all demands."""
        whole = self._total(terms)
        for leaf in self._loose:
            whole = merged(whole, leaf.fronts(terms), add, terms.most, terms.full)
        rows = whole.get(terms.full)
        return rows[0] if rows else None

    def _total(self, terms: Terms) -> Fronts:
        """The total, as far as all demands on it and on groups hold."""
        totals = self.demands.totals
        nothing: Fronts = {terms.none: [Combination(0, ZERO, None)]}
        if self._root is None:
            whole = {} if totals else nothing
        else:
            node, worth = self._root
            of_part = worth / node.of_one
            whole = mapped(node.fronts(terms), lambda value: value * of_part)
        for (node, worth), most in self._bonus:
            points = mapped(node.fronts(terms), partial(_at_most, worth / node.of_one, most))
            whole = merged(whole, points, add, terms.most, terms.full)
        least = max((threshold.value for threshold in totals if not threshold.percent), default=ZERO)
        return kept(whole, least)

    # -- the tree

    def _of_root(self) -> tuple[Node, Fraction] | None:
        """The total without bonus, and its points; None where nothing applies."""
        percents = [threshold for threshold in self.demands.totals if threshold.percent]
        return self._node(
            self.scheme.scoring, [], [group for group in self.scheme.categories if not group.bonus], percents
        )

    def _of_group(self, group: Group) -> tuple[Node, Fraction] | None:
        """A group and the points that it is worth; None where nothing in it applies."""
        return self._node(group, group.criteria, group.categories, self.demands.groups.get(group.category, []))

    def _node(
        self, of: Group | Scoring, criteria: Iterable[Criterion], groups: Iterable[Group], demands: Sequence[Threshold]
    ) -> tuple[Node, Fraction] | None:
        parts: list[tuple[Leaf | Node, Fraction, Fraction]] = []  # with what it has to earn, and its weight
        for criterion in criteria:
            available = self.scores[criterion.id].available
            if available and points_of(criterion):
                parts.append((self._leaf(criterion.id), available, weight_of(criterion)))
        for group in groups:
            inner = self._of_group(group)
            if inner is not None:
                parts.append((*inner, weight_of(group)))
        if not parts:
            return None
        adds_up = of.method == "sum"
        weighted = [WeightedPart(what, weight * available if adds_up else weight) for what, available, weight in parts]
        worth = of.points or (sum((part.weight for part in weighted), ZERO) if adds_up else HUNDRED)
        most = of.max if isinstance(of, Group) else None
        return node_of(of.method, weighted, _least(demands, worth, most)), worth

    def _leaf(self, name: str) -> Leaf:
        """A criterion with the rungs that fulfil what is asked of it alone, each worth a share of its points."""
        self._left.pop(name, None)
        ladder, score = self.ladders.get(name), self.scores[name]
        if ladder is None:
            share = score.points / score.available if score.available else ZERO
            return Leaf(name, (RungChoice(0, share, (0,) * len(self.demands.choices)),))
        choices = []
        for place, rung in enumerate(ladder.rungs):
            if self._fulfils(ladder, place):
                counts = tuple([int(rung.met and name in choice.of) for choice in self.demands.choices])
                choices.append(RungChoice(place, rung.share, counts))
        return Leaf(name, tuple(choices))

    def _fulfils(self, ladder: Ladder, place: int) -> bool:
        """Whether a rung fulfils what is asked of this criterion alone."""
        name, rung = ladder.criterion, ladder.rungs[place]
        if self.demands.complete and ladder.open and not place:
            return False
        if name in self.demands.prerequisites and not rung.met:
            return False
        least = self.demands.criteria.get(name)
        return least is None or rung.points >= least


def _at_most(of_part: Fraction, most: Fraction, value: int | Fraction) -> Fraction:
    return min(value * of_part, most)


def _least(thresholds: Sequence[Threshold], worth: Fraction, most: Fraction | None) -> Fraction:
    """The share of 1 that fulfils all thresholds of a group of so many points, of which at most `most` count."""
    shares = [ZERO]
    for value, percent in thresholds:
        if percent:
            shares.append(value)
        else:
            shares.append(value / worth if most is None or value <= most else _NEVER)
    return max(shares)
