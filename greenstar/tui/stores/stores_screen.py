"""The stores: the first thing one sees. The draft that was worked on last stands on top."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from textual.widgets import Input
from typing_extensions import override

from greenstar.assessment.model import Status
from greenstar.errors import StorageError
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.places import place_in
from greenstar.keys import (
    ADD,
    BACK,
    CALENDAR,
    ENTER,
    FILTER,
    KEYS,
    LANGUAGE,
    LIGHT,
    ON,
    PALETTE,
    QUIT,
    RANKING,
    SETTINGS,
    STEPS,
    WELCOME,
)
from greenstar.services.demo.sample import is_sample
from greenstar.services.stores.due import DueEntry, due_entries, next_due
from greenstar.services.stores.stores import StoreOverview, list_stores
from greenstar.tui import glyphs, routes
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import STORE_LEFT, GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line, Words
from greenstar.tui.steps.dialogs import ask_new_store
from greenstar.tui.stores.store_filter import StoreFilter, in_words
from greenstar.tui.stores.store_rows import LongestName, StoreLines


class StoresScreen(GreenScreen):
    """Type to search, arrows to choose, Enter to open."""

    commands = (
        *(KEYS, ENTER.saying("open_store"), ON.saying("visit"), ADD.saying("new_store")),
        *(STEPS, CALENDAR, FILTER.saying("filter_stores"), RANKING, LANGUAGE, BACK.saying("clear", way=False)),
        *(WELCOME, PALETTE, LIGHT, SETTINGS, QUIT.saying("", way=True)),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    DEFAULT_CSS = """
    StoresScreen {
        #search { height: 1; padding: 0 1; margin: 1 0; }
        #search Line { width: auto; padding-right: 1; color: $muted; }
        #search CompactInput { width: 32; }
        #search #filter { padding-left: 1; width: 1fr; }
        #columns { padding-left: 1; }
        #detail { padding: 0 1; background: $surface; }
        #empty { padding: 1 2; }
        Rows { scrollbar-gutter: stable; }
        Rows > .rows--cursor { background: $cursor; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.filter = StoreFilter()
        self.due: dict[str, DueEntry] = {}
        self._longest = LongestName(())
        self._lines = StoreLines((), {}, date.min, self._longest)

    @override
    def body(self) -> Iterable[Widget]:
        yield Horizontal(Line(id="search-word"), CompactInput(), SplitLine(id="filter"), id="search")
        yield SplitLine(id="columns")
        yield Words(id="empty")
        rows = Rows(self._draw, id="body")
        rows.can_focus = False
        yield rows
        yield SplitLine(id="detail")

    @on(ScreenResume)
    def _came_here(self) -> None:
        """At the start, and whenever one comes back; what is due is looked up once the list is painted."""
        self.fill()
        self.call_after_refresh(self._read_due)

    def _read_due(self) -> None:
        try:
            self.due = next_due(due_entries(self.host.workspace))
        except StorageError as error:
            self.host.notify(error.message, wrong=True)
            return
        self._lines = StoreLines(self.rows.rows, self.due, self.host.workspace.today(), self._longest)
        self.rows.touch()

    @property
    def rows(self) -> Rows:
        """The stores that the filters and the search leave."""
        return self.query_one(Rows)

    # -- showing

    def fill(self) -> None:
        """Read the stores again; the cursor stays with its store, or goes to the one that one comes from."""
        here = self.rows.row.store.code if self.rows.row is not None else None
        left = self.host.places.pop(STORE_LEFT, None)
        stores = [overview for overview in self._searched() if self.filter.passes(overview)]
        if not (self.query_one(Input).value or self.filter.on):
            self._longest = LongestName(stores)
        self._lines = StoreLines(stores, self.due, self.host.workspace.today(), self._longest)
        places = {overview.store.code: place for place, overview in enumerate(stores)}
        self.rows.show(stores, places.get(left or "", places.get(here or "", 0)))
        self._say_what_is_there()
        self._say_detail()

    def _searched(self) -> list[StoreOverview]:
        """The stores that the search finds."""
        try:
            return list_stores(self.host.workspace, search=self.query_one(Input).value)
        except StorageError as error:
            self.host.notify(error.message, wrong=True)
            return [overview for overview in self.rows.rows if isinstance(overview, StoreOverview)]

    def _say_detail(self) -> None:
        """The store under the cursor in full, where the list may have cut it."""
        overview: StoreOverview | None = self.rows.row
        if overview is None:
            self.query_one("#detail", SplitLine).show("")
            return
        places = (overview.store.city, overview.store.region)
        where = "  ".join(place_in(place, self.catalogue.language) for place in places if place)
        left = Content.assemble(
            (overview.store.code, "bold $primary"),
            f"  {in_language(overview.store.name, self.catalogue.language)}  ",
            (where, "$muted"),
        )
        right = self._goes_on(overview) if overview.status is Status.DRAFT else ""
        if overview.closed is not None:
            right = self.catalogue.say("closing.closed_on", day=overview.closed)
        self.query_one("#detail", SplitLine).show(left, right)

    def _goes_on(self, overview: StoreOverview) -> str:
        """Where its draft was left."""
        if overview.cursor is None:
            return self.catalogue.say("tui.goes_on")
        return self.catalogue.say("tui.goes_on_at", criterion=overview.cursor)

    def _say_what_is_there(self) -> None:
        say = self.catalogue.say
        count, searching = len(self.rows.rows), bool(self.query_one(Input).value or self.filter.on)
        empty = "" if count else say("tui.nothing_found" if searching else "tui.no_stores")
        self.query_one("#empty", Words).say(empty)
        filtered = in_words(self.filter, self.host.workspace, self.catalogue)
        self.query_one("#filter", SplitLine).show(filtered, say("tui.stores", count=count))

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        title = Content.assemble((f"{glyphs.STAR.mark} {say('tui.program')}", "bold $primary"), self._which())
        self.query_one("#title", SplitLine).show(title, self.catalogue.sign)
        self.query_one("#search-word", Line).say(say("tui.search"))
        self._head()
        self._say_what_is_there()
        self._say_detail()
        self.rows.refresh()

    def _which(self) -> Content:
        """That it is a sample, where it is one, and the way back."""
        if not is_sample(self.host.workspace):
            return Content("")
        words = self.catalogue.say("welcome.in_sample_beside" if self.host.home else "welcome.in_sample")
        return Content.styled(f"   {words}", "$warning")

    def _head(self) -> None:
        """The words over the columns, which follow the width of the rows."""
        self.query_one("#columns", SplitLine).show(self._lines.head(self.rows.row_width, self.catalogue))

    @on(Rows.Measured)
    def _measured(self) -> None:
        self._head()

    def _draw(self, overview: StoreOverview, width: int) -> Content:
        return self._lines.draw(overview, width, self.catalogue)

    # -- keys

    @on(Input.Changed)
    def _typed(self) -> None:
        self.fill()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.rows.action_choose()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.host.show(routes.STORE, self.host.workspace, event.row.store.code)

    def action_step(self, by: int) -> None:
        """The arrows move in the list while the letters go into the field."""
        self.rows.action_step(by)
        self._say_detail()

    def action_page(self, by: int) -> None:
        """A page up or down in the list."""
        self.rows.action_page(by)
        self._say_detail()

    @override
    def do_back(self) -> None:
        """There is nothing behind this screen; the search and the filters are cleared."""
        self.filter = StoreFilter()
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.fill()

    def do_on(self) -> None:
        """To the visit of the store under the cursor."""
        if self.rows.row is not None:
            self.host.show_visit(self.rows.row.store.code)

    def do_add(self) -> None:
        """Ask for a new store."""
        ask_new_store(self, lambda code: self.host.show(routes.STORE, self.host.workspace, code))

    def do_welcome(self) -> None:
        """Greet again: the sample network and the tour."""
        self.host.show(routes.WELCOME)

    def do_steps(self) -> None:
        """Ask for the next step in the life of the store under the cursor."""
        from greenstar.tui.steps.store_steps import StoreSteps  # noqa: PLC0415 - not needed to paint the list

        if self.rows.row is not None:
            StoreSteps(self, self.host.workspace, self.rows.row.store.code, self.fill).ask()

    def do_calendar(self) -> None:
        """Show what falls due at all stores."""
        self.host.show(routes.CALENDAR)

    def do_filter(self) -> None:
        """Ask which stores to list."""
        # Not needed to paint the list.
        from greenstar.tui.common.finder import Finder  # noqa: PLC0415
        from greenstar.tui.stores.filter_items import filter_items  # noqa: PLC0415

        items = list(filter_items(self.filter, self._searched(), self.host.workspace))
        self.app.push_screen(Finder("tui.filter_which", items), self._filtered)

    def _filtered(self, chosen: str | None) -> None:
        from greenstar.tui.common.filter_item import picked  # noqa: PLC0415 - as above

        if chosen is not None:
            self.filter = self.filter.only(*picked(chosen))
            self.fill()
