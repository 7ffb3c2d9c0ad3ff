"""Which rivals a store can never pass, and which it always has before it: places beyond that are impossible.

For totals N/D: a rival's total T is above t somewhere in a box only where the linear function N - tD is above 0
somewhere, so that two values of t, the ends of the store's own total, bound every weighting between them. Where all
stores have the same availability the comparison is linear and this is exact for each pair; else it may be too wide. It
is too wide for places in any case: that each of several rivals can be ahead does not mean that all can be at once.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from greenstar.numbers import ZERO
from greenstar.ranking.uncertainty.box import WeightBox
from greenstar.ranking.uncertainty.scores import NEAR, Floats, Integers, Scores
from greenstar.ranking.uncertainty.totals import Row

_CLOSE = 4 * NEAR  # of two numerators; denominators lie between 0 and 2
_STEPS = 50  # to the end of a total; a handful will do


@dataclass(frozen=True)
class Rivals:
    """What a store's rivals can do: how many stores are always before it, and which entries only under some weights."""

    always: int
    sometimes: Integers


class Bounds:
    """The rivals of each entry of a heat under all weightings of a box."""

    def __init__(self, scores: Scores, box: WeightBox) -> None:
        self.scores, self.box, self.heat = scores, box, scores.heat
        self._share = float(box.share)

    @cached_property
    def ranges(self) -> tuple[Floats, Floats]:
        """The lowest and the highest total of each entry, as floats that are a little too far out."""
        if self.scores.is_ratio:
            low, high = self._end(-1), self._end(1)
        else:
            low, high = (np.array([float(end) for end in ends])[self.scores.row_of] for ends in self._exact_ends)
        return low - NEAR, high + NEAR

    @cached_property
    def _ratios(self) -> tuple[Floats, Floats]:
        above, below = self.scores.ratios
        return above[:, self.scores.row_of], below[:, self.scores.row_of]

    def _end(self, sign: int) -> Floats:
        """The lowest (-1) or highest (1) total of each entry: from corner to corner, as `Ratios.end` goes."""
        above, below = self._ratios
        totals = above.sum(axis=0) / below.sum(axis=0)
        for _ in range(_STEPS):
            factors = 1 + sign * self._share * np.sign(above - totals * below)
            factors[0] = 1
            further = (above * factors).sum(axis=0) / (below * factors).sum(axis=0)
            if not (sign * (further - totals) > 0).any():
                break
            totals = np.maximum(totals, further) if sign > 0 else np.minimum(totals, further)
        return np.asarray(totals)

    def by_totals(self) -> tuple[Integers, Integers]:
        """The best and worst place of each entry, from the ends of all totals alone: quick, and wider than by pairs."""
        low, high = self.ranges
        count = self.scores.count
        by_low, by_high = np.argsort(low, kind="stable"), np.argsort(high, kind="stable")
        stores_by_low, stores_by_high = (np.concatenate([[0], np.cumsum(count[order])]) for order in (by_low, by_high))
        lower_ends, higher_ends = low[by_low], high[by_high]
        always = self.heat.stores - stores_by_low[np.searchsorted(lower_ends, high, side="right")]
        never = stores_by_high[np.searchsorted(higher_ends, low, side="left")]
        return always, self.heat.stores - never - count

    @cached_property
    def _always(self) -> Integers:
        """How many stores are before each entry by the ends of their totals alone."""
        return self.by_totals()[0]

    def rivals(self, entry: int) -> Rivals:
        """The rivals of an entry, each looked at in turn."""
        low, high = self.ranges
        count, heat = self.scores.count, self.heat
        always = int(self._always[entry])
        others = np.flatnonzero((low <= high[entry]) & (high >= low[entry]))
        others = others[others != entry]
        if not self.scores.is_ratio:
            return self._by_ends(entry, others, always)
        least, most = self._against(entry, others)
        close = (np.abs(least) < _CLOSE) | (np.abs(most) < _CLOSE)
        surely, maybe = least > 0, most > 0
        mine = heat.entries[entry]
        for place in np.nonzero(close)[0]:
            other = heat.entries[others[place]]
            ahead = other.behind < mine.behind
            if mine.row == other.row:
                bottom = top = 0
            elif self._coarse:
                bottom, top = (0 if abs(end[place]) < _CLOSE else int(np.sign(end[place])) for end in (least, most))
            else:
                bottom, top = self._signs(mine.row, other.row)
            surely[place] = bottom > 0 or (bottom == 0 and ahead)
            maybe[place] = top > 0 or (top == 0 and ahead)
        return Rivals(always + int(count[others[surely]].sum()), others[maybe & ~surely])

    @cached_property
    def _exact_ends(self) -> tuple[list[Fraction], list[Fraction]]:
        """The lowest total of each row, and the highest."""
        low, high = self.box.low, self.box.high
        ends = [
            [self.heat.totals.end(row, low, high, highest=highest).total for row in self.heat.rows]
            for highest in (False, True)
        ]
        return ends[0], ends[1]

    def _by_ends(self, entry: int, others: Integers, always: int) -> Rivals:
        """The rivals, where two totals cannot be compared but by their ends."""
        entries, (low, high) = self.heat.entries, self._exact_ends
        mine, sometimes = entries[entry], []
        for number in others.tolist():
            other, ahead = entries[number], entries[number].behind < mine.behind
            if other.row == mine.row or low[other.row] >= high[mine.row]:
                surely = ahead or (other.row != mine.row and low[other.row] > high[mine.row])
                always += len(other.stores) if surely else 0
                if surely or other.row == mine.row:
                    continue
            if high[other.row] > low[mine.row] or (high[other.row] == low[mine.row] and ahead):
                sometimes.append(number)
        return Rivals(always, np.array(sometimes, dtype=np.int64))

    def _against(self, entry: int, others: Integers) -> tuple[Floats, Floats]:
        """How far each of the others is ahead, in points, at least and at most."""
        above, below = self._ratios
        up, down = above[:, others] - above[:, entry : entry + 1], below[:, others] - below[:, entry : entry + 1]
        if self.scores.alike:
            return self._over_box(up)
        ends = [up - total[entry] * down for total in self.ranges]
        least, most = self._over_box(np.concatenate(ends, axis=1))  # both at once: these tables are small
        half = len(others)
        return np.minimum(least[:half], least[half:]), np.maximum(most[:half], most[half:])

    def _over_box(self, slopes: Floats) -> tuple[Floats, Floats]:
        middle, radius = slopes.sum(axis=0), self._share * np.abs(slopes[1:]).sum(axis=0)
        return middle - radius, middle + radius

    @cached_property
    def _coarse(self) -> bool:
        """Whether bounds that differ at all are further apart than floats can err: then what is close is equal."""
        if not self.scores.alike:
            return False
        step = lcm(*(sum(row[len(row) // 2 :]) for row in self.heat.rows)) * self.box.share.denominator
        return step < 1 / (2 * _CLOSE)

    def _signs(self, mine: int, other: int) -> tuple[int, int]:
        """The signs of the same two bounds, exactly."""
        totals, rows, box = self.heat.totals, self.heat.rows, self.box
        ends = [totals.end(rows[mine], box.low, box.high, highest=highest).total for highest in (False, True)]
        bounds = [_over_box(rows[other], rows[mine], total, box.share) for total in ends]
        least, most = min(low for low, _ in bounds), max(high for _, high in bounds)
        return (least > 0) - (least < 0), (most > 0) - (most < 0)


def _over_box(other: Row, mine: Row, total: Fraction, share: Fraction) -> tuple[Fraction, Fraction]:
    """How far another row is ahead at least and at most, where mine has that total; in fractions."""
    half = len(mine) // 2
    slopes = [theirs - own for theirs, own in zip(*(_slopes(row, total, half) for row in (other, mine)), strict=True)]
    middle, radius = sum(slopes, ZERO), share * sum(map(abs, slopes[1:]), ZERO)
    return middle - radius, middle + radius


def _slopes(row: Row, total: Fraction, half: int) -> list[Fraction]:
    whole = sum(row[half:])
    return [(above - total * below) / whole for above, below in zip(row[:half], row[half:], strict=True)]
