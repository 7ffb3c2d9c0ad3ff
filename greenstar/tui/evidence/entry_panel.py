"""One piece of evidence in full, with its caption to be typed."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.tui.common.field_input import FieldInput
from greenstar.tui.common.text import Line, Words
from greenstar.tui.evidence import evidence_text


class EntryPanel(Vertical):
    """Says what was done to the caption; whoever shows the entry records it."""

    DEFAULT_CSS = """
    EntryPanel {
        height: auto; background: $surface; padding: 0 1; display: none;
        &.-filled { display: block; }
        #caption-line { height: 1; }
        #caption-word { width: auto; padding-right: 1; color: $muted; }
    }
    """

    @dataclass
    class CaptionTyped(Message):
        """The caption of an entry was changed."""

        entry: EvidenceEntry
        text: str

    class CaptionEntered(Message):
        """Enter was pressed in the caption."""

    class CaptionLeft(Message):
        """The caption was left."""

    def __init__(self) -> None:
        super().__init__()
        self.entry: EvidenceEntry | None = None

    def compose(self) -> ComposeResult:
        """All that is known of it, and its caption."""
        yield Words(id="details")
        with Horizontal(id="caption-line"):
            yield Line(id="caption-word")
            yield FieldInput(id="caption", select_on_focus=False)

    @property
    def caption(self) -> Input:
        """Where the caption is typed."""
        return self.query_one("#caption", Input)

    def show(self, entry: EvidenceEntry | None, caption: str, catalogue: Catalogue, *, locked: bool) -> None:
        """Show an entry; what is being typed at the same one stays."""
        self.set_class(entry is not None, "-filled")
        if entry is not None:
            self.query_one("#details", Words).say(evidence_text.details(entry, catalogue))
            if self.entry is None or not self.entry.is_same(entry) or not self.caption.has_focus:
                with self.prevent(Input.Changed):
                    self.caption.value = caption
                self.caption.cursor_position = len(caption)
            self.caption.disabled = locked
        self.entry = entry

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words beside and in the field."""
        self.query_one("#caption-word", Line).update(Content(catalogue.say("evidence.caption")))
        self.caption.placeholder = catalogue.say("evidence.caption_hint")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.entry is not None:
            self.post_message(self.CaptionTyped(self.entry, event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.CaptionEntered())

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        event.stop()
        self.post_message(self.CaptionLeft())
