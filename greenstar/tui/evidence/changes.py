"""Changes to the evidence under the cursor: verified, taken away, moved to another criterion, and taken back."""

from collections.abc import Callable
from functools import partial

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence import evidence
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.finder import Finder, FinderItem
from greenstar.tui.common.undo import AN_UNDO, waits_already
from greenstar.tui.evidence.evidence_list import EvidenceList
from greenstar.tui.host import Host


class EvidenceChanges:
    """Has them stored, and says what came of it; `show` shows all as it is then."""

    def __init__(self, visit: OpenVisit, evidence_list: EvidenceList, host: Host, show: Callable[[], object]) -> None:
        self.visit = visit
        self._list, self._host, self._show = evidence_list, host, show

    async def verify(self) -> None:
        """Verified, or not."""
        await self._change(lambda visit, entry: evidence.set_verified(visit, entry, on=not entry.verified))

    async def remove(self) -> None:
        """Take it away."""
        entry = self._list.entry
        if await self._change(evidence.remove) and entry is not None:
            self._host.notify(Phrase("evidence.removed", file=entry.file, criterion=entry.criterion))

    async def ask_where_to(self) -> None:
        """Ask which criterion it supports instead."""
        moved = self.wanted()
        if moved is None or self.refused():
            return
        await self._list.record_caption()
        criteria = self.visit.scheme.criteria.values()
        others = [FinderItem(other.id, other.id, other.title) for other in criteria if other.id != moved.criterion]

        def chosen(criterion: str | None) -> None:
            if criterion is not None:
                self._host.go_on(self._list, partial(self._move, moved, criterion))

        self._list.app.push_screen(Finder("evidence.move_to", others), chosen)

    async def _move(self, moved: EvidenceEntry, criterion: str) -> None:
        if await self._change(lambda visit, entry: evidence.move(visit, entry, criterion)):
            self._host.notify(Phrase("evidence.moved", file=moved.file, criterion=criterion))

    async def undo(self) -> None:
        """Take the last change of evidence back."""
        if self.refused():
            return
        await self._list.record_caption()
        if waits_already(self._host, AN_UNDO):
            return
        try:
            criterion = await self._host.saving.changed(self.visit, evidence.undo, what=AN_UNDO)
        except GreenStarError as error:
            self.say_unrecorded(error)
            return
        key = "evidence.nothing_to_undo" if criterion is None else "evidence.undone"
        self._host.notify(Phrase(key, criterion=criterion or ""))
        self._show()

    async def _change(self, change: Callable[[OpenVisit, EvidenceEntry], None]) -> bool:
        """Change the entry under the cursor; whether it was."""
        wanted = self.wanted()
        if wanted is None or self.refused() or not await self._list.record_caption():
            return False
        entry = self._list.entry or wanted
        what = (f"{drafts.field('evidence', entry.criterion)}  {entry.file}", "")
        if waits_already(self._host, what):
            return False
        try:
            await self._host.saving.changed(self.visit, lambda visit: change(visit, entry), what=what)
        except GreenStarError as error:
            self.say_unrecorded(error)
            changed = False
        else:
            changed = True
        self._show()
        return changed

    def wanted(self) -> EvidenceEntry | None:
        """The entry under the cursor; says so where there is none."""
        if self._list.photo is not None:
            self._host.notify(Phrase("evidence.attach_first"))
            return None
        if self._list.entry is None:
            self._host.notify(Phrase("evidence.none_yet"))
        return self._list.entry

    def refused(self) -> bool:
        """Whether nothing can be changed here; says why."""
        if self.visit.read_only:
            self._host.notify(Phrase("tui.is_read_only"))
        return self.visit.read_only

    def say_unrecorded(self, error: GreenStarError) -> None:
        """Say why something was not recorded; what is typed stays."""
        self._host.notify(Phrase("tui.warning", because=error.message), wrong=True)
