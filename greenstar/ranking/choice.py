"""The choice of K lighthouse stores that cover most regions and kinds of stores, then have most points; exact.

In a best choice every store that is weaker than the strongest one left out covers something that no other one does:
else the two would be exchanged. So a choice is the strongest stores, down to some place, and the others of it are the
best of their region and kind, at most as many as there are regions and kinds to cover. For each number of such others
a program over the cells of (region, kind) finds the best: region by region, by which kinds are covered so far.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm
from operator import or_

from greenstar.numbers import ZERO

MOST_KINDS = 8
"""As many as three facts of yes or no make; above that the sets of kinds are too many to go through."""
_Covered = dict[tuple[int, int, int], int]
"""By how many regions, which kinds (as bits) and how many stores: the worth of the best of them."""


@dataclass(frozen=True)
class Candidate:
    """A candidate in its place of the ranking; an empty region or kind None covers none."""

    store: str
    points: Fraction
    region: str
    kind: Hashable


@dataclass(frozen=True)
class Chosen:
    """Some candidates, in the order of the ranking, with what they cover and the sum of their points."""

    stores: tuple[str, ...]
    regions: int
    kinds: int
    points: Fraction


@dataclass(frozen=True)
class CoverageChoice:
    """The choice beside the plain first; `regions` and `kinds`: how many there are among all candidates."""

    chosen: Chosen
    plain: Chosen
    regions: int
    kinds: int

    @property
    def given_up(self) -> Fraction:
        """The points that the wider choice costs."""
        return self.plain.points - self.chosen.points

    @property
    def instead(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who is chosen that is not among the plain first, and who is among these that is not chosen."""
        chosen, plain = self.chosen.stores, self.plain.stores
        return tuple(store for store in chosen if store not in plain), tuple(
            store for store in plain if store not in chosen
        )


def choose(candidates: Sequence[Candidate], count: int) -> CoverageChoice:
    """Choose `count` of the candidates, who come in the order of the ranking; all where there are no more.

    ValueError: there are more than `MOST_KINDS` kinds.
    """
    count = min(max(count, 0), len(candidates))
    table = _Table(candidates)
    return CoverageChoice(
        chosen=table.chosen(table.best(count)),
        plain=table.chosen(tuple(range(count))),
        regions=len(table.regions),
        kinds=len(table.kinds),
    )


