"""The list of changes of a visit, the newest first, each with what it moved the total by."""

from datetime import datetime
from fractions import Fraction

from textual.content import Content
from textual.message import Message

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import signed
from greenstar.services.visit.history import Effects, HistoryEntry, history
from greenstar.services.visit.history_text import entry_phrase
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import one_line
from greenstar.tui import glyphs
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.lines import columns
from greenstar.tui.common.rows import Rows

_PAUSE, _AT_ONCE = 0.01, 4  # how many changes are scored before keys are looked at again
_HEADS = ("history.when", "history.who", "history.what", "history.moved")


class HistoryRows(Rows):
    """Scores the changes in view a few at a time, so that keys are not kept waiting."""

    class Scored(Message):
        """More is known of what the changes moved."""

    def __init__(self, visit: OpenVisit, catalogue: Catalogue, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(self._line, id=id)
        self.visit = visit
        self.entries: list[HistoryEntry] = []
        self._catalogue = catalogue
        self._places: dict[int, int] = {}
        self._by_number: dict[int, HistoryEntry] = {}
        self._effects = Effects(visit, ())
        self._score_soon = DelayedCall(self, self._score, _PAUSE)

    @property
    def entry(self) -> HistoryEntry | None:
        """The entry under the cursor."""
        entry: HistoryEntry | None = self.row
        return entry

    def reload(self) -> None:
        """Read the list; the cursor stays at its entry. StorageError: it cannot be read."""
        entries = history(self.visit)
        before = self.entry
        self.entries = entries
        self._by_number = {entry.number: entry for entry in entries}
        self._places = {entry.number: index for index, entry in enumerate(entries)}
        self._effects = Effects(self.visit, entries)
        self.show(entries, self._places.get(before.number) if before is not None else None)

    def relabel(self, catalogue: Catalogue) -> None:
        """Draw the entries again with these sentences."""
        self._catalogue = catalogue
        self.refresh()

    # -- what an entry says

    def heads(self) -> Content:
        """The words over the columns, which follow the width of the rows."""
        heads = ["", *(self._catalogue.say(key) for key in _HEADS)]
        return columns(list(zip(heads, _widths(self.row_width), strict=True)))

    def _line(self, entry: HistoryEntry, width: int) -> Content:
        style = "$muted" if entry.undone is not None else ""
        words = one_line(self._catalogue.render(self._said(entry, width)))
        cells: list[Content | str] = [
            glyphs.UNDONE.content if entry.undone is not None else "",
            Content.styled(entry.at.astimezone().strftime("%m-%d %H:%M"), "$muted"),
            Content.styled(entry.by, "$muted"),
            Content.styled(words, style),
            self._moved_by(entry),
        ]
        return columns(list(zip(cells, _widths(width), strict=True)))

    def in_full(self, entry: HistoryEntry) -> Content:
        """All of an entry, as many lines as it needs."""
        say = self._catalogue.say
        lines: list[Content | str] = [self._catalogue.render(self._said(entry, None))]
        index = self._places[entry.number]
        if entry.changes_content and self._effects.known(index):
            points = self._effects.of(index)
            words = "history.moved_by" if points else "history.moved_nothing"
            lines.append(Content.styled(say(words, points=_with_sign(points)), _style_of(points)))
        if entry.undone is not None and entry.undone in self._by_number:
            undoing = self._by_number[entry.undone]
            undone = say("history.was_undone", when=_to_the_second(undoing.at), who=undoing.by)
            lines.append(Content.assemble(glyphs.UNDONE.content, " ", (undone, "$warning")))
        elif entry.changes_content and not self.visit.read_only:
            lines.append(Content.styled(say("history.can_undo"), "$muted"))
        return Content("\n").join(Content(line) if isinstance(line, str) else line for line in lines)

    def when_and_who(self, entry: HistoryEntry) -> Content:
        """When an entry was made, and by whom."""
        return Content(self._catalogue.say("history.entry_by", when=_to_the_second(entry.at), who=entry.by))

    def _said(self, entry: HistoryEntry, most: int | None) -> Phrase:
        return entry_phrase(self.visit.scheme, entry, self._by_number, most)

    # -- what it moved

    def _moved_by(self, entry: HistoryEntry) -> Content:
        """What it moved the total by; to be scored soon, where that is not known yet."""
        index = self._places[entry.number]
        if not self._effects.known(index):
            self._score_soon.ask()
            return Content.styled("?", "$faint")
        points = self._effects.of(index)
        style = "$muted" if entry.undone is not None else f"bold {_style_of(points)}"
        return Content.styled(_with_sign(points), style)

    def _score(self) -> None:
        """Score some of the changes in view, then look at keys again."""
        top = self.scroll_offset.y
        in_view = range(top, min(top + self.size.height + 1, len(self.entries)))
        waiting = [index for index in in_view if not self._effects.known(index)]
        for index in waiting[:_AT_ONCE]:
            self._effects.of(index)
        if waiting:
            self.touch()
            self.post_message(self.Scored())
        if waiting[_AT_ONCE:]:
            self._score_soon.ask()


def _to_the_second(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _with_sign(points: Fraction | None) -> str:
    """Points with their sign; nothing where nothing moved."""
    return signed(points) if points else ""


def _style_of(points: Fraction | None) -> str:
    """Points that were won or lost differ in their sign, and in this."""
    if not points:
        return "$muted"
    return "$success" if points > 0 else "$error"


def _widths(width: int) -> list[int]:
    """Mark, time, who, what, points, in so many cells."""
    widths = [1, 11, 16 if width >= 100 else 11, 0, -7]
    widths[3] = max(8, width - sum(map(abs, widths)) - 2 * (len(widths) - 1))
    return widths
