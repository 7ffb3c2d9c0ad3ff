"""What is typed as a calculation: exact, read as numbers are, bounded, and refused in one sentence that says where."""

import pickle
from copy import copy, deepcopy
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.answer_types import Doubtful, Refused
from greenstar.assessment.answer_types.number import NumberType
from greenstar.assessment.calculated import Calculated, formula_of, is_same, without_formula
from greenstar.assessment.formula import MOST_CHARACTERS
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from tests.assessment.test_number_readings import kind
from tests.rows import rows

HUGE = "99999999999999999999"


def read(text: str, question: str = "kwh") -> tuple[str, str | None]:
    """The answer that a text in the field gives, in the unit in which it is typed, and its formula."""
    answer = kind(question).from_field(text)
    return kind(question).to_json(without_formula(answer)), formula_of(answer)  # type: ignore[arg-type, return-value] # a number's


@rows(
    ("typed", "result", "formula"),
    [
        ("1284.62-1284.58", "0.04", "1284.62-1284.58"),
        ("(12.5+13.1)/2", "12.8", "(12.5+13.1)/2"),
        (" 6*5 ", "30", "6*5"),
        ("＝（１２．５＋１３．１）÷２", "12.8", "(12.5+13.1)÷2"),
        ("６ × ５", "30", "6 × 5"),
        ("2+3*4-10/4", "11.5", "2+3*4-10/4"),
        ("-3*-2--1", "7", "-3*-2--1"),
        ("-(1-3)", "2", "-(1-3)"),
        ("0.1+0.2", "0.3", "0.1+0.2"),
        ("12 500 - 12 000,5", "499.5", "12 500 - 12 000,5"),
        ("1/128", "0.0078125", "1/128"),
        ("10/3", "3.333333", "10/3"),
        ("-20/3", "-6.666667", "-20/3"),
        ("=2026-11-28", "1987", "=2026-11-28"),
        ("=5", "5", None),
        ("-5", "-5", None),
        ("1 234,5", "1234.5", None),
    ],
)
def test_a_calculation_gives_its_exact_result_and_keeps_how_it_was_typed(
    typed: str, result: str, formula: str | None
) -> None:
    assert read(typed) == (result, formula)


@rows(
    ("typed", "key", "place"),
    [
        ("1/0", "zero", "2"),
        ("1÷(2-2)", "zero", "2"),
        ("9^9^9", "sign", "2"),
        ("1+__import__('os')", "sign", "3"),
        ("3-4 days", "sign", "5"),
        ("50%*2", "sign", "3"),
        ("(" * 10_000, "too_long", None),
        ("1" + "+1" * 5_000, "too_long", None),
        ("(" * (MOST_CHARACTERS - 1) + "1", "opens", "199"),
        ("(1+2", "opens", "1"),
        ("1+2)", "closes", "4"),
        ("()", "missing", "2"),
        ("2**3", "missing", "3"),
        ("1284.62-", "ends", None),
        ("2(3)", "no_sign", "2"),
        ("5 6+1", "number", "1"),
        ("1+2.3.4", "number", "3"),
        ("=__import__", "sign", "2"),
        ("2026-11-28", "like_a_day", None),
        ("28/11/2026", "like_a_day", None),
        (f"{HUGE}*{HUGE}*{HUGE}", "too_large", None),
    ],
)
def test_what_cannot_be_calculated_is_refused_with_what_is_wrong_and_where(
    typed: str, key: str, place: str | None
) -> None:
    with pytest.raises(Refused) as caught:
        kind("kwh").from_field(typed)
    message = caught.value.message
    assert (message.key, message.values.get("place")) == (f"answers.formula_{key}", place)
    for language in LANGUAGES:
        assert len(Catalogue(language).render(message)) < 90


@rows("text", ["__import__", "WX-001", "N/A", "1e5", "many", "*3"])
def test_what_is_no_calculation_is_no_number_as_before(text: str) -> None:
    with pytest.raises(Refused) as caught:
        kind("kwh").from_field(text)
    assert caught.value.message.key == "answers.expected_number"


def test_only_a_field_calculates_as_a_table_does_not_show_how_it_is_read() -> None:
    with pytest.raises(Refused):
        kind("kwh").from_text("12-10")


