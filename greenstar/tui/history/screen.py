"""The history of a visit: every change, the newest first, what it moved, and Enter to take that very one back."""

from collections.abc import Callable, Iterable
from functools import partial

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.keys import ENTER, ON, REDO, UNDO, screen_commands
from greenstar.services.visit.history import HistoryEntry
from greenstar.services.visit.undoing import redo_last, turn_back, undo_last
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import routes
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.common.undo import AN_UNDO, attempt
from greenstar.tui.common.visit_screen import VisitScreen
from greenstar.tui.history.history_rows import HistoryRows


class HistoryScreen(VisitScreen):
    """A list, and the entry under the cursor in full."""

    commands = screen_commands(ENTER.saying("turn_back"), ON.saying("to_criterion"), UNDO, REDO)
    DEFAULT_CSS = """
    HistoryScreen {
        #list { height: 1fr; width: 1fr; }
        #columns { padding-left: 1; color: $muted; }
        #changes { height: 1fr; }
        #detail { height: auto; max-height: 40%; }
        &.-high #body { margin-top: 1; }
        &.-widest, &.-vast {
            #body { layout: horizontal; }
            #detail { width: 54; height: 1fr; max-height: 100%; }
        }
        &.-vast #detail { width: 72; }
    }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__(visit)
        self._looked_at: int | None = None
        self._list = Vertical(SplitLine(id="columns"), HistoryRows(visit, self.catalogue, id="changes"), id="list")
        self._detail = VerticalScroll(Words(id="entry"), id="detail")
        self._list_words, self._detail_words = PanelWords(self._list), PanelWords(self._detail)

    @override
    def body(self) -> Iterable[Widget]:
        yield Vertical(self._list, self._detail, id="body")

    @property
    def rows(self) -> HistoryRows:
        """The changes of the visit, a row each."""
        return self.query_one(HistoryRows)

    def on_mount(self) -> None:
        """The newest entry first."""
        self._read()
        self.rows.focus()
        self.look_out(self._show)

    @on(ScreenResume)
    def _came_back(self) -> None:
        self._show()

    @on(Rows.Measured)
    def _measured(self) -> None:
        self._show_heads()

    @on(HistoryRows.Scored)
    def _scored(self) -> None:
        self._show_entry()

    def _read(self) -> None:
        try:
            self.rows.reload()
        except StorageError as error:
            self.host.notify(error.message, wrong=True)

    # -- showing

    def _show(self) -> None:
        self._read()
        self.relabel()

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        self.say_title(say("history.name"))
        self._list_words.title(Content(say("history.title", count=len(self.rows.entries))))
        self.rows.relabel(self.catalogue)
        self._show_heads()
        self._show_entry()

    def _show_heads(self) -> None:
        self.query_one("#columns", SplitLine).show(self.rows.heads())

    def _show_entry(self) -> None:
        """The entry under the cursor in full."""
        entry = self.rows.entry
        self._looked_at = entry.number if entry is not None else None
        self.query_one("#entry", Words).say("" if entry is None else self.rows.in_full(entry))
        self._detail.display = entry is not None
        if entry is not None:
            self._detail_words.title(self.rows.when_and_who(entry))

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._show_entry()
        self._detail.scroll_home(animate=False)

    # -- keys

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """Enter takes it back; a click on another line shows that one first."""
        entry: HistoryEntry = event.row
        if entry.number != self._looked_at:
            self._moved()
        else:
            self.host.go_on(self, partial(self._do, lambda visit: turn_back(visit, entry)))

    async def _do(self, change: Callable[[OpenVisit], Phrase]) -> None:
        await attempt(self.host, self.visit, change, what=AN_UNDO)
        self._show()

    async def do_undo(self) -> None:
        """Take the last change back."""
        await self._do(undo_last)

    async def do_redo(self) -> None:
        """Do again what was taken back last."""
        await self._do(redo_last)

    def do_on(self) -> None:
        """To the criterion of the entry under the cursor; a fact stands with its store."""
        entry = self.rows.entry
        code, scheme = self.visit.visit.store.code, self.visit.scheme
        if entry is not None and entry.kind == "fact":
            self.host.show(routes.STORE, self.host.workspace, code, self.visit)
            return
        subject = entry.subject or "" if entry is not None else ""
        criterion = scheme.criterion_of.get(subject, subject)
        self.host.show_visit(code, criterion if criterion in scheme.criteria else None)
