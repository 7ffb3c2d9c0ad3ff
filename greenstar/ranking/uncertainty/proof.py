"""The proved range of a store's places: branch and bound over boxes within the box of weights.

How many rivals can be ahead at once is bounded in each part of the box, the parts with the highest bound are halved,
and those are dropped in which no more are ahead than somewhere already reached. The bound of a part: a rival whose lead
is at least -s there and at most x under a weighting counts min(1, 1 + x/s) at most, which is concave; of the sum of
such figures, any mixture of 1 and 1 + x/s (the multipliers of Lagrange) gives an upper bound in closed form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from greenstar.ranking.uncertainty.bounds import Bounds, Rivals
from greenstar.ranking.uncertainty.leads import Leads, Planes, packed
from greenstar.ranking.uncertainty.scores import NEAR, Floats, Integers, with_fixed

_PARTS = 32  # halved at a time
_MOST_PARTS = 30_000  # of one search: what is still open then stays open, the same on every machine
_ROUNDS = 3  # of bettering the multipliers
_LEAST_LEAD = 1e-7  # s: of less, 1 + x/s is no number to count with
_SURE = 1e-6  # of a store: what rounding may add to a bound

Truths = NDArray[np.bool_]


@dataclass
class Limit:
    """When a search ends in any case: after so many `seconds` and `parts`, or once it is `stopped`."""

    seconds: float
    parts: int = _MOST_PARTS
    stopped: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        self._end = monotonic() + self.seconds

    @property
    def over(self) -> bool:
        """Whether the time is over, or nobody waits for the rest."""
        return self.stopped() or monotonic() > self._end


@dataclass
class MostAhead:
    """How many rivals can be ahead at once: `reached` by the factors, and no more than `bound`."""

    reached: int
    bound: int
    factors: Floats | None


class RivalSearch:
    """Branch and bound for the most rivals that are ahead of an entry at once; `sign` -1: behind it."""

    def __init__(self, bounds: Bounds, entry: int, rivals: Integers, sign: int, limit: Limit) -> None:
        scores, heat = bounds.scores, bounds.heat
        mine = heat.entries[entry].row
        pack = packed(heat, entry, rivals.tolist(), sign)
        self.all = Leads(
            scores, mine, scores.row_of[rivals].tolist(), [sign] * len(rivals), scores.count[rivals].tolist()
        )
        self.leads = Leads(scores, mine, pack.rows, pack.signs, pack.count)
        self.fixed = pack.fixed + pack.slack
        self.limit = limit
        self.reached = 0
        self.factors: Floats | None = None
        shares = [0.0, *[float(bounds.box.share)] * bounds.box.groups]
        self.whole = _Parts.of(np.ones((1, len(shares))), np.array([shares]))

    def run(self, start: Floats, known: int) -> MostAhead:
        """Search; `start`: weightings to look at first (with their fixed column); `known`: so many were ahead once."""
        self.reached = known
        self._look(start)
        parts = self._kept(self.whole)
        seen = 1
        while len(parts.bound):
            if self.limit.over or seen > self.limit.parts:
                return MostAhead(self.reached, int(parts.bound.max()), self.factors)
            order = np.argsort(-parts.bound, kind="stable")
            halves = self._kept(parts.some(order[:_PARTS]).halves())
            waiting = parts.some(order[_PARTS:])
            seen += 2 * len(order[:_PARTS])
            parts = waiting.some(waiting.bound > self.reached).with_others(halves)
        return MostAhead(self.reached, self.reached, self.factors)

    def _look(self, factors: Floats) -> None:
        """Count the rivals that are surely ahead under weightings."""
        ahead = (self.all.at(factors) > NEAR) @ self.all.count
        best = int(ahead.argmax())
        if ahead[best] > self.reached:
            self.reached, self.factors = int(ahead[best]), factors[best]

    def _kept(self, parts: "_Parts") -> "_Parts":
        """The parts in which more could be ahead than is reached, with their bounds and what pulls each way."""
        self._look(parts.middle)
        planes = self.leads.in_parts(parts.middle, parts.radius)
        reach = np.matmul(np.abs(planes.slopes), parts.radius[:, :, None])[:, :, 0] + planes.off
        bound = self.fixed + (planes.value + reach > -NEAR) @ self.leads.count
        keep = bound > self.reached
        if not keep.any():
            return parts.some(keep)
        parts, reach = parts.some(keep), reach[keep]
        planes = Planes(planes.value[keep], planes.slopes[keep], planes.off[keep])
        undecided = (planes.value + reach > -NEAR) & (planes.value - reach <= NEAR)
        parts.bound = self._mixed(parts, planes, reach - planes.value, undecided, bound[keep])
        counts = (undecided * self.leads.count)[:, None, :]
        parts.pull = np.matmul(counts, np.abs(planes.slopes))[:, 0, :] * parts.radius
        return parts.some(parts.bound > self.reached)

    def _mixed(self, parts: "_Parts", planes: Planes, least: Floats, undecided: Truths, bound: Floats) -> Floats:
        """Bounds by mixtures of 1 and 1 + x/s, bettered a few times; `least` is s: no lead is less than -s."""
        usable = undecided & (least > _LEAST_LEAD)
        worth = np.where(usable, self.leads.count / np.where(usable, least, 1), 0)
        mixture = ((planes.value < 0) & usable).astype(float)
        best = bound.copy()
        for _ in range(_ROUNDS):
            weights = mixture * worth
            tilt = np.matmul(weights[:, None, :], planes.slopes)[:, 0, :]
            level = (weights * (planes.value + planes.off)).sum(axis=1)
            figure = bound + level + (np.abs(tilt) * parts.radius).sum(axis=1)
            best = np.minimum(best, figure)
            step = np.sign(tilt) * parts.radius
            self._look(parts.middle + step)
            lead = (planes.value + planes.off + np.matmul(planes.slopes, step[:, :, None])[:, :, 0]) * worth
            lead[((mixture <= 0) & (lead > 0)) | ((mixture >= 1) & (lead < 0))] = 0
            length = np.maximum(figure - self.reached, 0.5) / np.maximum((lead * lead).sum(axis=1), 1e-12)
            mixture = np.clip(mixture - length[:, None] * lead, 0, 1) * usable
        return np.floor(best + _SURE)


@dataclass
class _Parts:
    """Parts of the box, a line each: middles and half widths; what pulls in each direction; how many can be ahead."""

    middle: Floats
    radius: Floats
    pull: Floats
    bound: Floats

    @classmethod
    def of(cls, middle: Floats, radius: Floats) -> "_Parts":
        """Parts of which nothing is known yet."""
        return cls(middle, radius, np.zeros_like(middle), np.zeros(len(middle)))

    def some(self, which: Truths | Integers) -> "_Parts":
        """Some of them."""
        return _Parts(self.middle[which], self.radius[which], self.pull[which], self.bound[which])

    def with_others(self, others: "_Parts") -> "_Parts":
        """These and others."""
        return _Parts(
            np.concatenate([self.middle, others.middle]),
            np.concatenate([self.radius, others.radius]),
            np.concatenate([self.pull, others.pull]),
            np.concatenate([self.bound, others.bound]),
        )

    def halves(self) -> "_Parts":
        """Each in two, across the direction in which most is undecided."""
        lines, across = np.arange(len(self.middle)), self.pull.argmax(axis=1)
        radius = self.radius.copy()
        step = radius[lines, across] / 2
        radius[lines, across] = step
        left, right = self.middle.copy(), self.middle.copy()
        left[lines, across] -= step
        right[lines, across] += step
        return _Parts.of(np.concatenate([left, right]), np.concatenate([radius, radius]))


def most_ahead(bounds: Bounds, entry: int, rivals: Rivals, limit: Limit, *, start: Floats, known: int) -> MostAhead:
    """How many of the rivals that are ahead at times can be ahead at once. `known`: so many are, under some weights."""
    return RivalSearch(bounds, entry, rivals.sometimes, 1, limit).run(with_fixed(start), known)


def most_behind(bounds: Bounds, entry: int, rivals: Rivals, limit: Limit, *, start: Floats, known: int) -> MostAhead:
    """How many of them can be behind at once, or have the same place."""
    return RivalSearch(bounds, entry, rivals.sometimes, -1, limit).run(with_fixed(start), known)
