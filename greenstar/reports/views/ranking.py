"""The league as every way out tells it. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import overload

from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import shown
from greenstar.ranking.kept import Kept
from greenstar.ranking.league import ClosedStore, LeagueEntry, LeagueLevel, Ranked, Ranking
from greenstar.reports.views.figures import Figure
from greenstar.text import cell_width

_NO_RULE = "scoring.unmet_lighthouse_rule"
_MOST_PLACES = 30  # of figures that are told apart
_APART = Fraction(1, 50)  # from here on, two figures of two decimals differ, whichever way each is rounded
_MOST_NAMED = 12  # closed stores
_LEVEL = "scoring.unmet_level"
_IN_SHORT = {
    "scoring.unmet_each_category": "network.gate",
    "scoring.unmet_categories": "network.gate",
    "scoring.unmet_criteria": "network.gate",
    "scoring.unmet_total": "network.gate_total",
    "scoring.unmet_evidence": "network.gate_evidence",
    "scoring.unmet_excused": "requirements.short_excused",
}


@dataclass(frozen=True)
class TieBreak:
    """What put a store before or behind a neighbour that has, as far as a reader sees, as many points.

    `key` is the first key of the ranking by which they differ, `title` its words where it has any; `this` and `other`
    are the two values, with as many decimals as it takes to tell them apart. `ahead`: it stands before the neighbour.
    """

    key: str
    title: Text | None
    neighbour: str
    ahead: bool
    this: str
    other: str

    @property
    def phrase(self) -> Phrase:
        """The sentence that answers the store which came second."""
        values = {"store": self.neighbour, "this": self.this, "other": self.other}
        if self.title is None and self.key == "total":
            return Phrase("ranking.tie_broken_by_total", **values)
        return Phrase("ranking.tie_broken", key=self.title or self.key, **values)


@dataclass(frozen=True)
class RankedStore:
    """A store's place, what it rests on, and what keeps it from being a candidate for a lighthouse store.

    `tie_break`: what decided against the neighbour with as many points; the one before it, where both have as many.
    `title` is the level's, None where the scheme has no such level; `share` is the total's, of what there is to earn.
    """

    assessment: int
    rank: int
    rank_low: int | None
    rank_high: int | None
    store: str
    name: str
    region: str
    status: str
    total: Figure
    available: Figure
    share: Fraction | None
    level: str | None
    title: Text | None
    stars: int
    candidate: bool
    why_not: Sequence[Phrase]
    keys: Mapping[str, Figure]
    tie_break: TieBreak | None
    excused: Figure
    not_applicable: Figure

    @property
    def names_lighthouses(self) -> bool:
        """Whether the scheme has a rule for lighthouse stores: it may be why this store is none."""
        return self.candidate or not any(reason.key == _NO_RULE for reason in self.why_not)

    @property
    def lacks_in_short(self) -> Phrase | None:
        """The first thing that it lacks in few words: a gate rather than the level, which its stars tell already."""
        gates = [reason for reason in self.why_not if reason.key != _LEVEL] or self.why_not
        if self.candidate or not gates:
            return None
        values = gates[0].values
        return Phrase(_IN_SHORT.get(gates[0].key, gates[0].key), **{"id": values.get("subject"), **values})


class RankedStores(Sequence[RankedStore]):
    """The stores of a ranking in their order, each made where it is asked for: of thousands a screen shows a few.

    `places`: the places of those that it holds, where it is not all of them.
    """

    def __init__(self, ranking: Ranking, places: Sequence[int] | None = None) -> None:
        self._ranking = ranking
        self._places = range(len(ranking.stores)) if places is None else places
        self._made: dict[int, RankedStore] = {}

    @property
    def entries(self) -> Iterator[LeagueEntry]:
        """What the stores brought in, which takes no making."""
        return (self._ranking.stores[place].entry for place in self._places)

    def those(self, wanted: Callable[[LeagueEntry], bool]) -> "RankedStores":
        """Some of them, with the ranks that they have."""
        places = [place for place in self._places if wanted(self._ranking.stores[place].entry)]
        return RankedStores(self._ranking, places)

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
            return RankedStores(self._ranking, self._places[index])
        place = self._places[index]
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]

    def _make(self, place: int) -> RankedStore:
        """A store, with what decided against the one before it, else against the one behind it."""
        ranking, stores = self._ranking, self._ranking.stores
        store = _store(ranking, stores[place])
        for neighbour, ahead in ((place - 1, False), (place + 1, True)):
            if 0 <= neighbour < len(stores):
                other = _store(ranking, stores[neighbour])
                key = _deciding_key(store, other)
                if key is not None:
                    return replace(store, tie_break=_tie_break(ranking, key, store, other, ahead=ahead))
        return store


def one_short(entry: LeagueEntry) -> bool:
    """Whether a single requirement keeps a store from being a candidate."""
    return not entry.candidate and len(entry.why_not) == 1 and entry.why_not[0].key != _NO_RULE


@dataclass(frozen=True)
class RankingView:
    """A cycle's stores in their order. `scheme` is None where there is no visit; `levels`: titles, lowest first.

    `closed`: stores that have no place in it. `ladder`: what the levels ask of the total, lowest first; `by_total`:
    the total is what counts first. `code_cells`: how wide the longest code is; `ranges`: whether the ranks have any.
    `kept`: it was kept when its cycle was closed.
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
    kept: Kept | None

    @property
    def names_lighthouses(self) -> bool:
        """Whether its scheme has a rule for lighthouse stores; else nothing is said of them."""
        return any(store.names_lighthouses for store in self.stores)

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
    return RankingView(
        scheme=ranking.scheme,
        title=ranking.title if ranking.title is not None else ranking.scheme or "",
        version=ranking.version,
        cycle=ranking.cycle,
        stores=RankedStores(ranking),
        candidates=sum(ranked.entry.candidate for ranked in ranking.stores),
        levels=ranking.levels,
        notes=ranking.notes,
        closed=ranking.closed,
        ladder=ranking.ladder,
        by_total=next(iter(ranking.keys), None) == "total",
        code_cells=cell_width(max((ranked.entry.store for ranked in ranking.stores), key=len, default="")),
        kept=ranking.kept,
        ranges=any(ranked.rank_low is not None for ranked in ranking.stores),
    )


