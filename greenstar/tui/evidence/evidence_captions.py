"""Captions of evidence, and all that is half typed: on disk within half a second, and recorded when it is whole."""

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import EvidenceEntry, caption_in, set_caption
from greenstar.services.visit import drafts
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.evidence.evidence_frame import EvidenceFrame
from greenstar.tui.evidence.evidence_rows import EvidenceRows

SOON = 0.3  # seconds until what is half typed is on disk


class EvidenceCaptions(EvidenceFrame):
    """Takes captions: Enter records one, or leaving it."""

    def __init__(self, visit: OpenVisit, criterion: str) -> None:
        super().__init__(visit, criterion)
        self._bases: dict[str, EvidenceEntry] = {}  # the entries as they were when their captions began to be typed
        self._clashed = ""  # the caption that another window changed as well: only Enter puts this one in its place
        self._soon: Timer | None = None
        self._changed: set[str] = set()  # the half-typed texts that are not on disk yet

    @on(EvidenceRows.Moved, "#body")
    def _moved(self) -> None:
        self.settle_caption()
        self.show_entry()

    @on(Input.Changed, "#caption")
    def _captioning(self, event: Input.Changed) -> None:
        event.stop()
        if self.captioned is not None:
            draft = caption_in(self.captioned)
            self._bases.setdefault(draft, self.captioned)
            self.keep_soon(draft, event.value)

    @on(Input.Submitted, "#caption")
    def _caption_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._clashed = ""
        if self.settle_caption():
            self.rows.focus()

    @on(Input.Blurred, "#caption")
    def _caption_left(self, event: Input.Blurred) -> None:
        event.stop()
        self.settle_caption()

    def settle_caption(self) -> bool:
        """Record the caption that is typed; whether nothing is left to record."""
        entry = self.captioned
        draft = caption_in(entry) if entry is not None else ""
        if entry is None or draft not in self.half_typed or self.visit.read_only or draft == self._clashed:
            return True
        try:
            set_caption(self.visit, self._bases.get(draft, entry), self.half_typed[draft], draft=draft)
        except Conflict as clash:
            self._clashed = draft
            self._bases.pop(draft, None)
            self.host.notify(Phrase("evidence.caption_clash", file=entry.file, by=clash.by), wrong=True)
            self.reload()
            return False
        except GreenStarError as error:
            self.say_unsaved(error)
            return False
        del self.half_typed[draft]
        self._changed.discard(draft)
        self._bases.pop(draft, None)
        self.reload()
        self.relabel()
        return True

    def say_unsaved(self, error: GreenStarError) -> None:
        """Say why something was not recorded; what is typed stays."""
        key = "tui.not_saved" if isinstance(error, StorageError) else "tui.warning"
        values = {"why": error.message} if isinstance(error, StorageError) else {"because": error.message}
        self.host.notify(Phrase(key, **values), wrong=True)

    # -- half typed

    def keep_soon(self, name: str, text: str) -> None:
        """Keep what is half typed in a field, in a moment."""
        self.half_typed[name] = text
        self._changed.add(name)
        if self._soon is None:
            self._soon = self.set_timer(SOON, self.keep_now)

    def keep_now(self) -> None:
        """Keep what is half typed."""
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        row = self.visit.assessment
        try:
            for name in sorted(self._changed):
                drafts.keep(self.visit.workspace, row.store, row.id, name, self.half_typed.get(name))
                self._changed.remove(name)
        except StorageError as error:
            self.say_unsaved(error)

    def settle(self) -> None:
        """Record the caption, and keep the paths that are half typed."""
        if self.entries_read:
            self.settle_caption()
            self.keep_now()
