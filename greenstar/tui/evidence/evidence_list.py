"""The evidence of one criterion, or of the whole visit: a list, and the entry under its cursor in full."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import EvidenceEntry, files_of, of_criterion, of_visit
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.desktop.desktop import Desktop
from greenstar.tui.evidence import evidence_text
from greenstar.tui.evidence.captions import Captions
from greenstar.tui.evidence.entry_panel import EntryPanel
from greenstar.tui.evidence.evidence_rows import EvidenceRows
from greenstar.tui.evidence.viewing import view
from greenstar.tui.host import host_of


class EvidenceList(Vertical):
    """Shows what the database holds, with captions as they are half typed."""

    DEFAULT_CSS = """
    EvidenceList {
        #heading { padding: 0 1; margin-top: 1; text-style: bold; color: $primary; }
        #none { padding: 0 2; color: $muted; }
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
        *,
        id: str | None = None,  # noqa: A002 Textual's name
    ) -> None:
        super().__init__(id=id)
        self.visit = visit
        self.criterion = criterion
        self.whole = False
        self.entries: list[EvidenceEntry] = []
        self._captions = captions
        self._catalogue = catalogue

    def compose(self) -> ComposeResult:
        """A heading, the list, and one of it."""
        yield SplitLine(id="heading")
        yield Words(id="none")
        yield EvidenceRows(self._draw, id="entries")
        yield EntryPanel()

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
        self.rows.show(self.entries, self._begin() if at is None else self._place_of(at))
        self.show_entry()

    def _place_of(self, wanted: EvidenceEntry) -> int | None:
        return next((index for index, entry in enumerate(self.entries) if entry.is_same(wanted)), None)

    def _begin(self) -> int:
        """Where the entries of the criterion begin, or would."""
        order = list(self.visit.scheme.criteria)
        before = order[: order.index(self.criterion)]
        return sum(entry.criterion in before for entry in self.entries)

    def go_to_last(self) -> None:
        """Put the cursor at the entry that was attached last."""
        self.rows.put_cursor(len(self.entries) - 1)

    def show_entry(self) -> None:
        """Show the entry under the cursor in full."""
        entry = self.entry
        self.query_one("#none", Words).say("" if self.entries else self._catalogue.say("evidence.none"))
        caption = self._captions.text(entry) if entry is not None else ""
        self.panel.show(entry, caption, self._catalogue, locked=self.visit.read_only)

    def relabel(self, catalogue: Catalogue) -> None:
        """Write it in another language, or as it is now."""
        self._catalogue = catalogue
        heading = evidence_text.heading(self.entries, None if self.whole else self.criterion, catalogue)
        self.query_one("#heading", SplitLine).show(heading)
        self.rows.refresh()
        self.panel.relabel(catalogue)
        self.show_entry()

    def view(self, entry: EvidenceEntry, desktop: Desktop) -> None:
        """Look at the file of an entry, on a thread: copying takes a while, and so may the viewer."""
        self.run_worker(lambda: self.post_message(self._viewed(entry, desktop)), group="viewing", thread=True)

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

    @on(EntryPanel.CaptionTyped)
    def _caption_typed(self, event: EntryPanel.CaptionTyped) -> None:
        self._captions.typed(event.entry, event.text)

    @on(EntryPanel.CaptionEntered)
    def _caption_entered(self) -> None:
        self._captions.insist()
        host_of(self.app).go_on(self, self._enter_caption)

    async def _enter_caption(self) -> None:
        if await self.record_caption():
            self.rows.focus()

    @on(EntryPanel.CaptionLeft)
    def leave_caption(self) -> None:
        """Have the caption recorded that is typed."""
        if self.panel.entry is not None and self._captions.typed_at(self.panel.entry):
            host_of(self.app).go_on(self, self._leave_caption)

    async def _leave_caption(self) -> None:
        await self.record_caption()

    async def record_caption(self) -> bool:
        """Record the caption that is typed; whether nothing is left to record."""
        entry = self.panel.entry
        if entry is None:
            return True
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
        return evidence_text.row_line(entry, width, self._catalogue, criterion=self.whole)
