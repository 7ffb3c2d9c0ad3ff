"""The report on a cycle as every way out tells it: levels, categories, movement, the league, what is weakest."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.league import LeagueEntry, Ranking
from greenstar.reports.views.choice import ChoiceView, choice_view
from greenstar.reports.views.figures import Figure, step
from greenstar.reports.views.indicators import IndicatorsView, indicators_view
from greenstar.reports.views.movement import causes_phrase
from greenstar.reports.views.network import NetworkView, median, network_view
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import RankingView, ranking_view
from greenstar.reports.views.sureness import SurenessView
from greenstar.scheme.severities import SEVERITIES
from greenstar.services.results.network_report import NetworkMaterial, Shares
from greenstar.storage.protocols.due import DueRow
from greenstar.text import folded

_QUARTER, _HALF = Fraction(1, 4), Fraction(1, 2)


@dataclass(frozen=True)
class RegionRow:
    """A region: how many of its stores have each level, as `NetworkView.levels` has them; empty: none was named."""

    region: str
    levels: tuple[int, ...]
    median: Figure

    @property
    def stores(self) -> int:
        """How many are ranked there."""
        return sum(self.levels)


@dataclass(frozen=True)
class CategorySpread:
    """How the shares of a category lie over the stores to which it applies: ends, quarters and middle.

    `before`: the middle in the cycle before, where that is known; `step`: how far it moved since, for a reader.
    """

    id: str
    title: Text | str
    stores: int
    low: Fraction
    lower: Fraction
    middle: Fraction
    upper: Fraction
    high: Fraction
    before: Fraction | None

    @property
    def percent(self) -> Figure:
        """The middle for a reader."""
        return Figure(self.middle, percent=True)

    @property
    def step(self) -> str:
        """By how many percentage points the middle moved; nothing where it is not known."""
        return "" if self.before is None else step(self.middle, self.before)


@dataclass(frozen=True)
class LevelMoves:
    """Of the stores that were ranked in both cycles: how many reach a higher level, a lower one, the same one.

    `added` had no place in the cycle before, and `gone` have none now.
    """

    rose: int
    fell: int
    same: int
    added: int
    gone: int


@dataclass(frozen=True)
class Mover:
    """A store that moved far, by so many places, and the criteria that moved it most; None: nothing of it changed."""

    store: str
    name: str
    moved: int
    causes: Phrase | None


@dataclass(frozen=True)
class WeakCriterion:
    """A criterion: the mean of its shares over the stores to which it applies, and how many of these have all of it."""

    id: str
    title: Text
    share: Fraction
    stores: int
    in_full: int


@dataclass(frozen=True)
class NetworkFindings:
    """The open findings: how many of each severity, the most serious first, how many are overdue, and each of them."""

    counts: Mapping[str, int]
    overdue: int
    rows: tuple[DueRow, ...]
    today: date


@dataclass(frozen=True)
class NetworkReportView:
    """All that a report on a cycle says. `league`: all stores in their order, `ranges`: whether their places have any.

    `region`: the only one that it is on, as it is stored; None: all of them. Places are then those within the region.
    `sureness`: what ranges were worked out with, where that was done now. `edges`: from which share of the total each
    level begins, with the points and stars of it. `moves`: None where there is no cycle before under the same rules.
    """

    title: Text | str
    version: str
    notice: Text | None
    cycle: str
    region: str | None
    sample: bool
    ranking: RankingView
    network: NetworkView
    regions: tuple[RegionRow, ...]
    edges: tuple[tuple[Fraction, Figure, int], ...]
    categories: tuple[CategorySpread, ...]
    moves: LevelMoves | None
    climbed: tuple[Mover, ...]
    fell: tuple[Mover, ...]
    sureness: SurenessView | None
    choice: ChoiceView | None
    weakest: tuple[WeakCriterion, ...]
    findings: NetworkFindings
    indicators: IndicatorsView

    @property
    def league(self) -> Sequence[RankedStore]:
        """All stores in their order."""
        return self.ranking.stores

    @property
    def reached(self) -> int:
        """How many stores have any level."""
        return sum(level.stores for level in self.network.levels if level.id is not None)


def network_report_view(material: NetworkMaterial) -> NetworkReportView:
    """Everything that is said of a cycle."""
    ranking = material.sureness.ranking if material.sureness is not None else material.ranking
    view = ranking_view(ranking)
    network = network_view(view, material.figures)
    movers = tuple(_movers(material, ranking))
    return NetworkReportView(
        title=view.title,
        version=ranking.version or "",
        notice=material.scheme.document.notice,
        cycle=ranking.cycle,
        region=material.region,
        sample=material.sample,
        ranking=view,
        network=network,
        regions=tuple(_regions(ranking, network)),
        edges=tuple(_edges(view, network)),
        categories=tuple(_categories(material)),
        moves=_moves(material, ranking),
        climbed=tuple(mover for mover in movers if mover.moved > 0),
        fell=tuple(mover for mover in movers if mover.moved < 0),
        sureness=None if material.sureness is None else SurenessView(material.sureness),
        choice=None if material.choice is None else choice_view(material.choice),
        weakest=tuple(sorted(_criteria(material), key=lambda criterion: (criterion.share, criterion.id))),
        findings=_findings(material),
        indicators=indicators_view(material.indicators),
    )


def _regions(ranking: Ranking, network: NetworkView) -> Iterator[RegionRow]:
    """Each region, that of most stores first; the stores of which none was named last."""
    by_region: dict[str, list[LeagueEntry]] = {}
    for ranked in ranking.stores:
        by_region.setdefault(folded(ranked.entry.region), []).append(ranked.entry)
    for name, entries in sorted(by_region.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0])):
        known = {level.id for level in network.levels}
        counts = Counter(entry.level if entry.level in known else None for entry in entries)
        totals = [entry.total for entry in entries if entry.total is not None]
        levels = tuple(counts[level.id] for level in network.levels) or (len(entries),)
        yield RegionRow(entries[0].region if name else "", levels, Figure(median(totals)))


def _edges(view: RankingView, network: NetworkView) -> Iterator[tuple[Fraction, Figure, int]]:
    """Where levels begin, of all that there is to earn; in points only where that is as much for every store."""
    available = network.totals.available.value
    for level in view.ladder:
        if level.total is not None and level.percent:
            yield level.total, Figure(level.total, percent=True), level.stars
        elif level.total is not None and available:
            yield level.total / available, Figure(level.total), level.stars


def _categories(material: NetworkMaterial) -> Iterator[CategorySpread]:
    for group in material.scheme.categories:
        shares = _ordered(material.shares, group.category)
        if shares:
            before = _ordered(material.shares_before, group.category)
            parts = (Fraction(0), _QUARTER, _HALF, 1 - _QUARTER, Fraction(1))
            low, lower, middle, upper, high = (_quantile(shares, part) for part in parts)
            earlier = _quantile(before, _HALF) if before else None
            yield CategorySpread(
                group.category, group.title, len(shares), low, lower, middle, upper, high, before=earlier
            )


def _ordered(shares: Shares, category: str) -> list[Fraction]:
    return sorted(shares.get(category, ()), key=lambda share: (float(share), share))  # floats are quick


def _quantile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """What this part of them does not exceed, half way between two where it lies there (method 7 of Hyndman, Fan)."""
    place = part * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[after] - ordered[before])


def _moves(material: NetworkMaterial, ranking: Ranking) -> LevelMoves | None:
    earlier = material.levels_before
    if not earlier:
        return None
    heights = {level.id: height for height, level in enumerate(ranking.ladder, 1)}
    now = {ranked.entry.store: ranked.entry.level for ranked in ranking.stores}
    both = [
        heights.get(level or "", 0) - heights.get(earlier[store] or "", 0)
        for store, level in now.items()
        if store in earlier
    ]
    rose, fell = sum(change > 0 for change in both), sum(change < 0 for change in both)
    gone = sum(store not in now for store in earlier)
    return LevelMoves(rose, fell, len(both) - rose - fell, added=len(now) - len(both), gone=gone)


def _movers(material: NetworkMaterial, ranking: Ranking) -> Iterator[Mover]:
    """Those that moved farthest first."""
    moved = {ranked.entry.store: ranked for ranked in ranking.stores if ranked.entry.store in material.movers}
    for store, ranked in sorted(moved.items(), key=lambda pair: (-abs(pair[1].moved or 0), pair[0])):
        causes = material.movers[store]
        yield Mover(store, ranked.entry.name, ranked.moved or 0, causes_phrase(causes) if causes else None)


def _criteria(material: NetworkMaterial) -> Iterator[WeakCriterion]:
    """Those of which something is missing anywhere; what would be a bonus is no weakness."""
    scheme = material.scheme
    bonus = {
        criterion.id for group in scheme.categories if group.bonus for criterion in scheme.criteria_in[group.category]
    }
    for name, earned in material.criteria.items():
        criterion = scheme.criteria.get(name)
        if criterion is not None and name not in bonus and earned.in_full < earned.stores:
            yield WeakCriterion(name, criterion.title, earned.shares / earned.stores, earned.stores, earned.in_full)


def _findings(material: NetworkMaterial) -> NetworkFindings:
    """Those of ranked stores; the overdue first, as they are ordered by their days."""
    ranked = {store.entry.store for store in material.ranking.stores}
    rows = tuple(row for row in material.findings if row.store in ranked and row.criterion in material.scheme.criteria)
    counts = Counter(row.severity for row in rows)
    overdue = sum(row.day != "" and date.fromisoformat(row.day) < material.today for row in rows)
    return NetworkFindings(
        {severity: counts[severity] for severity in SEVERITIES if counts[severity]}, overdue, rows, material.today
    )
