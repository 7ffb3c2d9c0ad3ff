"""What stands in a field, without a screen: typed, refused, waiting, recorded, not saved."""

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.scheme.document import Option, Question, QuestionType
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.field_looks import LOOKS
from greenstar.tui.visit.field_state import FieldState
from greenstar.tui.visit.question_view import QuestionView

NO = Phrase("tui.none")


def question(
    kind: QuestionType, answer: object = None, text: str | None = None, *, locked: bool = False
) -> QuestionView:
    names = ("a", "b") if kind in {"choice", "multiple"} else ()
    options = {name: Option.model_construct(label=Text({"en": name})) for name in names}
    asked = Question.model_construct(type=kind, ask=Text({"en": "How much?"}))
    return QuestionView("q", asked, options, answer, text, locked)  # type: ignore[arg-type]


def test_every_type_of_the_format_has_a_look() -> None:
    assert set(LOOKS) == set(get_args(QuestionType))


def test_what_is_typed_is_half_typed_until_it_is_recorded() -> None:
    state = FieldState(question("number", Fraction(5)))
    assert (state.dirty, state.half_typed, state.unsettled) == (False, None, None)
    state.type("57")
    assert (state.value, state.dirty, state.half_typed) == (57, True, "57")
    assert state.unsettled == AnswerEntry("q", Fraction(57), seen=Fraction(5))
    state.was_recorded(Fraction(57))
    assert not (state.dirty)
    assert not (state.blocked)
    assert not (state.half_typed)
    assert not (state.unsettled)
    assert state.view.answer == 57


@pytest.mark.parametrize("typed", ["", "5", "6x"])
def test_an_answer_that_was_confirmed_and_not_typed_stands_in_the_field(typed: str) -> None:
    state = FieldState(question("number"))
    state.type(typed)
    state.was_recorded(Fraction(7))
    state.confirm()
    assert (state.text, state.value, state.dirty, state.unsettled) == ("7", 7, False, None)


def test_what_is_no_answer_says_why_is_kept_and_is_never_recorded() -> None:
    state = FieldState(question("number", Fraction(5)))
    state.type("5x")
    assert state.refused is not None
    assert (state.blocked, state.half_typed, state.unsettled) == (True, "5x", None)
    state.type("5")
    assert not (state.refused)
    assert not (state.blocked)
    assert not (state.half_typed)


def test_half_typed_text_that_nobody_typed_here_becomes_an_answer_by_enter_only() -> None:
    state = FieldState(question("number", Fraction(5), "6"))
    assert (state.text, state.drafted, state.dirty, state.unsettled) == ("6", "6", True, None)
    state.confirm()
    assert state.unsettled == AnswerEntry("q", Fraction(6), seen=Fraction(5))


def test_a_refused_answer_stays_in_the_field_and_waits_for_a_hand() -> None:
    state = FieldState(question("number", Fraction(5)))
    state.type("6")
    state.was_refused(NO)
    assert (state.refused, state.text, state.half_typed, state.unsettled) == (NO, "6", "6", None)


@pytest.mark.parametrize(("kind", "before", "picked"), [("choice", "a", "b"), ("multiple", ("a",), ("a", "b"))])
def test_a_refused_pick_goes_back_and_one_that_was_kept_and_not_recorded_stays(
    kind: QuestionType, before: object, picked: object
) -> None:
    state = FieldState(question(kind, before))
    assert state.pick(picked) == AnswerEntry("q", picked, seen=before)  # type: ignore[arg-type]
    state.was_refused(NO)
    assert (state.picked, state.unsettled) == (before, None)
    kept = state.view.kept_pick(picked)  # type: ignore[arg-type]
    again = FieldState(question(kind, before, kept))
    assert again.half_typed == kept
    assert (again.picked, again.unsaved, again.unsettled) == (picked, True, AnswerEntry("q", picked, seen=before))  # type: ignore[arg-type]


def test_an_answer_of_another_window_is_shown_where_nobody_types_and_waits_where_somebody_does() -> None:
    elsewhere = question("number", Fraction(7))
    assert not FieldState(question("number", Fraction(5))).look(elsewhere)
    typing = FieldState(question("number", Fraction(5)))
    typing.type("6")
    assert typing.look(elsewhere)
    assert (typing.text, typing.recorded, typing.view.answer) == ("6", 5, 7)


def test_half_typed_text_of_another_window_goes_when_that_window_records_it() -> None:
    state = FieldState(question("number", Fraction(5), "6"))
    assert state.look(question("number", Fraction(5), "6"))
    assert not state.look(question("number", Fraction(6)))
    state.type("67")
    assert state.look(question("number", Fraction(6)))


def test_a_locked_question_is_never_recorded() -> None:
    state = FieldState(question("number", Fraction(5), "6", locked=True))
    state.confirm()
    assert state.unsettled is None


def test_a_tenth_option_has_a_key_and_those_after_it_have_letters_while_there_are_any() -> None:
    names = [f"option {number}" for number in range(1, 40)]
    options = {name: Option.model_construct(label=Text({"en": name})) for name in names}
    kinds: tuple[QuestionType, ...] = ("choice", "multiple")
    of_one, of_several = (
        [choice.key for choice in replace(question(kind), options=options).choices(Catalogue("en"))] for kind in kinds
    )
    assert of_one[8:12] == ["9", "0", "a", "b"]
    assert of_several[8:12] == ["9", "a", "b", "c"]
    assert of_several[-1] == "0"  # none of these
    assert of_one[-1] == ""
