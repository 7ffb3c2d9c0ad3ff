"""The league as every way out tells it. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.kept_ranking import KeptRanking
from greenstar.ranking.league import ClosedStore, LeagueEntry, LeagueLevel, Ranking
from greenstar.reports.views.ranked_store import NO_LIGHTHOUSE_RULE, RankedStore, ShownTotals
from greenstar.text import cell_width

_MOST_NAMED = 12  # closed stores
_WHYS = ("draft", "no_visit", "withdrawn", "clashing", "other_rules")


class RankedStores(Sequence[RankedStore]):
    """The stores of a ranking in their order, each made where it is asked for: of thousands a screen shows a few.

    `places`: the places of those that it holds, where it is not all of them.
    """

    def __init__(
        self, ranking: Ranking, places: Sequence[int] | None = None, totals: ShownTotals | None = None
    ) -> None:
        self._ranking = ranking
        self._places = range(len(ranking.stores)) if places is None else places
        self._totals = totals or ShownTotals(ranking.edges)
        self._made: dict[int, RankedStore] = {}

    @property
    def entries(self) -> Iterator[LeagueEntry]:
        """What the stores brought in, which takes no making."""
        return (self._ranking.stores[place].entry for place in self._places)

    def those(self, wanted: Callable[[LeagueEntry], bool]) -> "RankedStores":
        """Some of them, with the ranks that they have."""
        places = [place for place in self._places if wanted(self._ranking.stores[place].entry)]
        return RankedStores(self._ranking, places, self._totals)

    def place_of(self, store: str | None) -> int | None:
        """Where a store stands among them."""
        return next((place for place, entry in enumerate(self.entries) if entry.store == store), None)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> RankedStore: ...

    @overload
    def __getitem__(self, index: slice) -> "RankedStores": ...

    def __getitem__(self, index: int | slice) -> "RankedStore | RankedStores":
        """One of them, or those at some places."""
        if isinstance(index, slice):
            return RankedStores(self._ranking, self._places[index], self._totals)
        place = self._places[index]
        if place not in self._made:
            self._made[place] = RankedStore(self._ranking, place, self._totals)
        return self._made[place]

    def __iter__(self) -> Iterator[RankedStore]:
        """Each in turn, made anew: all of a long ranking would fill the memory."""
        return (RankedStore(self._ranking, place, self._totals) for place in self._places)


def one_short(entry: LeagueEntry) -> bool:
    """Whether a single requirement keeps a store from being a candidate."""
    return not entry.candidate and len(entry.why_not) == 1 and entry.why_not[0].key != NO_LIGHTHOUSE_RULE


@dataclass(frozen=True)
class RankingView:
    """A cycle's stores in their order. `scheme` is None where there is no visit; `levels`: titles, lowest first.

    `closed`: stores that have no place in it. `ladder`: what the levels ask of the total, lowest first; `by_total`:
    the total is what counts first. `code_cells`: how wide the longest code is; `ranges`: whether the ranks have any;
    `excuses`: whether an assessor took anything out. `left_out`: how many stores have no place, by why; `before`: the
    cycle with which places are compared, None where there is none; `stores_before`: how many stores had one there.
    `first_only`: they are only the first few. `kept`: it was kept when its cycle was closed.
    """

    scheme: str | None
    title: Text | str
    version: str | None
    cycle: str
    stores: RankedStores
    candidates: int
    levels: Mapping[str, Text]
    notes: tuple[Phrase, ...]
    closed: tuple[ClosedStore, ...]
    ladder: tuple[LeagueLevel, ...]
    by_total: bool
    code_cells: int
    ranges: bool
    excuses: bool
    left_out: Mapping[str, int]
    before: str | None
    stores_before: int
    first_only: bool
    kept: KeptRanking | None

    @property
    def names_lighthouses(self) -> bool:
        """Whether its scheme has a rule for lighthouse stores; else nothing is said of them."""
        return bool(self.stores) and self.stores[0].names_lighthouses

    @property
    def moved_since(self) -> Phrase | None:
        """With which cycle places are compared; None where there is none."""
        if self.before is None:
            return None
        if not self.stores_before:  # a kept league does not say
            return Phrase("ranking.moved_since_cycle", cycle=self.before)
        return Phrase("ranking.moved_since", cycle=self.before, count=self.stores_before)

    @property
    def not_in_it(self) -> Phrase | None:
        """How many stores have no place, and why; None where all have one. Closed ones are told apart."""
        whys = [Phrase(f"ranking.why_{why}", count=self.left_out[why]) for why in _WHYS if why in self.left_out]
        return Phrase("ranking.not_in_it", whys=whys) if whys else None

    @property
    def not_ranked(self) -> Phrase | None:
        """The closed stores in a sentence, the first few by name; None where there are none."""
        if not self.closed:
            return None
        named = [
            Phrase("closing.named", store=store.store, name=store.name, day=store.closed)
            for store in self.closed[:_MOST_NAMED]
        ]
        more = len(self.closed) - len(named)
        return Phrase("closing.not_ranked_more" if more else "closing.not_ranked", stores=named, count=more)


def ranking_view(ranking: Ranking) -> RankingView:
    """Everything that a ranking says."""
    candidates, longest, ranges, excuses = 0, "", False, False
    for ranked in ranking.stores:  # once: there may be a hundred thousand
        entry = ranked.entry
        candidates += entry.candidate
        ranges = ranges or ranked.rank_low is not None
        excuses = excuses or bool(entry.excused_points)
        if len(entry.store) > len(longest):
            longest = entry.store
    return RankingView(
        scheme=ranking.scheme,
        title=ranking.title if ranking.title is not None else ranking.scheme or "",
        version=ranking.version,
        cycle=ranking.cycle,
        stores=RankedStores(ranking),
        candidates=candidates,
        levels=ranking.levels,
        notes=ranking.notes,
        closed=ranking.closed,
        ladder=ranking.ladder,
        by_total=next(iter(ranking.keys), None) == "total",
        code_cells=cell_width(longest),
        ranges=ranges,
        excuses=excuses,
        left_out=ranking.left_out,
        before=ranking.before,
        stores_before=ranking.stores_before,
        first_only=ranking.first_only,
        kept=ranking.kept,
    )
