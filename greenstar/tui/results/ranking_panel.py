"""The ranked stores in their frame: the words over the columns, a line a store, and why the one here has its place."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.network import level_lines
from greenstar.reports.views.ranking import RankingView
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line, Words
from greenstar.tui.results.known_ranking import KnownRanking
from greenstar.tui.results.marked_stores import MarkedStores
from greenstar.tui.results.ranking_filter import RankingFilter
from greenstar.tui.results.ranking_lines import ROOMY, LeagueColumns, drawn, heads, reason_lines
from greenstar.tui.results.ranking_rows import LeagueRow, LeagueRows


class RankingPanel(Vertical):
    """`known`: what is shown, once it is read; `chosen`: which of its stores; `marks`: those that are marked."""

    DEFAULT_CSS = """
    RankingPanel {
        margin: 0 1;
        #none { padding: 1; color: $foreground; }
        LeagueRows { scrollbar-gutter: stable; }
    }
    """

    def __init__(self, chosen: RankingFilter, marks: MarkedStores, catalogue: Catalogue) -> None:
        super().__init__(id="body")
        self.chosen, self.marks, self.catalogue = chosen, marks, catalogue
        self.known: KnownRanking | None = None
        self.rows = LeagueRows(self._draw)
        self._words = PanelWords(self)

    @override
    def compose(self) -> ComposeResult:
        yield SplitLine(id="columns")
        yield Words(id="none")
        yield self.rows
        yield Line(id="why")

    @property
    def ranking(self) -> RankingView | None:
        """The ranking that is shown; None: it is being read."""
        return self.known.view if self.known is not None else None

    def list_stores(self, at: str | None) -> None:
        """List the stores that the filter leaves; the cursor stays with its store, and is first at the store `at`."""
        if self.ranking is not None:
            stores = self.chosen.matching(self.ranking.stores)
            at = self.rows.store.store if self.rows.store is not None else at
            self.rows.show_stores(stores, level_lines(self.ranking, stores), at)

    def tell_more(self) -> None:
        """More is known of the same stores."""
        if self.ranking is not None:
            stores = self.chosen.matching(self.ranking.stores)
            self.rows.same_stores(stores, level_lines(self.ranking, stores))
            self.say_beside()

    def say(self, nothing: str) -> None:
        """Say all of it in the words of the catalogue; `nothing`: why the list is empty, where it is."""
        self.query_one("#none", Words).say(nothing)
        if self.ranking is not None:
            width = self.screen.size.width
            count = len(self.rows.stores)
            words = self.chosen.words(self.ranking, count, self.catalogue, roomy=width >= ROOMY)
            self._words.title(words, width - 2)
            self._words.foot(self.marks.words(self.chosen.cycle))
            self.say_beside()
            self.rows.refresh()

    def say_beside(self) -> None:
        """The words over the columns, which follow the width of the rows, and those about the store here."""
        words = heads(self._columns(self.rows.row_width), self.catalogue) if self.ranking and self.rows.rows else ""
        self.query_one("#columns", SplitLine).show(Content.assemble(" ", words))
        self.say_why()

    def say_why(self) -> None:
        """What keeps the store under the cursor from being a candidate, and what else is known of its place."""
        line, store, known = self.query_one("#why", Line), self.rows.store, self.known
        width, height = line.content_size
        if store is None or known is None:
            line.say("")
        elif width and height:
            told = reason_lines(store, known.view, self.catalogue, (width, height), known.said_of(store))
            line.say(Content("\n").join(told))

    def _columns(self, width: int) -> LeagueColumns:
        assert self.ranking is not None
        return LeagueColumns(self.ranking, width, self.chosen.drafts)

    def _draw(self, row: LeagueRow, width: int) -> Content:
        marked = self.marks.has(getattr(row, "store", None), self.chosen.cycle)
        return drawn(row, self._columns(width), self.catalogue, marked=marked)
