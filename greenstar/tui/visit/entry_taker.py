"""Takes what is entered on the page of a visit to the recorder, and has shown what became of it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from textual.screen import ModalScreen

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import drafts
from greenstar.services.visit.conflict import Conflict
from greenstar.tui.common.notice import Notice
from greenstar.tui.host import Host
from greenstar.tui.visit.conflict_dialog import ConflictDialog
from greenstar.tui.visit.entries import AnswerEntry, NoteEntry
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.recorder import Failed, InConflict, Recorder, Rejected, SealedMeanwhile
from greenstar.tui.visit.view import VisitView

Answer = TypeVar("Answer")


class Front(Protocol):
    """What the taker of entries asks of its screen."""

    notice: Notice

    @property
    def host(self) -> Host:
        """The program around the screen."""

    def ask(self, dialog: ModalScreen[Answer], answered: Callable[[Answer | None], None]) -> None:
        """Show a dialog, and hand over its answer."""

    def show_title(self) -> None:
        """Show again whether all is saved."""

    def go_to(self, criterion: str) -> None:
        """Show a criterion, with the cursor in its questions."""


class EntryTaker:
    """Every entry of a page goes over it: answers, the note, and what is half typed of either."""

    def __init__(self, recorder: Recorder, view: VisitView, front: Front) -> None:
        self.recorder, self.session, self.view = recorder, recorder.session, view
        self.page = view.page
        self._front = front
        self._shown_left: set[str] = set()

    def settle(self) -> None:
        """Record what is typed on the page, and keep what is no answer for when one comes back."""
        for field in self.page.fields():
            entry = field.unsettled()
            if entry is not None:
                self.record(entry)
        self._keep_fields_half_typed()
        note = self.page.note.unsettled()
        if note is not None:
            self.record_note(note)

    # -- answers

    def record(self, entry: AnswerEntry) -> None:
        """Record one answer; the page shows it at once."""
        if self.recorder.answer(entry, partial(self._not_recorded, entry)):
            field = self.page.field_of(entry.name)
            if field is not None:
                field.was_recorded(entry)
            self._keep_fields_half_typed()
            self.view.show_recorded()
        self._front.show_title()

    def _not_recorded(self, entry: AnswerEntry, outcome: Failed) -> None:
        """An answer was refused, at once or once it was seen what another window did."""
        field = self.page.field_of(entry.name)
        match outcome:
            case InConflict(conflict=conflict):
                self._answered_elsewhere(entry, conflict)
                self.view.show_score()
            case SealedMeanwhile(why):
                self.sealed_meanwhile(why, self._typed(entry))
            case Rejected(why) if field is not None:
                if field.state is not None and field.state.recorded == entry.value:  # it counted until now
                    self._draft_again(entry)
                    self.view.refill(entry.name)
                field.was_refused(why)
                self.view.show_score()
            case Failed(why):
                self._draft_again(entry)
                self.view.refill(entry.name)
                self._front.host.notify(why, wrong=True)
                self.view.show_recorded()
        self._front.show_title()

    def sealed_meanwhile(self, why: Phrase, text: str = "") -> None:
        """Something is not recorded, as the visit was handed in; what was typed is shown, to be copied."""
        if not self.show_left(why, text):
            self._front.host.notify(why, wrong=True)

    def show_left(self, why: Phrase, text: str = "") -> bool:
        """A visit that can only be read has no place for what was typed: show it, once; whether there was anything."""
        self.keep_all_half_typed()
        texts = [left for left in (text, *self.session.texts_left()) if left and left not in self._shown_left]
        self._shown_left.update(texts)
        self.page.as_recorded()
        self.view.show_recorded()
        self._front.show_title()
        for left in texts:
            self._front.host.tell_unrecorded(why, left)
        return bool(texts)

    def _typed(self, entry: AnswerEntry) -> str:
        """What somebody typed; a pick is made again as quickly as it is read."""
        view = self.session.view(entry.name)
        return "" if view.by_picking or entry.value is None else view.typed_as(entry.value)

    def _draft_again(self, entry: AnswerEntry) -> None:
        question = self.session.view(entry.name)
        if not question.by_picking:
            self.recorder.draft(entry.name, question.typed_as(entry.value))

    def _answered_elsewhere(self, entry: AnswerEntry, conflict: Conflict) -> None:
        """What was typed here stays half typed until one of the two is chosen."""
        self._draft_again(entry)
        self.view.refill(entry.name)
        values = self.session.two_answers(entry, conflict)

        def chosen(take_mine: bool | None) -> None:
            if take_mine is None:
                return
            if take_mine:
                self.record(AnswerEntry(entry.name, entry.value, seen=values.theirs))
            else:
                self.recorder.draft(entry.name, None)
            self.view.refill(entry.name)
            self.view.show_score()

        self._front.ask(ConflictDialog(values), chosen)

    # -- the note

    def record_note(self, entry: NoteEntry) -> None:
        """Record the note."""
        if self.recorder.note(entry, partial(self._not_noted, entry)):
            self.page.note.was_recorded(entry)
        self._front.show_title()

    def _not_noted(self, entry: NoteEntry, outcome: Failed) -> None:
        match outcome:
            case InConflict(conflict=conflict):
                self._noted_elsewhere(entry, conflict)
            case SealedMeanwhile(why):
                self.sealed_meanwhile(why, entry.text)
            case Failed(why):
                self.recorder.draft(drafts.field("note", entry.criterion), entry.text)
                self._front.host.notify(why, wrong=True)
                self.view.show_recorded()
        self._front.show_title()

    def _noted_elsewhere(self, entry: NoteEntry, conflict: Conflict) -> None:
        field, values = drafts.field("note", entry.criterion), self.session.two_notes(entry, conflict)
        self.recorder.draft(field, entry.text)
        self.page.note.was_noted_elsewhere(entry.criterion, values.theirs)
        self.view.show_recorded()

        def chosen(take_mine: bool | None) -> None:
            if take_mine is None:
                return
            self.recorder.draft(field, None)
            if take_mine:
                self.record_note(NoteEntry(entry.criterion, entry.text, seen=values.theirs))
            elif entry.criterion == self.view.criterion:
                self.page.note.replace_with(values.theirs)

        self._front.ask(ConflictDialog(values), chosen)

    # -- what is half typed

    def keep_half_typed(self, field: QuestionField) -> None:
        """Keep what is half typed in a field of the page."""
        state = field.state
        if state is not None and not state.view.locked:
            text = state.half_typed
            self.keep(state.view.name, text, state.drafted)
            state.drafted = text

    def keep_all_half_typed(self) -> None:
        """Keep what is half typed on the page, the note too."""
        self._keep_fields_half_typed()
        self.keep_half_written()

    def _keep_fields_half_typed(self) -> None:
        for field in self.page.fields():
            self.keep_half_typed(field)

    def keep_half_written(self) -> None:
        """Keep what is half written of the note."""
        note = self.page.note
        text = note.half_written
        self.keep(drafts.field("note", note.criterion), text, note.drafted)
        note.drafted = text

    def keep(self, name: str, text: str | None, drafted: str | None) -> None:
        """Keep what is half typed, unless it is `drafted` already."""
        if text != drafted:
            self.recorder.draft(name, text)
