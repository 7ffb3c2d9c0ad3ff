"""Places under many weightings: the best and the worst of each store, and how often it is among the first.

Two floats closer than `NEAR` are never told apart: such entries have a first and a last place that they may have, and
where it matters which, fractions decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from greenstar.ranking.uncertainty.box import WeightBox
from greenstar.ranking.uncertainty.scores import NEAR, Floats, Integers, Scores

_CELLS = 1 << 16  # of a block of weightings times entries: what stays in a processor's own memory
_LEAST_LINES = 4
_BITS = 62  # of a total and an entry's number in one integer, which sorts by both

Truths = NDArray[np.bool_]


@dataclass
class Extreme:
    """The best or the worst place of each entry that a weighting reached, and the line of that weighting."""

    place: Integers
    line: Integers

    def take(self, places: Integers, begin: int, *, best: bool) -> None:
        """Take a block of places into account, whose first line has the number `begin`."""
        ends = places.min(axis=0) if best else places.max(axis=0)
        better = np.nonzero(ends < self.place if best else ends > self.place)[0]
        if len(better):
            columns = places[:, better]
            self.place[better] = ends[better]
            self.line[better] = begin + (columns.argmin(axis=0) if best else columns.argmax(axis=0))


def place_under(scores: Scores, entry: int, factors: tuple[Fraction, ...]) -> int:
    """An entry's place under factors, from 0: fractions decide between totals that are too close for floats."""
    heat, count = scores.heat, scores.count
    totals = scores.under(np.array([[float(factor) for factor in factors]]))[0]
    apart = totals - totals[entry]
    close = np.nonzero(np.abs(apart) < NEAR)[0]
    mine = heat.entries[entry]
    signs = heat.ahead(mine.row, factors, {heat.entries[number].row for number in close})
    place = int(count[apart >= NEAR].sum())
    for number in close:
        other = heat.entries[number]
        sign = signs[other.row]
        if sign > 0 or (sign == 0 and other.behind < mine.behind):
            place += len(other.stores)
    return place


