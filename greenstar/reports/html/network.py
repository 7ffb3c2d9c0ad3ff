"""The report on a cycle as one HTML file: in a language, or in several side by side."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.places import place_in
from greenstar.reports.html.page import drawn, page, style
from greenstar.reports.html.sheet import Sheet, seen
from greenstar.reports.svg import lines, network, stars
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.network import CLASSES, LevelCount
from greenstar.reports.views.network_report import CategorySpread, NetworkReportView, RegionRow, WeakCriterion
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.storage.protocols.due import DueRow

_MOST_LEAGUE, _MOST_NAMES = 90, 64  # stores that are listed, and as many with their names and lines on paper
_MOST_WHOLE = 32  # stores in a single column, where names are not cut
_MOST_REGIONS, _MOST_ROWS, _MOST_NAMED = 6, 6, 10
_PARTS = ("network.html", "league.html")


def network_html(view: NetworkReportView, catalogues: Sequence[Catalogue]) -> str:
    """The whole file. With more than one catalogue each page stands beside the same one in the next language."""
    sheets = [NetworkSheet(view, catalogue) for catalogue in catalogues]
    css = style("report.css") + style("network.css")
    return page("report.html", view=view, sheets=sheets, parts=_PARTS, first=sheets[0], style=css)


def network_name(view: NetworkReportView, catalogue: Catalogue) -> str:
    """What the report is on, but for its cycle: the network, or a region of it."""
    if view.region is None:
        return seen(catalogue.say("network_report.name"))
    return seen(catalogue.say("network_report.name_region", region=place_in(view.region, catalogue.language)))


class NetworkSheet(Sheet):
    """The words and pictures of both pages in one language."""

    def __init__(self, view: NetworkReportView, catalogue: Catalogue) -> None:
        super().__init__(catalogue, view.title, view.version, sample=view.sample)
        self.view = view
        self.name, self.code = network_name(view, catalogue), seen(view.cycle)
        self.reference = f"{self.name} · {self.code}"
        self._stars = {level.id: self._level(level) for level in view.network.levels}

    def say_of(self, key: str, **values: str) -> str:
        """A sentence on the network, or on the region that the report is on."""
        of = "" if self.view.region is None else "_region"
        return self.say(f"network_report.{key}{of}", **values)

    def region(self, name: str) -> str:
        """A region in this language, or that none was named."""
        return seen(place_in(name, self.catalogue.language)) or self.say("indicators.no_region")

    # -- what is listed

    @property
    def regions(self) -> Sequence[RegionRow]:
        """The regions of most stores."""
        return self.view.regions[:_MOST_REGIONS]

    @property
    def more_regions(self) -> int:
        """How many there are besides."""
        return max(len(self.view.regions) - _MOST_REGIONS, 0)

    @property
    def league(self) -> Sequence[RankedStore]:
        """The stores that are listed."""
        return self.view.league[:_MOST_LEAGUE]

    @property
    def many(self) -> bool:
        """Whether they are so many that only their codes have room on paper."""
        return len(self.league) > _MOST_NAMES

    @property
    def few(self) -> bool:
        """Whether they are so few that a line of the whole width has room for each."""
        return len(self.league) <= _MOST_WHOLE

    @property
    def more_stores(self) -> int:
        """How many there are besides."""
        return len(self.view.league) - len(self.league)

    @property
    def weakest(self) -> Sequence[WeakCriterion]:
        """The weakest criteria."""
        return self.view.weakest[:_MOST_ROWS]

    @property
    def findings(self) -> Sequence[DueRow]:
        """The open findings that are due first."""
        return self.view.findings.rows[:_MOST_ROWS]

    @property
    def more_findings(self) -> int:
        """How many there are besides."""
        return len(self.view.findings.rows) - len(self.findings)

    @property
    def finding_counts(self) -> str:
        """How many there are of each severity."""
        counts = self.view.findings.counts
        return self.w([self.say(f"network_report.findings_{name}", count=count) for name, count in counts.items()])

    def due(self, row: DueRow) -> str:
        """The day on which a finding is due; nothing where it has none."""
        return self.day(date.fromisoformat(row.day)) if row.day else ""

    def overdue(self, row: DueRow) -> bool:
        """Whether that day is over."""
        return row.day != "" and date.fromisoformat(row.day) < self.view.findings.today

    def codes(self, stores: Sequence[str]) -> str:
        """The codes of some stores, the first few where there are many."""
        named = self.w([seen(store) for store in stores[:_MOST_NAMED]])
        more = len(stores) - _MOST_NAMED
        return f"{named} {self.say('network.and_more', count=more)}" if more > 0 else named

    # -- pictures

    def stars_of(self, level: str | None) -> Markup:
        """A level's stars; its title where it has none."""
        return self._stars.get(level, Markup(""))

    def _level(self, level: LevelCount) -> Markup:
        if level.title is None:
            return Markup("")
        if not level.stars:
            return Markup.escape(self.w(level.title))
        return drawn(stars.stars(level.stars, level.stars, self.w(level.title)))

    def level_name(self, level: LevelCount) -> str:
        """Its title, or that there is none."""
        return self.say("network.no_level") if level.title is None else self.w(level.title)

    def histogram(self) -> Markup:
        """How the totals lie."""
        totals = self.view.network.totals
        steps = 100 // CLASSES
        told = [
            self.say("network_report.class_is", low=place * steps, high=(place + 1) * steps, count=count)
            for place, count in enumerate(totals.classes)
            if count
        ]
        middle, available = totals.median.value, totals.available.value
        return drawn(
            network.histogram(
                totals.classes,
                [
                    lines.Edge(float(share), figure.text, count, reached=True)
                    for share, figure, count in self.view.edges
                ],
                float(middle / available) if middle is not None and available else None,
                self.say("network_report.histogram_is", classes=told),
            )
        )

    def levels_bar(self, row: RegionRow) -> Markup:
        """The levels of a region; their counts stand beside it."""
        return drawn(network.levels_bar(row.levels, ""))

    def spread(self, category: CategorySpread) -> Markup:
        """How a category's shares lie."""
        told = {name: Figure(getattr(category, name), percent=True).text for name in ("low", "lower", "upper", "high")}
        says = self.say("network_report.spread_is", middle=category.percent.text, **told)
        return drawn(
            network.spread(
                (_capped(category.low), _capped(category.high)),
                (_capped(category.lower), _capped(category.upper)),
                _capped(category.middle),
                None if category.before is None else _capped(category.before),
                says,
            )
        )

    def range_bar(self, store: RankedStore) -> Markup:
        """A store's place with its range."""
        reach = None
        if store.rank_low is not None and store.rank_high is not None:
            reach = store.rank_low, store.rank_high
        return drawn(network.range_bar(store.rank, reach, len(self.view.league)))

    def weak_bar(self, criterion: WeakCriterion) -> Markup:
        """The mean of a criterion; its figure stands beside it."""
        return drawn(lines.share_bar(_capped(criterion.share)))

    @staticmethod
    def percent(criterion: WeakCriterion) -> str:
        """That mean for a reader."""
        return Figure(criterion.share, percent=True).text


def _capped(share: Fraction) -> float:
    return min(float(share), 1.0)
