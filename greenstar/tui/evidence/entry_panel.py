"""One file in full: its picture, what is known of it, and its caption to be typed where it is attached."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.evidence.picture import is_picture
from greenstar.services.evidence.watched_folder import WatchedFile
from greenstar.storage.protocols.evidence import Keeping
from greenstar.tui.common.field_input import FieldInput
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.text import Line, Words
from greenstar.tui.evidence import evidence_text
from greenstar.tui.evidence.picture_preview import PicturePreview

_ROOMY = 30  # lines of a window that has room for all that is known


class EntryPanel(Vertical):
    """Says what was done to the caption; whoever shows the entry records it."""

    DEFAULT_CSS = """
    EntryPanel {
        width: 34; display: none;
        &.-filled { display: block; }
        #caption-line { height: 1; }
        #caption-word { width: auto; padding-right: 1; color: $primary; text-style: bold; }
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

    def __init__(self, path_of: Callable[[EvidenceEntry], Path | None]) -> None:
        """`path_of`: where the file of an entry is kept."""
        super().__init__()
        self._path_of = path_of
        self._words = PanelWords(self)
        self.entry: EvidenceEntry | None = None

    def compose(self) -> ComposeResult:
        """The picture, the caption, and all that is known."""
        yield PicturePreview()
        with Horizontal(id="caption-line"):
            yield Line(id="caption-word")
            yield FieldInput(id="caption", select_on_focus=False)
        yield Words(id="details")

    @property
    def caption(self) -> Input:
        """Where the caption is typed."""
        return self.query_one("#caption", Input)

    def show(self, entry: EvidenceEntry | None, caption: str, catalogue: Catalogue, *, locked: bool) -> None:
        """Show an entry; what is being typed at the same one stays."""
        self.set_class(entry is not None, "-filled")
        self.query_one("#caption-line").display = entry is not None
        if entry is not None:
            self._words.title(Content.styled(entry.file, "bold"), self.outer_size.width)
            roomy = self.app.size.height >= _ROOMY
            self.query_one("#details", Words).say(evidence_text.details(entry, catalogue, roomy=roomy))
            self._show_picture(entry, catalogue)
            if self.entry is None or not self.entry.is_same(entry) or not self.caption.has_focus:
                with self.prevent(Input.Changed):
                    self.caption.value = caption
                self.caption.cursor_position = len(caption)
            self.caption.disabled = locked
        self.entry = entry

    def _show_picture(self, entry: EvidenceEntry, catalogue: Catalogue) -> None:
        kept = entry.keeping is Keeping.KEPT
        path = self._path_of(entry) if kept and is_picture(entry.file) else None
        self.query_one(PicturePreview).show(path, _no_picture(entry.file) if kept else None, catalogue)

    def show_photo(self, photo: WatchedFile, catalogue: Catalogue, *, attached: bool) -> None:
        """Show a file that may be attached; whether it is already."""
        self.entry = None
        self.add_class("-filled")
        self.query_one("#caption-line").display = False
        self._words.title(Content.styled(photo.name, "bold"), self.outer_size.width)
        path = photo.path if photo.whole and is_picture(photo.name) else None
        instead = _no_picture(photo.name) if photo.whole else Phrase("evidence.growing")
        self.query_one(PicturePreview).show(path, instead, catalogue)
        self.query_one("#details", Words).say(evidence_text.photo_details(photo, catalogue, attached=attached))

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


def _no_picture(name: str) -> Phrase:
    """What kind of file it is, of which no picture is shown."""
    return Phrase("evidence.preview_none", kind=evidence_text.kind(name))
