"""Records what an assessor enters in a visit, and tells what became of it. It knows no screen."""

from collections.abc import Callable
from dataclasses import dataclass

from greenstar.assessment.answer_types import Refused
from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.conflict import Conflict
from greenstar.tui.visit.entries import Entry, NoteEntry
from greenstar.tui.visit.visit_session import VisitSession


@dataclass(frozen=True)
class Saved:
    """It is on disk."""


@dataclass(frozen=True)
class Failed:
    """It is not recorded, for a reason."""

    why: Phrase


class Rejected(Failed):
    """A check of the scheme would not have it."""


class NotSaved(Failed):
    """The disk would not."""


class SealedMeanwhile(Failed):
    """Another window or command handed the visit in."""


@dataclass(frozen=True)
class InConflict(Failed):
    """Another window gave another value meanwhile."""

    conflict: Conflict


Outcome = Saved | Failed


class Recorder:
    """`unsaved`: something that was entered is not on disk, because the disk would not take it."""

    def __init__(self, session: VisitSession) -> None:
        self.session = session
        self.unsaved = False

    def answer(self, entry: Entry) -> Outcome:
        """Record an answer or a fact."""
        return self._record(lambda: self.session.record(entry))

    def note(self, entry: NoteEntry) -> Outcome:
        """Record a note."""
        return self._record(lambda: self.session.visit.note(entry.criterion, entry.text, seen=entry.seen))

    def _record(self, change: Callable[[], None]) -> Outcome:
        try:
            change()
        except Refused as refused:
            return Rejected(refused.message)
        except Conflict as conflict:
            self.session.look()
            return InConflict(conflict.message, conflict)
        except StorageError as error:
            self.unsaved = True
            return NotSaved(error.message)
        except GreenStarError as error:
            self.session.look()
            return SealedMeanwhile(error.message)
        self.unsaved = False
        return Saved()

    def not_applicable(self, criterion: str, reason: str | None) -> Outcome:
        """Record why a criterion does not apply; None: it does after all."""
        return self._mark(lambda: self.session.visit.mark_not_applicable(criterion, reason))

    def flag(self, criterion: str, *, on: bool) -> Outcome:
        """Flag a criterion to come back to, or take the flag away."""
        return self._mark(lambda: self.session.visit.flag(criterion, on=on))

    def _mark(self, change: Callable[[], None]) -> Outcome:
        try:
            change()
        except GreenStarError as error:
            return Failed(error.message)
        self.session.as_recorded()
        return Saved()

    def draft(self, field: str, text: str | None) -> bool:
        """Keep what is half typed in a field; None forgets it. Whether the disk took it."""
        try:
            self.session.draft(field, text)
        except StorageError:
            self.unsaved = True
            return False
        return True

    def redraft(self, field: str, text: str | None, drafted: str | None) -> bool:
        """Keep what is half typed in a field, unless that is on disk already: `drafted` was put there last."""
        known = text == drafted and (text is None or not self.session.waiting)
        return known or self.draft(field, text)

    def saved_again(self) -> None:
        """Nothing on the page is unsaved any more: neither is the visit, unless something waits for the disk."""
        self.unsaved = self.unsaved and self.session.waiting
