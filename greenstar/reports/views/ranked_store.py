"""A store of a ranking as every way out tells it. Imports nothing heavy: `greenstar rank` waits for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import as_number, hundredths, nearest_float, rounded_text
from greenstar.ranking.league import LeagueEntry, Ranking
from greenstar.reports.views.figures import Figure
from greenstar.scoring.edges import Edges
from greenstar.scoring.explain.unmet import NO_RULE

NO_LIGHTHOUSE_RULE = f"scoring.unmet_{NO_RULE}"
_MOST_PLACES = 30  # of figures that are told apart
_TOTALS = 2_000  # whose texts are known
_APART = Fraction(1, 50)  # from here on, two figures of two decimals differ, whichever way each is rounded
_LEVEL = "scoring.unmet_level"
_IN_SHORT = {
    "scoring.unmet_each_category": "network.gate",
    "scoring.unmet_categories": "network.gate",
    "scoring.unmet_criteria": "network.gate",
    "scoring.unmet_total": "network.gate_total",
    "scoring.unmet_evidence": "network.gate_evidence",
    "scoring.unmet_excused": "requirements.short_excused",
}
_FALLS_SHORT = {
    "scoring.unmet_each_category": "ranking.short",
    "scoring.unmet_categories": "ranking.short",
    "scoring.unmet_criteria": "ranking.short",
    "scoring.unmet_total": "ranking.short_total",
    "scoring.unmet_evidence": "ranking.short_evidence",
    "scoring.unmet_excused": "ranking.short_excused",
    _LEVEL: "ranking.short_level",
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


class RankedStore:
    """A store's place, what it rests on, and what keeps it from being a candidate for a lighthouse store.

    What it says is worked out where it is asked for: of a hundred thousand stores a list tells little.
    """

    def __init__(self, ranking: Ranking, place: int, totals: "ShownTotals") -> None:
        self._ranking, self._place, self._totals = ranking, place, totals
        ranked = ranking.stores[place]
        entry = self._entry = ranked.entry
        self.ranked = ranked
        self.assessment = entry.assessment
        self.rank, self.moved = ranked.rank, ranked.moved
        self.rank_low, self.rank_high = ranked.rank_low, ranked.rank_high
        self.store, self.name, self.region, self.status = entry.store, entry.name, entry.region, entry.status
        self.level, self.stars = entry.level, entry.stars
        self.candidate, self.why_not = entry.candidate, entry.why_not

    @cached_property
    def total(self) -> Figure:
        """Its points, bonus included."""
        return self._totals.figure(self._entry)

    @property
    def total_text(self) -> str:
        """The same for a reader."""
        return self._totals.text(self._entry)

    @property
    def available(self) -> Figure:
        """The points that it could have had."""
        return Figure(self._entry.available)

    @property
    def share(self) -> Fraction | None:
        """Its total, of what there was to earn."""
        entry = self._entry
        return None if entry.total is None or not entry.available else entry.total / entry.available

    @property
    def title(self) -> Text | None:
        """Its level's; None where it has none, or the scheme has no such level."""
        return self._ranking.levels.get(self.level or "")

    @cached_property
    def keys(self) -> dict[str, Figure]:
        """What it is ranked by, in the order in which it counts."""
        return {name: self.total if name == "total" else Figure(value) for name, value in self._entry.keys.items()}

    @property
    def excused(self) -> Figure:
        """The points that the assessor took out."""
        excused, not_applicable = self._entry.excused_points, self._entry.not_applicable_points
        if not excused:
            return Figure(excused)  # nothing is rounded: most stores have none
        return Figure(excused, self._ranking.excused.in_points(excused, not_applicable))

    @property
    def not_applicable(self) -> Figure:
        """The points that did not apply, those among them that the assessor took out."""
        return Figure(self._entry.not_applicable_points)

    @cached_property
    def tie_break(self) -> TieBreak | None:
        """What decided against the store before it with as many points, else against such a one behind it."""
        behind = self.tie_break_behind
        if behind is not None or self._place + 1 >= len(self._ranking.stores):
            return behind
        return self._decided(self._place + 1, ahead=True)

    @property
    def tie_break_behind(self) -> TieBreak | None:
        """What put it behind the store before it, where that has as many points."""
        return self._decided(self._place - 1, ahead=False) if self._place else None

    def _decided(self, place: int, *, ahead: bool) -> TieBreak | None:
        """What tells it from a neighbour that seems to have as many points; None: nothing does, or nothing need."""
        neighbour = self._ranking.stores[place]
        if neighbour.rank == self.rank or not self._totals.seem_equal(self._entry, neighbour.entry):
            return None
        other = neighbour.entry.keys
        key = next((name for name, value in self._entry.keys.items() if value != other[name]), None)
        if key is None:
            return None
        values = _told_apart(self._entry.keys[key], other[key])
        return TieBreak(key, self._ranking.keys.get(key), neighbour.entry.store, ahead, *values)

    @property
    def shared(self) -> bool:
        """Whether another store has the same place."""
        stores, place = self._ranking.stores, self._place
        beside = (other for other in (place - 1, place + 1) if 0 <= other < len(stores))
        return any(stores[other].rank == self.rank for other in beside)

    @property
    def chance_top(self) -> int | float | None:
        """The chance to be among the first few, as a share of 1; None where it is not worked out."""
        chance = self.ranked.chance_top
        return None if chance is None else as_number(chance, 4)

    @property
    def names_lighthouses(self) -> bool:
        """Whether the scheme has a rule for lighthouse stores: it may be why this store is none."""
        return (
            self.candidate
            or self._entry.first_reason is not None
            or not any(reason.key == NO_LIGHTHOUSE_RULE for reason in self.why_not)
        )

    def first_reason(self, catalogue: Catalogue) -> str:
        """The first thing that it lacks, in full; as it was written down at the time, where it was in this language."""
        kept = self._entry.first_reason
        if kept is not None and catalogue.language == catalogue.own_language:
            return _by_language(kept)[catalogue.language]
        return catalogue.render(self.why_not[0])

    @property
    def lacks_in_short(self) -> Phrase | None:
        """The first thing that it lacks in few words: a gate rather than the level, which its stars tell already."""
        return self._first_gate(_IN_SHORT)

    @property
    def falls_short(self) -> Phrase | None:
        """The same in the fewest words: what falls short, and how far it comes."""
        return self._first_gate(_FALLS_SHORT)

    def _first_gate(self, words: Mapping[str, str]) -> Phrase | None:
        gates = [reason for reason in self.why_not if reason.key != _LEVEL] or self.why_not
        if self.candidate or not gates:
            return None
        values = gates[0].values
        return Phrase(words.get(gates[0].key, gates[0].key), **{"id": values.get("subject"), **values})


