"""The league: stores in the order of the scheme's keys, with the candidates for lighthouse stores.

Higher comes first, an unknown key last; stores equal on all keys share a rank (1, 2, 2, 4) and are listed by code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import Any

from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import nearest_float
from greenstar.ranking.kept_ranking import KeptRanking
from greenstar.scoring.edges import NO_BOUNDS, NO_EDGES, Edges, ExcusedEdges


@dataclass(slots=True)  # not frozen: that takes three times as long to make, and there are a hundred thousand
class LeagueEntry:
    """What one store brings into the ranking; `keys` in the order in which they count.

    `assessment`: the number of the visit that counts. `excused_points`: those of `not_applicable_points` that the
    assessor took out. `first_reason`: the first of `why_not` as it was written down, JSON by language, where it was.
    """

    assessment: int
    store: str
    name: str
    region: str
    total: Fraction | None
    level: str | None
    stars: int
    candidate: bool
    why_not: Sequence[Phrase]
    keys: Mapping[str, Fraction | None]
    available: Fraction
    status: str = "submitted"
    not_applicable_points: Fraction = Fraction(0)
    excused_points: Fraction = Fraction(0)
    first_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A store's place, and by how many places it went up since the cycle before (`moved`; None: it had none there).

    What other weights would make of it stays None until it is computed, and is never a copy of `rank`: `rank_low` and
    `rank_high` are places that some weights give, and none lies outside of `rank_low_bound` and `rank_high_bound`.
    `proved`: none lies outside of the former two. `chance_top`: of being among the first few, as a share of 1.
    """

    rank: int
    entry: LeagueEntry
    rank_low: int | None = None
    rank_high: int | None = None
    rank_low_bound: int | None = None
    rank_high_bound: int | None = None
    proved: bool | None = None
    chance_top: Fraction | None = None
    moved: int | None = None


@dataclass(frozen=True)
class ClosedStore:
    """A store that is named beside a ranking and has no place in it, as it closed on that day."""

    store: str
    name: str
    region: str
    closed: date


@dataclass(frozen=True)
class LeagueLevel:
    """A level, and the total that it asks for at least: in points, or with `percent` as a share; None: no total."""

    id: str
    title: Text
    stars: int
    total: Fraction | None = None
    percent: bool = False


@dataclass(frozen=True)
class Ranking:
    """The league of one cycle under one version of one scheme (None: there is no visit).

    `levels` and `keys` give titles by id, `ladder` the levels with what they ask of the total, lowest first; a total
    must not seem to reach one of `edges` that it misses, nor what was excused one of `excused`. `rules`: their hash.
    `left_out`: how many stores have no place, by why. `before`: the cycle that places are compared with, None where
    there was no league under the same rules; `stores_before`: of so many stores.
    `first_only`: only the first few stores were read. `kept`: it is the league that was kept when the cycle was closed.
    """

    scheme: str | None
    version: str | None
    cycle: str
    stores: Sequence[Ranked]
    title: Text | None = None
    levels: Mapping[str, Text] = field(default_factory=dict)
    keys: Mapping[str, Text | None] = field(default_factory=dict)
    edges: Edges = NO_EDGES
    excused: ExcusedEdges = NO_BOUNDS
    notes: tuple[Phrase, ...] = ()
    closed: tuple[ClosedStore, ...] = ()
    rules: str | None = None
    ladder: tuple[LeagueLevel, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    before: str | None = None
    stores_before: int = 0
    first_only: bool = False
    kept: KeptRanking | None = None


def rank(entries: Iterable[LeagueEntry]) -> tuple[Ranked, ...]:
    """Every store with its rank, in order."""
    ordered = sorted((_order(entry), entry.store, number, entry) for number, entry in enumerate(entries))
    ranked: list[Ranked] = []
    for _, tied in groupby(ordered, key=itemgetter(0)):
        place = len(ranked) + 1
        ranked.extend(Ranked(place, entry) for *_, entry in tied)
    return tuple(ranked)


def _order(entry: LeagueEntry) -> list[Any]:
    """Its keys for sorting. A float first: it keeps the order of fractions, and is compared in no time."""
    return [(1,) if value is None else (0, -nearest_float(value), -value) for value in entry.keys.values()]
