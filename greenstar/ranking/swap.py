"""The one weight whose change makes two stores swap places, exactly.

Under a root that is a sum or a mean, the total of a store is (α + β·t) / (γ + δ·t) + bonus in the weight t of one
category, so two totals are equal where a polynomial of second degree is 0 (of first degree in effect, where the same
applies to both). A rational root is exact; an irrational one lies in an interval at whose ends the order was compared.
The smallest share looks at no weight at all; a root is compared by logarithms of 30 digits, and then as it is scored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil
from typing import Literal

from greenstar.numbers import HUNDRED, ONE, ZERO
from greenstar.ranking.roots import RealRoot, solved
from greenstar.scheme.document import Method
from greenstar.scheme.levels import RankKey
from greenstar.scheme.model import Scheme
from greenstar.scoring.groups import Part, share_of
from greenstar.scoring.scorecard import Scorecard

_WIDE = Context(prec=30)
_STEPS = (Fraction(1, 10**12), Fraction(1, 10**9), Fraction(1, 10**6))  # around a root that logarithms gave
_MOST_PLACES = 12
Ahead = Literal[-1, 0, 1]
"""Which of two stores ranks higher: 1 the first, -1 the second; 0: they share a place."""
Why = Literal["tied", "no_total", "smallest", "key", "key_of_total", "bonus"]


@dataclass(frozen=True)
class Swap:
    """From how far on another weight of a category makes the two change places.

    `near` and `far` are weights: at `near` the order is still as it is now, at `far` it is the other. Where the edge
    is rational, it is both (`exact`), and `at_edge` says whether they have changed places at the edge itself; otherwise
    just beyond. `told`: the change as a share of the weight in few digits; with it, they have changed places.
    """

    group: str
    weight: Fraction
    near: Fraction
    far: Fraction
    at_edge: bool
    told: Fraction

    @property
    def exact(self) -> bool:
        """Whether the edge is known exactly."""
        return self.near == self.far

    @property
    def change(self) -> Fraction:
        """By which share of the weight the edge lies away from it: above 0 for more weight."""
        return self.far / self.weight - 1


@dataclass(frozen=True)
class Swaps:
    """What changes of one weight do to the order of two stores; the smallest change first.

    `never`: the categories whose weight never makes them swap, however large or small. `why`: why no weight can, or why
    it is not worked out (`key_of_total`, `bonus`). `shifts`: as other categories apply to the two, weights count
    differently at each.
    """

    ahead: Ahead
    swaps: tuple[Swap, ...] = ()
    never: tuple[str, ...] = ()
    why: Why | None = None
    shifts: bool = False


def swaps(scheme: Scheme, first: Scorecard, second: Scorecard) -> Swaps:
    """What it takes to make two scorecards of one scheme swap places."""
    pair = _Pair(scheme, first, second)
    shifts = pair.sides[0].applying != pair.sides[1].applying
    if pair.why is not None:
        return Swaps(pair.ahead, why=pair.why, shifts=shifts, never=pair.groups if pair.why in _NEVER else ())
    known = {group: pair.nearest(group) for group in pair.groups}
    made = [swap for swap in known.values() if swap is not None]
    return Swaps(
        pair.ahead,
        swaps=tuple(sorted(made, key=lambda swap: (abs(swap.change), swap.told > 0))),
        never=tuple(group for group, swap in known.items() if swap is None),
        shifts=shifts,
    )


_NEVER: tuple[Why, ...] = ("smallest", "key")


@dataclass(frozen=True)
class _Line:
    """A + B·t."""

    at_zero: Fraction
    slope: Fraction

    def __mul__(self, other: "_Line") -> tuple[Fraction, Fraction, Fraction]:
        """The product, from the constant on."""
        return (
            self.at_zero * other.at_zero,
            self.at_zero * other.slope + self.slope * other.at_zero,
            self.slope * other.slope,
        )


class _Side:
    """One of the two stores: its total in the weight of a category."""

    def __init__(self, scheme: Scheme, card: Scorecard) -> None:
        self.method: Method = scheme.scoring.method
        worth = scheme.scoring.points
        self.own = self.method == "sum" and worth is None
        self.worth = ONE if self.own else HUNDRED if worth is None else worth
        counted = [group for group in card.groups if not group.bonus and group.available]
        self.parts = {group.id: Part(group.points, group.available, group.weight) for group in counted}
        self.bonus = sum((group.points for group in card.groups if group.bonus), ZERO)

    @property
    def applying(self) -> Mapping[str, Fraction]:
        """What can be had in each category that applies, as far as it makes weights count differently."""
        whole = self.own or self.method != "sum"
        return {name: ONE if whole else part.available for name, part in self.parts.items()}

    @property
    def hopeless(self) -> bool:
        """Whether a geometric mean is 0 at any weights."""
        return any(part.points <= 0 for part in self.parts.values())

    def total(self, group: str, weight: Fraction) -> Fraction:
        """The total, were the category to weigh so much; as it is scored."""
        parts = [
            Part(part.points, part.available, weight if name == group else part.weight)
            for name, part in self.parts.items()
        ]
        if self.own:
            return sum((part.points * part.weight for part in parts), ZERO) + self.bonus
        return share_of(self.method, parts) * self.worth + self.bonus

    def lines(self, group: str) -> tuple[_Line, _Line]:
        """What is divided, and by what, in the weight of the category."""
        above, below = _Line(ZERO, ZERO), _Line(ONE if self.own else ZERO, ZERO)
        for name, part in self.parts.items():
            earned, most = self._terms(part)
            at_zero, slope = (ZERO, ONE) if name == group else (part.weight, ZERO)
            above = _Line(above.at_zero + at_zero * earned, above.slope + slope * earned)
            below = _Line(below.at_zero + at_zero * most, below.slope + slope * most)
        return above, below

    def _terms(self, part: Part) -> tuple[Fraction, Fraction]:
        """What a category adds to what is divided, and to what it is divided by, for each unit of its weight."""
        if self.own:
            return part.points, ZERO
        if self.method == "sum":
            return part.points, part.available
        share = part.points / part.available
        if self.method == "mean":
            return share, ONE
        return Fraction(_WIDE.ln(_WIDE.divide(Decimal(share.numerator), Decimal(share.denominator)))), ONE


class _Pair:
    """Two scorecards under one scheme. `why`: why no weight is looked for."""

    def __init__(self, scheme: Scheme, first: Scorecard, second: Scorecard) -> None:
        self.scheme = scheme
        self.cards = first, second
        self.sides = _Side(scheme, first), _Side(scheme, second)
        self.weights = {group.id: group.weight for group in first.groups if not group.bonus}
        self.groups = tuple(self.weights)
        self.before, self.later = self._around_the_total()
        orders = (_order(first.keys[name], second.keys[name]) for name in first.keys)
        self.ahead: Ahead = next((order for order in orders if order), 0)
        self.why = self._why()

    def _around_the_total(self) -> tuple[Ahead, Ahead]:
        """What the keys before the total say of the two, and what those after it."""
        sides: list[Ahead] = [0, 0]
        after, self.key_of_total = 0, False
        for key in self.scheme.lighthouse.rank_by:
            if not isinstance(key, RankKey):
                after = 1
            elif "total" in key.of.names and not self.scheme.has_name("total"):
                self.key_of_total = self.key_of_total or not after  # one after the total only decides where totals tie
                break
            elif not sides[after]:
                sides[after] = _order(*(card.keys[key.id] for card in self.cards))
        return sides[0], sides[1]

    def _why(self) -> Why | None:
        if self.cards[0].total is None or self.cards[1].total is None:
            return "no_total"
        if not self.ahead:
            return "tied"
        if self.before:
            return "key"
        if self.key_of_total:
            return "key_of_total"
        if self.scheme.scoring.method == "min":
            return "smallest"
        if self.scheme.scoring.method == "geometric" and self.sides[0].bonus != self.sides[1].bonus:
            return "bonus"
        return None

    def order_at(self, group: str, weight: Fraction) -> Ahead:
        """Which of the two ranks higher, were the category to weigh so much: by all keys, as it is scored."""
        first, second = (side.total(group, weight) for side in self.sides)
        return _order(first, second) or self.later

    def nearest(self, group: str) -> Swap | None:
        """The smallest change of the category's weight that makes the two swap; None where none does."""
        weight = self.weights[group]
        roots = list(self._roots(group))
        up = self._first(group, sorted(root for root in roots if root.far >= weight), 1)
        down = self._first(group, sorted((root for root in roots if root.near <= weight), reverse=True), -1)
        edges = [swap for swap in (up, down) if swap is not None]
        return min(edges, key=lambda swap: abs(swap.change), default=None)

    def _first(self, group: str, roots: list[RealRoot], way: Literal[-1, 1]) -> Swap | None:
        """The first of the roots, in their order away from the weight, at or beyond which the two have swapped."""
        weight = self.weights[group]
        for place, root in enumerate(roots):
            near, far = (max(root.near, weight), root.far) if way > 0 else (min(root.far, weight), root.near)
            following = roots[place + 1] if place + 1 < len(roots) else None
            at_edge = near == far != weight and self.order_at(group, far) == -self.ahead
            if way > 0:
                beyond = (far + following.near) / 2 if following else far + 1
            else:
                beyond = (far + following.far) / 2 if following else far / 2
            if at_edge or self.order_at(group, beyond) == -self.ahead:
                told = self._told(group, far, way)
                return None if told is None else Swap(group, weight, near, far, at_edge, told)
        return None

    def _told(self, group: str, far: Fraction, way: int) -> Fraction | None:
        """A change in few digits with which the two have swapped, as little beyond the edge as these digits allow."""
        weight = self.weights[group]
        size = abs(far / weight - 1)
        for places in range(1, _MOST_PLACES):
            step = Fraction(1, 100 * 10**places)
            first = ceil(size / step)
            for count in (first, first + 1):
                told = way * count * step
                if told and told > -1 and self.order_at(group, weight * (1 + told)) == -self.ahead:
                    return told
        return None

    def _roots(self, group: str) -> Iterator[RealRoot]:
        """The weights above 0 at which the totals are equal; none where they are equal at all weights."""
        first, second = self.sides
        if first.method == "geometric" and (first.hopeless or second.hopeless):
            return
        (above, below), (other_above, other_below) = first.lines(group), second.lines(group)
        apart = ZERO if first.method == "geometric" else (first.bonus - second.bonus) / first.worth
        terms = zip(above * other_below, other_above * below, below * other_below, strict=True)
        constant, linear, square = (ours - theirs + apart * both for ours, theirs, both in terms)
        for root in solved(square, linear, constant, self.weights[group]):
            if root.near > 0:
                yield self._scored(group, root) if first.method == "geometric" else root

    def _scored(self, group: str, root: RealRoot) -> RealRoot:
        """A root that logarithms gave, with as much room around it as it takes to tell the two apart as scored."""
        for step in _STEPS:
            near, far = root.near * (1 - step), root.far * (1 + step)
            if self.order_at(group, near) != self.order_at(group, far):
                return RealRoot(near, far)
        return RealRoot(root.near * (1 - _STEPS[-1]), root.far * (1 + _STEPS[-1]))


def _order(first: Fraction | None, second: Fraction | None) -> Ahead:
    """Higher is ahead; what is unknown comes last."""
    if first == second:
        return 0
    if first is None or second is None:
        return -1 if first is None else 1
    return 1 if first > second else -1