@lru_cache(1024)
def _by_language(kept: str) -> dict[str, str]:
    written: dict[str, str] = json.loads(kept)
    return written


class ShownTotals:
    """The totals of a ranking as its readers see them. Many stores have the same, and writing one out is slow."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._texts: dict[tuple[int, ...], str] = {}
        self._near: dict[Fraction, list[float]] = {}

    def figure(self, entry: LeagueEntry) -> Figure:
        """Points that do not seem to reach what they miss."""
        return Figure(entry.total, self._edges.in_points(entry.available))

    def text(self, entry: LeagueEntry) -> str:
        """The same, written."""
        total = entry.total
        if total is None or total.denominator == 1:
            return Figure(total).text
        available = entry.available
        known = (total.numerator, total.denominator, available.numerator, available.denominator)
        if known not in self._texts:
            if len(self._texts) >= _TOTALS:
                self._texts.clear()  # neighbours have much the same totals, so few are written again
            self._texts[known] = self._rounded(total, available) or self.figure(entry).text
        return self._texts[known]

    def _rounded(self, total: Fraction, available: Fraction) -> str | None:
        """A total to two decimals, half up; None where that is not all, as an edge is near."""
        if available not in self._near:
            self._near[available] = sorted(map(nearest_float, self._edges.in_points(available)))
        told = hundredths(total.numerator, total.denominator, self._near[available])
        return None if told is None else f"{told // 100}.{told % 100:02}".rstrip("0").rstrip(".")

    def seem_equal(self, entry: LeagueEntry, other: LeagueEntry) -> bool:
        """Whether two totals read the same."""
        if entry.total is not None and other.total is not None and abs(entry.total - other.total) >= _APART:
            return False  # writing them out is slow, and most neighbours are further apart
        return self.text(entry) == self.text(other)


def _told_apart(this: Fraction | None, other: Fraction | None) -> tuple[str, str]:
    """Two different values with the fewest decimals, two at least, that show the difference."""
    for places in range(2, _MOST_PLACES):
        texts = _text(this, places), _text(other, places)
        if texts[0] != texts[1]:
            return texts
    return str(this), str(other)


def _text(value: Fraction | None, places: int) -> str:
    return "-" if value is None else rounded_text(value, places)
