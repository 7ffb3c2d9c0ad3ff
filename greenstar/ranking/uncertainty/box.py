"""The box of weights: each root group's weight up to a share higher or lower, independently. Its corners and draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from greenstar.numbers import ONE

if TYPE_CHECKING:
    from greenstar.ranking.uncertainty.scores import Floats

MOST_CORNERS = 12  # groups: 4,096 corners; each group more doubles them


@dataclass(frozen=True)
class WeightBox:
    """Factors of the weights from 1 - `share` to 1 + `share`, one for each of so many groups."""

    share: Fraction
    groups: int

    @property
    def low(self) -> Fraction:
        """The least factor."""
        return ONE - self.share

    @property
    def high(self) -> Fraction:
        """The greatest factor."""
        return ONE + self.share

    @property
    def has_corners(self) -> bool:
        """Whether its corners are few enough to look at each."""
        return self.groups <= MOST_CORNERS

    def corners(self) -> "Floats":
        """Every corner, and the weights as they are first of all: a line each."""
        import numpy as np  # noqa: PLC0415 - only where weightings are tried

        ends = (float(self.low), float(self.high))
        corners = list(product(ends, repeat=self.groups)) if self.has_corners and self.share else []
        return np.array([(1.0,) * self.groups, *corners]).reshape(-1, self.groups)

    def draws(self, count: int, seed: int) -> "Floats":
        """So many weightings, uniform in the box: the same for the same seed. A line each."""
        import numpy as np  # noqa: PLC0415 - only where weightings are tried

        random = np.random.Generator(np.random.PCG64(seed)).random((count, self.groups))
        return float(self.low) + (float(self.high) - float(self.low)) * random

    def exact(self, factors: Iterable[float]) -> tuple[Fraction, ...]:
        """Floats as fractions that lie in the box: those at its ends are the ends."""
        low, high = float(self.low), float(self.high)
        return tuple(
            self.low if factor <= low else self.high if factor >= high else Fraction(factor) for factor in factors
        )
