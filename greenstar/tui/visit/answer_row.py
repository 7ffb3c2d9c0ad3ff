"""A question and the widget that takes its answer, beside each other or under each other."""

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Input
from typing_extensions import override

from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.text import cell_width
from greenstar.tui.common.field_input import CELLS, FieldInput
from greenstar.tui.common.options import OptionField
from greenstar.tui.common.text import Line, Words
from greenstar.tui.visit.field_looks import LOOKS
from greenstar.tui.visit.field_state import FieldState
from greenstar.tui.visit.question_view import QuestionView

_EDITOR, _SLACK = 24, 12  # cells: a field with its unit, or yes and no; what breaking a line may waste
_SHORT, _FRAME = 16, 5  # cells of a field for a figure or a date; what of them is not for its text
_CALCULATION = 28  # cells of a field for a calculation


class AnswerRow(Container):
    """Options to pick from, or a line to type in with its unit; what a question does not need is not displayed."""

    DEFAULT_CSS = """
    AnswerRow {
        height: auto;
        .answer { height: auto; }
        .ask { width: 1fr; height: auto; padding-right: 1; }
        .unit { width: auto; min-width: 5; padding-left: 1; color: $muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.expected_width = 0  # what counts until it is laid out
        self._beside: bool | None = None
        self._width = _SHORT
        self.ask = Words(classes="ask")
        self.options = OptionField()
        self.line = FieldInput()
        self.unit = Line(classes="unit")
        self.answer = Horizontal(self.options, self.line, self.unit, classes="answer")

    @override
    def compose(self) -> ComposeResult:
        yield self.ask
        yield self.answer

    def fill(self, view: QuestionView, picked: Answer | None, catalogue: Catalogue) -> None:
        """Put another question here; what is typed is shown by `show_text`."""
        look = LOOKS[view.question.type]
        self.options.locked = self.line.disabled = view.locked
        self.options.display = view.by_picking
        self.line.display = not view.by_picking
        self.line.between = " " if look.long else CELLS
        if view.by_picking:
            several, beside = view.type.several, look.options_beside
            self.options.fill(view.choices(catalogue), picked, several=several, beside=beside)
        self.write_words(view, catalogue)

    def write_words(self, view: QuestionView, catalogue: Catalogue) -> None:
        """The words beside the field, in this language."""
        look, unit = LOOKS[view.question.type], view.question.unit
        self.stand(view, catalogue)
        self.unit.display = look.unit
        self.unit.say(unit.in_(catalogue.language) if unit is not None else "", resizes=True)
        self.line.placeholder = catalogue.say(look.placeholder) if look.placeholder is not None else ""

    def stand(self, view: QuestionView, catalogue: Catalogue) -> None:
        """The field stands beside a short question, and under a long one."""
        question = view.question
        look, needed = LOOKS[question.type], cell_width(question.ask.in_(catalogue.language))
        beside = look.beside and needed <= 2 * ((self.size.width or self.expected_width) - _EDITOR) - _SLACK
        if beside != self._beside:  # to Textual any layout is another one
            self._beside = beside
            self.styles.layout = "horizontal" if beside else "vertical"
            self.answer.styles.width = "auto" if beside else "100%"
        self.line.styles.width = "1fr" if look.long else self._width

    def make_room(self, text: str) -> None:
        """A calculation is longer than a figure."""
        width = _CALCULATION if len(text) > _SHORT - _FRAME else _SHORT
        if width != self._width:
            self._width = width
            if self.line.styles.width is not None and self.line.styles.width.cells is not None:
                self.line.styles.width = width

    def show_text(self, text: str, state: FieldState | None) -> None:
        """Put a text into the line, as if it had stood there always."""
        with self.prevent(Input.Changed):
            self.line.value = text
        self.line.cursor_position = len(text)
        self.make_room(text)
        self.select(state)

    def select(self, state: FieldState | None) -> None:
        """Typing takes the place of a recorded answer at which the cursor is; half-typed text is gone on with."""
        if state is None or state.view.by_picking:
            return
        self.line.select_on_focus = not state.dirty
        if self.line.has_focus and not state.dirty:
            self.line.action_select_all()