def test_bounds_and_whole_numbers_hold_for_the_result() -> None:
    assert read("6*5", "cars") == ("30", "6*5")
    for question, typed, key in (("cars", "7/2", "expected_whole"), ("litres", "5-9", "outside")):
        with pytest.raises(Refused) as caught:
            kind(question).from_field(typed)
        assert caught.value.message.key == f"answers.{key}"


def test_a_percentage_is_calculated_in_percent() -> None:
    assert kind("rate").from_field("39/52*100") == Fraction(3, 4)
    assert kind("rate").from_field("(50+25)%") == Fraction(3, 4)


def test_its_reading_is_shown_in_groups_with_its_unit_and_says_where_it_was_rounded() -> None:
    for typed, english, chinese in (
        ("1284.62-1284.58", "0.04 kWh", "0.04 kWh"),
        ("12345*100", "1 234 500 kWh", "1 234 500 kWh"),
        ("10/3", "3.333333 kWh (rounded to 6 decimals)", "3.333333 kWh（四舍五入到 6 位小数）"),
    ):
        answer = kind("kwh").from_field(typed)
        shown = [Catalogue(language).write(kind("kwh").as_read(answer)) for language in LANGUAGES]
        assert dict(zip(LANGUAGES, shown, strict=True)) == {"en": english, "zh": chinese}


def test_in_words_its_formula_stands_behind_it_with_what_was_rounded() -> None:
    for typed, english in (
        ("12345*100", "1 234 500 kWh (12345*100)"),
        ("10/3", "3.333333 kWh (10/3, rounded to 6 decimals)"),
    ):
        assert Catalogue("en").write(kind("kwh").words(kind("kwh").from_field(typed))) == english


# -- numbers that can be read in two ways


def test_a_number_in_doubt_is_read_as_the_others_of_its_formula_are() -> None:
    assert read("1284.62-980.125") == ("304.495", "1284.62-980.125")
    assert read("1284,62-980.125") == ("-978840.38", "1284,62-980.125")
    assert read("1,284,000-980.125") == ("1283019.875", "1,284,000-980.125")
    assert read("1.284.000,5-1.284") == ("1282716.5", "1.284.000,5-1.284")


def test_a_formula_that_can_be_read_in_two_ways_is_asked_about_or_decided_by_the_bounds() -> None:
    with pytest.raises(Doubtful) as caught:
        kind("kwh").from_field("1.284-1.200")
    first, second = caught.value.readings
    assert (first, formula_of(first)) == (Fraction("0.084"), "1.2840-1.2000")
    assert (second, formula_of(second)) == (84, "1284-1200")
    assert read("1.284*2", "many") == ("2568", "1284*2")
    assert read("1.284/1.284") == ("1", "1.2840/1.2840")
    with pytest.raises(Doubtful):
        kind("kwh").from_field("12.5*1.284+3,5")  # the others do not agree


@given(st.text(alphabet="0123456789.,+-*/()×÷ =^_a（）", max_size=30))
def test_whatever_is_typed_gives_a_number_that_its_formula_gives_again_or_a_sentence(text: str) -> None:
    for question in ("kwh", "rate", "cars", "litres"):
        answers: tuple[object, ...] = ()
        try:
            answers = (kind(question).from_field(text),)
        except Doubtful as doubt:
            answers = doubt.readings
        except Refused as refused:
            Catalogue("en").render(refused.message)
        for answer in answers:
            assert isinstance(answer, Fraction)
            again = kind(question).from_field(kind(question).to_text(answer))
            assert is_same(again, answer)
            assert is_same(kind(question).from_json(kind(question).to_json(answer)), answer)


# -- the answer


def test_a_calculated_answer_is_its_result_wherever_one_computes_with_it() -> None:
    answer = kind("kwh").from_field("6*5")
    assert answer == 30
    assert {Fraction(30): "thirty"}[answer] == "thirty"
    assert formula_of(answer + 1) is None
    assert not is_same(answer, Fraction(30))
    for same in (copy(answer), deepcopy(answer), pickle.loads(pickle.dumps(answer))):
        assert is_same(same, Calculated(Fraction(30), "6*5"))


def test_stored_json_that_is_no_calculated_number_is_no_answer() -> None:
    number: NumberType = kind("kwh")
    for value in ({}, {"value": "30"}, {"formula": "", "value": "30"}, {"formula": "6*5", "value": "x"}):
        assert number.from_json(value) is None
