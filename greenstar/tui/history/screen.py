"""The history of a visit: every change, the newest first, what it moved, and Enter to take that very one back."""

from collections.abc import Callable, Iterable
from datetime import datetime
from fractions import Fraction

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.timer import Timer
from textual.widget import Widget
from typing_extensions import override

from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import signed
from greenstar.services.visit.history import Effects, HistoryEntry, history
from greenstar.services.visit.history_text import redo_last, said, turn_back, undo_last
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import one_line
from greenstar.tui import glyphs, routes
from greenstar.tui.commands import REDO, UNDO, VISIT, screen_commands
from greenstar.tui.common.lines import columns
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.common.undo import attempt, look_again

_LOOK = 1.0  # seconds between two looks at what other windows do
_PAUSE, _AT_ONCE = 0.01, 4  # how many changes are scored before keys are looked at again
_HEADS = ("history.when", "history.who", "history.what", "history.moved")


class HistoryScreen(GreenScreen):
    """A list, and the entry under the cursor in full."""

    commands = screen_commands(VISIT, UNDO, REDO)
    DEFAULT_CSS = """
    HistoryScreen {
        #columns { padding-left: 1; margin-top: 1; color: $muted; }
        #detail { height: auto; max-height: 40%; background: $surface; padding: 0 1; scrollbar-size-vertical: 1; }
        #detail:focus { background: $panel; }
    }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__()
        self.visit = visit
        self.entries: list[HistoryEntry] = []
        self._places: dict[int, int] = {}
        self._by_number: dict[int, HistoryEntry] = {}
        self._effects = Effects(visit, ())
        self._scoring: Timer | None = None
        self._looked_at: int | None = None

    @override
    def body(self) -> Iterable[Widget]:
        yield SplitLine(id="columns")
        yield Rows(self._draw, id="body")
        with VerticalScroll(id="detail"):
            yield Words(id="entry")

    def on_mount(self) -> None:
        """The newest entry first."""
        self._read()
        self.query_one(Rows).focus()
        self.set_interval(_LOOK, self._look)

    @on(ScreenResume)
    def _came_back(self) -> None:
        self._show()

    @on(Rows.Measured)
    def _measured(self) -> None:
        self._head()

    def _look(self) -> None:
        if look_again(self.host, self.visit):
            self._show()

    def _read(self) -> None:
        """The list; the cursor stays at its entry."""
        try:
            self.entries = history(self.visit)
        except StorageError as error:
            self.host.notify(error.message, wrong=True)
            return
        self._by_number = {entry.number: entry for entry in self.entries}
        self._places = {entry.number: index for index, entry in enumerate(self.entries)}
        self._effects = Effects(self.visit, self.entries)
        rows = self.query_one(Rows)
        rows.show(self.entries, self._places.get(rows.row.number) if rows.row is not None else None)

    # -- showing

    def _show(self) -> None:
        self._read()
        self.relabel()

    @override
    def relabel(self) -> None:
        super().relabel()
        say, visit = self.catalogue.say, self.visit.visit
        status = say(f"tui.status_{self.visit.assessment.status}")
        left = Content.assemble((visit.store.code, "bold $primary"), "  ", (visit.store.name, "bold"))
        left = Content.assemble(left, f"  {visit.cycle}  {status}")
        title = say("history.title", count=len(self.entries))
        self.query_one("#title", SplitLine).show(left, f"{title}   {say('tui.this_language')}")
        self._head()
        self.query_one(Rows).refresh()
        self._say_entry()

    def _head(self) -> None:
        rows = self.query_one(Rows)
        heads = ["", *(self.catalogue.say(key) for key in _HEADS)]
        self.query_one("#columns", SplitLine).show(columns(list(zip(heads, _widths(rows.row_width), strict=True))))

    def _draw(self, entry: HistoryEntry, width: int) -> Content:
        style = "$muted" if entry.undone is not None else ""
        words = one_line(self.catalogue.render(self._said(entry, width)))
        cells: list[Content | str] = [
            glyphs.UNDONE.content if entry.undone is not None else "",
            Content.styled(_wall(entry.at).strftime("%m-%d %H:%M"), "$muted"),
            Content.styled(entry.by, "$muted"),
            Content.styled(words, style),
            Content.styled(self._moved_by(entry), style or "bold"),
        ]
        return columns(list(zip(cells, _widths(width), strict=True)))

    def _said(self, entry: HistoryEntry, most: int | None) -> Phrase:
        return said(self.visit.scheme, entry, self._by_number, most)

    def _moved_by(self, entry: HistoryEntry) -> str:
        """What it moved the total by; to be scored soon, where that is not known yet."""
        index = self._places[entry.number]
        if self._effects.known(index):
            return _signed(self._effects.of(index))
        if self._scoring is None:
            self._scoring = self.set_timer(_PAUSE, self._score)
        return "?"

    def _score(self) -> None:
        """Score some of the changes in view, then look at keys again."""
        self._scoring = None
        rows = self.query_one(Rows)
        top = rows.scroll_offset.y
        in_view = range(top, min(top + rows.size.height + 1, len(self.entries)))
        waiting = [index for index in in_view if not self._effects.known(index)]
        for index in waiting[:_AT_ONCE]:
            self._effects.of(index)
        if waiting:
            rows.touch()
            self._say_entry()
        if waiting[_AT_ONCE:] and self._scoring is None:
            self._scoring = self.set_timer(_PAUSE, self._score)

    def _say_entry(self) -> None:
        entry: HistoryEntry | None = self.query_one(Rows).row
        self._looked_at = entry.number if entry is not None else None
        self.query_one("#entry", Words).say("" if entry is None else self._in_full(entry))

    def _in_full(self, entry: HistoryEntry) -> Content:
        say = self.catalogue.say
        lines: list[Content | str] = [
            Content.styled(say("history.entry_by", when=_full(entry.at), who=entry.by), "$muted"),
            self.catalogue.render(self._said(entry, None)),
        ]
        index = self._places[entry.number]
        if entry.changes_content and self._effects.known(index):
            moved = _signed(self._effects.of(index))
            moved = say("history.moved_by", points=moved) if moved else say("history.moved_nothing")
            lines.append(Content.styled(moved, "$muted"))
        if entry.undone is not None and entry.undone in self._by_number:
            back = self._by_number[entry.undone]
            undone = say("history.was_undone", when=_full(back.at), who=back.by)
            lines.append(Content.assemble(glyphs.UNDONE.content, " ", (undone, "$warning")))
        elif entry.changes_content and not self.visit.read_only:
            lines.append(Content.styled(say("history.can_undo"), "$muted"))
        return Content("\n").join(Content(line) if isinstance(line, str) else line for line in lines)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._say_entry()
        self.query_one("#detail").scroll_home(animate=False)

    # -- keys

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """Enter takes it back; a click on another line shows that one first."""
        entry: HistoryEntry = event.row
        if entry.number != self._looked_at:
            self._moved()
        else:
            self._do(lambda visit: turn_back(visit, entry))

    def _do(self, does: Callable[[OpenVisit], Phrase]) -> None:
        attempt(self.host, self.visit, does)
        self._show()

    def do_undo(self) -> None:
        """Take the last change back."""
        self._do(undo_last)

    def do_redo(self) -> None:
        """Do again what was taken back last."""
        self._do(redo_last)

    def do_visit(self) -> None:
        """To the criterion of the entry under the cursor; a fact stands with its store."""
        entry: HistoryEntry | None = self.query_one(Rows).row
        code, scheme = self.visit.visit.store.code, self.visit.scheme
        if entry is not None and entry.kind == "fact":
            self.host.show(routes.STORE, self.host.workspace, code)
            return
        subject = entry.subject or "" if entry is not None else ""
        criterion = scheme.criterion_of.get(subject, subject)
        self.host.show_visit(code, criterion if criterion in scheme.criteria else None)


def _wall(moment: datetime) -> datetime:
    return moment.astimezone()


def _full(moment: datetime) -> str:
    return _wall(moment).strftime("%Y-%m-%d %H:%M:%S")


def _signed(points: Fraction | None) -> str:
    """Points with their sign; nothing where nothing moved."""
    return signed(points) if points else ""


def _widths(width: int) -> list[int]:
    """Mark, time, who, what, points, in so many cells."""
    fixed = [1, 11, 16 if width >= 100 else 11, 0, -7]
    fixed[3] = max(8, width - sum(map(abs, fixed)) - 2 * (len(fixed) - 1))
    return fixed
