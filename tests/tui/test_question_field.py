"""A question on a bare app: no visit, no database; what it shows, and what it tells whoever holds it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from fractions import Fraction

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.pilot import Pilot

from greenstar.assessment.calculated import formula_of
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Text
from greenstar.scheme.document import Question
from greenstar.tui.common import delayed_call
from greenstar.tui.theme import LOOKS
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.question_view import QuestionView
from tests.tui.test_field_state import question


class Bare(App[None]):
    """One field."""

    def __init__(self, view: QuestionView) -> None:
        super().__init__()
        for look in LOOKS.values():
            self.register_theme(look)
        self.theme = next(iter(LOOKS))
        self.view, self.field = view, QuestionField()
        self.entries: list[AnswerEntry] = []
        self.half_typed: list[str | None] = []

    def compose(self) -> ComposeResult:
        """The field, filled before it is mounted."""
        self.field.fill(self.view, Catalogue("en"))
        yield self.field

    @on(QuestionField.Answered)
    def _answered(self, event: QuestionField.Answered) -> None:
        self.entries.append(event.entry)
        self.field.was_recorded(event.entry)

    @on(QuestionField.Drafted)
    def _drafted(self, event: QuestionField.Drafted) -> None:
        assert event.field.state is not None
        self.half_typed.append(event.field.state.half_typed)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-typed text is told at once."""
    monkeypatch.setattr(delayed_call, "DRAFT_REST", 0.001)


@asynccontextmanager
async def bare(view: QuestionView) -> AsyncIterator[tuple[Bare, Pilot[None]]]:
    app = Bare(view)
    async with app.run_test() as pilot:
        app.field.enter()
        await pilot.pause()
        yield app, pilot


def said(field: QuestionField) -> list[str]:
    """The lines that the field draws around its editor."""
    return [line.plain.strip() for line in field.drawing.drawn(60).lines]


async def test_a_figure_is_told_half_typed_and_handed_over_by_enter_in_the_place_of_what_was_seen() -> None:
    async with bare(question("number", Fraction(5))) as (app, pilot):
        await pilot.press("end", "7", "x")
        assert app.half_typed[-1] == "57x"
        assert app.field.blocked
        await pilot.press("enter")
        assert app.entries == []
        await pilot.press("backspace", "enter")
        assert app.entries == [AnswerEntry("q", Fraction(57), seen=Fraction(5))]
        assert not app.field.blocked


async def test_a_pick_is_handed_over_at_once_and_shown() -> None:
    async with bare(question("boolean")) as (app, pilot):
        await pilot.press("y")
        assert app.entries == [AnswerEntry("q", True, seen=None)]
        assert app.field.options.answer is True
        await pilot.press("backspace")
        assert app.entries[-1] == AnswerEntry("q", None, seen=True)


async def test_another_question_takes_the_place_of_the_one_before_with_the_field_that_it_needs() -> None:
    async with bare(question("number", Fraction(5))) as (app, pilot):
        assert app.field.line.display
        app.field.fill(question("choice", "b"), Catalogue("en"))
        app.field.enter()
        await pilot.pause()
        assert (app.field.line.display, app.field.options.display) == (False, True)
        assert app.field.options.has_focus
        await pilot.press("1")
        assert app.entries == [AnswerEntry("q", "a", seen="b")]


async def test_typing_takes_the_place_of_the_recorded_answer_at_which_the_cursor_comes_to_stand() -> None:
    async with bare(question("number", Fraction(46))) as (app, pilot):
        await pilot.press(*"47")
        assert app.field.line.value == "47"
        await pilot.press("enter", *"48")  # the cursor stayed: what is recorded now is replaced as well
        assert app.field.line.value == "48"
        await pilot.press("enter", "left", "1", "end", "2")  # an arrow is for changing it
        assert app.field.line.value == "1482"


async def test_typing_replaces_what_another_window_answered_under_the_cursor_and_goes_on_with_what_is_half_typed() -> (
    None
):
    async with bare(question("number", Fraction(46))) as (app, pilot):
        app.field.update(question("number", Fraction(400)), Catalogue("en"))
        await pilot.press(*"47")
        assert app.field.line.value == "47"
        app.set_focus(None)
        app.field.fill(question("number", Fraction(46), "4"), Catalogue("en"))
        app.field.enter()
        await pilot.pause()
        await pilot.press("8")
        assert app.field.line.value == "48"


async def test_a_calculation_shows_what_it_comes_to_is_handed_over_with_it_and_can_be_gone_on_with() -> None:
    async with bare(question("number", Fraction(30))) as (app, pilot):
        await pilot.press(*"6*5")
        assert "= 30" in said(app.field)
        await pilot.press("enter")  # the same number, come by in another way
        assert [(entry.value, formula_of(entry.value)) for entry in app.entries] == [(Fraction(30), "6*5")]
        assert (app.field.line.value, said(app.field)[-1]) == ("6*5", "= 30")
        await pilot.press("end", *"/0")
        assert "character 4: nothing can be divided by 0" in said(app.field)[-1]
        assert app.field.blocked
        await pilot.press("backspace", "4", "enter")
        assert (app.entries[-1].value, formula_of(app.entries[-1].value)) == (Fraction(30, 4), "6*5/4")
        await pilot.press(*"7.5", "enter")
        assert (app.entries[-1].value, formula_of(app.entries[-1].value)) == (Fraction(30, 4), None)


async def test_a_field_stands_beside_a_short_question_and_under_a_long_one_and_what_is_said_of_it_under_both() -> None:
    async with bare(question("number", Fraction(30))) as (app, pilot):
        field, catalogue = app.field, Catalogue("en")
        wide, narrow = field.drawing.drawn(60), field.drawing.drawn(20)
        assert (wide.editor.y, len(wide.lines)) == (0, 1)
        assert (narrow.editor.x, narrow.editor.y) == (0, len(narrow.lines) - 1)
        await pilot.press(*"6*5")
        assert [line.plain for line in field.drawing.drawn(60).lines[1:]] == ["  = 30"]
        assert [line.plain for line in field.drawing.drawn(20).lines[narrow.editor.bottom :]] == ["  = 30"]
        assert field.line.region.y == field.content_region.y  # the line stands where its room is drawn
        long = Text({"en": "How much of it in all of the last year? " * 3})
        asked = replace(question("text"), question=Question.model_construct(type="text", ask=long))
        before = replace(question("text"), previous="as it was", cycle="2025")
        for view, line in ((asked, 2), (before, 1)):  # as many lines, of which another one is the editor's
            field.fill(view, catalogue)
            await pilot.pause()
            assert (field.size.height, field.line.region.y - field.region.y) == (3, line)
        field.fill(question("choice", "b"), catalogue)
        await pilot.pause()
        shown = field.drawing.drawn(60)
        assert (shown.editor.x, shown.editor.y, shown.editor.bottom) == (0, 1, len(shown.lines))
        assert field.options.region.size == field.drawing.drawn(field.content_size.width).editor.size


async def test_a_field_that_is_laid_out_before_its_children_are_there_takes_the_lines_of_its_words() -> None:
    heights = list[int]()

    class Early(QuestionField):
        """Is measured too early."""

        def compose(self) -> ComposeResult:
            heights.append(self.get_content_height(Size(60, 20), Size(60, 20), 60))
            yield from super().compose()

    app = Bare(question("number", Fraction(5)))
    app.field = Early()
    async with app.run_test():
        assert heights == [len(app.field.drawing.drawn(60).lines)]
