"""Answers, notes and reasons of a visit: recorded as they are given, and what became of them is said."""

from textual import on

from greenstar.assessment.answers import Refused
from greenstar.assessment.model import Answer
from greenstar.errors import GreenStarError, StorageError
from greenstar.messages import Message
from greenstar.tui.screens.reason import Reason, ReasonDialog
from greenstar.tui.screens.visit_frame import VisitFrame
from greenstar.tui.widgets.note import NoteField
from greenstar.tui.widgets.slot import Slot


class VisitAnswers(VisitFrame):
    """Takes what is typed to the visit, and says whether it was kept."""

    @on(Slot.Changed)
    def _as_typed(self, event: Slot.Changed) -> None:
        self.desk.typed(event.name, event.value)
        self.show_score()

    @on(Slot.Wrong)
    def _no_answer(self) -> None:
        self.desk.as_recorded()
        self.show_score()

    @on(Slot.Answered)
    def _answered(self, event: Slot.Answered) -> None:
        self.record(event.name, event.value)

    def record(self, name: str, value: Answer | None) -> None:
        """Record one answer, and say what became of it."""
        slot = self.page.slot_of(name)
        try:
            self.desk.record(name, value)
        except Refused as refused:
            self._trouble(slot, refused.message)
        except StorageError as error:
            self._unsaved = True
            if slot is not None:
                slot.was_not_saved(error.message)
            else:
                self.green.tell(error.message, wrong=True)
        except GreenStarError as error:
            self._sealed_meanwhile(error.message)
        else:
            self._unsaved = False
            if slot is not None:
                slot.was_recorded(value)
            self.desk.keep(self.page.half_typed())
            self.page.fill(self.desk.page(self.criterion), self.desk.card, self.catalogue)
        self.show_score()
        self.show_title()

    def _sealed_meanwhile(self, why: Message) -> None:
        """Another window or command has handed the visit in: say so, and show it as it is now."""
        self.desk.visit.refresh()
        self.desk.as_recorded()
        self.page.fill(self.desk.page(self.criterion), self.desk.card, self.catalogue)
        self.green.tell(why, wrong=True)

    def _trouble(self, slot: Slot | None, why: Message) -> None:
        if slot is not None:
            slot.was_refused(why)
        else:
            self.green.tell(why, wrong=True)

    def settle(self) -> None:
        """Record what is typed on the page, and keep what is no answer for when one comes back."""
        if not self.criterion:
            return
        for name, value in list(self.page.unsettled()):
            self.record(name, value)
        self.desk.keep(self.page.half_typed())
        note = self.page.query_one(NoteField).unsettled()
        if note is not None:
            self._note(*note)

    def leave(self) -> None:
        """Record all that is typed, and keep the score for lists and rankings."""
        self.settle()
        try:
            self.desk.visit.close()
        except StorageError as error:
            self.green.tell(error.message, wrong=True)

    # -- notes

    @on(NoteField.Noted)
    def _noted(self, event: NoteField.Noted) -> None:
        self._note(event.criterion, event.text)

    def _note(self, criterion: str, text: str) -> None:
        try:
            self.desk.visit.note(criterion, text)
        except StorageError as error:
            self._unsaved = True
            self.green.tell(error.message, wrong=True)
        except GreenStarError as error:
            self._sealed_meanwhile(error.message)
        else:
            self._unsaved = False
            self.page.query_one(NoteField).was_recorded(criterion, text)
        self.show_title()

    def do_note(self) -> None:
        """The cursor into the note."""
        field = self.page.query_one(NoteField)
        field.area.focus()
        field.scroll_visible(animate=False)

    # -- not applicable

    def do_not_applicable(self) -> None:
        """Say that the criterion does not apply, and why; or take that back."""
        self.settle()
        visit, scheme = self.desk.visit, self.desk.scheme
        if visit.read_only:
            self.green.tell(Message("tui.is_read_only"))
            return
        marked = visit.visit.not_applicable.get(self.criterion)
        criterion = scheme.criteria[self.criterion]
        if marked is None and scheme.policy(criterion) == "forbid":
            self.green.tell(Message("tui.na_forbidden", id=self.criterion))
        elif marked is None and not self.desk.card.criteria[self.criterion].applies:
            self.green.tell(Message("tui.na_already", id=self.criterion))
        else:
            self.app.push_screen(ReasonDialog(self.criterion, criterion.title, marked), self._reasoned)

    def _reasoned(self, reason: Reason | None) -> None:
        if reason is None:
            return
        try:
            self.desk.visit.mark_not_applicable(self.criterion, reason.text)
        except GreenStarError as error:
            self.green.tell(error.message, wrong=True)
            return
        self.desk.as_recorded()
        self.show_criterion(self.criterion, enter=True)
        self.show_title()
