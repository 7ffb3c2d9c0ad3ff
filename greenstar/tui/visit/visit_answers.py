"""Answers, notes and reasons of a visit: recorded as they are given, and what became of them is said."""

import json
from datetime import UTC, datetime
from functools import partial

from textual import on

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.model import Answer
from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import drafts
from greenstar.services.visit.conflict import Conflict
from greenstar.tui.common import wording
from greenstar.tui.visit.conflict_dialog import ConflictDialog
from greenstar.tui.visit.note import NoteField
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.reason_dialog import Reason, ReasonDialog
from greenstar.tui.visit.visit_frame import VisitFrame


class VisitAnswers(VisitFrame):
    """Takes what is typed to the visit, and says whether it was kept."""

    @on(QuestionField.Changed)
    def _as_typed(self, event: QuestionField.Changed) -> None:
        self.desk.typed(event.name, event.value)
        self.show_score()

    @on(QuestionField.Wrong)
    def _no_answer(self) -> None:
        self.desk.as_recorded()
        self.show_score()

    @on(QuestionField.Drafted)
    def _half_typed(self, event: QuestionField.Drafted) -> None:
        slot = self.page.slot_of(event.name)
        if slot is not None:
            self._draft(event.name, slot.half_typed)

    def _draft(self, field: str, text: str | None) -> None:
        """Keep what is half typed; that it could not be kept shows in the title."""
        try:
            self.desk.draft(field, text)
        except StorageError:
            self.unsaved = True
            self.show_title()
        else:
            self._saved_again()

    def _saved_again(self) -> None:
        """Nothing is unsaved any more: the disk takes what it would not take before."""
        waiting = drafts.waiting(self.desk.visit.workspace) or any(slot.unsaved for slot in self.page.slots())
        if self.unsaved and not waiting:
            self.unsaved = False
            self.show_title()

    @on(QuestionField.Answered)
    def _answered(self, event: QuestionField.Answered) -> None:
        self.record(event.name, event.value, event.seen)

    def record(self, name: str, value: Answer | None, seen: Answer | None) -> None:
        """Record one answer in the place of the one that was seen, and say what became of it."""
        slot = self.page.slot_of(name)
        try:
            self.desk.record(name, value, seen)
        except Refused as refused:
            self._trouble(slot, refused.message)
        except Conflict as clash:
            self._answered_elsewhere(slot, name, value, clash)
        except StorageError as error:
            self.unsaved = True
            if slot is not None:
                slot.was_not_saved(error.message)
            else:
                self.host.notify(error.message, wrong=True)
        except GreenStarError as error:
            self._sealed_meanwhile(error.message)
        else:
            self.unsaved = False
            if slot is not None:
                slot.was_recorded(value)
            self._keep_half_typed()
            self.fill_page()
        self.show_score()
        self.show_title()

    def _sealed_meanwhile(self, why: Phrase) -> None:
        """Another window or command has handed the visit in: say so, and show it as it is now."""
        self.desk.look()
        self.fill_page()
        self.host.notify(why, wrong=True)

    def _trouble(self, slot: QuestionField | None, why: Phrase) -> None:
        if slot is not None:
            slot.was_refused(why)
        else:
            self.host.notify(why, wrong=True)

    def settle(self) -> None:
        """Record what is typed on the page, and keep what is no answer for when one comes back."""
        if not self.criterion:
            return
        for entry in list(self.page.unsettled()):
            self.record(entry.name, entry.value, entry.seen)
        self._keep_half_typed()
        note = self.page.query_one(NoteField).unsettled()
        if note is not None:
            self._note(note.criterion, note.text, note.seen)

    def _keep_half_typed(self) -> None:
        for name, text in self.page.half_typed():
            self._draft(name, text)

    def leave(self) -> None:
        """Record all that is typed, and keep the place, and the score for lists and rankings."""
        self.settle()
        self.remember()
        try:
            self.desk.visit.close()
        except StorageError as error:
            self.host.notify(error.message, wrong=True)

    def do_still_so(self) -> None:
        """The last cycle's answer to the question at the cursor is this one's as well; on to the next."""
        slot = self.page.slot_with_focus()
        before = self.desk.previous(slot.asked.name) if slot is not None and slot.asked is not None else None
        if slot is None or slot.asked is None or before is None or slot.asked.locked:
            self.host.notify(Phrase("tui.no_previous"))
            return
        self.record(slot.asked.name, before, slot.recorded)
        shown = self.page.slot_of(slot.asked.name)
        if shown is not None:
            shown.fill(self.desk.asked(slot.asked.name), self.catalogue)
            self.page.go_on(shown, 1)

    # -- two windows

    def _answered_elsewhere(self, slot: QuestionField | None, name: str, mine: Answer | None, clash: Conflict) -> None:
        """What was typed here stays half typed until one of the two is chosen."""
        self.desk.look()
        asked = self.desk.asked(name)
        theirs = None if clash.theirs is None else asked.type.from_json(json.loads(clash.theirs))
        if not asked.by_picking:
            self._draft(name, asked.typed_as(mine))
        if slot is not None:
            slot.fill(self.desk.asked(name), self.catalogue)

        def words(catalogue: Catalogue) -> tuple[str, str, str]:
            question = asked.question.ask.in_(catalogue.language)
            return question, *self._both(catalogue, asked.words(mine, catalogue), asked.words(theirs, catalogue), clash)

        def chosen(take_mine: bool | None) -> None:
            if take_mine is None:
                return
            if take_mine:
                self.record(name, mine, theirs)
            else:
                self._draft(name, None)
            again = self.page.slot_of(name)
            if again is not None:
                again.fill(self.desk.asked(name), self.catalogue)
            self.show_score()

        self.app.push_screen(ConflictDialog(words), chosen)

    @staticmethod
    def _both(catalogue: Catalogue, mine: str, theirs: str, clash: Conflict) -> tuple[str, str]:
        time = wording.local_time(clash.at or datetime.now(UTC))
        return (
            catalogue.say("tui.clash_mine", value=mine),
            catalogue.say("tui.clash_theirs", by=clash.by, time=time, value=theirs),
        )

    # -- notes

    @on(NoteField.Drafted)
    def _half_written(self, event: NoteField.Drafted) -> None:
        note = self.page.query_one(NoteField)
        if note.criterion == event.criterion:
            self._draft(drafts.field("note", event.criterion), note.half_written)

    @on(NoteField.Noted)
    def _noted(self, event: NoteField.Noted) -> None:
        self._note(event.criterion, event.text, event.seen)

    def _note(self, criterion: str, text: str, seen: str | None) -> None:
        field, note = drafts.field("note", criterion), self.page.query_one(NoteField)
        try:
            self.desk.visit.note(criterion, text, seen=seen)
        except StorageError as error:
            self.unsaved = True
            self.host.notify(error.message, wrong=True)
        except Conflict as clash:
            self._noted_elsewhere(criterion, text, clash)
        except GreenStarError as error:
            self._draft(field, text)
            self._sealed_meanwhile(error.message)
        else:
            self.unsaved = False
            self.desk.half_typed.pop(field, None)
            note.was_recorded(criterion, text)
        self.show_title()

    def _noted_elsewhere(self, criterion: str, mine: str, clash: Conflict) -> None:
        theirs = json.loads(clash.theirs) if clash.theirs is not None else ""
        self.desk.look()
        self._draft(drafts.field("note", criterion), mine)
        self.page.query_one(NoteField).was_noted_elsewhere(criterion, theirs)
        self.fill_page()

        def words(catalogue: Catalogue) -> tuple[str, str, str]:
            return f"{criterion} {catalogue.say('tui.note')}", *self._both(catalogue, mine, theirs, clash)

        def chosen(take_mine: bool | None) -> None:
            if take_mine is None:
                return
            self._draft(drafts.field("note", criterion), None)
            if take_mine:
                self._note(criterion, mine, theirs)
            elif criterion == self.criterion:
                self.page.query_one(NoteField).replace_with(theirs)

        self.app.push_screen(ConflictDialog(words), chosen)

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
            self.host.notify(Phrase("tui.is_read_only"))
            return
        marked = visit.visit.not_applicable.get(self.criterion)
        criterion = scheme.criteria[self.criterion]
        if marked is None and scheme.policy(criterion) == "forbid":
            self.host.notify(Phrase("tui.na_forbidden", id=self.criterion))
        elif marked is None and not self.desk.card.criteria[self.criterion].applies:
            self.host.notify(Phrase("tui.na_already", id=self.criterion))
        else:
            field = drafts.field("exemption", self.criterion)
            half_typed, keep = self.desk.half_typed.get(field), partial(self._draft, field)
            dialog = ReasonDialog(self.criterion, criterion.title, marked, half_typed, keep)
            self.app.push_screen(dialog, self._reasoned)

    def _reasoned(self, reason: Reason | None) -> None:
        if reason is None:
            return
        try:
            self.desk.visit.mark_not_applicable(self.criterion, reason.text)
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)
            return
        self.desk.half_typed.pop(drafts.field("exemption", self.criterion), None)
        self.desk.as_recorded()
        self.show_criterion(self.criterion, enter=True)
        self.show_title()

    # -- to come back to

    def do_flag(self) -> None:
        """Flag the criterion to come back to, or take the flag away."""
        on_ = self.criterion not in self.desk.visit.flags
        try:
            self.desk.visit.flag(self.criterion, on=on_)
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)
            return
        self.desk.as_recorded()
        self.fill_page()
        self.show_score()
        self.show_title()
        self.host.notify(Phrase("tui.flagged" if on_ else "tui.unflagged", id=self.criterion))
