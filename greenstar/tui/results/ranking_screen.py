"""The ranking of a cycle: what the stores come to together, and each with its place, points and what it lacks."""

from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.keys import COMPARE, ENTER, FILTER, MARK, ON, REPORT, STORES, screen_commands
from greenstar.reports.views.ranking import RankingView
from greenstar.services.results.ranking import cycles
from greenstar.services.stores.stores import regions
from greenstar.services.workspace import Workspace
from greenstar.tui import routes
from greenstar.tui.common.finder import Finder
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.results.choice_dialog import ChoiceDialog
from greenstar.tui.results.known_ranking import KnownRanking, why_empty
from greenstar.tui.results.lifting_dialog import LiftingDialog
from greenstar.tui.results.marked_stores import Marked, MarkedStores
from greenstar.tui.results.places_alike import PlacesKnown
from greenstar.tui.results.ranking_band import RankingBand
from greenstar.tui.results.ranking_filter import CHOICE, LIFTING, MOST_LETTERS, RankingFilter
from greenstar.tui.results.ranking_indicators import IndicatorsLine
from greenstar.tui.results.ranking_panel import RankingPanel
from greenstar.tui.results.ranking_ranges import RangesKnown
from greenstar.tui.results.ranking_reading import RankingRead, RankingReader, TogetherRead
from greenstar.tui.results.ranking_rows import LeagueRows
from greenstar.tui.steps.dialogs import write_network_report


