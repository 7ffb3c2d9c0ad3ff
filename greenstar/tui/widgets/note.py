"""The note to a criterion: people's own words, as many lines as they like."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from greenstar.messages import Catalogue
from greenstar.tui.widgets.lines import Line
from greenstar.tui.widgets.slot import REST


class NoteText(TextArea):
    """A text area that says when it is left."""

    class Left(Message):
        """The focus went elsewhere."""

    def on_blur(self) -> None:
        """The cursor steps back, or what was typed is handed over."""
        self.post_message(self.Left())


class NoteField(Horizontal):
    """Records the note after a rest, or when it is left."""

    DEFAULT_CSS = """
    NoteField {
        height: auto; margin-bottom: 1;
        Line { width: auto; padding-right: 1; color: $muted; }
        TextArea {
            height: auto; max-height: 6; min-height: 1; width: 1fr; background: $field; border: none; padding: 0 1;
            scrollbar-size-vertical: 1;
            &:focus { background: $field-focus; border: none; }
            & > .text-area--cursor-line { background: transparent; }
            & > .text-area--placeholder { color: $faint; }
        }
    }
    """

    @dataclass
    class Noted(Message):
        """A note is ready to be recorded."""

        criterion: str
        text: str

    def __init__(self) -> None:
        super().__init__()
        self.criterion = ""
        self.recorded = ""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The word, and the text."""
        yield Line()
        yield NoteText(compact=True, tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False)

    @property
    def area(self) -> NoteText:
        """The widget that takes the text."""
        return self.query_one(NoteText)

    def fill(self, criterion: str, text: str, *, locked: bool) -> None:
        """Show the note of another criterion."""
        self._stop()
        self.criterion, self.recorded = criterion, text
        if self.area.text != text:
            with self.prevent(TextArea.Changed):
                self.area.load_text(text)
        self.area.read_only = locked

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words in another language."""
        word = self.query_one(Line)
        word.update(Content(catalogue.say("tui.note")))
        self.area.placeholder = catalogue.say("tui.note_hint")

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._stop()
        self._timer = self.set_timer(REST, self.settle)

    @on(NoteText.Left)
    def _left(self) -> None:
        self.settle()

    def settle(self) -> None:
        """Hand the note over, if it is not recorded yet."""
        entry = self.unsettled()
        if entry is not None:
            self.post_message(self.Noted(*entry))

    def unsettled(self) -> tuple[str, str] | None:
        """The criterion and its note, where the note is not recorded yet."""
        self._stop()
        text = self.area.text
        return (self.criterion, text) if self.criterion and text.strip() != self.recorded.strip() else None

    def was_recorded(self, criterion: str, text: str) -> None:
        """The note is on disk."""
        if criterion == self.criterion:
            self.recorded = text

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
