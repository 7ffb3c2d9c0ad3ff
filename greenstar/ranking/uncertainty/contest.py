"""Who can pass whom where weights change: stores that differ in a key before the total never can. Exact; no NumPy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from greenstar.numbers import ONE
from greenstar.ranking.uncertainty.totals import (
    Contestant,
    GeometricMeans,
    Ratios,
    RootScoring,
    ratio,
    totals_of,
    whole,
)

Keys = Sequence[Fraction | None]


@dataclass
class TiedStores:
    """Stores that share a place under any weights: the same row, and the same keys after the total.

    `behind`: their place among the keys that count after the total, the best one 0. `row`: its number in the heat.
    """

    row: int
    behind: int
    stores: list[int]


@dataclass
class Heat:
    """Stores that are alike in all keys before the total. `offset`: how many stores stand before them in any case.

    `entries` stand in the order of the keys behind the total, so that where totals are equal the first one is ahead.
    """

    offset: int
    totals: Ratios | GeometricMeans
    rows: list[Any] = field(default_factory=list)
    entries: list[TiedStores] = field(default_factory=list)

    @cached_property
    def stores(self) -> int:
        """How many stores there are in it, once all have been put into it."""
        return sum(len(entry.stores) for entry in self.entries)

    def place(self, entry: int, factors: Sequence[Fraction]) -> int:
        """The exact place of an entry's stores under these factors, with all keys; from 0, within the heat."""
        mine = self.entries[entry]
        before = self.ahead(mine.row, factors)
        better = (
            len(other.stores)
            for other in self.entries
            if before[other.row] > 0 or (before[other.row] == 0 and other.behind < mine.behind)
        )
        return sum(better)

    def ahead(self, row: int, factors: Sequence[Fraction], rows: Iterable[int] | None = None) -> dict[int, int]:
        """For each row 1 where its total is higher than that of `row`, 0 where it is equal, else -1."""
        numbers = range(len(self.rows)) if rows is None else rows
        if isinstance(self.totals, Ratios):
            integers = whole(factors)
            above, below = ratio(self.rows[row], integers)
            signs = {}
            for number in numbers:
                more, of = ratio(self.rows[number], integers)
                signs[number] = _sign(more * below - above * of)
            return signs
        mine = self.totals.under(self.rows[row], factors)
        return {number: _sign(self.totals.under(self.rows[number], factors) - mine) for number in numbers}


class Contest:
    """The stores of a league with all that their places depend on."""

    def __init__(self, scoring: RootScoring, contestants: Sequence[Contestant]) -> None:
        self.scoring = scoring
        self.contestants = contestants
        self.totals = totals_of(scoring)
        self.heats = self._heats()
        self.where = {
            store: (heat, number)
            for heat in self.heats
            for number, entry in enumerate(heat.entries)
            for store in entry.stores
        }

    def place(self, store: int, factors: Sequence[Fraction]) -> int:
        """The exact place of a store under these factors, with all keys; 1 is the first."""
        heat, entry = self.where[store]
        return 1 + heat.offset + heat.place(entry, factors)

    def _heats(self) -> list[Heat]:
        contestants = self.contestants
        before = ranks([(*store.ahead, None if store.total is None else ONE) for store in contestants])
        after = ranks([store.behind for store in contestants])
        order = sorted(range(len(contestants)), key=lambda number: (before[number], after[number]))
        heats: list[Heat] = []
        offset = 0
        for _, members in groupby(order, key=before.__getitem__):
            heat = Heat(offset, self.totals)
            numbers: dict[Any, int] = {}
            entries: dict[tuple[int, int], TiedStores] = {}
            for store in members:
                row = self.totals.row(contestants[store])
                number = numbers.setdefault(row, len(numbers))
                entry = entries.setdefault((number, after[store]), TiedStores(number, after[store], []))
                entry.stores.append(store)
            heat.rows, heat.entries = list(numbers), list(entries.values())
            offset += heat.stores
            heats.append(heat)
        return heats


def ranks(keys: Sequence[Keys]) -> list[int]:
    """Dense ranks: higher values first, unknown ones last, equal keys alike."""
    ordered = sorted((_order(values), number) for number, values in enumerate(keys))
    ranks = [0] * len(keys)
    for rank, (_, alike) in enumerate(groupby(ordered, key=itemgetter(0))):
        for _, number in alike:
            ranks[number] = rank
    return ranks


def _order(values: Keys) -> list[tuple[object, ...]]:
    return [(1,) if value is None else (0, -float(value), -value) for value in values]


def _sign(value: Fraction | int) -> int:
    return (value > 0) - (value < 0)
