"""One question on a page: its words, the field to answer it in, and what is remarked under it.

A page uses its fields again: `fill` puts another question into one. What stands in it is kept by a `FieldState`.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.events import DescendantBlur, DescendantFocus
from textual.geometry import Size
from textual.layout import Layout
from textual.message import Message
from textual.widgets import Input
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.options import OptionField
from greenstar.tui.textual_compat.kept_lines import KeptLines, KeptText
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.field_drawing import FieldDrawing
from greenstar.tui.visit.field_face import FieldFace
from greenstar.tui.visit.field_sight import FieldSight
from greenstar.tui.visit.field_state import FieldState
from greenstar.tui.visit.question_view import QuestionView


class QuestionField(KeptLines):
    """Holds one question of any type, and draws its words around the widget that takes the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "leave(-1)", show=False),
        Binding("down", "leave(1)", show=False),
    ]
    DEFAULT_CSS = """
    QuestionField {
        height: auto; text-wrap: nowrap; text-overflow: clip; margin-bottom: 1; border-left: blank;
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
        self._entering = False
        self._draft_soon = DelayedCall(self, self._draft)
        self.face = FieldFace()
        self.options, self.line = self.face.options, self.face.line
        self.drawing = FieldDrawing(self, self.face)
        self._sight = FieldSight(self, self.face)

    @override
    def compose(self) -> ComposeResult:
        yield self.options
        yield self.line

    @property
    @override
    def layout(self) -> Layout:
        return self.drawing

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        # Textual asks a layout only where there are children, and before would measure a field of no width
        return self.drawing.get_content_height(self, container, viewport, width)

    @override
    def render(self) -> RenderResult:
        return KeptText(self.drawing.text(self.content_size.width), self.app)

    def on_mount(self) -> None:
        """Take the cursor, where it was sent here before there was anything to take it."""
        self._sight.begin()
        if self._entering:
            self.enter()

    # -- what is shown

    def fill(self, view: QuestionView, catalogue: Catalogue) -> None:
        """Put another question here, or another answer to the same one."""
        self._draft_soon.cancel()
        self.state = FieldState(view)
        self.drawing.show_another()
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
        if self.state is not None:
            self.face.relabel(self.state.view, catalogue)
            self._read(shown=self.face.reads)
            self._remark()

    def _remark(self) -> None:
        """How many options are ticked; under the field, the answer of the last cycle, and what is wrong."""
        if self.state is not None:
            if self.face.remark(self.state):
                self._sight.tell()
            self.drawing.show_changes()

    def _read(self, *, shown: bool) -> None:
        """How what is being typed here is read; it comes into view, and goes with the cursor. A result stays."""
        if self.state is not None and self.face.read(self.state, shown=shown):
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
        self.drawing.show_changes()

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
        if take_first is not None and self.state is not None and self.state.offered:
            self.write(self.state.view.typed_as(self.state.offered[0 if take_first else 1]))
            self._take()

    def write(self, text: str) -> None:
        """Put a text here as if it had been typed."""
        if self.state is not None:
            self.state.type(text)
            self.face.show_text(text, self.state)
            self._read(shown=True)
            self.drawing.show_changes()

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
        if (entry := self.unsettled()) is not None:
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
            if self.state.view.by_picking:
                self.options.show_answer(entry.value)
            else:
                self.face.show_text(self.state.text, self.state)
            self._remark()

    def was_refused(self, why: Phrase) -> None:
        """It was not recorded; the text stays, what was picked goes back."""
        if self.state is not None:
            self.state.was_refused(why)
            if self.state.view.by_picking:
                self.options.show_answer(self.state.picked)
            self._remark()
