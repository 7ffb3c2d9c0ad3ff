"""What stands in the field of a question: typed or picked, refused or not, recorded or not. It knows no screen."""

from dataclasses import replace

from greenstar.assessment.answer_types import Doubtful, Refused
from greenstar.assessment.calculated import formula_of, is_same
from greenstar.assessment.model import Answer
from greenstar.i18n.phrase import Phrase
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.question_view import QuestionView


class FieldState:
    """One question, what stands in its field, and the answer that this takes the place of.

    `drafted` is the half-typed text as it was last put on disk. `refused` says why what stands here is not taken:
    because it is no answer, or because a check of the scheme would not have it. `offered` holds the two readings of a
    text that can be read in two ways.
    """

    def __init__(self, view: QuestionView) -> None:
        self.view = view
        self.recorded = view.answer
        self.drafted = view.text
        self.refused = view.trouble
        self.unsaved = view.unrecorded  # the disk would not take it
        self.picked: Answer | None = view.picked if view.by_picking else None
        self._touched = False  # text that was put back here becomes an answer by Enter only
        self._misread: Phrase | None = None
        self.offered: tuple[Answer, ...] = ()
        self._read("" if view.by_picking else view.as_typed)

    def _read(self, text: str) -> None:
        self.text, self.offered = text, ()
        try:
            self.value, self._misread = self.view.read(text), None
        except Refused as refused:
            self.value, self._misread = None, refused.message
            if isinstance(refused, Doubtful):
                self.offered = refused.readings

    # -- by hand

    def type(self, text: str) -> None:
        """Somebody typed: this is in the field now."""
        self._read(text)
        self._touched = True
        self.refused = self._misread

    def confirm(self) -> None:
        """Enter: what stands here is meant, whoever put it here."""
        self._touched = True

    def pick(self, value: Answer | None) -> AnswerEntry:
        """Somebody picked, ticked or cleared an option, which is to be recorded at once."""
        self.picked = value
        return self._entry(value)

    # -- what is to be done with it

    @property
    def dirty(self) -> bool:
        """Whether something stands here that is not recorded."""
        if self.view.by_picking:
            return self.unsaved
        return self.unsaved or self._misread is not None or not is_same(self.value, self.recorded)

    @property
    def calculates(self) -> bool:
        """Whether what stands here is a calculation, whose result is to be shown beside it."""
        return formula_of(self.value) is not None

    @property
    def waiting(self) -> bool:
        """Whether something stands here that is not recorded, and that nobody typed since it was put here."""
        return self.dirty and not self._touched

    @property
    def blocked(self) -> bool:
        """Whether what stands here is refused, or not recorded."""
        return self.refused is not None or self.dirty

    @property
    def half_typed(self) -> str | None:
        """What is typed or picked and not recorded, as text: to be kept."""
        if not self.dirty:
            return None
        return self.view.kept_pick(self.picked) if self.view.by_picking else self.text

    @property
    def unsettled(self) -> AnswerEntry | None:
        """What is to be recorded, if it is an answer and not recorded yet."""
        if self.view.locked:
            return None
        if self.view.by_picking:
            return self._entry(self.picked) if self.unsaved else None
        if self._misread is not None or not (self._touched or self.unsaved):
            return None
        return self._entry(self.value) if self.dirty else None

    def _entry(self, value: Answer | None) -> AnswerEntry:
        return AnswerEntry(self.view.name, value, self.recorded)

    # -- what became of it

    def look(self, view: QuestionView) -> bool:
        """The same question, as it is recorded now. Whether the field can stay as it is.

        What somebody types here stays; what was read from the disk stays as long as it is there.
        """
        if not self.dirty and not is_same(view.answer, self.recorded):
            return False
        if not (self._touched or self.unsaved) and view.text != self.drafted and self.dirty:
            return False
        self.view = view
        return True

    def was_recorded(self, value: Answer | None) -> None:
        """The answer is on disk, and its half-typed text is forgotten there."""
        self.view = replace(self.view, answer=value, text=None, trouble=None)
        self.recorded, self.unsaved, self.refused, self.drafted = value, False, None, None
        if self.view.by_picking:
            self.picked = value
        elif self._misread is not None or not is_same(self.value, value):  # it was confirmed, not typed
            self._read(self.view.as_typed)

    def was_refused(self, why: Phrase) -> None:
        """It was not recorded; the text stays, what was picked goes back."""
        self.refused, self._touched = why, False
        if self.view.by_picking:
            self.picked = self.recorded
