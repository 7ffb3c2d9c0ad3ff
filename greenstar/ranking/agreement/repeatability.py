"""How far the totals of two assessors lie apart who assess the same store.

The variance of one total is s² = Σd²/2m over m pairs with differences d. 95 % of all pairs differ by no more than
1.96·√2·s, the repeatability limit of ISO 5725-6 (there rounded to 2.8·s).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_PAIRS = 5
"""From so many pairs on the spread is told; it is not known yet from fewer."""

_LIMIT = 1.96 * math.sqrt(2)


@dataclass(frozen=True)
class Repeatability:
    """The variance of one total, from how many pairs; None where there are none."""

    pairs: int
    variance: Fraction | None

    @property
    def known(self) -> bool:
        """Whether there are pairs enough."""
        return self.pairs >= LEAST_PAIRS

    @property
    def deviation(self) -> float | None:
        """The standard deviation of one total."""
        return None if self.variance is None else math.sqrt(self.variance)

    @property
    def limit(self) -> float | None:
        """By how much two totals of one store differ at most, in 95 % of all pairs."""
        return None if self.deviation is None else _LIMIT * self.deviation


NO_PAIRS = Repeatability(0, None)


def repeatability(units: Iterable[Sequence[Fraction]]) -> Repeatability:
    """From the totals that each store was given. Each further assessor of a store counts as a pair.

    Of a store with three or more the squared distances from its mean are pooled, which for two is d²/2.
    """
    compared = [totals for totals in units if len(totals) > 1]
    pairs = sum(len(totals) - 1 for totals in compared)
    if not pairs:
        return NO_PAIRS
    return Repeatability(pairs, sum(map(_squares_from_mean, compared), Fraction(0)) / pairs)


def _squares_from_mean(totals: Sequence[Fraction]) -> Fraction:
    mean = sum(totals, Fraction(0)) / len(totals)
    return sum(((total - mean) ** 2 for total in totals), Fraction(0))
