"""A report's page of figures: the total between the levels, each category against its gate and others, the place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median

from greenstar.i18n.phrase import Phrase, Text
from greenstar.reports.views.figures import Figure, ScorecardFigures, level_under, step, total_under
from greenstar.reports.views.gates import LevelEdge, goal_gates, level_edges
from greenstar.reports.views.peers import PeersView, peers_view
from greenstar.reports.views.sureness import SurenessView
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import GroupScore, Scorecard
from greenstar.services.results.report import LastTime, ReportMaterial
from greenstar.services.results.sureness import Sureness


@dataclass(frozen=True)
class LastView:
    """What the store had in the cycle before. `level`: a title, empty where none was reached; `stars` of it.

    `change`: by how many points the total moved; `version`: of the rules then, where they were others.
    """

    cycle: str
    level: Text | str
    stars: int
    total: Figure
    share: Fraction | None
    change: Figure
    version: str


@dataclass(frozen=True)
class GroupBar:
    """A category on its bar, all in shares of 1. `gate`: what the next level asks; `last`, `median`: where known.

    `share` is None where nothing in it applies.
    """

    id: str
    title: Text
    share: Fraction | None
    percent: Figure
    points: Figure
    available: Figure
    bonus: bool
    gate: Fraction | None
    last: Fraction | None
    median: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """By how much its share moved since the cycle before."""
        return None if self.share is None or self.last is None else self.share - self.last

    @property
    def step(self) -> str:
        """The same in percentage points for a reader: `+4`, `-7`, `=`; nothing where it is not known."""
        return "" if self.share is None or self.last is None else step(self.share, self.last)


@dataclass(frozen=True)
class Dot:
    """A store on the line of totals, as a share of all there was to earn."""

    store: str
    share: Fraction


@dataclass(frozen=True)
class PlaceView:
    """The place in the ranking, and how sure it is. `low`, `high`: what other weights make of it, where that is known.

    `otherwise`: the places under other ways to count what does not apply, by the way's name, where they are known and
    differ. `drawn`: in how many of the weightings drawn it has which place, where that is known. `moved`: places gained
    since `before`. `notes`: what was worked out, and how.
    """

    rank: int
    count: int
    low: int | None
    high: int | None
    moved: int | None
    before: str | None
    otherwise: Mapping[str, int]
    drawn: Mapping[int, int]
    sentences: tuple[Phrase, ...]
    notes: tuple[Phrase, ...]


@dataclass(frozen=True)
class ResultView:
    """All of the page. `share`: the total of all there is to earn; `peer_median` of those of the peers' totals."""

    share: Fraction | None
    edges: tuple[LevelEdge, ...]
    groups: tuple[GroupBar, ...]
    last: LastView | None
    place: PlaceView | None
    peers: PeersView | None
    dots: tuple[Dot, ...]
    peer_median: Fraction | None


def result_view(material: ReportMaterial) -> ResultView:
    """What a visit came to, and what that is beside others."""
    scheme, card = material.scheme, material.card
    among, own = material.among, material.row.store
    stores = [ranked.entry for ranked in among.ranked] if among is not None else []
    dots = tuple(
        Dot(entry.store, entry.total / entry.available)
        for entry in stores
        if entry.store != own and entry.total is not None and entry.available
    )
    return ResultView(
        share=None if card.total is None or not card.available else card.total / card.available,
        edges=level_edges(scheme, card),
        groups=tuple(_groups(scheme, card, material)),
        last=_last_view(card, material.last) if material.last is not None else None,
        place=_place(material),
        peers=peers_view(among) if among is not None else None,
        dots=dots,
        peer_median=median(dot.share for dot in dots) if dots else None,
    )


def _groups(scheme: Scheme, card: Scorecard, material: ReportMaterial) -> Iterator[GroupBar]:
    figures, gates = ScorecardFigures(scheme, card), goal_gates(scheme, card).groups
    last = material.last.shares if material.last is not None else {}
    medians = material.among.medians if material.among is not None and material.among.peers.peers else {}
    for group in card.groups:
        yield GroupBar(
            id=group.id,
            title=scheme.groups[group.id].title,
            share=_whole_share(group),
            percent=figures.group_percent(group),
            points=figures.group_points(group),
            available=Figure(group.available),
            bonus=group.bonus,
            gate=gates.get(group.id),
            last=last.get(group.id),
            median=medians.get(group.id),
        )


def _whole_share(group: GroupScore) -> Fraction | None:
    """Its share; never of more than all."""
    return None if group.share is None else min(group.share, Fraction(1))


def _last_view(card: Scorecard, last: LastTime) -> LastView:
    total = last.total
    return LastView(
        cycle=last.cycle,
        level=level_under(last.scheme, last.level),
        stars=last.scheme.stars_of(last.level),
        total=total_under(last.scheme, total, last.available),
        share=None if total is None or not last.available else total / last.available,
        change=Figure(None if total is None or card.total is None else card.total - total),
        version="" if last.same_rules else last.scheme.version,
    )


def _place(material: ReportMaterial) -> PlaceView | None:
    ranking, own = material.ranking, material.row.store
    if ranking is None:
        return None
    ranked, count = next(ranked for ranked in ranking.stores if ranked.entry.store == own), len(ranking.stores)
    place = PlaceView(
        rank=ranked.rank,
        count=count,
        low=ranked.rank_low,
        high=ranked.rank_high,
        moved=ranked.moved,
        before=ranking.before,
        otherwise={},
        drawn={},
        sentences=(Phrase("report.place", rank=ranked.rank, count=count),),
        notes=(),
    )
    return place if material.sureness is None else _with_sureness(place, material.sureness, own)


def _with_sureness(place: PlaceView, sureness: Sureness, own: str) -> PlaceView:
    """The place with what other weights and other ways to count make of it."""
    view, sure = SurenessView(sureness), sureness.stores[own]
    told = view.place(own, place.rank)
    said = [*told.sentences]
    said[1:1] = filter(None, (told.drawn,))  # what is drawn stands behind what is possible
    return replace(
        place,
        low=sure.low,
        high=sure.high,
        otherwise={name: rank for name, rank in sure.policies.items() if rank not in (None, place.rank)},
        drawn=sure.drawn,
        sentences=tuple(said),
        notes=(view.settings, *filter(None, (view.hint,))),
    )
