"""A store's total as a function of the weights of the root's groups: exact, with its lowest and highest in a box.

A *factor* is what a weight is multiplied with: 1 leaves it as the scheme has it. With `sum` and `mean` a total is a
ratio of two sums that are linear in the factors (linear fractional programming: Charnes and Cooper 1962, Dinkelbach
1967), so that its ends lie at corners of the box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import mul
from typing import Any

from greenstar.numbers import HUNDRED, ONE, ZERO
from greenstar.scoring.groups import geometric_mean

Row = tuple[int, ...]
"""A ratio as integers: those of its numerator, then as many of its denominator. The first of each has no factor."""


@dataclass(frozen=True)
class Contestant:
    """What a store brings: points and available of the root's groups, the bonus, the total and the keys of the ranking.

    `parts` in the order of the groups; `ahead` are the keys that count before the total, `behind` those after it.
    """

    store: str
    parts: tuple[tuple[Fraction, Fraction], ...]
    bonus: Fraction
    total: Fraction | None
    ahead: tuple[Fraction | None, ...] = ()
    behind: tuple[Fraction | None, ...] = ()


@dataclass(frozen=True)
class RootScoring:
    """How the root's groups make the total: its method, what a share of 1 is worth (None: a plain sum), the weights."""

    method: str
    worth: Fraction | None
    groups: tuple[str, ...]
    weights: tuple[Fraction, ...]


@dataclass(frozen=True)
class End:
    """The lowest or highest total in a box, with the factors by which it is reached."""

    total: Fraction
    factors: tuple[Fraction, ...]


def totals_of(scoring: RootScoring) -> "Ratios | GeometricMeans":
    """The totals by the scheme's method. A row is all that a store's total depends on: equal rows, equal totals."""
    return GeometricMeans(scoring) if scoring.method == "geometric" else Ratios(scoring)


def adds_up(scoring: RootScoring, contestant: Contestant) -> bool:
    """Whether a store's total is what its groups and its bonus come to."""
    if contestant.total is None:
        return True
    totals = totals_of(scoring)
    if scoring.method == "min":
        shares = [points / available for points, available in contestant.parts if available]
        worth = HUNDRED if scoring.worth is None else scoring.worth
        return bool(shares) and min(shares) * worth + contestant.bonus == contestant.total
    return totals.under(totals.row(contestant), (ONE,) * len(scoring.groups)) == contestant.total


class Ratios:
    """Totals by `sum`, `mean` and `min`: the last does not depend on weights, and is constant."""

    def __init__(self, scoring: RootScoring) -> None:
        self.scoring = scoring
        self._zeros = [ZERO] * len(scoring.groups)

    def row(self, contestant: Contestant) -> Row:
        """Integers without a common divisor: two stores have the same row where their totals never differ."""
        if contestant.total is None or self.scoring.method == "min":
            return self._constant(contestant.total or ZERO)
        above, below = self._sums(contestant)
        if all(earned == contestant.total * available for earned, available in zip(above, below, strict=True)):
            return self._constant(contestant.total)
        return _primitive([*above, *below])

    def _sums(self, contestant: Contestant) -> tuple[list[Fraction], list[Fraction]]:
        """The numerator and the denominator. Bonus is what it adds to a ratio: bonus times the denominator."""
        scoring, bonus = self.scoring, contestant.bonus
        parts = list(zip(contestant.parts, scoring.weights, strict=True))
        if scoring.method == "sum" and scoring.worth is None:
            return [bonus, *(points * weight for (points, _), weight in parts)], [ONE, *self._zeros]
        worth = HUNDRED if scoring.worth is None else scoring.worth
        if scoring.method == "mean":
            parts = [
                ((points / available, ONE) if available else (ZERO, ZERO), weight)
                for (points, available), weight in parts
            ]
        above = [(worth * points + bonus * available) * weight for (points, available), weight in parts]
        return [ZERO, *above], [ZERO, *(available * weight for (_, available), weight in parts)]

    def _constant(self, total: Fraction) -> Row:
        return _primitive([total, *self._zeros, ONE, *self._zeros])

    def under(self, row: Row, factors: Sequence[Fraction]) -> Fraction:
        """The total under these factors."""
        return Fraction(*ratio(row, whole(factors)))

    def end(self, row: Row, low: Fraction, high: Fraction, *, highest: bool) -> End:
        """From corner to corner, each better than the last, until none is."""
        half, sign = len(row) // 2, 1 if highest else -1
        factors: tuple[Fraction, ...] = (ONE,) * (half - 1)
        while True:
            above, below = ratio(row, whole(factors))
            gains = [sign * (row[place] * below - row[half + place] * above) for place in range(1, half)]
            corner = tuple(
                factor if not gain else high if gain > 0 else low for gain, factor in zip(gains, factors, strict=True)
            )
            more, of = ratio(row, whole(corner))
            if sign * (more * below - above * of) <= 0:
                return End(Fraction(above, below), factors)
            factors = corner


class GeometricMeans:
    """Totals by `geometric`, rounded as scoring rounds them. Their logarithm is a ratio, which the bonus is not."""

    def __init__(self, scoring: RootScoring) -> None:
        self.scoring = scoring

    def row(self, contestant: Contestant) -> Any:
        """The bonus, and the share of each group, None where nothing in it applies; alone where it is constant."""
        if contestant.total is None:
            return (ZERO, ())
        shares = tuple(points / available if available else None for points, available in contestant.parts)
        if any(share is not None and share <= 0 for share in shares):
            return (contestant.total, ())
        return (contestant.bonus, shares)

    def under(self, row: Any, factors: Sequence[Fraction]) -> Fraction:
        """The total under these factors."""
        bonus, shares = row
        if not shares:
            return Fraction(bonus)
        parts = [
            (share, weight * factor)
            for share, weight, factor in zip(shares, self.scoring.weights, factors, strict=True)
            if share is not None
        ]
        worth = HUNDRED if self.scoring.worth is None else self.scoring.worth
        return Fraction(geometric_mean(parts) * worth + bonus)

    def end(self, row: Any, low: Fraction, high: Fraction, *, highest: bool) -> End:
        """What lies above the mean counts more, what lies below it less, until the mean goes no further."""
        bonus, shares = row
        worth = HUNDRED if self.scoring.worth is None else self.scoring.worth
        more, less = (high, low) if highest else (low, high)
        factors: tuple[Fraction, ...] = (ONE,) * len(self.scoring.groups)
        total = self.under(row, factors)
        while shares:
            mean = (total - bonus) / worth
            corner = tuple(
                factor if share is None else more if share > mean else less
                for share, factor in zip(shares, factors, strict=True)
            )
            there = self.under(row, corner)
            if (there <= total) if highest else (there >= total):
                break
            total, factors = there, corner
        return End(total, factors)


def whole(factors: Sequence[Fraction]) -> list[int]:
    """Integers in the same proportion as 1 and the factors."""
    common = lcm(*(factor.denominator for factor in factors))
    return [common, *(factor.numerator * (common // factor.denominator) for factor in factors)]


def ratio(row: Row, factors: Sequence[int]) -> tuple[int, int]:
    """The numerator and the denominator of a total under factors that `whole` made."""
    half = len(row) // 2
    return sum(map(mul, row[:half], factors)), sum(map(mul, row[half:], factors))


def _primitive(figures: Sequence[Fraction]) -> Row:
    common = lcm(*(figure.denominator for figure in figures))
    integers = [figure.numerator * (common // figure.denominator) for figure in figures]
    divisor = gcd(*integers)
    return tuple(integer // divisor for integer in integers)
