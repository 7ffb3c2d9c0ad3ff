"""One question on a page: its words, the field to answer it in, and what is remarked under it.

A page uses its fields again: `fill` puts another question into one. What stands in it is kept by a `FieldState`.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widgets import Input

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.options import OptionField
from greenstar.tui.visit import field_messages
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.field_sight import FieldSight
from greenstar.tui.visit.field_state import FieldState
from greenstar.tui.visit.field_widget import FieldWidget
from greenstar.tui.visit.question_view import QuestionView


class QuestionField(FieldWidget):
    """Holds one question of any type, and draws its words around the widget that takes the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "leave(-1)", show=False),
        Binding("down", "leave(1)", show=False),
    ]
    DEFAULT_CSS = """
    QuestionField {
        margin-bottom: 1; border-left: blank;
        &:focus-within { border-left: outer $primary; }
    }
    """

    @dataclass
    class Typed(Message):
        """Something was typed; what it would answer, or why it is no answer, stands in the field's `state`."""

        field: "QuestionField"

    @dataclass
    class Drafted(Message):
        """What is half typed is to be kept: see `half_typed` of the field's `state`."""

        field: "QuestionField"

    @dataclass
    class Answered(Message):
        """An answer is ready to be recorded."""

        entry: AnswerEntry

    @dataclass
    class Doubted(Message):
        """Enter on what can be read in two ways: ask which of them is meant, and tell `read_as`."""

        field: "QuestionField"

    @dataclass
    class Done(Message):
        """Go `by` questions on: Enter, or an arrow out of the field."""

        field: "QuestionField"
        by: int
        entered: bool = False

    def __init__(self) -> None:
        super().__init__()
        self.state: FieldState | None = None
        self._catalogue: Catalogue | None = None
        self._entering = False
        self._trouble = ""  # what was said last under the field
        self._draft_soon = DelayedCall(self, self._draft)
        self.options, self.line = self.face.options, self.face.line
        self._sight = FieldSight(self, self.face)

    def on_mount(self) -> None:
        """Take the cursor, where it was sent here before there was anything to take it."""
        self._sight.begin()
        if self._entering:
            self.enter()

    # -- what is shown

    def fill(self, view: QuestionView, catalogue: Catalogue) -> None:
        """Put another question here, or another answer to the same one."""
        self._draft_soon.cancel()
        self.state, self._catalogue = FieldState(view), catalogue
        self.show_another()
        self.face.put(view, self.state.picked, catalogue)
        self.face.show_text(self.state.text, self.state)
        self._read(shown=False)
        self._remark()

    def clear(self) -> None:
        """No question stands here."""
        self._draft_soon.cancel()
        self.state = None

    def update(self, view: QuestionView, catalogue: Catalogue) -> None:
        """The same question, as it is recorded now; what is being typed here stays, and so does what it replaces."""
        if self.state is None or not self.state.look(view):
            self.fill(view, catalogue)
        else:
            self._remark()

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words in another language; what is typed stays."""
        self._catalogue = catalogue
        if self.state is not None:
            self.face.relabel(self.state.view, catalogue)
            self._read(shown=self.face.reads)
            self._remark()

    def _remark(self) -> None:
        """How many options are ticked; under the field, the answer of the last cycle, and what is wrong."""
        state, catalogue = self.state, self._catalogue
        if state is None or catalogue is None:
            return
        ask = field_messages.ask_line(state.view, state.recorded, catalogue)
        help_line = field_messages.help_line(state.view, state.recorded, catalogue)
        trouble = field_messages.trouble_line(state, catalogue)
        news = bool(trouble) and trouble.plain != self._trouble
        self._trouble = trouble.plain
        self.face.remark(ask, help_line, trouble)
        self.draw()
        if news:
            self._sight.tell()

    def _read(self, *, shown: bool) -> None:
        """How what is being typed here is read; it comes into view, and goes with the cursor. A result stays."""
        if self.state is None or self._catalogue is None:
            return
        before, shown = self.face.reads, shown or self.state.calculates
        self.face.read(field_messages.reading_line(self.state, self._catalogue) if shown else Content(""))
        if self.face.reads and not before:
            self._sight.tell()

    @property
    def question(self) -> str | None:
        """The name of the question that stands here, if one does."""
        return self.state.view.name if self.state is not None else None

    @property
    def blocked(self) -> bool:
        """Whether what stands here is refused, or not recorded: Enter stays."""
        return self.state is not None and self.state.blocked

    @property
    def open(self) -> bool:
        """Whether its question has no answer yet."""
        return self.state is not None and self.state.recorded is None

    @property
    def picked(self) -> bool:
        """Whether it is answered by picking, not by typing."""
        return self.state is not None and self.state.view.by_picking

    @property
    def editor(self) -> Input | OptionField:
        """The widget that takes the answer."""
        return self.face.editor

    def enter(self) -> None:
        """Put the cursor into the field, as soon as there is one."""
        self._entering = not self.is_mounted
        if self.is_mounted:
            self.screen.set_focus(self.editor, scroll_visible=False)
            self.face.select(self.state)
            self._sight.arrive()

    @on(OptionField.CursorMoved)
    def _into_sight(self) -> None:
        self._sight.keep()

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _cursor_came_or_went(self) -> None:
        here = self.screen.focused is self.line
        self._sight.stay(here=self.has_focus_within)
        self._read(shown=here and self.state is not None and self.state.dirty)
        self.draw()

    # -- what is typed

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.state is not None:
            self._sight.stay()
            self._draft_soon.ask()
            self.state.type(event.value)
            self.face.make_room(event.value)
            self.line.select_on_focus = not self.state.dirty
            self._read(shown=True)
            self._remark()
            self.post_message(self.Typed(self))

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        event.stop()
        if self.app.app_focus:  # else only another window has the keyboard now
            self.settle()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.state is not None and self.state.offered:
            self.post_message(self.Doubted(self))
        else:
            self._take()

    def _take(self) -> None:
        """Record what stands here, and go on."""
        if self.state is not None:
            self.state.confirm()
        self.settle()
        self.post_message(self.Done(self, 1, entered=True))

    def read_as(self, take_first: bool | None) -> None:
        """What stands here is meant as the first or second of its two readings; None: that is left open."""
        state = self.state
        if take_first is None or state is None or not state.offered:
            return
        first, second = state.offered
        self.write(state.view.typed_as(first if take_first else second))
        self._take()

    def write(self, text: str) -> None:
        """Put a text here as if it had been typed."""
        if self.state is not None:
            self.state.type(text)
            self.face.show_text(text, self.state)
            self._read(shown=True)
            self.draw()

    @on(OptionField.Picked)
    def _picked(self, event: OptionField.Picked) -> None:
        event.stop()
        if self.state is not None:
            self._sight.stay()
            self.post_message(self.Answered(self.state.pick(event.value)))

    @on(OptionField.Entered)
    def _enter_on_option(self, event: OptionField.Entered) -> None:
        event.stop()
        self.settle()
        self.post_message(self.Done(self, 1, entered=True))

    @on(OptionField.OverEdge)
    def _over_the_edge(self, event: OptionField.OverEdge) -> None:
        event.stop()
        self.post_message(self.Done(self, event.by))

    def action_leave(self, by: int) -> None:
        """An arrow key in a text field goes to the field above or below."""
        self.post_message(self.Done(self, by))

    def _draft(self) -> None:
        if self.state is not None and not self.state.view.locked:
            self.post_message(self.Drafted(self))

    def settle(self) -> None:
        """Hand over what is typed, if it is an answer and not recorded yet."""
        entry = self.unsettled()
        if entry is not None:
            self.post_message(self.Answered(entry))

    def unsettled(self) -> AnswerEntry | None:
        """What is typed and not recorded, to be recorded now."""
        return self.state.unsettled if self.state is not None else None

    # -- what became of it

    def was_recorded(self, entry: AnswerEntry) -> None:
        """The answer is on disk."""
        if self.state is not None and self.question == entry.name:
            self.state.was_recorded(entry.value)
            self._draft_soon.cancel()
            if self.picked:
                self.options.show_answer(entry.value)
            else:
                self.face.show_text(self.state.text, self.state)
            self._remark()

    def was_refused(self, why: Phrase) -> None:
        """It was not recorded; the text stays, what was picked goes back."""
        if self.state is not None:
            self.state.was_refused(why)
            if self.picked:
                self.options.show_answer(self.state.picked)
            self._remark()
