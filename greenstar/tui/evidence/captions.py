"""What is half typed at evidence, paths and captions: kept on disk; a caption is recorded when it is whole."""

import asyncio
from dataclasses import replace

from greenstar.errors import GreenStarError
from greenstar.services.evidence.evidence import EvidenceEntry, caption_in, set_caption
from greenstar.services.visit import drafts
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import clean_line
from greenstar.tui.saving import Saving


class HalfTypedTexts:
    """The half-typed texts of a visit by their fields, and which of them are not on disk yet."""

    def __init__(self, visit: OpenVisit, saving: Saving) -> None:
        self._visit, self._saving = visit, saving
        self._texts: dict[str, str] = {}
        self._waiting: set[str] = set()

    def read(self) -> None:
        """Read what is on disk."""
        row = self._visit.assessment
        self._texts = drafts.kept(self._visit.workspace, row.store, row.id)

    def get(self, field: str) -> str | None:
        """The text of a field; None where nothing is half typed there."""
        return self._texts.get(field)

    def put(self, field: str, text: str) -> None:
        """Take what is typed in a field; `keep` puts it on disk."""
        self._texts[field] = text
        self._waiting.add(field)

    def hand_over(self, field: str) -> None:
        """The text is about to be recorded: it need not be kept as half typed."""
        self._waiting.discard(field)

    def forget(self, field: str) -> None:
        """The text was recorded, which took it off the disk."""
        self._texts.pop(field, None)
        self._waiting.discard(field)

    def keep(self) -> None:
        """Have what waits put on disk."""
        row = self._visit.assessment
        for field in sorted(self._waiting):
            self._saving.keep_draft(row.store, row.id, field, self._texts.get(field))
        self._waiting.clear()


class Captions:
    """Records each caption in the place of the one that was there when it began to be typed."""

    def __init__(self, visit: OpenVisit, half_typed: HalfTypedTexts, saving: Saving) -> None:
        self._visit, self._saving = visit, saving
        self._half_typed = half_typed
        self._in_turn = asyncio.Lock()
        self._bases: dict[str, EvidenceEntry] = {}  # the entries as they were when their captions began to be typed
        self._conflict = ""  # the field of a caption that another window changed as well

    def text(self, entry: EvidenceEntry) -> str:
        """The caption of an entry, as it is half typed or else recorded."""
        half = self._half_typed.get(caption_in(entry))
        return entry.caption if half is None else half

    def typed(self, entry: EvidenceEntry, text: str) -> None:
        """Take what is typed at an entry."""
        field = caption_in(entry)
        self._bases.setdefault(field, entry)
        self._half_typed.put(field, text)

    def typed_at(self, entry: EvidenceEntry) -> bool:
        """Whether a caption is half typed at an entry."""
        return self._half_typed.get(caption_in(entry)) is not None

    def insist(self) -> None:
        """The next `record` puts a caption in the place of another window's."""
        self._conflict = ""

    def give_up(self, entry: EvidenceEntry) -> str:
        """Let go of what is typed at an entry, which can be recorded no more; the text."""
        text, field = self.text(entry), caption_in(entry)
        self._half_typed.forget(field)
        self._bases.pop(field, None)
        row = self._visit.assessment
        self._saving.keep_draft(row.store, row.id, field, None)
        return text

    async def record(self, entry: EvidenceEntry) -> bool:
        """Record the caption that is half typed at an entry; whether there was one to record.

        Conflict: another window changed it meanwhile; it waits until someone insists. GreenStarError: it cannot be.
        """
        async with self._in_turn:
            field = caption_in(entry)
            text = self._half_typed.get(field)
            if text is None or field == self._conflict or (self._visit.read_only and field not in self._bases):
                return False
            base, row = self._bases.pop(field, entry), self._visit.assessment
            self._half_typed.hand_over(field)
            try:
                await self._saving.changed(
                    self._visit,
                    lambda visit: set_caption(visit, base, text, draft=field),
                    what=(field, text),
                    forgets=[(row.store, row.id, field)],
                )
            except GreenStarError as error:
                self._half_typed.put(field, self._half_typed.get(field) or text)
                if isinstance(error, Conflict):
                    self._conflict = field
                else:
                    self._bases.setdefault(field, base)
                raise
            if self._half_typed.get(field) == text:
                self._half_typed.forget(field)
            else:  # somebody typed on
                self._bases[field] = replace(base, row={**base.row, "caption": clean_line(text)})
            return True
