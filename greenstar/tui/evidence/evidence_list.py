"""The evidence of one criterion, or of the whole visit, under what could be attached; and the file at hand in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import EvidenceEntry, files_of, of_criterion, of_visit, path_of
from greenstar.services.evidence.watched_folder import WatchedFile
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common import threads
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.text import Words
from greenstar.tui.desktop.desktop import Desktop
from greenstar.tui.evidence import evidence_text
from greenstar.tui.evidence.captions import Captions
from greenstar.tui.evidence.entry_panel import EntryPanel
from greenstar.tui.evidence.evidence_rows import EvidenceRows
from greenstar.tui.evidence.photo_list import PhotoList
from greenstar.tui.evidence.photo_source import PhotoSource
from greenstar.tui.evidence.viewing import view
from greenstar.tui.host import host_of


class EvidenceList(Horizontal):
    """Shows what the database holds, with captions as they are half typed."""

    DEFAULT_CSS = """
    EvidenceList {
        width: 100%;
        #lists { width: 1fr; }
        #attached { height: 1fr; }
        #none { padding: 0 1; color: $muted; }
    }
    """

    class Recorded(Message):
        """A caption was recorded."""

    @dataclass
    class NotRecorded(Message):
        """The caption of an entry could not be recorded; what is typed stays."""

        entry: EvidenceEntry
        error: GreenStarError

    @dataclass
    class Viewed(Message):
        """What became of looking at a file."""

        told: Phrase
        wrong: bool = False

    def __init__(
        self,
        visit: OpenVisit,
        criterion: str,
        captions: Captions,
        catalogue: Catalogue,
        sources: Sequence[PhotoSource] = (),
        *,
        id: str | None = None,  # noqa: A002 Textual's name
    ) -> None:
        super().__init__(id=id)
        self.visit = visit
        self.criterion = criterion
        self.whole = False
        self.entries: list[EvidenceEntry] = []
        self._captions = captions
        self._cells = evidence_text.NameCells.of(())
        self._catalogue = catalogue
        self._photos = PhotoList(sources)
        self._attached = Vertical(Words(id="none"), EvidenceRows(self._draw, id="entries"), id="attached")
        self._words = PanelWords(self._attached)
        self._at_photo = self._from_photos = False  # what is shown in full is a file that could be attached

    def compose(self) -> ComposeResult:
        """What could be attached, what is attached, and beside them one of it."""
        yield Vertical(self._photos, self._attached, id="lists")
        yield EntryPanel(partial(path_of, self.visit))

    @property
    def photos(self) -> PhotoList:
        """The files that could be attached."""
        return self._photos

    @property
    def rows(self) -> EvidenceRows:
        """The list itself."""
        return self.query_one(EvidenceRows)

    @property
    def panel(self) -> EntryPanel:
        """The entry under the cursor in full, with its caption."""
        return self.query_one(EntryPanel)

    @property
    def entry(self) -> EvidenceEntry | None:
        """The entry under the cursor."""
        entry: EvidenceEntry | None = self.rows.row
        return entry

    def reload(self) -> None:
        """Read the list again; the cursor stays at its entry. StorageError: it cannot be read."""
        at = self.entry
        self.entries = of_visit(self.visit) if self.whole else of_criterion(self.visit, self.criterion)
        self._cells = evidence_text.NameCells.of(self.entries)
        self.rows.show(self.entries, self._begin() if at is None else self._place_of(at))
        kept = self.entries if self.whole else of_visit(self.visit)
        self._photos.set_attached({(entry.file, entry.size) for entry in kept})
        self.show_entry()

    def _place_of(self, wanted: EvidenceEntry) -> int | None:
        return next((index for index, entry in enumerate(self.entries) if entry.is_same(wanted)), None)

    def _begin(self) -> int:
        """Where the entries of the criterion begin, or would."""
        order = list(self.visit.scheme.criteria)
        before = order[: order.index(self.criterion)]
        return sum(entry.criterion in before for entry in self.entries)

    # -- from list to list

    def enter(self) -> None:
        """The cursor into the first of the lists that has anything."""
        if self._photos.is_there():
            self._photos.rows.focus()
        else:
            self._to_entries()

    @on(PhotoList.WentDown)
    def _to_entries(self) -> None:
        if self.entries:
            self.rows.focus()

    @on(EvidenceRows.WentUp)
    def _up(self, event: EvidenceRows.WentUp) -> None:
        """To what could be attached; where nothing is, further up than this list."""
        if self._photos.is_there():
            event.stop()
            self._photos.rows.focus()

    # -- the file at hand

    def go_to_last(self) -> None:
        """Put the cursor at the entry that was attached last, and show it."""
        self.rows.put_cursor(len(self.entries) - 1)
        self._at_photo = False

    @property
    def photo(self) -> WatchedFile | None:
        """The file that is shown and could be attached; None where one that is attached is shown."""
        return self._photos.file if self._at_photo or not self.entries else None

    def show_entry(self) -> None:
        """Show the file at hand in full: the entry under the cursor, or one that could be attached."""
        entry, photo = self.entry, self.photo
        self.query_one("#none", Words).say("" if self.entries else self._nothing())
        if photo is not None:
            self.panel.show_photo(photo, self._catalogue, attached=self._photos.has_attached(photo))
            return
        caption = self._captions.text(entry) if entry is not None else ""
        self.panel.show(entry, caption, self._catalogue, locked=self.visit.read_only)

    def _nothing(self) -> str:
        """That nothing is attached, and how files would be offered, where no folder of them is named."""
        none = self._catalogue.say("evidence.none")
        if self._photos.is_named or self.visit.read_only:
            return none
        return f"{none}\n\n{self._catalogue.say('evidence.no_folder')}"

    @on(DescendantFocus)
    def _focus_moved(self, event: DescendantFocus) -> None:
        at_photo = event.widget is self._photos.rows
        if (at_photo or event.widget is self.rows) and at_photo != self._at_photo:
            self._at_photo = at_photo
            self.leave_caption()
            self.show_entry()

    @on(PhotoList.Looked)
    def _photo_looked_at(self, event: PhotoList.Looked) -> None:
        event.stop()
        self._at_photo = self._at_photo or self._photos.rows.has_focus
        if self.photo is not None or not self.entries:
            self.show_entry()

    def relabel(self, catalogue: Catalogue) -> None:
        """Write it in another language, or as it is now."""
        self._catalogue = catalogue
        title = evidence_text.heading(None if self.whole else self.criterion, catalogue)
        self._words.title(Content(title), self._attached.size.width)
        self._words.foot(evidence_text.count(self.entries, catalogue))
        self._photos.relabel(catalogue)
        self.rows.refresh()
        self.panel.relabel(catalogue)
        self.show_entry()

    def view(self, entry: EvidenceEntry, desktop: Desktop) -> None:
        """Look at the file of an entry, on a thread: copying takes a while, and so may the viewer."""
        threads.start_for(self, lambda: self._viewed(entry, desktop))

    def _viewed(self, entry: EvidenceEntry, desktop: Desktop) -> Viewed:
        try:
            return self.Viewed(view(entry, files_of(self.visit), desktop))
        except GreenStarError as error:
            return self.Viewed(error.message, wrong=True)

    # -- the caption

    @on(EvidenceRows.Moved)
    def _moved(self, event: EvidenceRows.Moved) -> None:
        event.stop()
        self.leave_caption()
        self.show_entry()

    def enter_caption(self) -> None:
        """The cursor into the caption; Enter there leads back to the list that one came from."""
        self._from_photos = self._photos.rows.has_focus
        self.panel.caption.focus()

    @on(EntryPanel.CaptionTyped)
    def _caption_typed(self, event: EntryPanel.CaptionTyped) -> None:
        self._captions.typed(event.entry, event.text)

    @on(EntryPanel.CaptionEntered)
    def _caption_entered(self) -> None:
        self._captions.insist()
        host_of(self.app).go_on(self, self._enter_caption)

    async def _enter_caption(self) -> None:
        if await self.record_caption():
            (self._photos.rows if self._from_photos else self.rows).focus()

    @on(EntryPanel.CaptionLeft)
    def leave_caption(self) -> None:
        """Have the caption recorded that is typed."""
        entry = self.panel.entry
        if entry is not None and self._captions.typed_at(entry):
            host_of(self.app).go_on(self, partial(self._leave_caption, entry))

    async def _leave_caption(self, entry: EvidenceEntry) -> None:
        await self._record_caption(entry)

    async def record_caption(self) -> bool:
        """Record the caption that is typed; whether nothing is left to record."""
        return self.panel.entry is None or await self._record_caption(self.panel.entry)

    async def _record_caption(self, entry: EvidenceEntry) -> bool:
        try:
            recorded = await self._captions.record(entry)
        except GreenStarError as error:
            self.post_message(self.NotRecorded(entry, error))
            if isinstance(error, Conflict):
                self.reload()
            return False
        if recorded:
            self.reload()
            self.post_message(self.Recorded())
        return True

    def _draw(self, entry: EvidenceEntry, width: int) -> Content:
        return evidence_text.row_line(entry, width, self._catalogue, self._cells, criterion=self.whole)
