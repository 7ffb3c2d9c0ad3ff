"""Records what an assessor enters in a visit, and tells what keeps it from being recorded. It knows no screen.

What is entered counts at once, and is on its way to the disk; what another window did is known only once it gets there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from greenstar.assessment.answer_types import Refused
from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import drafts, optimistic
from greenstar.services.visit.conflict import Conflict, Sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.writer import Failure, What
from greenstar.storage.protocols.drafts import Place
from greenstar.tui.saving import Saving
from greenstar.tui.visit.entries import AnswerEntry, NoteEntry
from greenstar.tui.visit.visit_session import VisitSession


@dataclass(frozen=True)
class Failed:
    """It is not recorded, for a reason."""

    why: Phrase


class Rejected(Failed):
    """A check of the scheme would not have it."""


class SealedMeanwhile(Failed):
    """Another window or command handed the visit in."""


@dataclass(frozen=True)
class InConflict(Failed):
    """Another window gave another value meanwhile."""

    conflict: Conflict


Told = Callable[[Failed], object]
Change = Callable[[OpenVisit], object]


class Recorder:
    """Each method says whether it counts; `failed` is told why it does not, at once or when another window is seen."""

    def __init__(self, session: VisitSession, saving: Saving) -> None:
        self.session, self.saving = session, saving
        self._newest: dict[str, object | None] = {}  # of each subject, the change that was entered last

    def answer(self, entry: AnswerEntry, failed: Told) -> bool:
        """Record an answer or a fact."""
        name, value, seen = entry.name, entry.value, entry.seen
        typed = self.session.view(name).typed_as(value) if value is not None else ""
        if name in self.session.scheme.facts:
            return self._record(
                lambda visit: optimistic.fact(visit, name, value),
                lambda visit: visit.set_fact(name, value, seen=seen),
                failed,
                what=(name, typed),
            )
        return self._record(
            lambda visit: optimistic.answer(visit, name, value),
            lambda visit: visit.answer(name, value, seen=seen),
            failed,
            what=(name, typed),
        )

    def note(self, entry: NoteEntry, failed: Told) -> bool:
        """Record a note."""
        return self._record(
            lambda visit: optimistic.note(visit, entry.criterion, entry.text),
            lambda visit: visit.note(entry.criterion, entry.text, seen=entry.seen),
            failed,
            what=(drafts.field("note", entry.criterion), entry.text),
        )

    def not_applicable(self, criterion: str, reason: str | None, failed: Told) -> bool:
        """Record why a criterion does not apply; None: it does after all."""
        seen = self.session.visit.visit.not_applicable.get(criterion)
        return self._record(
            lambda visit: optimistic.not_applicable(visit, criterion, reason),
            lambda visit: visit.mark_not_applicable(criterion, reason, seen=seen),
            failed,
            what=(drafts.field("exemption", criterion), reason or ""),
        )

    def flag(self, criterion: str, failed: Told, *, on: bool) -> bool:
        """Flag a criterion to come back to, or take the flag away."""
        return self._record(
            lambda visit: optimistic.flag(visit, criterion, on=on),
            lambda visit: visit.flag(criterion, on=on),
            failed,
            what=(drafts.field("flag", criterion), ""),
        )

    def _record(self, ahead_of_it: Change, change: Change, failed: Told, *, what: What) -> bool:
        visit, (field, _) = self.session.visit, what
        before, self._newest[field] = self._newest.get(field), change

        def not_recorded(error: Failure) -> None:
            if self._newest.get(field) is change:  # else what was entered since then fails as well
                self.look()
                self.session.as_recorded()
                failed(self._outcome(error))

        try:
            self.saving.change(
                visit, change, failed=not_recorded, ahead=ahead_of_it, what=what, forgets=[self._place(field)]
            )
        except (GreenStarError, Refused) as error:
            self._newest[field] = before
            failed(self._outcome(error))
            return False
        finally:
            self.session.as_recorded()
        return True

    @staticmethod
    def _outcome(error: Failure) -> Failed:
        if isinstance(error, Refused):
            return Rejected(error.message)
        if isinstance(error, Conflict):
            return InConflict(error.message, error)
        return SealedMeanwhile(error.message) if isinstance(error, Sealed) else Failed(error.message)

    def look(self) -> bool:
        """Take in what another window changed; whether there was anything."""
        return not self.saving.pending(self.session.visit) and self.session.look()

    # -- what is half typed

    def _place(self, field: str) -> Place:
        row = self.session.visit.assessment
        return (row.store, row.id, field)

    def draft(self, field: str, text: str | None) -> None:
        """Keep what is half typed in a field; None forgets it."""
        self.saving.keep_draft(*self._place(field), text)