class Places:
    """The places of a heat's entries under the weightings `factors` of a box; they count from 0, within the heat.

    `first`: so many stores of the heat count as the first, to be counted in `among_first`; None: it is not counted.
    `watched`: entries whose places are counted in `drawn`; of totals too close for floats, as these fall.
    """

    def __init__(
        self,
        scores: Scores,
        box: WeightBox,
        factors: Floats,
        first: int | None = None,
        watched: Sequence[int] = (),
    ) -> None:
        self.scores, self.box, self.factors = scores, box, factors
        self.heat = scores.heat
        entries = len(self.heat.entries)
        self.best = Extreme(np.full(entries, self.heat.stores), np.zeros(entries, dtype=np.int64))
        self.worst = Extreme(np.full(entries, -1), np.zeros(entries, dtype=np.int64))
        self.among_first = np.zeros(entries, dtype=np.int64)
        self.drawn = {entry: np.zeros(self.heat.stores, dtype=np.int64) for entry in watched}
        self._first = first
        self._doubts: list[Integers] = []  # columns: line, entry, best and worst place that it may have there
        self._run()
        if self._doubts:
            self._settle(np.concatenate(self._doubts))

    def exact_place(self, entry: int, line: int) -> int:
        """The place under a weighting."""
        return place_under(self.scores, entry, self.witness(line))

    def witness(self, line: int) -> tuple[Fraction, ...]:
        """The factors of a weighting as fractions."""
        return self.box.exact(self.factors[line].tolist())

    def _run(self) -> None:
        entries = len(self.heat.entries)
        bits = entries.bit_length()
        most = self.scores.most + 1
        scale = 2.0 ** (_BITS - bits) / (2 * most)
        limit = int(NEAR * scale + 2) << bits
        lines = max(_CELLS // entries, _LEAST_LINES)
        numbers, starts = np.arange(entries), (np.arange(lines) * entries)[:, None]
        in_order = np.tile(np.arange(entries), (lines, 1))
        places = np.empty(lines * entries, dtype=np.int64)
        single = bool((self.scores.count == 1).all())
        for begin in range(0, len(self.factors), lines):
            totals = self.scores.under(self.factors[begin : begin + lines])
            np.subtract(most, totals, out=totals)
            totals *= scale
            packed = totals.astype(np.int64)
            packed <<= bits
            packed |= numbers
            packed.sort(axis=1)
            near = packed[:, 1:] - packed[:, :-1] < limit
            packed &= (1 << bits) - 1
            size = len(packed)
            before = in_order[:size] if single else self._before(packed)
            doubts = self._doubtful(packed, near, before)
            packed += starts[:size]
            places[packed] = before
            best = worst = places[: size * entries].reshape(size, entries)
            for entry in self.drawn:
                self.drawn[entry] += np.bincount(best[:, entry], minlength=self.heat.stores)
            if len(doubts):
                line, entry, low, high = doubts.T
                best, worst = best.copy(), worst.copy()
                best[line, entry], worst[line, entry] = low, high
                self._keep(doubts, begin)
            self._take(begin, best, worst)

    def _before(self, order: Integers) -> Integers:
        """How many stores stand before each position of an order."""
        counts = self.scores.count[order]
        return np.asarray(np.cumsum(counts, axis=1) - counts)

    def _doubtful(self, order: Integers, near: Truths, before: Integers) -> Integers:
        """Entries whose neighbours stand too close: line, entry, and the best and worst place that it may have there.

        Those are the places of the first and the last of a row of close neighbours, in which not all totals are equal.
        """
        lines, links = np.nonzero(near)  # a link: from a position to the next
        if not len(lines):
            return np.empty((0, 4), dtype=np.int64)
        row_of, count = self.scores.row_of, self.scores.count
        differ = row_of[order[lines, links]] != row_of[order[lines, links + 1]]
        starts = np.nonzero((np.diff(lines, prepend=-1) != 0) | (np.diff(links, prepend=-2) != 1))[0]
        lengths = np.diff(np.append(starts, len(links))) + 1
        wanted = np.logical_or.reduceat(differ, starts)
        starts, lengths = starts[wanted], lengths[wanted]
        line, first = np.repeat(lines[starts], lengths), np.repeat(links[starts], lengths)
        last = first + np.repeat(lengths, lengths) - 1
        position = first + np.arange(len(first)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        entry = order[line, position]
        best = before[line, first]
        worst = before[line, last] + count[order[line, last]] - count[entry]
        return np.stack([line, entry, best, worst], axis=1)

    def _keep(self, doubts: Integers, begin: int) -> None:
        """Keep the doubts of a block that could matter."""
        _, entry, low, high = doubts.T
        matters = (low < self.best.place[entry]) | (high > self.worst.place[entry])
        if self._first is not None:
            matters |= (low < self._first) & (high >= self._first)
        self._doubts.append(doubts[matters] + np.array([begin, 0, 0, 0]))

    def _take(self, begin: int, best: Integers, worst: Integers) -> None:
        """Take a block into account, with the best and the worst place that each entry may have on each line."""
        self.best.take(worst, begin, best=True)
        self.worst.take(best, begin, best=False)
        if self._first is not None:
            self.among_first += (worst < self._first).sum(axis=0)

    def _settle(self, doubts: Integers) -> None:
        """Decide by fractions where a place in doubt would be better or worse than what is reached, or a first one."""
        by_best = doubts[np.argsort(doubts[:, 2], kind="stable")]
        for line, entry, low, _ in by_best[by_best[:, 2] < self.best.place[by_best[:, 1]]].tolist():
            if low < self.best.place[entry]:
                place = self.exact_place(entry, line)
                if place < self.best.place[entry]:
                    self.best.place[entry], self.best.line[entry] = place, line
        by_worst = doubts[np.argsort(-doubts[:, 3], kind="stable")]
        for line, entry, _, high in by_worst[by_worst[:, 3] > self.worst.place[by_worst[:, 1]]].tolist():
            if high > self.worst.place[entry]:
                place = self.exact_place(entry, line)
                if place > self.worst.place[entry]:
                    self.worst.place[entry], self.worst.line[entry] = place, line
        if self._first is not None:
            for line, entry, low, high in doubts.tolist():
                if low < self._first <= high and self.exact_place(entry, line) < self._first:
                    self.among_first[entry] += 1