def _store(ranking: Ranking, ranked: Ranked) -> RankedStore:
    entry = ranked.entry
    total = Figure(entry.total, ranking.edges.in_points(entry.available))
    share = None if entry.total is None or not entry.available else entry.total / entry.available
    keys = {name: total if name == "total" else Figure(value) for name, value in entry.keys.items()}
    return RankedStore(
        assessment=entry.assessment,
        rank=ranked.rank,
        rank_low=ranked.rank_low,
        rank_high=ranked.rank_high,
        store=entry.store,
        name=entry.name,
        region=entry.region,
        status=entry.status,
        total=total,
        available=Figure(entry.available),
        share=share,
        level=entry.level,
        title=ranking.levels.get(entry.level or ""),
        stars=entry.stars,
        candidate=entry.candidate,
        why_not=entry.why_not,
        keys=keys,
        tie_break=None,
        excused=_excused(ranking, entry),
        not_applicable=Figure(entry.not_applicable_points),
    )


def _excused(ranking: Ranking, entry: LeagueEntry) -> Figure:
    if not entry.excused_points:
        return Figure(entry.excused_points)  # nothing is rounded: most stores have none
    return Figure(entry.excused_points, ranking.excused.in_points(entry.excused_points, entry.not_applicable_points))


def _deciding_key(ahead: RankedStore, behind: RankedStore) -> str | None:
    """What tells two neighbours apart that seem to have as many points; None where nothing does, or nothing need."""
    if ahead.rank == behind.rank or not _seem_equal(ahead.total, behind.total):
        return None
    return next((key for key, figure in ahead.keys.items() if figure.value != behind.keys[key].value), None)


def _tie_break(ranking: Ranking, key: str, store: RankedStore, neighbour: RankedStore, *, ahead: bool) -> TieBreak:
    values = _told_apart(store.keys[key].value, neighbour.keys[key].value)
    return TieBreak(key, ranking.keys.get(key), neighbour.store, ahead, *values)


def _seem_equal(this: Figure, other: Figure) -> bool:
    """Whether two totals read the same. Writing them out is slow, and most neighbours are further apart."""
    if this.value is not None and other.value is not None and abs(this.value - other.value) >= _APART:
        return False
    return this.text == other.text


def _told_apart(this: Fraction | None, other: Fraction | None) -> tuple[str, str]:
    """Two different values with the fewest decimals, two at least, that show the difference."""
    for places in range(2, _MOST_PLACES):
        texts = _text(this, places), _text(other, places)
        if texts[0] != texts[1]:
            return texts
    return str(this), str(other)


def _text(value: Fraction | None, places: int) -> str:
    return "-" if value is None else shown(value, places)
