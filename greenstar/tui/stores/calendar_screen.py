"""The calendar: what falls due at all stores, the earliest first."""

from collections.abc import Iterable
from datetime import timedelta

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.errors import StorageError
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.places import place_in
from greenstar.keys import ENTER, FILTER, ON, screen_commands
from greenstar.services.stores.due import DueEntry, due_entries
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs, routes
from greenstar.tui.common.finder import Finder
from greenstar.tui.common.lines import Piece, columns, shortened
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.stores.calendar_filter import CalendarFilter
from greenstar.tui.stores.store_rows import due_subject, due_words

_SOON = timedelta(days=30)
_ROOMY, _WIDE, _NAME, _REGION = 88, 110, 29, 10  # cells: from the first two on, with names, and with regions


class CalendarScreen(GreenScreen):
    """A list: open findings by their due days, and the last days of certificates. Enter goes to where it is done."""

    commands = screen_commands(ENTER.saying("go_there"), ON.saying("visit"), FILTER.saying("filter_calendar"))
    DEFAULT_CSS = """
    CalendarScreen {
        #none { padding: 1 3; }
        & > #body, & > #detail { margin: 0 1; }
        #detail { height: auto; }
        #about { max-height: 6; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.filter = CalendarFilter()
        self.entries: list[DueEntry] = []

    @override
    def body(self) -> Iterable[Widget]:
        yield Words(id="none")
        yield Rows(self._draw, id="body")
        yield Vertical(Words(id="about"), id="detail")

    def on_mount(self) -> None:
        """What stands in the borders."""
        self._list, self._detail = PanelWords(self.query_one(Rows)), PanelWords(self.query_one("#detail"))

    @on(ScreenResume)
    def _came_here(self) -> None:
        """What was closed meanwhile is gone from the list."""
        try:
            self.entries = due_entries(self.host.workspace)
        except StorageError as error:
            self.host.notify(error.message, wrong=True)
            return
        self._list_entries()
        self.query_one(Rows).focus()

    def _list_entries(self) -> None:
        """Those that the filter leaves."""
        self.query_one(Rows).show([entry for entry in self.entries if self.filter.passes(entry)])
        self._say_what_is_there()

    @override
    def relabel(self) -> None:
        super().relabel()
        title = Content.styled(self.catalogue.say("due.title"), "bold")
        self.query_one("#title", SplitLine).show(title, self.catalogue.sign)
        self.query_one(Rows).refresh()
        self._say_what_is_there()

    def _say_what_is_there(self) -> None:
        entries: list[DueEntry] = list(self.query_one(Rows).rows)
        say, until = self.catalogue.say, self.host.workspace.today() + _SOON
        overdue = sum(entry.overdue for entry in entries)
        soon = sum(not entry.overdue and entry.day <= until for entry in entries)
        late = Content.assemble(
            glyphs.BLOCKED.content, Content.styled(f" {say('due.overdue', count=overdue)}", "$error")
        )
        parts = [late if overdue else Content(say("due.none_overdue")), Content(say("due.soon", count=soon))]
        filtered = self.filter.words(self.catalogue)
        counts = Content("   ").join([*(parts if entries else []), *([filtered] if filtered else [])])
        self._list.title(counts, self.size.width - 2)
        self._list.foot(Content(say("due.in_all", count=len(entries))))
        nothing = say("due.nothing_matches" if self.filter.on else "due.nothing")
        self.query_one("#none", Words).say("" if entries else nothing)
        self._say_about()

    def _say_about(self) -> None:
        """What is under the cursor in full."""
        entry: DueEntry | None = self.query_one(Rows).row
        self.query_one("#detail").display = entry is not None
        if entry is None:
            return
        row, say = entry.row, self.catalogue.say
        store = Content.assemble(
            (row.store, "bold $primary"),
            "  ",
            (self._here(row.name), "bold"),
            f"  {place_in(row.region, self.catalogue.language)}",
        )
        if row.certificate:
            what = Content(say("due.certificate_until", number=row.certificate, day=entry.day, cycle=row.cycle))
        else:
            what = Content.assemble((row.criterion, "bold $primary"), f"  {self._here(row.text)}")
            who = say("due.owner", owner=row.owner) if row.owner else ""
            what = Content.assemble(what, "   ", (who, "$muted"))
        self._detail.title(store, self.size.width)
        self.query_one("#about", Words).say(what)

    def _draw(self, entry: DueEntry, width: int) -> Content:
        row, name = entry.row, _NAME if width >= _ROOMY else 0
        cells: list[tuple[Piece, int]] = [
            (due_words(entry, self.host.workspace.today(), short=False), 11),
            (Content.styled(row.store, "$primary"), 9),
            (self._here(row.name), name),
            (place_in(row.region, self.catalogue.language), _REGION if width >= _WIDE else 0),
        ]
        rest = width - sum(size + 2 for _, size in cells if size)
        return columns([*cells, (shortened(due_subject(entry, self.catalogue), rest), max(rest, 8))])

    def _here(self, text: str) -> str:
        """A text in the language in use, where it says one thing in two."""
        return in_language(text, self.catalogue.language)

    # -- keys

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._say_about()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """To the criterion of the finding, in the visit that it is open in; of a certificate to its store."""
        entry: DueEntry = event.row
        workspace = self.host.workspace
        if entry.row.certificate:
            self.host.show(routes.STORE, workspace, entry.row.store)
            return
        row = workspace.storage.assessments.get(entry.row.assessment)
        self.host.show(routes.VISIT, OpenVisit(workspace.in_cycle(row.cycle), row), entry.row.criterion, None)

    def do_filter(self) -> None:
        """Ask what to show: a region, findings or certificates, what is overdue."""
        self.app.push_screen(Finder("tui.filter_which", list(self.filter.items(self.entries))), self._filtered)

    def _filtered(self, chosen: str | None) -> None:
        if chosen is not None:
            self.filter = self.filter.with_picked(chosen)
            self._list_entries()

    def do_on(self) -> None:
        """To the visit of the store under the cursor, in the cycle at work."""
        entry: DueEntry | None = self.query_one(Rows).row
        if entry is not None:
            self.host.show_visit(entry.row.store)
