"""The note to a criterion: people's own words, as many lines as they like."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.text import clean_text
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.lines import fit
from greenstar.tui.common.text import Line
from greenstar.tui.common.text_area import PlainTextArea
from greenstar.tui.visit.entries import NoteEntry
from greenstar.tui.visit.evidence_and_findings import label_width


class NoteText(PlainTextArea):
    """A text area that says when it is left."""

    class Left(Message):
        """The focus went elsewhere."""

    def on_blur(self) -> None:
        """The cursor steps back, or what was typed is handed over."""
        self.post_message(self.Left())


class NoteField(Horizontal):
    """Hands the note over when it is left; until then it is half written."""

    DEFAULT_CSS = """
    NoteField {
        height: auto; margin-bottom: 1;
        Line { width: auto; }
        TextArea {
            height: auto; max-height: 6; min-height: 1; width: 1fr; background: $field; border: none; padding: 0 1;
            &:focus { background: $field-focus; border: none; }
            & > .text-area--cursor-line { background: transparent; }
            & > .text-area--placeholder { color: $faint; }
        }
    }
    """

    class Drafted(Message):
        """What is half written is to be kept: see `half_written`."""

    @dataclass
    class Noted(Message):
        """A note is ready to be recorded."""

        entry: NoteEntry

    def __init__(self) -> None:
        super().__init__()
        self.criterion = ""
        self.recorded = ""
        self.drafted: str | None = None  # the half-written text as it was last put on disk
        self._touched = False  # text that was put back here becomes a note only once somebody types on
        self._draft_soon = DelayedCall(self, self._draft)
        self.word = Line()
        self.area = NoteText(tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False)

    @override
    def compose(self) -> ComposeResult:
        yield self.word
        yield self.area

    # -- what is shown

    def fill(self, criterion: str, text: str, *, half_written: str | None = None, locked: bool = False) -> None:
        """Show the note of another criterion, or what became of this one; what is being written stays."""
        self.area.read_only = locked
        if criterion == self.criterion:
            written_here = self.dirty and (self._touched or half_written == self.drafted)
            if written_here or (not self.dirty and text == self.recorded):
                return
        self.criterion = criterion
        self._show(text, half_written)

    def replace_with(self, text: str) -> None:
        """Show another note in the place of what is written here."""
        self._show(text, None)

    def _show(self, recorded: str, half_written: str | None) -> None:
        self._draft_soon.cancel()
        self.recorded, self.drafted, self._touched = recorded, half_written, False
        shown = recorded if half_written is None else half_written
        if self.area.text != shown:
            with self.prevent(TextArea.Changed):
                self.area.load_text(shown)
            self.area.move_cursor(self.area.document.end)

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words in another language."""
        self.word.say(
            fit(Content.styled(catalogue.say("tui.note"), "bold $muted"), label_width(catalogue)), resizes=True
        )
        self.area.placeholder = "" if self.area.read_only else catalogue.say("tui.note_hint")

    def enter(self) -> None:
        """Put the cursor into the note."""
        self.area.focus()
        self.scroll_visible(animate=False)

    # -- what is written

    @property
    def dirty(self) -> bool:
        """Whether something stands here that is not recorded."""
        return clean_text(self.area.text) != self.recorded

    @property
    def waiting(self) -> bool:
        """Whether something stands here that is not recorded, and that nobody wrote on since it was put here."""
        return self.dirty and not self._touched

    @property
    def half_written(self) -> str | None:
        """The text that is not recorded, if there is any."""
        return self.area.text if self.dirty else None

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._touched = True
        self._draft_soon.ask()

    def _draft(self) -> None:
        self.post_message(self.Drafted())

    @on(NoteText.Left)
    def _left(self) -> None:
        if not self.app.app_focus:  # only another window has the keyboard now
            return
        entry = self.unsettled()
        if entry is not None:
            self.post_message(self.Noted(entry))

    def unsettled(self) -> NoteEntry | None:
        """What is written and not recorded, to be recorded now."""
        if not (self.criterion and self.dirty and self._touched):
            return None
        return NoteEntry(self.criterion, self.area.text, self.recorded)

    # -- what became of it

    def was_recorded(self, entry: NoteEntry) -> None:
        """The note is on disk, and its half-written text is forgotten there."""
        if entry.criterion == self.criterion:
            self.recorded, self.drafted = clean_text(entry.text), None

    def was_noted_elsewhere(self, criterion: str, text: str) -> None:
        """Another window's note is on disk; what is written here waits for a hand."""
        if criterion == self.criterion:
            self.recorded = text
        self._touched = False
