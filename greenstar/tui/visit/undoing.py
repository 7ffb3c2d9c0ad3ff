"""Undo and redo in a visit: what was changed last is taken back, and the page goes to where that was."""

from collections.abc import Callable
from typing import Protocol

from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.undoing import redo_last, undo_last
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.writer import What
from greenstar.tui.common.undo import A_REDO, AN_UNDO, attempt
from greenstar.tui.visit.entry_taker import Front
from greenstar.tui.visit.outside_changes import OutsideChanges
from greenstar.tui.visit.visit_session import VisitSession


class _Page(Front, Protocol):
    def settle(self) -> None:
        """Record what is typed and not yet recorded."""

    @override
    def go_to(self, criterion: str, question: str | None = None) -> None: ...


class Undoing:
    """Takes back; what another window did meanwhile is taken in by `outside_changes`."""

    def __init__(self, session: VisitSession, front: _Page, outside_changes: OutsideChanges) -> None:
        self._session, self._front, self._outside_changes = session, front, outside_changes

    async def undo(self) -> None:
        """Take the last change back, and go to where it was."""
        await self._take_back(undo_last, AN_UNDO)

    async def redo(self) -> None:
        """Take the last undo back, and go to where it was."""
        await self._take_back(redo_last, A_REDO)

    async def _take_back(self, change: Callable[[OpenVisit], Phrase], what: What) -> None:
        self._front.settle()
        if not await attempt(self._front.host, self._session.visit, change, what=what):
            self._outside_changes.come_back()
            return
        self._session.as_recorded()
        place = self._session.changed_last()
        if place is not None:
            self._front.go_to(*place)
            self._front.show_title()
        else:
            self._outside_changes.show()
