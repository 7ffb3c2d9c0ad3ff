"""The stay at a visit: where it begins, at which criterion and question one is, and that it was left."""

from typing import Protocol

from textual.widget import Widget

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import window
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.host import Host
from greenstar.tui.visit.cursor_memory import CursorMemory
from greenstar.tui.visit.view import VisitView

Place = tuple[str, str | None]  # a criterion, and a question of it


class _Going(Protocol):
    @property
    def host(self) -> Host:
        """The program around the screen."""

    def go_to(self, criterion: str, question: str | None = None) -> None:
        """Show a criterion, with the cursor at a question of it."""


class ResumePoint:
    """Keeps on disk where one is, for the next start."""

    def __init__(self, view: VisitView, screen: Widget, going: _Going) -> None:
        self._view, self._session, self._screen, self._going = view, view.session, screen, going
        self._cursor = CursorMemory(screen, self._remember)
        self.moved = self._cursor.moved

    def begin(self, wanted: Place | None) -> None:
        """Go to what is wanted, else to where the visit was left; and say so."""
        session, host = self._session, self._going.host
        criterion, question = wanted or session.start(self._view.outline.order())
        self._going.go_to(criterion, question)
        row = session.visit.assessment
        if row.entered_at is not None:
            host.notify(Phrase("tui.went_on", id=criterion))
        elif wanted is None and row.cursor is not None:
            host.notify(Phrase("tui.resumed", id=criterion))
        # The paint does not wait for it.
        self._screen.call_after_refresh(host.saving.change, session.visit, window.enter)

    def end(self) -> None:
        """The window was left."""
        self._going.host.saving.change(self._session.visit, window.leave)

    def keep_place(self) -> None:
        """Keep the place at once, and the score for lists and rankings."""
        self._cursor.keep_now()
        self._going.host.saving.change(self._session.visit, OpenVisit.close)

    def _remember(self) -> None:
        """Keep the criterion and the question that the cursor is at."""
        field, visit = self._view.page.focused_field(), self._session.visit
        criterion, question = self._view.criterion, field.question if field is not None else None
        if (visit.assessment.cursor, visit.assessment.cursor_question) != (criterion, question):
            self._going.host.saving.change(visit, lambda visit: visit.remember(criterion, question))