class _Table:
    """The candidates with their places, and with regions and kinds as numbers.

    The worth of a store is one whole number: its points over their common denominator, and behind them a bit for its
    place, the first place the highest. So worths can be added, and of equal points the better places are worth more.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        self.kinds = _numbered(candidate.kind for candidate in candidates if candidate.kind is not None)
        self.regions = _numbered(candidate.region for candidate in candidates if candidate.region)
        if len(self.kinds) > MOST_KINDS:
            raise ValueError("too many kinds")
        count, unit = len(candidates), lcm(*(candidate.points.denominator for candidate in candidates))
        self.worths = [
            (int(candidate.points * unit) << count) + (1 << (count - 1 - place))
            for place, candidate in enumerate(candidates)
        ]
        self.strongest = sorted(range(count), key=lambda place: -self.worths[place])

    def chosen(self, places: Sequence[int]) -> Chosen:
        """What these places come to."""
        return Chosen(
            stores=tuple(self.candidates[place].store for place in sorted(places)),
            regions=len({self._region(place) for place in places} - {None}),
            kinds=len({self._kind(place) for place in places} - {None}),
            points=sum((self.candidates[place].points for place in places), ZERO),
        )

    def best(self, count: int) -> tuple[int, ...]:
        """The places of the best choice."""
        return max(self._choices(count), key=self._value)

    def _value(self, places: Sequence[int]) -> tuple[int, int]:
        """What one choice is better by than another: what it covers, then what it is worth."""
        chosen = self.chosen(places)
        return chosen.regions + chosen.kinds, sum(self.worths[place] for place in places)

    def _choices(self, count: int) -> Iterator[tuple[int, ...]]:
        """For each number of strongest stores the best choice that has these; the best of all is among them."""
        least = self._covered_at_least(count)
        for others in range(min(count, len(self.regions) + len(self.kinds)) + 1):
            strongest = self.strongest[: count - others]
            yield from ((*strongest, *more) for more in self._others(strongest, others, least))

    def _covered_at_least(self, count: int) -> int:
        """How much so many stores cover at least: found by taking, again and again, the one that covers most more."""
        regions: set[int | None] = {None}
        kinds: set[int | None] = {None}
        for _ in range(min(count, len(self.regions) + len(self.kinds))):
            place = max(
                self.strongest,
                key=lambda place: (self._region(place) not in regions) + (self._kind(place) not in kinds),
            )
            regions.add(self._region(place))
            kinds.add(self._kind(place))
        return len(regions) + len(kinds) - 2

    def _others(self, strongest: Sequence[int], others: int, least: int) -> Iterator[list[int]]:
        """So many stores beside the strongest that cover most of what these do not; nothing where that is too little.

        `least`: what a choice must cover in all to be looked at.
        """
        covered, cells = self.chosen(strongest), self._cells(strongest)
        search = _Search(others, least - covered.regions - covered.kinds, cells)
        worth = search.best()
        if worth is not None:
            yield [place for place in range(len(self.candidates)) if worth >> (len(self.candidates) - 1 - place) & 1]

    def _cells(self, strongest: Sequence[int]) -> dict[int | None, list[tuple[int, int]]]:
        """By region (None: already covered) each kind as a bit (0: already covered), and the best of both that is left.

        Only what covers something that the strongest do not.
        """
        regions, kinds = set(map(self._region, strongest)), set(map(self._kind, strongest))
        cells: dict[int | None, dict[int, int]] = defaultdict(dict)
        for place in self.strongest[len(strongest) :]:
            region, kind = self._region(place), self._kind(place)
            new_region = None if region in regions else region
            new_kind = 0 if kind is None or kind in kinds else 1 << kind
            if new_region is not None or new_kind:
                cells[new_region].setdefault(new_kind, self.worths[place])
        return {region: list(by_kind.items()) for region, by_kind in cells.items()}

    def _region(self, place: int) -> int | None:
        return self.regions.get(self.candidates[place].region)

    def _kind(self, place: int) -> int | None:
        return self.kinds.get(self.candidates[place].kind)


@dataclass(frozen=True)
class _Search:
    """Chooses so many stores from cells, at most one from each, that newly cover most and at least `least`."""

    others: int
    least: int
    cells: Mapping[int | None, Sequence[tuple[int, int]]]

    def best(self) -> int | None:
        """The worth of the best of those that cover most; None where none covers so much."""
        best: _Covered = {(0, 0, 0): 0}
        regions_left = len(self.cells.keys() - {None})
        every_kind = reduce(or_, (kind for cells in self.cells.values() for kind, _ in cells), 0)
        for region, cells in self.cells.items():
            regions_left -= region is not None
            grown = self._with_region(best, cells, counts=region is not None)
            best = {
                key: worth
                for key, worth in grown.items()
                if self._can_cover(key, regions_left, every_kind) >= self.least
            }
        complete = [
            (regions + kinds.bit_count(), worth)
            for (regions, kinds, number), worth in best.items()
            if number == self.others
        ]
        return max(complete)[1] if complete else None

    def _can_cover(self, key: tuple[int, int, int], regions_left: int, every_kind: int) -> int:
        """The most that can come of what is covered so far."""
        regions, kinds, number = key
        left, kinds_left = self.others - number, (every_kind & ~kinds).bit_count()
        return regions + kinds.bit_count() + min(left, regions_left) + min(left, kinds_left)

    def _with_region(self, best: _Covered, cells: Sequence[tuple[int, int]], *, counts: bool) -> _Covered:
        """What can be covered with the stores of one more region; it `counts` itself once a store of it is taken."""
        within: _Covered = {}
        for kind, worth in cells:
            grown: _Covered = {}
            for (regions, kinds, number), known in best.items():
                if number < self.others and (counts or kind & ~kinds):
                    _keep(grown, (regions + counts, kinds | kind, number + 1), known + worth)
            for (regions, kinds, number), known in within.items():
                if number < self.others and kind & ~kinds:  # a store that covers nothing more is better a strong one
                    _keep(grown, (regions, kinds | kind, number + 1), known + worth)
            for key, known in grown.items():
                _keep(within, key, known)
        merged = dict(best)
        for key, known in within.items():
            _keep(merged, key, known)
        return merged


def _keep(best: _Covered, key: tuple[int, int, int], worth: int) -> None:
    if best.get(key, -1) < worth:
        best[key] = worth


def _numbered(names: Iterator[Hashable]) -> Mapping[Hashable, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
