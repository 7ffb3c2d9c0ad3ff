"""Places that cannot be told apart: confidence sets for ranks, by step-down tests of all pairs of stores.

M. Mogstad, J. Romano, A. Shaikh, D. Wilhelm, Inference for Ranks (Review of Economic Studies, 2024). Each total is
taken to be off by chance, alike and independently, with the variance that double visits showed. A store is above
another where their totals are further apart than a limit, which is chosen so that in 95 of 100 leagues *no* store is
said to be above another wrongly. The pairs that are told apart by it are then left out, the limit, which is smaller
now, is taken anew, and so on until nothing changes. The first limit is that of Tukey's test (the studentized range);
its degrees of freedom are the pairs of visits that the variance is from.
"""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from statistics import NormalDist

DRAWS, SEED = 2000, 2026
CONFIDENCE = 0.95
_MOST_NUMBERS = 2_000_000  # that are drawn; a longer league keeps the first limit, which is only wider


@dataclass(frozen=True)
class ChanceSpread:
    """How far a total is off by chance, and from how many pairs of visits that is known."""

    deviation: float
    pairs: int


@dataclass(frozen=True)
class ToldApart:
    """How far apart two totals are from which on one store is above the other, and the places of each store.

    `places`: the first and the last that a store may have, in the order of the totals given.
    """

    limit: float
    places: tuple[tuple[int, int], ...]


def told_apart(totals: Sequence[float], spread: ChanceSpread, *, seed: int = SEED, draws: int = DRAWS) -> ToldApart:
    """Which places each store may have, given that totals are off by chance."""
    ordered = sorted(totals, reverse=True)
    limit = _limit(ordered, spread, seed, draws) if spread.deviation and len(ordered) > 1 else 0.0
    return ToldApart(limit, tuple(_places(ordered, totals, limit)))


def _places(ordered: list[float], totals: Iterable[float], limit: float) -> Iterator[tuple[int, int]]:
    """One behind all that are above for sure, and before all that are below."""
    rising = ordered[::-1]
    for total in totals:
        above = len(rising) - bisect_right(rising, total + limit)
        below = bisect_left(rising, total - limit)
        yield above + 1, len(rising) - below


def _limit(ordered: list[float], spread: ChanceSpread, seed: int, draws: int) -> float:
    random = Random(seed)  # noqa: S311 - draws that anybody can repeat
    scales = [_scale(random, spread) for _ in range(draws)]
    if draws * len(ordered) > _MOST_NUMBERS:
        return _quantile(scale * _range(random, len(ordered)) for scale in scales)
    errors = [array("d", (random.gauss(0, scale) for _ in ordered)) for scale in scales]
    limit, smaller = math.inf, _quantile(max(drawn) - min(drawn) for drawn in errors)
    while smaller < limit:
        limit = smaller
        reach = [_last_within(ordered, total, limit) for total in ordered]
        smaller = _quantile(_furthest(drawn, reach) for drawn in errors)
    return limit


def _scale(random: Random, spread: ChanceSpread) -> float:
    """The deviation that totals may have, where it was found to be this: it is not known exactly itself."""
    return spread.deviation / math.sqrt(random.gammavariate(spread.pairs / 2, 2) / spread.pairs)


def _last_within(ordered: list[float], total: float, limit: float) -> int:
    """The place, from 0, of the last store that this total is not above for sure."""
    return bisect_right(ordered, limit - total, key=lambda other: -other) - 1


def _furthest(drawn: Sequence[float], reach: list[int]) -> float:
    """How far at most chance puts a store above another that it is not above for sure, in one draw."""
    least = list(accumulate(drawn, min))
    return max(error - least[last] for error, last in zip(drawn, reach, strict=True))


def _range(random: Random, count: int) -> float:
    """The range of so many normal numbers, drawn as such: the highest, then the lowest given that."""
    highest = random.random() ** (1 / count)
    lowest = highest * (1 - random.random() ** (1 / (count - 1)))
    return _inverse(highest) - _inverse(lowest)


_TINY = 1e-300


def _inverse(share: float) -> float:
    return NormalDist().inv_cdf(min(max(share, _TINY), 1 - 2**-53))


def _quantile(values: Iterable[float]) -> float:
    """The value that 95 of 100 do not exceed, rounded up among those that were drawn."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(CONFIDENCE * (len(ordered) + 1)) - 1)]
