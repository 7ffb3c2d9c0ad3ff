"""What the stores of a ranking come to together: levels, how totals lie, what is weakest, and who is nearly there.

Pure: it is made of a ranking and of what is kept beside it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Text
from greenstar.ranking.league import LeagueEntry, LeagueLevel
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import RankingView, one_short
from greenstar.services.results.network import NetworkFigures

CLASSES = 20  # of a distribution: five per cent of what there is to earn each


@dataclass(frozen=True)
class LevelCount:
    """How many stores have a level; `id` and `title` are None for those that have none."""

    id: str | None
    title: Text | None
    stars: int
    stores: int


@dataclass(frozen=True)
class Distribution:
    """How the totals lie: how many in each of `CLASSES` equal parts of what there is to earn, the lowest first.

    `available` is unknown where the stores have not all as much to earn. `moved`: by how much the median is above that
    of the cycle `before`, under the same rules; unknown where there is none.
    """

    classes: tuple[int, ...]
    median: Figure
    available: Figure
    before: str | None
    moved: Figure


@dataclass(frozen=True)
class WeakCategory:
    """A category, and what the stores to which it applies earned of it in the mean."""

    id: str
    title: Text | str
    share: Figure
    stores: int


@dataclass(frozen=True)
class NetworkView:
    """All stores of a ranking together. `levels`: the highest first, those without one last; `weakest` first.

    `candidates` for lighthouse stores, and those that one requirement keeps from being one, both by rank.
    """

    levels: tuple[LevelCount, ...]
    totals: Distribution
    weakest: tuple[WeakCategory, ...]
    candidates: tuple[str, ...]
    one_short: tuple[str, ...]


@dataclass(frozen=True)
class LevelLine:
    """A line between two stores of a ranking: from `place` on, no total reaches what the level asks for."""

    place: int
    level: LeagueLevel


def network_view(ranking: RankingView, figures: NetworkFigures) -> NetworkView:
    """What a ranking says of all its stores."""
    return NetworkView(
        levels=tuple(_levels(ranking)),
        totals=_distribution(list(ranking.stores.entries), figures),
        weakest=tuple(
            WeakCategory(mean.id, mean.title, Figure(mean.share, percent=True), mean.stores)
            for mean in sorted(figures.means, key=lambda mean: (mean.share, mean.id))
        ),
        candidates=tuple(entry.store for entry in ranking.stores.entries if entry.candidate),
        one_short=tuple(entry.store for entry in ranking.stores.entries if one_short(entry)),
    )


def _levels(ranking: RankingView) -> list[LevelCount]:
    counts = Counter(entry.level for entry in ranking.stores.entries)
    counted = [
        LevelCount(level.id, level.title, level.stars, counts.pop(level.id, 0)) for level in reversed(ranking.ladder)
    ]
    rest = sum(counts.values())
    return [*counted, LevelCount(None, None, 0, rest)] if ranking.ladder else []


def _distribution(entries: Sequence[LeagueEntry], figures: NetworkFigures) -> Distribution:
    totals = [entry.total for entry in entries if entry.total is not None]
    middle, earlier = median(totals), median(figures.totals_before)
    moved = None if middle is None or earlier is None else middle - earlier
    worth = {entry.available for entry in entries}
    return Distribution(
        classes=classes(
            [
                float(entry.total) / float(entry.available)
                for entry in entries
                if entry.total is not None and entry.available
            ]
        ),
        median=Figure(middle),
        available=Figure(worth.pop() if len(worth) == 1 else None),
        before=figures.before,
        moved=Figure(moved),
    )


def median(totals: Sequence[Fraction]) -> Fraction | None:
    """The middle one, or what lies half way between the two in the middle; None of nothing."""
    if not totals:
        return None
    ordered = sorted(totals, key=lambda total: (float(total), total))  # floats are quick, and keep the order
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def classes(shares: Sequence[float]) -> tuple[int, ...]:
    """How many shares lie in each part; all there is to earn, and more, belongs to the last."""
    counts = Counter(max(0, min(int(share * CLASSES), CLASSES - 1)) for share in shares)
    return tuple(counts[part] for part in range(CLASSES))


def level_lines(ranking: RankingView, stores: Sequence[RankedStore]) -> list[LevelLine]:
    """Where the totals of `stores`, in the order of a ranking by total, fall below what a level asks for; top down.

    None above the first store or below the last, and none at all where something other than the total comes first.
    """
    if not ranking.by_total:
        return []
    lines = []
    for level in reversed(ranking.ladder):
        place = bisect_left(stores, True, key=lambda store: not _reaches(store, level)) if level.total else 0
        if 0 < place < len(stores):
            lines.append(LevelLine(place, level))
    return lines


def _reaches(store: RankedStore, level: LeagueLevel) -> bool:
    total = store.share if level.percent else store.total.value
    return total is not None and level.total is not None and total >= level.total
