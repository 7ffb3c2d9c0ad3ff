"""The totals of many stores under many weightings, as floats. A weighting is a line with each group's factor."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from greenstar.numbers import HUNDRED
from greenstar.ranking.uncertainty.contest import Heat
from greenstar.ranking.uncertainty.totals import GeometricMeans

NEAR = 1e-9  # points: a float of a total is a thousand times closer to it

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Scores:
    """The totals of a heat's entries."""

    def __init__(self, heat: Heat) -> None:
        self.heat = heat
        self.row_of = np.array([entry.row for entry in heat.entries])
        self.count = np.array([len(entry.stores) for entry in heat.entries])
        self._each_a_row = len(heat.rows) == len(heat.entries) and bool((np.diff(self.row_of) == 1).all())

    @property
    def is_ratio(self) -> bool:
        """Whether totals are ratios, so that two stores can be compared over a whole box."""
        return not isinstance(self.heat.totals, GeometricMeans)

    @cached_property
    def ratios(self) -> tuple[Floats, Floats]:
        """Numerators and denominators, each divided by the sum of its denominator: a column an entry's row.

        They lie so in memory: OpenBLAS takes small products of such tables on this thread, and starts others for
        those that lie the other way round, which takes ten times as long.
        """
        rows = self.heat.rows
        half = len(rows[0]) // 2
        sums = [sum(row[half:]) for row in rows]
        table = np.array([[part / whole for part in row] for row, whole in zip(rows, sums, strict=True)])
        return table[:, :half].T.copy(), table[:, half:].T.copy()

    @cached_property
    def alike(self) -> bool:
        """Whether all rows have the same denominator, so that they compare by their numerators."""
        below = self.ratios[1]
        return bool((below == below[:, :1]).all())

    @cached_property
    def most(self) -> float:
        """No total is further from 0 under factors between 0 and 2."""
        if not self.is_ratio:
            _, _, bonus, worth = self._logarithms
            return float((np.abs(bonus) + worth).max())
        above, below = self.ratios
        fixed = below[0] > 0  # a plain sum, or constant; else a total lies between those of single groups
        sums = np.abs(above).sum(axis=0) * 2 / np.where(fixed, below[0], 1)
        shares = np.abs(above) / np.where(below > 0, below, np.inf)
        return float(np.where(fixed, sums, shares.max(axis=0)).max())

    def under(self, factors: Floats) -> Floats:
        """Totals, a line a weighting, a column an entry."""
        totals = self._of_rows(factors)
        return totals if self._each_a_row else totals[:, self.row_of]

    def _of_rows(self, factors: Floats) -> Floats:
        if not self.is_ratio:
            logarithms, weights, bonus, worth = self._logarithms
            means = np.exp((factors @ logarithms) / (factors @ weights))
            return np.asarray(means * worth + bonus)
        above, below = self.ratios
        factors = with_fixed(factors)
        return (factors @ above) / ((factors @ below[:, 0])[:, None] if self.alike else factors @ below)

    @cached_property
    def _logarithms(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Of each row: weighted logarithms of its shares, weights that apply, bonus, and what a share of 1 is worth."""
        scoring, rows = self.heat.totals.scoring, self.heat.rows
        worth = float(HUNDRED if scoring.worth is None else scoring.worth)
        weights = np.array([float(weight) for weight in scoring.weights])
        shares: list[Any] = [shares or [1] * len(weights) for _, shares in rows]
        logarithms = np.log([[1.0 if share is None else float(share) for share in line] for line in shares])
        applies = np.array([[share is not None for share in line] for line in shares])
        bonus = np.array([float(bonus) for bonus, _ in rows])
        return (
            (logarithms * weights).T.copy(),
            (applies * weights).T.copy(),
            bonus,
            np.array([worth if own else 0.0 for _, own in rows]),
        )


def with_fixed(factors: Floats) -> Floats:
    """Weightings with a first column for what no weight changes."""
    return np.concatenate([np.ones((len(factors), 1)), factors], axis=1)
