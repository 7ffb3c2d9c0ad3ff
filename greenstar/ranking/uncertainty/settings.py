"""What a range of places was worked out with; it stands in every output. Loads no NumPy."""

from dataclasses import dataclass
from fractions import Fraction

from greenstar.numbers import HUNDRED, written

LEAST_DRAWS, MOST_DRAWS = 100, 100_000
MOST_SEED = 999_999_999


class Stopped(Exception):
    """Nobody waits for the ranges any more."""


@dataclass(frozen=True)
class SureSettings:
    """Every weight up to `share` higher or lower; so many draws, by a seed; among the `first`; seconds of proving."""

    share: Fraction = Fraction(1, 5)
    draws: int = 10_000
    seed: int = 2026
    first: int = 10
    seconds: float = 10

    def __str__(self) -> str:
        """In a word for a table: `weights=20% draws=10000 seed=2026 first=10`."""
        return f"weights={written(self.share * HUNDRED)}% draws={self.draws} seed={self.seed} first={self.first}"
