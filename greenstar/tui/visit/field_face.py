"""How a field looks: its question, the widget that takes the answer, the unit, and what is said under it.

Only what takes the answer is a widget. The words are lines that the field draws, as each text that is a widget of its
own has to be styled, laid out and told of it.
"""

from typing import NamedTuple

from textual.content import Content
from textual.geometry import Region, Size
from textual.widgets import Input

from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.field_input import CELLS, FieldInput
from greenstar.tui.common.lines import fit, wrapped
from greenstar.tui.common.options import OptionField
from greenstar.tui.visit import field_messages
from greenstar.tui.visit.field_looks import LOOKS, FieldLook
from greenstar.tui.visit.field_state import FieldState
from greenstar.tui.visit.question_view import QuestionView

_EDITOR, _SLACK = 24, 12  # cells: a field with its unit, or yes and no; what breaking a line may waste
_SHORT, _FRAME = 16, 5  # cells of a field for a figure or a date; what of them is not for its text
_CALCULATION = 28  # cells of a field for a calculation
_UNIT, _GAP = 5, 1  # cells of a unit at least; before a unit, and after a question
_SET_IN = 2  # cells that what is said under a field is set in by


class Drawn(NamedTuple):
    """The lines of a field, and where among them the answer is taken."""

    lines: list[Content]
    editor: Region

    def is_shaped_as(self, other: "Drawn") -> bool:
        """Whether the other has as many lines, and its editor at the same place."""
        return len(self.lines) == len(other.lines) and self.editor == other.editor

    def is_same(self, other: "Drawn") -> bool:
        """Whether one that is shaped as the other says the same."""
        return all(line.is_same(other_line) for line, other_line in zip(self.lines, other.lines, strict=True))


class FieldFace:
    """Options to pick from, or a line to type in, among words; the one that a question does not need is not displayed.

    The editor stands beside a short question, and under a long one.
    """

    def __init__(self) -> None:
        self.options, self.line = OptionField(), FieldInput()
        self._look = FieldLook()
        self._figure = _SHORT
        self._ask = self._unit = self._reading = self._help = self._trouble = Content("")
        self._catalogue: Catalogue | None = None  # of what was put here last
        self._drawn: dict[tuple[int, bool], Drawn] = {}  # by width, and whether the cursor is here

    # -- what it shows

    def put(self, view: QuestionView, picked: Answer | None, catalogue: Catalogue) -> None:
        """Show another question; what is typed is shown by `show_text`."""
        self._look = LOOKS[view.question.type]
        self.options.locked = self.line.disabled = view.locked
        self.options.display, self.line.display = view.by_picking, not view.by_picking
        self.line.between = " " if self._look.long else CELLS
        if view.by_picking:
            several, beside = view.type.several, self._look.options_beside
            self.options.fill(view.choices(catalogue), picked, several=several, beside=beside)
        self._write(view, catalogue)

    def relabel(self, view: QuestionView, catalogue: Catalogue) -> None:
        """The same question in another language."""
        if view.by_picking:
            self.options.relabel(view.choices(catalogue))
        self._write(view, catalogue)

    def _write(self, view: QuestionView, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        unit, placeholder = view.question.unit, self._look.placeholder
        self._unit = Content.styled(unit.in_(catalogue.language) if unit is not None else "", "$muted")
        self.line.placeholder = catalogue.say(placeholder) if placeholder is not None else ""
        self._drawn = {}

    def read(self, state: FieldState, *, shown: bool) -> bool:
        """How what is typed is read, where that is `shown`, or is a result; whether it was not said before."""
        assert self._catalogue is not None
        before, shown = self._reading, shown or state.calculates
        self._reading = field_messages.reading_line(state, self._catalogue) if shown else Content("")
        self._drawn = {}
        return bool(self._reading) and not before

    def remark(self, state: FieldState) -> bool:
        """What is asked, what helps to answer it, and what is wrong with what stands here; whether that is news."""
        assert self._catalogue is not None
        before, view, recorded = self._trouble, state.view, state.recorded
        self._ask = field_messages.ask_line(view, recorded, self._catalogue)
        self._help = field_messages.help_line(view, recorded, self._catalogue)
        self._trouble = field_messages.trouble_line(state, self._catalogue)
        self._drawn = {}
        return bool(self._trouble) and self._trouble.plain != before.plain

    @property
    def reads(self) -> bool:
        """Whether it is said how what is typed is read."""
        return bool(self._reading)

    @property
    def tells(self) -> bool:
        """Whether something is said of what is typed."""
        return bool(self._reading or self._trouble)

    # -- the line to type in

    def show_text(self, text: str, state: FieldState | None) -> None:
        """Put a text into the line, as if it had stood there always; where options are picked, there is none."""
        if state is None or state.view.by_picking:
            return
        with self.line.prevent(Input.Changed):
            self.line.value = text
        self.line.cursor_position = len(text)
        self.make_room(text)
        self.select(state)

    def make_room(self, text: str) -> None:
        """A calculation is longer than a figure."""
        self._figure, self._drawn = (_CALCULATION if len(text) > _SHORT - _FRAME else _SHORT), {}

    def select(self, state: FieldState | None) -> None:
        """Typing takes the place of a recorded answer at which the cursor is; half-typed text is gone on with."""
        if state is None or state.view.by_picking:
            return
        self.line.select_on_focus = not state.dirty
        if self.line.has_focus and not state.dirty:
            self.line.action_select_all()

    @property
    def editor(self) -> Input | OptionField:
        """The one that takes the answer."""
        return self.options if self.options.display else self.line

    # -- drawing

    def drawn(self, width: int, *, here: bool) -> Drawn:
        """All of it, in so many cells; the question stands out where the cursor is."""
        key = width, here
        if key not in self._drawn:
            self._drawn[key] = self._draw(width, self._ask.stylize("bold") if here else self._ask)
        return self._drawn[key]

    def _draw(self, width: int, ask: Content) -> Drawn:
        unit = self._unit.pad_left(_GAP) if self._look.unit else Content("")
        taken = max(unit.cell_length, _UNIT) if self._look.unit else 0
        size = self._size_of_editor(width)
        left = width - size.width - taken
        if self._look.beside and ask.cell_length <= 2 * (width - _EDITOR) - _SLACK:
            lines, editor = wrapped(ask, left - _GAP), Region(left, 0, *size)
            lines[0] = Content.assemble(fit(lines[0], left), " " * size.width, unit)
        else:
            lines = wrapped(ask, width - _GAP)
            editor = Region(0, len(lines), *size)
            lines += [Content.assemble(" " * size.width, unit), *[Content("")] * (size.height - 1)]
        for words in filter(None, (self._reading, self._help, self._trouble)):
            lines += [line.pad_left(_SET_IN) for line in wrapped(words, width - _SET_IN)]
        return Drawn(lines, editor)

    def _size_of_editor(self, width: int) -> Size:
        if self.line.display:
            return Size(width if self._look.long else min(self._figure, width), 1)
        room, none = Size(width, 0), Size(0, 0)
        wide = min(self.options.get_content_width(room, none), width)
        return Size(wide, self.options.get_content_height(room, none, wide))
