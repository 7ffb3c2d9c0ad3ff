"""How a typed number is read: as itself, refused, or in two ways between which whoever typed it decides."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.answer_types.base import Doubtful
from greenstar.assessment.answer_types.number import NumberType
from greenstar.assessment.number_readings import grouped, number_readings, plain_signs, undoubted
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.numbers import written
from greenstar.scheme.document import Question
from tests.builders import scheme_of
from tests.rows import rows

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
BLANKS = [" ", "\u00a0", "\u202f", "\u2009", "\u3000"]
QUESTIONS = scheme_of(
    """
    - id: a
      title: t
      points: 3
      questions:
        kwh: {type: number, ask: q, unit: kWh}
        litres: {type: number, ask: q, min: 0, max: 1000}
        many: {type: number, ask: q, min: 1000}
        cars: {type: number, ask: q, whole: true}
        rate: {type: number, ask: q, unit: "%"}
      score: {of: litres}
    """
).questions


def kind(question: str) -> NumberType:
    asked = QUESTIONS[question]
    assert isinstance(asked, Question)
    return NumberType(asked, {})


def readings(question: str, text: str) -> list[Fraction]:
    """What a text is read as: one reading, the two that are offered, or none."""
    try:
        return [kind(question).from_text(text)]
    except Doubtful as doubt:
        return [Fraction(str(reading)) for reading in doubt.readings]
    except Refused:
        return []


@st.composite
def decimals(draw: st.DrawFn) -> Fraction:
    """Numbers with up to eight decimals, many of them with three, and many that fill groups."""
    places = draw(st.sampled_from([0, 0, 1, 2, 3, 3, 4, 8]))
    whole = draw(st.one_of(st.integers(-(10**12), 10**12), st.integers(-2000, 2000)))
    return Fraction(whole) + Fraction(draw(st.integers(0, 10**places - 1)), 10**places)


@st.composite
def spelled(draw: st.DrawFn) -> tuple[Fraction, str]:
    """A number, and one of the ways in which people write it without doubt."""
    number = draw(decimals())
    whole, point, behind = undoubted(written(number)).partition(".")
    in_doubt = not point and 4 <= len(whole.lstrip("-")) <= 6  # 50,000 could be 50
    blank = draw(st.sampled_from(BLANKS))
    marks = [("", "."), ("", ","), (blank, "."), (blank, ","), (blank, "。")]
    marks += [] if in_doubt else [(",", "."), (".", ",")]
    group, decimal = draw(st.sampled_from(marks))
    text = grouped(whole).replace(" ", group) + (decimal + behind if point else "")
    text = text.translate(FULL_WIDTH) if draw(st.booleans()) else text
    around = draw(st.sampled_from(["", " "]))
    return number, f"{around}{text}{around}"


@given(spelled())
def test_a_number_in_any_accepted_spelling_is_read_as_itself(case: tuple[Fraction, str]) -> None:
    number, text = case
    assert readings("kwh", text) == [number]


@given(st.one_of(st.text(alphabet="0123456789.,- 。　\t\n²%e", max_size=14), decimals().map(written)))
def test_no_text_is_read_as_anything_but_what_is_shown_beside_it(text: str) -> None:
    for question in QUESTIONS:
        read = readings(question, text)
        for answer in read:
            shown = Catalogue("en").write(kind(question).as_read(answer)).removesuffix(" kWh")
            assert readings(question, shown) == [answer]
        assert len(read) == len(set(read)) <= 2


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=12))
def test_two_readings_are_those_of_one_separator_with_three_digits_behind_it(text: str) -> None:
    before, _, behind = text.replace(",", ".").partition(".")
    doubtful = 1 <= len(before) <= 3 and before[0] != "0" and len(behind) == 3 and behind.isdigit()
    assert (len(number_readings(text)) == 2) == doubtful


@given(decimals(), st.sampled_from(sorted(QUESTIONS)))
def test_an_answer_that_comes_back_to_its_field_is_read_as_itself_or_refused(number: Fraction, name: str) -> None:
    answers = kind(name)
    assert readings(name, answers.to_text(number)) == ([number] if answers.refusal(number) is None else [])


@given(decimals())
def test_what_is_grouped_comes_back(number: Fraction) -> None:
    text = written(number)
    assert grouped(text).replace(" ", "") == text
    assert number in number_readings(grouped(text))
    assert all(1 <= len(group) <= 3 for group in grouped(text).lstrip("-").partition(".")[0].split(" "))


@rows(
    ("text", "value"),
    [
        ("46", "46"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("007", "7"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("００。１２５", "0.125"),
        ("86。7", "86.7"),
        ("86｡7", "86.7"),
        ("1234.567", "1234.567"),
        ("1234,567", "1234.567"),
        ("50.0000", "50"),
        ("50,00", "50"),
        ("050.125", "50.125"),
        ("50 000", "50000"),
        ("50\u00a0000,5", "50000.5"),
        ("1 234.567", "1234.567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234.567", "1234.567"),
        ("１，２３４．５", "1234.5"),
    ],
)
def test_what_can_be_meant_in_one_way_is_read_that_way(text: str, value: str) -> None:
    assert readings("kwh", text) == [Fraction(value)]


@rows("text", ["50.000", "50,000", "５０。０００", "50.125", "6,200", "-6.200"])
def test_one_separator_before_exactly_three_digits_is_in_doubt(text: str) -> None:
    first, second = readings("kwh", text)
    assert second == first * 1000


@rows(
    ("question", "text", "value"),
    [
        ("litres", "50.000", "50"),
        ("litres", "1,001", "1.001"),
        ("many", "6,200", "6200"),
        ("cars", "6,200", "6200"),
        ("cars", "4.500", "4500"),
        ("rate", "86.125", "0.86125"),
        ("rate", "86.125 %", "0.86125"),
    ],
)
def test_the_questions_own_bounds_and_whole_may_leave_one_reading(question: str, text: str, value: str) -> None:
    assert readings(question, text) == [Fraction(value)]


def test_figures_of_which_both_readings_fit_stay_in_doubt() -> None:
    assert readings("litres", "1.000") == [1, 1000]
    assert readings("cars", "6.000") == [6, 6000]  # as 6.0 is a whole number too


@rows(
    "text",
    [
        *("12 34", "12 5", "1 2", "12  345", "1234 567", "0 125", "12 345 67", "- 5", "1 234,567 8", "1,234 567"),
        *("12\n34", "12\n345", "12\t345", "12\r\n345", "12\n", "\t12", "12\u2028345"),
        *("10³", "5²", "5₂", "①", "½", "٣", "𝟏𝟐", "1e3", "0x10", "1_000", "1'000", "+5", ".5", "5.", "5,", "--5"),
        *("1,23,456", "1.234.56", "1,234,56", "1.2.3", "1,234.567,8", "1,234,567,8", "0,123,456", "9" * 41),
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert readings("kwh", text) == []
    with pytest.raises(Refused) as caught:
        kind("kwh").from_text(text)
    assert all(Catalogue(language).render(caught.value.message) for language in LANGUAGES)


def test_what_is_in_doubt_is_refused_with_two_spellings_that_are_not() -> None:
    with pytest.raises(Doubtful) as caught:
        kind("kwh").from_text("50.125")
    assert Catalogue("en").render(caught.value.message) == "50.125 can be read in two ways; write 50.1250 or 50125"
    assert Catalogue("zh").render(caught.value.message) == "50.125 有两种读法，请写作 50.1250 或 50125"


@rows(("text", "why"), [("1.500", "1 500 is out of bounds"), ("1.200.300", "1 200 300 is"), ("-1", "0 to 1 000")])
def test_what_fits_in_no_reading_is_refused_with_its_bounds(text: str, why: str) -> None:
    asked = QUESTIONS["litres"].model_copy(update={"max": Fraction(1000), "whole": True})
    assert isinstance(asked, Question)
    with pytest.raises(Refused) as caught:
        NumberType(asked, {}).from_text(text)
    assert why in Catalogue("en").render(caught.value.message)


def test_what_is_kept_and_filed_is_never_padded() -> None:
    kwh, number = kind("kwh"), Fraction("50.125")
    assert (kwh.to_json(number), kwh.to_file(number), kwh.words(number)) == ("50.125", 50.125, kwh.words(number))
    assert Catalogue("en").write(kwh.words(number)) == "50.125 kWh"
    assert kwh.to_text(number) == "50.1250"
    assert kind("litres").to_text(number) == "50.125"  # 50125 would be out of bounds


@rows(
    ("question", "number", "shown"),
    [
        ("kwh", "50000", "50 000 kWh"),
        ("kwh", "-1234567.25", "-1 234 567.25 kWh"),
        ("kwh", "123", "123 kWh"),
        ("kwh", "50.125", "50.1250 kWh"),
        ("rate", "0.867", "86.7 %"),
        ("cars", "1200", "1 200"),
    ],
)
def test_a_reading_is_shown_in_groups_of_three_with_its_unit(question: str, number: str, shown: str) -> None:
    assert Catalogue("zh").write(kind(question).as_read(Fraction(number))) == shown


def test_invented_answers_are_read_as_themselves() -> None:
    for question in QUESTIONS:
        answer = kind(question).example(Random(question))
        assert readings(question, plain_signs(kind(question).to_text(answer))) == [answer]
