"""How far rivals are ahead of one store, over parts of a box; rivals that can only be ahead in turns count as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import gcd

import numpy as np

from greenstar.ranking.uncertainty.contest import Heat, TiedStores
from greenstar.ranking.uncertainty.scores import Floats, Scores
from greenstar.ranking.uncertainty.totals import Row


@dataclass(frozen=True)
class Planes:
    """Leads in parts of a box: the value in the middle of a part, the slopes, and how far off that plane one may lie.

    A line a part; of each, a column a rival; slopes have a third direction, of the weights.
    """

    value: Floats
    slopes: Floats
    off: Floats


class Leads:
    """How far some rows are ahead of a store, in points; those whose `signs` are -1 count how far they are behind.

    `count`: how many stores each stands for.
    """

    def __init__(
        self, scores: Scores, mine: int, rows: Sequence[int], signs: Sequence[int], count: Sequence[int]
    ) -> None:
        above, below = scores.ratios
        self.own, self.whole = above[:, mine].copy(), below[:, mine].copy()
        sign = np.array(signs, dtype=float).reshape(-1, 1)
        theirs = np.array(rows, dtype=np.int64)
        self.more = (above[:, theirs].T - self.own) * sign  # a line a rival
        self.of = (below[:, theirs].T - self.whole) * sign
        self.count = np.array(count, dtype=float)
        self._more_down, self._of_down = self.more.T.copy(), self.of.T.copy()  # as `Scores.ratios` lie in memory
        self._of_size = np.abs(self._of_down)

    def at(self, factors: Floats) -> Floats:
        """The leads under weightings (with their fixed column): a line each."""
        total = (factors @ self.own) / (factors @ self.whole)
        return np.asarray(factors @ self._more_down - total[:, None] * (factors @ self._of_down))

    def in_parts(self, middle: Floats, radius: Floats) -> Planes:
        """The leads in parts of the box, whose middles and half widths these are, as planes.

        With the total T of the middle, and u = N - TD of the store's own: a lead is w(v - Ta) - (wu)(wa)/D, of which
        the last part is taken at the middle's wa/D, and what remains is a product of two small factors.
        """
        whole = middle @ self.whole
        total = (middle @ self.own) / whole
        rest = self.own - total[:, None] * self.whole
        across = middle @ self._of_down
        relative = across / whole[:, None]
        slopes = self.more - total[:, None, None] * self.of - relative[:, :, None] * rest[:, None, :]
        value = middle @ self._more_down - total[:, None] * across
        off = (radius * np.abs(rest)).sum(axis=1)[:, None] * (
            radius @ self._of_size + np.abs(relative) * (radius @ self.whole)[:, None]
        )
        off /= (whole - radius @ self.whole)[:, None]
        return Planes(value, slopes, off)


@dataclass
class Pack:
    """Rivals as they bound a count. Those whose leads always have the same sign, or always opposite ones, are one.

    `fixed`: so many stores are ahead on either side of such a lead's change of sign. `rows`, with the sign of the side
    on which more are ahead, and by how many. `slack`: by how many more could be ahead exactly where totals are equal.
    """

    fixed: int = 0
    slack: int = 0
    rows: list[int] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)
    count: list[int] = field(default_factory=list)


def packed(heat: Heat, entry: int, rivals: Iterable[int], sign: int) -> Pack:
    """The rivals of an entry as a pack; `sign` -1: those that are to be behind it."""
    mine = heat.entries[entry]
    own = heat.rows[mine.row]
    alike: dict[tuple[int, ...], list[tuple[int, TiedStores]]] = {}
    for number in rivals:
        other = heat.entries[number]
        lead = _lead(own, heat.rows[other.row])
        divisor = gcd(*lead)
        way = 1 if next(figure for figure in lead if figure) > 0 else -1
        alike.setdefault(tuple(way * figure // divisor for figure in lead), []).append((way, other))
    pack = Pack()
    for members in alike.values():
        _pack(pack, mine, members, sign)
    return pack


def _lead(own: Row, row: Row) -> list[int]:
    """What tells how far a row is ahead: of two rivals with the same, but for a factor, the leads are so too."""
    half = len(own) // 2
    if not any(own[1:half]) and not any(own[half + 1 :]):  # constant: against it the lead is linear
        return [above * own[half] - below * own[0] for above, below in zip(row[:half], row[half:], strict=True)]
    pivot = next(place for place, figure in enumerate(own) if figure)
    return [theirs * own[pivot] - ours * row[pivot] for theirs, ours in zip(row, own, strict=True)]


def _pack(pack: Pack, mine: TiedStores, members: Sequence[tuple[int, TiedStores]], sign: int) -> None:
    sides = {way: sum(len(other.stores) for its_way, other in members if its_way == way) for way in (1, -1)}
    equal = sum(len(other.stores) for _, other in members if (other.behind < mine.behind) == (sign > 0))
    side = 1 if sides[1] > sides[-1] else -1
    pack.fixed += sides[-side]
    pack.slack += max(0, equal - sides[side])
    if sides[side] > sides[-side]:
        pack.rows.append(next(other.row for way, other in members if way == side))
        pack.signs.append(sign)
        pack.count.append(sides[side] - sides[-side])