class RankingScreen(GreenScreen):
    """A list of stores in their order; below it, what keeps the one under the cursor from being a candidate.

    `store`: the one that the cursor stands on first. Letters search; esc drops what was typed, then goes back.
    """

    commands = screen_commands(
        *(ENTER.saying("open_store"), ON.saying("visit"), FILTER.saying("filter_ranking"), MARK, COMPARE),
        *(REPORT.saying("report_network"), STORES),
    )
    DEFAULT_CSS = """
    RankingScreen {
        #notes { padding: 0 2; color: $warning; }
        #why { height: 5; padding: 1 1 0 1; }
        &.-high #why { height: 6; }
        &.-low {
            #why { height: 3; padding: 0 1; }
            RankingBand Line { display: none; }
            RankingBand #in-short { display: block; }
            IndicatorsLine { display: none; }
        }
    }
    """

    def __init__(self, workspace: Workspace, store: str | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.reader = RankingReader(self, workspace)
        self.marks = MarkedStores()
        self._came_from = store

    @override
    def body(self) -> Iterable[Widget]:
        yield RankingBand()
        yield IndicatorsLine()
        yield Words(id="notes")
        yield RankingPanel(self.chosen, self.marks, self.catalogue)

    def on_mount(self) -> None:
        """The ranking is read once its frame is painted: it may be one of thousands of stores."""
        self.rows.focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        if self.reader.is_stale:
            self._read()

    @on(Rows.Measured)
    def _measured(self) -> None:
        """The frame is painted, or has another width."""
        if self.reader.known is None and not self.reader.is_reading:
            self._read()
        self.panel.say_beside()
        self._say_together()

    def on_unmount(self) -> None:
        """Nobody waits for what is still being worked out."""
        self.reader.leave()

    @property
    def chosen(self) -> RankingFilter:
        """What is to be shown."""
        return self.reader.chosen

    @property
    def ranking(self) -> RankingView | None:
        """The ranking that is shown; None: it is being read."""
        return self.reader.known.view if self.reader.known is not None else None

    @property
    def rows(self) -> LeagueRows:
        """The ranked stores, a row each."""
        return self.panel.rows

    @property
    def panel(self) -> RankingPanel:
        """The ranked stores, in their frame."""
        return self.query_one(RankingPanel)

    # -- reading

    def _read(self) -> None:
        """Read it again; the cursor stays with its store. A long one arrives later."""
        read = self.reader.read()
        if read is None:
            self.relabel()
        else:
            self._know_ranking(read)

    @on(RankingRead)
    def _know_ranking(self, event: RankingRead) -> None:
        if not self.reader.take_ranking(event):
            return  # another was asked for meanwhile
        if event.view is not None:
            self._list()
            self.call_after_refresh(self._read_together, self.reader.known)
        elif event.why is not None:
            self.host.notify(event.why, wrong=True)
        self.relabel()

    def _read_together(self, known: KnownRanking) -> None:
        """What the stores come to together: once the list stands there, as it may be long."""
        together = self.reader.read_together(known)
        if together is not None:
            self._know_together(together)

    @on(TogetherRead)
    def _know_together(self, event: TogetherRead) -> None:
        if not self.reader.take_together(event):
            return
        known = self.reader.known
        if event.network is not None and known is not None:
            self._say_together()
            self.query_one(IndicatorsLine).ask(self.workspace, known.asked, self.chosen.region)
        elif event.why is not None:
            self.host.notify(event.why, wrong=True)

    @on(RangesKnown)
    def _know_ranges(self, event: RangesKnown) -> None:
        if self.reader.take_ranges(event):
            self.panel.tell_more()

    @on(PlacesKnown)
    def _know_places(self, event: PlacesKnown) -> None:
        if self.reader.take_places(event):
            self.panel.say_why()

    def _list(self) -> None:
        """The stores that the filter leaves."""
        self.panel.known, self.panel.chosen = self.reader.known, self.chosen
        self.panel.list_stores(self._came_from)

    # -- showing

    @override
    def relabel(self) -> None:
        super().relabel()
        self._say_title()
        self.panel.known, self.panel.chosen, self.panel.catalogue = self.reader.known, self.chosen, self.catalogue
        self.panel.say(self._nothing())
        if self.reader.known is not None:
            self.query_one("#notes", Words).say(self.reader.known.said(self.catalogue))
            self._say_together()

    def _nothing(self) -> str:
        """Why no store is listed; empty where any is."""
        if self.reader.known is None:
            return self.catalogue.say("tui.ranking_being_read") if self.reader.is_reading else ""
        return "" if self.rows.rows else why_empty(self.workspace, self.chosen, self.catalogue)

    def _say_title(self) -> None:
        drafts = self.catalogue.say("tui.with_drafts") if self.chosen.drafts else ""
        words = self.chosen.title(self.ranking, self.catalogue)
        self.query_one("#title", SplitLine).show(words, f"{drafts}   {self.catalogue.sign}")

    def _say_together(self) -> None:
        self.query_one(RankingBand).say(self.reader.together, self.catalogue)
        self.query_one(IndicatorsLine).write(self.catalogue)

    # -- what is shown

    def do_filter(self) -> None:
        """Ask what to rank: another cycle, one region, one level, drafts as well."""
        items = self.chosen.items(self.ranking, cycles(self.workspace), regions(self.workspace))
        self.app.push_screen(Finder("tui.filter_which", list(items)), self._filtered)

    def _filtered(self, chosen: str | None) -> None:
        if chosen is None:
            return
        if chosen == CHOICE:
            self.app.push_screen(ChoiceDialog(self.workspace, self.chosen), self._show_store)
            return
        if chosen == LIFTING and self.ranking is not None:
            self.app.push_screen(LiftingDialog(self.workspace, self.chosen, self.ranking.ladder))
            return
        self.reader.chosen = self.chosen.with_picked(chosen)
        self._read()

    @on(LeagueRows.Typed)
    def _typed(self, event: LeagueRows.Typed) -> None:
        """A letter more, or one less."""
        typed = self.chosen.typed
        self._search((typed + event.text)[:MOST_LETTERS] if event.text else typed[:-1])

    def _search(self, typed: str) -> None:
        self.reader.chosen = replace(self.chosen, typed=typed)
        self._list()
        self.relabel()

    @override
    def do_back(self) -> None:
        if self.chosen.typed:
            self._search("")
        else:
            super().do_back()

    # -- picking two

    @on(LeagueRows.MarkAsked)
    def do_mark(self) -> None:
        """Mark the store under the cursor, or take its mark back."""
        here = self._under_cursor()
        if here is not None:
            self.marks.mark(here)
            self.relabel()

    def _under_cursor(self) -> Marked | None:
        """The store under the cursor with the visit that counts."""
        store = self.rows.store
        return Marked(store.store, self.chosen.cycle, store.assessment) if store is not None else None

    def do_compare(self) -> None:
        """Lay two stores side by side."""
        pair = self.marks.pair(self._under_cursor())
        if isinstance(pair, Phrase):
            self.host.notify(pair)
        else:
            self.host.show(routes.COMPARISON, self.host.workspace, *pair)

    def do_report(self) -> None:
        """Ask where the report on the cycle, in the region that is shown, is to be written."""
        write_network_report(self, self.workspace.in_cycle(self.chosen.cycle), self.chosen.region)

    # -- going on

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.panel.say_why()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self._show_store(self.rows.store.store if self.rows.store is not None else None)

    def _show_store(self, store: str | None) -> None:
        if store is not None:
            self.host.show(routes.STORE, self.host.workspace, store)

    def do_on(self) -> None:
        """To the visit of the store under the cursor."""
        store, cycle = self.rows.store, self.chosen.cycle
        if store is None:
            return
        if cycle == self.workspace.cycle:
            self.host.show_visit(store.store)
        else:
            self.host.notify(Phrase("compare.other_cycle", cycle=cycle, now=self.workspace.cycle))
