"""A visit as planning sees it: the rungs of its criteria in their groups, each worth a part of what is around it.

Every method of adding up is monotone in each part: of two ways to improve a part, the one that costs no less and earns
no more is never needed. So a group is worked out from the fronts of its parts, whatever its parent does with it.

A group's value is its share, as a number of equal parts of 1 (`of_one` of them): merging then adds whole numbers. Above
a `geometric` group, whose roots have many digits, values are fractions of 1.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, lcm
from operator import add
from typing import Any, NamedTuple

from greenstar.numbers import ONE, ZERO
from greenstar.ranking.ways.fronts import Combination, Counts, Fronts, Join, NamedRung, front, kept, mapped, merged
from greenstar.scheme.document import Method
from greenstar.scoring.groups import geometric_mean

_FORTY = Context(prec=40)
_NOTHING = Decimal("-Infinity")  # the logarithm of no share


class Terms(NamedTuple):
    """How one search counts: what a rung costs, the highest cost, when counters are full, and which rungs it allows."""

    cost: Callable[[str, int], int]
    most: int
    full: Counts
    allowed: Mapping[str, Sequence[int]]

    @property
    def none(self) -> Counts:
        """Counters that nothing has moved."""
        return (0,) * len(self.full)


class RungChoice(NamedTuple):
    """A rung that may be chosen: its place in its ladder, its value, and how far it moves the counters."""

    place: int
    value: Any
    counts: Counts


@dataclass(frozen=True, slots=True)
class Leaf:
    """A criterion, with those of its rungs that fulfil what is asked of it alone."""

    criterion: str
    choices: tuple[RungChoice, ...]

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.choices) == 1 and not self.choices[0].place and not any(self.choices[0].counts)

    def with_values(self, change: Callable[[Any], Any]) -> "Leaf":
        """The same with other values."""
        return Leaf(self.criterion, tuple(choice._replace(value=change(choice.value)) for choice in self.choices))

    def fronts(self, terms: Terms) -> Fronts:
        """What the criterion can bring."""
        allowed = terms.allowed.get(self.criterion)
        entries = []
        for place, value, counts in self.choices:
            if allowed is None or place in allowed:
                cost = terms.cost(self.criterion, place)
                if cost <= terms.most:
                    entries.append(
                        (counts, Combination(cost, value, NamedRung(self.criterion, place) if place else None))
                    )
        return front(entries)


@dataclass(frozen=True, slots=True)
class Node:
    """A group: how its parts are joined, from `start` on, and what comes of it; `least` is what it must reach."""

    start: Any
    join: Join
    leaves: tuple[Leaf, ...]
    nodes: tuple[tuple["Node", Callable[[Any], Any]], ...]
    finish: Callable[[Any], Any] | None
    of_one: int
    rooted: bool
    least: Any = None

    def fronts(self, terms: Terms) -> Fronts:
        """What the group can bring, in parts of 1."""
        whole: Fronts = {terms.none: [Combination(0, self.start, None)]}
        for leaf in self.leaves:
            whole = merged(whole, leaf.fronts(terms), self.join, terms.most, terms.full)
        for node, change in self.nodes:
            whole = merged(whole, mapped(node.fronts(terms), change), self.join, terms.most, terms.full)
        if self.finish is not None:
            whole = mapped(whole, self.finish)
        return whole if self.least is None else kept(whole, self.least)


class WeightedPart(NamedTuple):
    """A part of a group: a leaf whose values are shares of 1, or a node; and its weight among the others."""

    what: Leaf | Node
    weight: Fraction


def node_of(method: Method, parts: Sequence[WeightedPart], least: Fraction) -> Node:
    """A group of these parts, whose share must reach `least`. The weights of a `sum` are what its parts can earn."""
    if method == "geometric":
        return _geometric(parts, least)
    together = sum((part.weight for part in parts), ZERO)
    factors = [ONE if method == "min" else part.weight / together for part in parts]
    rooted = any(part.what.rooted for part in parts if isinstance(part.what, Node))
    of_one = 1 if rooted else lcm(*_denominators(parts, factors))
    leaves, nodes = [], []
    for (what, _), factor in zip(parts, factors, strict=True):
        if isinstance(what, Node):
            nodes.append((what, times(factor * of_one / what.of_one)))
        else:
            leaves.append(what.with_values(times(factor) if rooted else _in_parts(factor, of_one)))
    join: Join = min if method == "min" else add
    start = of_one if method == "min" else 0
    for leaf in leaves:
        if leaf.fixed:
            start = join(start, leaf.choices[0].value)
    reach = least * of_one if rooted else ceil(least * of_one)
    free = tuple(leaf for leaf in leaves if not leaf.fixed)
    return Node(start, join, free, tuple(nodes), None, of_one, rooted, reach or None)


def _denominators(parts: Sequence[WeightedPart], factors: Iterable[Fraction]) -> Iterator[int]:
    """Those of all figures that are added up."""
    for (what, _), factor in zip(parts, factors, strict=True):
        if isinstance(what, Node):
            yield factor.denominator * what.of_one
        else:
            yield from (factor.denominator * choice.value.denominator for choice in what.choices)


def _in_parts(factor: Fraction, of_one: int) -> Callable[[Fraction], int]:
    """A share times a factor, in parts of one: a whole number of them."""
    over, under = factor.numerator * of_one, factor.denominator
    return lambda share: share.numerator * over // (share.denominator * under)


def times(factor: Fraction) -> Callable[[Any], Any]:
    """Multiplying by a factor; by a whole one, what is whole stays so."""
    by = factor.numerator if factor.denominator == 1 else factor
    return lambda value: value * by


def _geometric(parts: Sequence[WeightedPart], least: Fraction) -> Node:
    """Π share^(weight/Σ weight): compared by 40 digits of the logarithm, and given as scoring calculates it."""
    own = [(part.what, part.weight) for part in parts if isinstance(part.what, Leaf)]
    inner = [(part.what, part.weight) for part in parts if isinstance(part.what, Node)]
    leaves = tuple(leaf.with_values(_logarithm(weight)) for leaf, weight in own)
    nodes = tuple((node, _logarithm(weight, node.of_one)) for node, weight in inner)
    weights = [weight for _, weight in (*own, *inner)]

    def finish(value: tuple[Decimal, tuple[Fraction, ...]]) -> Fraction:
        return geometric_mean(list(zip(value[1], weights, strict=True)))

    return Node((Decimal(0), ()), _multiplied, leaves, nodes, finish, 1, True, least or None)


def _logarithm(weight: Fraction, of_one: int = 1) -> Callable[[Any], tuple[Decimal, tuple[Fraction, ...]]]:
    """That of a share times its weight, with the share itself."""
    factor = _FORTY.divide(Decimal(weight.numerator), Decimal(weight.denominator))

    def of(value: Any) -> tuple[Decimal, tuple[Fraction, ...]]:
        share = Fraction(value) / of_one
        if share <= 0:
            return _NOTHING, (share,)
        figure = _FORTY.divide(Decimal(share.numerator), Decimal(share.denominator))
        return _FORTY.multiply(_FORTY.ln(figure), factor), (share,)

    return of


def _multiplied(first: tuple[Decimal, Any], second: tuple[Decimal, Any]) -> tuple[Decimal, Any]:
    return _FORTY.add(first[0], second[0]), first[1] + second[1]
