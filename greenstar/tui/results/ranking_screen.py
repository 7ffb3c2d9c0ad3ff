"""The ranking of a cycle: places, points, levels, candidates for lighthouse stores, and why the others are none."""

from collections.abc import Iterable, Iterator

from textual import on
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.keys import COMPARE, ENTER, FILTER, MARK, ON, STORES, screen_commands
from greenstar.reports.views.ranking import RankedStore, RankingView, ranking_view
from greenstar.services.results.ranking import cycles, league, ranked_cycles
from greenstar.services.stores.stores import regions
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs, routes
from greenstar.tui.common.filter_item import any_item, picked, value_item
from greenstar.tui.common.finder import Finder, FinderItem
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.results.ranking_rows import LeagueRows, Marked, filters_line, heads, levels_of, line


class RankingScreen(GreenScreen):
    """A list of stores in their order; below it, what keeps the one under the cursor from being a candidate."""

    commands = screen_commands(
        ENTER.saying("open_store"), ON.saying("visit"), FILTER.saying("filter_ranking"), MARK, COMPARE, STORES
    )
    DEFAULT_CSS = """
    RankingScreen {
        #filters, #columns { padding: 0 1; }
        #columns { margin-top: 1; }
        #notes, #none { padding: 0 1; color: $warning; }
        #none { padding: 1 2; color: $foreground; }
        #why { padding: 0 1; background: $surface; max-height: 8; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.drafts = False
        self.cycle = workspace.cycle
        self.chosen_region: str | None = None
        self.chosen_level: str | None = None  # an empty one: stores without a level
        self.marked: list[Marked] = []
        self.ranking: RankingView | None = None

    @override
    def body(self) -> Iterable[Widget]:
        yield SplitLine(id="filters")
        yield Words(id="notes")
        yield SplitLine(id="columns")
        yield Words(id="none")
        yield LeagueRows(self._draw, id="body")
        yield Words(id="why")

    def on_mount(self) -> None:
        """Read the ranking."""
        self._read()
        self.rows.focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        if self.ranking is not None:
            self._read()
            self.relabel()

    @on(Rows.Measured)
    def _measured(self) -> None:
        self._head()

    @property
    def rows(self) -> LeagueRows:
        """The ranked stores, a row each."""
        return self.query_one(LeagueRows)

    def _read(self) -> bool:
        """Read it again; the cursor stays with its store. False: it could not be read."""
        row: RankedStore | None = self.rows.row
        try:
            ranking = league(self.workspace, region=self.chosen_region, drafts=self.drafts, cycle=self.cycle)
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)
            return False
        self.ranking = ranking_view(ranking)
        stores = [store for store in self.ranking.stores if self.chosen_level in {None, store.level or ""}]
        codes = [store.store for store in stores]
        self.rows.show(stores, codes.index(row.store) if row and row.store in codes else None)
        return True

    # -- showing

    @override
    def relabel(self) -> None:
        super().relabel()
        if self.ranking is None:
            return
        say, ranking = self.catalogue.say, self.ranking
        left = Content.assemble((say("tui.ranking"), "bold $primary"), f"  {ranking.cycle}")
        if ranking.scheme is not None:
            left = Content.assemble(left, "  ", self.catalogue.write(ranking.title), f" {ranking.version}")
        drafts = say("tui.with_drafts") if self.drafts else ""
        self.query_one("#title", SplitLine).show(left, f"{drafts}   {self.catalogue.sign}")
        said = [*ranking.notes, *([ranking.not_ranked] if ranking.not_ranked is not None else [])]
        notes = "\n".join(f"! {self.catalogue.render(note)}" for note in said)
        self.query_one("#notes", Words).say(notes)
        self.query_one("#none", Words).say("" if self.rows.rows else self._nothing())
        self._say_filters(ranking)
        self._head()
        self._say_why()
        self.rows.refresh()

    def _nothing(self) -> str:
        """Why the list is empty, and which keys show more."""
        say = self.catalogue.say
        if self.chosen_region is not None or self.chosen_level is not None:
            return say("compare.nothing_matches")
        others = [cycle for cycle in ranked_cycles(self.workspace) if cycle != self.cycle]
        ways = [] if self.drafts else [say("compare.drafts_too", cycle=self.cycle)]
        if others:
            ways.append(say("compare.ranked_cycles", count=len(others), cycles=others))
        return "\n".join([say("tui.no_ranking"), *ways])

    def _say_filters(self, ranking: RankingView) -> None:
        """What is shown, of what there is; and the stores that are marked."""
        left = filters_line(ranking, self.chosen_region, self.chosen_level, len(self.rows.rows), self.catalogue)
        marks = [f"{glyphs.MARKED.mark} {mark.in_(self.cycle)}" for mark in self.marked]
        self.query_one("#filters", SplitLine).show(left, Content.styled("  ".join(marks), glyphs.MARKED.style))

    def _head(self) -> None:
        """The words over the columns, which follow the width of the rows."""
        ranking = self.ranking if self.rows.rows else None
        words = heads(self.rows.row_width, ranking, self.catalogue) if ranking is not None else ""
        self.query_one("#columns", SplitLine).show(words)

    def _draw(self, store: RankedStore, width: int) -> Content:
        marked = any((mark.store, mark.cycle) == (store.store, self.cycle) for mark in self.marked)
        return line(store, width, self.catalogue, marked=marked)

    def _say_why(self) -> None:
        row: RankedStore | None = self.rows.row
        if row is None:
            self.query_one("#why", Words).say("")
            return
        say = self.catalogue.say
        if row.candidate:
            text = Content.assemble((row.store, "bold $primary"), "  ", say("tui.is_candidate"))
        else:
            lines = [f"- {self.catalogue.render(reason)}" for reason in row.why_not]
            text = Content.assemble((say("tui.why_not", code=row.store), "bold"), "\n", "\n".join(lines))
        if row.tie_break is not None:
            text = Content.assemble(text, "\n", (self.catalogue.render(row.tie_break.phrase), "$muted"))
        self.query_one("#why", Words).say(text)

    # -- what is shown

    def do_filter(self) -> None:
        """Ask what to rank: another cycle, one region, one level, drafts as well."""
        self.app.push_screen(Finder("tui.filter_which", list(self._filter_items())), self._filtered)

    def _filter_items(self) -> Iterator[FinderItem]:
        """First what there is to drop; then what is not shown by now."""
        if self.chosen_region is not None:
            yield any_item("region")
        if self.chosen_level is not None:
            yield any_item("level")
        kind, drafts = ("without", "") if self.drafts else ("with", "too")
        yield value_item("drafts", drafts, Phrase(f"tui.filter_{kind}_drafts"))
        for cycle in cycles(self.workspace):
            if cycle != self.cycle:
                yield value_item("cycle", cycle, cycle)
        for region in regions(self.workspace):
            yield value_item("region", region, region)
        if self.ranking is not None:
            for level in levels_of(self.ranking):
                yield value_item("level", level, self.ranking.levels.get(level) or Phrase("tui.no_level"))

    def _filtered(self, chosen: str | None) -> None:
        if chosen is None:
            return
        before = (self.drafts, self.cycle, self.chosen_region, self.chosen_level)
        match picked(chosen):
            case "drafts", value:
                self.drafts = bool(value)
            case "cycle", str(value):
                self.cycle = value
            case "region", value:
                self.chosen_region = value
            case _, value:
                self.chosen_level = value
        if not self._read():
            self.drafts, self.cycle, self.chosen_region, self.chosen_level = before
        self.relabel()

    # -- picking two

    @on(LeagueRows.MarkAsked)
    def do_mark(self) -> None:
        """Mark the store under the cursor, or take its mark back; of three marks the first one goes."""
        here = self._under_cursor()
        if here is None:
            return
        others = [mark for mark in self.marked if mark[:2] != here[:2]]
        self.marked = others if len(others) < len(self.marked) else [*others[-1:], here]
        self.relabel()

    def _under_cursor(self) -> Marked | None:
        """The store under the cursor with the visit that counts."""
        row: RankedStore | None = self.rows.row
        return Marked(row.store, self.cycle, row.assessment) if row is not None else None

    def do_compare(self) -> None:
        """The two that are marked; or the one that is with the one under the cursor."""
        pair = list(self.marked)
        here = self._under_cursor()
        if len(pair) == 1 and here is not None:
            pair.append(here)
        if len(pair) < 2:
            self.host.notify(Phrase("compare.mark_first"))
        elif pair[0].assessment == pair[1].assessment:
            self.host.notify(Phrase("compare.mark_another", store=pair[0].store))
        else:
            self.host.show(routes.COMPARISON, self.host.workspace, pair[0].assessment, pair[1].assessment)

    # -- going on

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._say_why()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.host.show(routes.STORE, self.host.workspace, event.row.store)

    def do_on(self) -> None:
        """To the visit of the store under the cursor."""
        row: RankedStore | None = self.rows.row
        if row is None:
            return
        if self.cycle == self.workspace.cycle:
            self.host.show_visit(row.store)
        else:
            self.host.notify(Phrase("compare.other_cycle", cycle=self.cycle, now=self.workspace.cycle))
