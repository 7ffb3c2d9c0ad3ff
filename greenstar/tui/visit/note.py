"""The note to a criterion: people's own words, as many lines as they like."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.text import Line
from greenstar.tui.visit.question_field import DRAFT_REST, REST


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
    class Drafted(Message):
        """What is half written (see `half_written`) is another text by now, and to be kept."""

        criterion: str

    @dataclass
    class Noted(Message):
        """A note is ready to be recorded, in the place of the one that was `seen`."""

        criterion: str
        text: str
        seen: str

    def __init__(self) -> None:
        super().__init__()
        self.criterion = ""
        self.recorded = ""
        self._touched = False  # text that was put here by nobody's hand becomes a note by being written on
        self._timer: Timer | None = None
        self._drafting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The word, and the text."""
        yield Line()
        yield NoteText(compact=True, tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False)

    @property
    def area(self) -> NoteText:
        """The widget that takes the text."""
        return self.query_one(NoteText)

    def fill(self, criterion: str, text: str, *, half_typed: str | None = None, locked: bool = False) -> None:
        """Show the note of another criterion, or what became of this one; what is being written stays."""
        self.area.read_only = locked
        if criterion == self.criterion and (self.dirty or text == self.recorded):
            return
        self._stop()
        self.criterion, self.recorded = criterion, text
        shown = text if half_typed is None else half_typed
        if self.area.text != shown:
            self._load(shown)

    @property
    def waiting(self) -> bool:
        """Whether something stands here that is not recorded, and that nobody wrote on since it was put here."""
        return self.dirty and not self._touched

    @property
    def half_written(self) -> str | None:
        """The text that is not recorded, if there is any."""
        return self.area.text if self.dirty else None

    @property
    def dirty(self) -> bool:
        """Whether something stands here that is not recorded."""
        return self.area.text.strip() != self.recorded.strip()

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words in another language."""
        word = self.query_one(Line)
        word.update(Content(catalogue.say("tui.note")))
        self.area.placeholder = "" if self.area.read_only else catalogue.say("tui.note_hint")

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._touched = True
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(REST, self.settle)
        if self._drafting is None:
            self._drafting = self.set_timer(DRAFT_REST, self._draft)

    def _draft(self) -> None:
        self._drafting = None
        self.post_message(self.Drafted(self.criterion))

    @on(NoteText.Left)
    def _left(self) -> None:
        self.settle()

    def settle(self) -> None:
        """Hand the note over, if it is not recorded yet."""
        entry = self.unsettled()
        if entry is not None:
            self.post_message(entry)

    def unsettled(self) -> Noted | None:
        """The note, where it is not recorded yet."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not (self.criterion and self.dirty and self._touched):
            return None
        return self.Noted(self.criterion, self.area.text, self.recorded)

    def replace_with(self, text: str) -> None:
        """Show another note in the place of what is written here."""
        self._stop()
        self.recorded = text
        self._load(text)

    def _load(self, text: str) -> None:
        with self.prevent(TextArea.Changed):
            self.area.load_text(text)
        self._touched = False
        self.area.move_cursor(self.area.document.end)

    def was_recorded(self, criterion: str, text: str) -> None:
        """The note is on disk."""
        if criterion == self.criterion:
            self.recorded = text

    def was_noted_elsewhere(self, criterion: str, text: str) -> None:
        """Another window's note is on disk; what is written here waits for a hand."""
        self.was_recorded(criterion, text)
        self._touched = False

    def _stop(self) -> None:
        for timer in (self._timer, self._drafting):
            if timer is not None:
                timer.stop()
        self._timer = self._drafting = None
