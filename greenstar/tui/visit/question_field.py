"""One question on a page: what is asked, the field to answer it in, and why an answer was refused.

A page re-uses its slots: `fill` puts another question into one.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.tui.common.options import OptionField
from greenstar.tui.visit import field_messages
from greenstar.tui.visit.question_frame import QuestionFrame
from greenstar.tui.visit.question_view import QuestionView

REST = 1.0  # seconds after the last key until what is typed becomes an answer
DRAFT_REST = 0.3  # seconds after the first key until what is typed is on disk


class QuestionField(QuestionFrame):
    """Holds one question of any type."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "leave(-1)", show=False),
        Binding("down", "leave(1)", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Something was typed; `value` is what it would answer. Not sent for what is refused: see `Slot.Wrong`."""

        slot: "QuestionField"
        name: str
        value: Answer | None

    @dataclass
    class Wrong(Message):
        """What is typed is no answer."""

        slot: "QuestionField"
        name: str

    @dataclass
    class Drafted(Message):
        """What is half typed (see `half_typed`) is another text by now, and to be kept."""

        name: str

    @dataclass
    class Answered(Message):
        """An answer is ready to be recorded, in the place of the one that was `seen`."""

        name: str
        value: Answer | None
        seen: Answer | None

    @dataclass
    class Done(Message):
        """Go `by` questions on: Enter, or an arrow out of the field."""

        slot: "QuestionField"
        by: int
        entered: bool = False

    def __init__(self) -> None:
        super().__init__()
        self.recorded: Answer | None = None
        self.unsaved = False
        self._touched = False  # text that was put here by nobody's hand becomes an answer by Enter only
        self._timer: Timer | None = None
        self._drafting: Timer | None = None
        self._trouble: Phrase | None = None

    def on_mount(self) -> None:
        """Ready; show what was asked for meanwhile."""
        self._ready = True
        if self.asked is not None and self._catalogue is not None:
            self.fill(self.asked, self._catalogue)
        if self._wanted:
            self.enter()

    # -- what is shown

    def fill(self, asked: QuestionView, catalogue: Catalogue) -> None:
        """Put another question here; a slot that is still being made does so when it is ready."""
        self.asked, self._catalogue = asked, catalogue
        self.recorded, self.unsaved, self._touched = asked.answer, asked.unrecorded, False
        if not self._ready:
            return
        self._stop()
        self._stop_drafting()
        self.show_question(asked, catalogue)
        self._trouble = asked.trouble
        self.relabel(catalogue)

    def update(self, asked: QuestionView, catalogue: Catalogue) -> None:
        """The same question, as it is recorded by now; what is being typed here stays, and so does what it replaces."""
        if self.asked is None or not self._ready or (not self.dirty and asked.answer != self.recorded):
            self.fill(asked, catalogue)
        elif asked != self.asked:
            self.asked = asked
            self._say_remarks()

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words in another language; what is typed stays."""
        self._catalogue = catalogue
        if self.asked is None or not self._ready:
            return
        self.write_words(self.asked, catalogue)
        self._say_remarks()

    # -- what is typed

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.asked is None:
            return
        self._stop()
        self._touched = True
        self._timer = self.set_timer(REST, self.settle)
        if self._drafting is None:
            self._drafting = self.set_timer(DRAFT_REST, self._draft)
        self._trouble = self._refusal()
        self._say_remarks()
        if self._trouble is not None:
            self.post_message(self.Wrong(self, self.asked.name))
        else:
            self.post_message(self.Changed(self, self.asked.name, self._value()))

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        event.stop()
        self.settle()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._touched = True
        self.settle()
        self.post_message(self.Done(self, 1, entered=True))

    @on(OptionField.Picked)
    def _picked(self, event: OptionField.Picked) -> None:
        event.stop()
        if self.asked is not None:
            self.post_message(self.Answered(self.asked.name, event.value, self.recorded))

    @on(OptionField.Entered)
    def _enter_on_option(self, event: OptionField.Entered) -> None:
        event.stop()
        if self.unsaved:
            self.settle()
        self.post_message(self.Done(self, 1, entered=True))

    @on(OptionField.Left)
    def _over_the_edge(self, event: OptionField.Left) -> None:
        event.stop()
        self.post_message(self.Done(self, event.by))

    def action_leave(self, by: int) -> None:
        """An arrow key in a text field goes to the field above or below."""
        self.post_message(self.Done(self, by))

    def settle(self) -> None:
        """Hand over what is typed, if it is an answer and not recorded yet."""
        entry = self.unsettled()
        if entry is not None:
            self.post_message(entry)

    def _draft(self) -> None:
        self._drafting = None
        if self.asked is not None and not self.asked.locked:
            self.post_message(self.Drafted(self.asked.name))

    def unsettled(self) -> Answered | None:
        """The answer that is typed and not recorded, or None."""
        self._stop()
        if not self._ready or self.asked is None or self.asked.locked:
            return None
        if self.picked:
            return self._answered(self.query_one(OptionField).answer) if self.unsaved else None
        if not (self._touched or self.unsaved) or self._refusal() is not None:
            return None
        value = self._value()
        return self._answered(value) if self.unsaved or value != self.recorded else None

    def _answered(self, value: Answer | None) -> Answered:
        assert self.asked is not None
        return self.Answered(self.asked.name, value, self.recorded)

    @property
    def dirty(self) -> bool:
        """Whether something stands here that is not recorded."""
        if self.asked is None:
            return False
        if self.picked:
            return self.unsaved
        return self.unsaved or self._refusal() is not None or self._value() != self.recorded

    @property
    def blocked(self) -> bool:
        """Whether what stands here is refused, or not recorded."""
        return self._trouble is not None or self.dirty

    @property
    def half_typed(self) -> str | None:
        """What is typed or picked and not recorded, as text: to be kept."""
        if not self._ready or self.asked is None:
            return None
        if self.picked:
            return self.asked.kept_pick(self.query_one(OptionField).answer) if self.unsaved else None
        return self.query_one(Input).value if self.dirty else None

    def _value(self) -> Answer | None:
        assert self.asked is not None
        return self.asked.read(self.query_one(Input).value)

    def _refusal(self) -> Phrase | None:
        try:
            self._value()
        except Refused as refused:
            return refused.message
        return None

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _stop_drafting(self) -> None:
        if self._drafting is not None:
            self._drafting.stop()
            self._drafting = None

    # -- what became of it

    def was_recorded(self, value: Answer | None) -> None:
        """The answer is on disk."""
        assert self.asked is not None
        self.asked = replace(self.asked, answer=value, text=None, trouble=None)
        self.recorded, self.unsaved, self._trouble = value, False, None
        self._stop_drafting()
        if self.picked:
            self.query_one(OptionField).show_answer(value)
        self._say_remarks()

    def was_refused(self, why: Phrase) -> None:
        """It was not recorded; the text stays, what was picked goes back."""
        self._trouble, self._touched = why, False
        if self.picked:
            self.query_one(OptionField).show_answer(self.recorded)
        self._say_remarks()

    def was_not_saved(self, why: Phrase) -> None:
        """The disk would not; the text stays, Enter tries again."""
        assert self._catalogue is not None
        self.unsaved = True
        self._trouble = None
        self.remark(Content(""), field_messages.not_saved(why, self._catalogue))

    def _say_remarks(self) -> None:
        assert self._catalogue is not None
        if self.asked is None:
            return
        self.write_ask(self.asked, self.recorded, self._catalogue)
        waiting = self._timer is None and self.dirty
        why = field_messages.trouble_line(self.asked, self.recorded, self._trouble, self._catalogue, waiting=waiting)
        self.remark(field_messages.previous_line(self.asked, self.recorded, self._catalogue), why)
