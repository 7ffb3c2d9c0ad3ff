"""The league as every way out tells it. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.league import Ranked, Ranking
from greenstar.reports.views.figures import Figure


@dataclass(frozen=True)
class RankedStore:
    """A store's place, what it rests on, and what keeps it from being a candidate for a lighthouse store.

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
    share: Fraction | None
    level: str | None
    title: Text | None
    stars: int
    candidate: bool
    why_not: tuple[Phrase, ...]
    keys: Mapping[str, Figure]
    excused: Figure
    not_applicable: Figure


@dataclass(frozen=True)
class RankingView:
    """A cycle's stores in their order. `scheme` is None where there is no visit; `levels`: titles, lowest first."""

    scheme: str | None
    title: Text | str
    version: str | None
    cycle: str
    stores: tuple[RankedStore, ...]
    candidates: int
    levels: Mapping[str, Text]
    notes: tuple[Phrase, ...]


def ranking_view(ranking: Ranking) -> RankingView:
    """Everything that a ranking says."""
    return RankingView(
        scheme=ranking.scheme,
        title=ranking.title if ranking.title is not None else ranking.scheme or "",
        version=ranking.version,
        cycle=ranking.cycle,
        stores=tuple(_store(ranking, ranked) for ranked in ranking.stores),
        candidates=sum(ranked.entry.candidate for ranked in ranking.stores),
        levels=ranking.levels,
        notes=ranking.notes,
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
        share=share,
        level=entry.level,
        title=ranking.levels.get(entry.level or ""),
        stars=entry.stars,
        candidate=entry.candidate,
        why_not=entry.why_not,
        keys=keys,
        excused=Figure(entry.excused_points),
        not_applicable=Figure(entry.not_applicable_points),
    )
