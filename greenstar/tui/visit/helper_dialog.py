"""Measures the answer to a question: a flow by stopwatch and bucket, or the difference of two meter readings."""

from time import monotonic

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input
from typing_extensions import override

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.calculated import formula_of
from greenstar.assessment.helper_forms import FORMS, helper_formula, typed_before
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.text import Line, Words
from greenstar.tui.visit.half_typed import HalfTyped, HalfTypedDialog, Keep
from greenstar.tui.visit.question_view import QuestionView

_SPACE_BAR = frozenset(("space", "ideographic_space"))  # the second of a Chinese keyboard
_TICK = 0.1  # seconds


class MeasureInput(CompactInput):
    """A figure that is measured; where a watch belongs to it, the space bar is its button."""

    class Pressed(Message):
        """The button of the watch."""

    def __init__(self, value: str, *, timed: bool) -> None:
        super().__init__(value)
        self.buttons = _SPACE_BAR if timed else frozenset()

    def on_key(self, event: Key) -> None:
        """A blank is part of no number of seconds or litres."""
        if event.key in self.buttons:
            event.prevent_default()
            event.stop()
            self.post_message(self.Pressed())


class HelperDialog(HalfTypedDialog[str]):
    """Asks for the two figures of a question's helper; its answer is the formula that they make.

    `half_typed` is what was typed before and not taken; `keep` is told what is typed, and what of it is on disk.
    """

    DEFAULT_CSS = """
    HelperDialog {
        & > #panel { width: 72; }
        .row { height: 1; margin-bottom: 1; }
        .row Line { width: 22; }
        .row MeasureInput { width: 16; }
        .row .unit { width: 1fr; padding-left: 1; color: $muted; }
    }
    """

    def __init__(self, view: QuestionView, half_typed: str | None, keep: Keep) -> None:
        super().__init__()
        assert view.question.helper is not None
        self.view, self.form = view, FORMS[view.question.helper]
        self._before = typed_before(view.question, formula_of(view.answer))
        first, second = (half_typed or "\n".join(self._before)).split("\n", 1)
        self.inputs = [MeasureInput(text, timed=self.form.timed) for text in (first, second)]
        self.labels, self.units = [Line() for _ in self.inputs], [Line(classes="unit") for _ in self.inputs]
        self.question, self.result = Words(id="question"), Words(id="result")
        self._started: float | None = None
        self._ticking: Timer | None = None
        self.half_typed = HalfTyped(self, self._not_taken, half_typed, keep)

    @override
    def compose(self) -> ComposeResult:
        rows = [Horizontal(*row, classes="row") for row in zip(self.labels, self.inputs, self.units, strict=True)]
        yield Vertical(self.question, *rows, self.result, Words(id="hint"), id="panel")

    @override
    def relabel(self) -> None:
        say = self.catalogue.say
        self.question.say(self.view.question.ask.in_(self.catalogue.language))
        for name, label in zip(self.form.fields, self.labels, strict=True):
            label.say(say(f"helper.{name}"))
        self._show_units()
        self._show_result()
        self.hint("helper.keys_timed" if self.form.timed else "helper.keys")

    def _show_units(self) -> None:
        unit = self.view.question.unit
        words = unit.in_(self.catalogue.language) if unit is not None else ""
        shown = ["s", "L"] if self.form.timed else [words, words]
        if self._started is not None:
            shown[0] = f"s  ● {monotonic() - self._started:.1f}"
        for text, line in zip(shown, self.units, strict=True):
            line.say(text)

    # -- what is typed

    @property
    def typed(self) -> list[str]:
        """The two figures as they stand in their fields."""
        return [field.value for field in self.inputs]

    def _formula(self) -> str | None:
        """What they make. Refused: no answer to the question."""
        formula = helper_formula(self.view.question, self.typed)
        if formula is not None:
            self.view.read(formula)
        return formula

    def _show_result(self) -> None:
        try:
            formula = self._formula()
        except Refused as refused:
            self.result.say(Content.styled(f"! {self.catalogue.render(refused.message)}", "$error"))
            return
        if formula is None:
            self.result.say("")
            return
        reading = self.view.as_read(self.view.read(formula), self.catalogue)
        self.result.say(Content.assemble((f"{formula} ", "$muted"), (f"= {reading}", "bold $secondary")))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._show_result()
        self.half_typed.keep_soon()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """To the field that is still empty; once both are filled in, the formula is taken."""
        event.stop()
        if self._started is not None:
            self._press_watch()
        empty = next((field for field in self.inputs if not field.value.strip()), None)
        if empty is not None:
            empty.focus()
            return
        try:
            formula = self._formula()
        except Refused:
            return  # it is told below the fields
        self.half_typed.keep()  # whatever becomes of it, it is there
        self.dismiss(formula)

    # -- the watch

    @on(MeasureInput.Pressed)
    def _button(self, event: MeasureInput.Pressed) -> None:
        event.stop()
        self._press_watch()

    def _press_watch(self) -> None:
        """Start it; or stop it, and write the seconds down."""
        if self._started is None:
            self._started = monotonic()
            self._ticking = self.set_interval(_TICK, self._show_units)
        else:
            seconds, self._started = monotonic() - self._started, None
            if self._ticking is not None:
                self._ticking.stop()
            self.inputs[0].value = f"{seconds:.1f}"
            self.inputs[1].focus()
        self._show_units()

    # -- what is half typed

    def _not_taken(self) -> str | None:
        return None if self.typed == list(self._before) else "\n".join(self.typed)
