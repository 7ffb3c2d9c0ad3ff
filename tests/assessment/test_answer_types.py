"""Question types: what each reads it writes, and the other way round; every type of the registry is held to it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenstar.assessment.answer_types import TYPES, AnswerType, Refused, answer_type, type_of
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.views.xlsform import ASKED_AS
from greenstar.scheme.document import QuestionType
from greenstar.scheme.question_types import SHAPES, is_figure
from greenstar.scheme.yaml_tree import parse
from greenstar.services.phones.visit_tree import AS_WRITTEN
from tests.builders import scheme_of
from tests.rows import rows

SCHEME = scheme_of(
    """
    - id: a
      title: t
      points: 3
      questions:
        litres: {type: number, ask: q, unit: L, min: 0, max: 1000, plausible: [10, 500]}
        rate: {type: number, ask: q, unit: "%"}
        cars: {type: number, ask: q, whole: true}
        words: {type: text, ask: q, min: 3}
        day: {type: date, ask: q}
        uses: {type: multiple, ask: q, options: {road: {label: Road}, pool: {label: Pool}, wash: {label: Wash}}}
        yes: {type: boolean, ask: q}
        kind: {type: choice, ask: q, options: {no: {label: l}, some: {label: l, points: 1}}}
      score: {of: litres}
    """
)


def kind(name: str) -> AnswerType[Any]:
    return answer_type(SCHEME, SCHEME.questions[name])


def plainest(name: QuestionType) -> AnswerType[Any]:
    """A question of the type that says no more than it must."""
    options = (
        ", options: {no: {label: a}, some: {label: b, points: 1}, all: {label: c}}" if SHAPES[name].options else ""
    )
    scheme = scheme_of(
        f"""
        - id: a
          title: t
          points: 3
          questions:
            asked: {{type: {name}, ask: q{options}}}
            other: {{type: number, ask: q}}
          score: {{of: other}}
        """
    )
    return answer_type(scheme, scheme.questions["asked"])


ALL: dict[str, AnswerType[Any]] = {name: plainest(name) for name in TYPES}
ALL |= {f"{kind(name).name} {name}": kind(name) for name in SCHEME.questions}
a_third = settings(max_examples=settings().max_examples // 3)  # of each of the types, which are many
every_type = pytest.mark.parametrize("answers", ALL.values(), ids=list(ALL))

MENTIONED = (Fraction(3), Fraction("0.25"), "2026-02-01", "some words")
typed_texts = st.one_of(
    st.text(max_size=30),
    st.decimals(-2000, 2000, places=3).map(str),
    st.dates().map(str),
    st.sampled_from(["yes", "NO", "是", "road", "road; pool", "pool，road", "some", "86,7 %", "１２"]),
)
stored_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | typed_texts | st.just("1/0"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@st.composite
def answers_of(draw: st.DrawFn, answers: AnswerType[Any]) -> Any:
    """An answer of a type: an invented one, one worth trying, or one that somebody typed."""
    made_up = [answers.example(Random(draw(st.integers(0, 1000))))]
    made_up += [*answers.candidates(MENTIONED), *answers.ladder()]
    with suppress(Refused):
        made_up.append(answers.from_text(draw(typed_texts)))
    return draw(st.sampled_from(made_up[::-1]))


def as_json_text(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


# -- what holds of every type ------------------------------------------------------------------------------------


def test_every_type_of_the_format_has_a_class_and_a_shape_and_its_place_on_phones() -> None:
    names = set(get_args(QuestionType))
    assert set(TYPES) == names
    assert set(SHAPES) == {*names, None}
    assert set(ASKED_AS) == set(AS_WRITTEN) == names, "on phones"


@every_type
@a_third
@given(data=st.data())
def test_what_is_kept_as_json_comes_back_the_same(answers: AnswerType[Any], data: st.DataObject) -> None:
    answer = data.draw(answers_of(answers))
    assert answers.from_json(json.loads(json.dumps(answers.to_json(answer)))) == answer


@every_type
@a_third
@given(data=st.data())
def test_what_an_answers_file_holds_comes_back_the_same(answers: AnswerType[Any], data: st.DataObject) -> None:
    answer = data.draw(answers_of(answers))
    tree = parse(f'{{"a": {as_json_text(answers.to_file(answer))}}}', "answers.json")
    assert answers.from_file(tree["a"]) == answer


@every_type
@a_third
@given(data=st.data())
def test_what_a_field_shows_could_have_been_typed(answers: AnswerType[Any], data: st.DataObject) -> None:
    answer = data.draw(answers_of(answers))
    assert answers.from_text(answers.to_text(answer)) == answer


@every_type
@a_third
@given(data=st.data())
def test_an_answer_is_accepted_and_within_its_bounds(answers: AnswerType[Any], data: st.DataObject) -> None:
    answer = data.draw(answers_of(answers))
    assert answers.accepts(answer)
    assert answers.refusal(answer) is None


@every_type
@a_third
@given(data=st.data())
def test_an_answer_can_be_said_in_every_language_and_put_in_a_cell(
    answers: AnswerType[Any], data: st.DataObject
) -> None:
    answer = data.draw(answers_of(answers))
    warning = answers.warning(answer)
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        assert catalogue.write(answers.words(answer, "none")) or not answer
        assert catalogue.write(answers.words_of_stored(answers.to_json(answer), "none")) == catalogue.write(
            answers.words(answer, "none")
        )
        assert catalogue.render(answers.kind.label)
        assert warning is None or catalogue.render(warning)
    assert isinstance(answers.to_cell(answer), bool | int | float | Decimal | str)


@every_type
@given(text=typed_texts)
def test_whatever_is_typed_is_an_answer_or_refused_with_a_sentence(answers: AnswerType[Any], text: str) -> None:
    try:
        answer = answers.from_text(text)
    except Refused as refused:
        sentences = [Catalogue(language).render(refused.message) for language in LANGUAGES]
    else:
        sentences = ["no refusal"] if answers.accepts(answer) else []
    assert all(sentences)
    assert sentences


@every_type
@given(value=stored_values)
def test_whatever_is_stored_is_an_answer_or_none(answers: AnswerType[Any], value: Any) -> None:
    answer = answers.from_json(value)
    assert answer is None or answers.accepts(answer)
    assert isinstance(Catalogue("en").write(answers.words_of_stored(value)), str)


@every_type
def test_an_answer_of_another_type_is_not_accepted(answers: AnswerType[Any]) -> None:
    others = [other for other in ALL.values() if other.python_type is not answers.python_type]
    assert not any(answers.accepts(other.example(Random(1))) for other in others)


@every_type
def test_only_options_are_ticked(answers: AnswerType[Any]) -> None:
    ticked = answers.ticked(answers.example(Random(1)))
    assert set(ticked) <= answers.options.keys()
    assert bool(answers.options) == SHAPES[answers.name].options
    assert is_figure(answers.question) or answers.warning(answers.example(Random(1))) is None


# -- one type after the other ------------------------------------------------------------------------------------


@rows(
    ("name", "text", "value"),
    [
        ("litres", "12", 12),
        ("litres", " 12.5 ", Fraction(25, 2)),
        ("litres", "12,5", Fraction(25, 2)),
        ("litres", "１２．５", Fraction(25, 2)),
        ("rate", "86.7", Fraction("0.867")),
        ("rate", "86.7 %", Fraction("0.867")),
        ("rate", "86,7%", Fraction("0.867")),
        ("cars", "12", 12),
        ("words", "  three words here ", "three words here"),
        ("day", "2026-05-12", date(2026, 5, 12)),
        ("yes", "Yes", True),
        ("yes", "否", False),
        ("kind", "some", "some"),
        ("uses", "pool；road", ("road", "pool")),
        ("uses", "pool, ,road、pool", ("road", "pool")),
    ],
)
def test_what_a_person_types_is_understood(name: str, text: str, value: object) -> None:
    assert kind(name).from_text(text) == value


@rows(
    ("name", "text"),
    [
        ("litres", ""),
        ("litres", "many"),
        ("litres", "-1"),
        ("litres", "1001"),
        ("litres", "1e2"),
        ("litres", "1,000"),
        ("litres", "12 34"),
        ("litres", "5²"),
        ("litres", "50%"),
        ("litres", "1.2.3"),
        ("rate", "101"),
        ("cars", "1.5"),
        ("words", "ab"),
        ("words", "   "),
        ("words", "x" * 10_001),
        ("day", "12.5.2026"),
        ("day", "2026-02-30"),
        ("day", ""),
        ("yes", "perhaps"),
        ("kind", "sme"),
        ("uses", "road;lake"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(name: str, text: str) -> None:
    with pytest.raises(Refused) as caught:
        kind(name).from_text(text)
    assert Catalogue("en").render(caught.value.message)


@rows(
    ("name", "value", "stored"),
    [
        ("litres", Fraction(25, 2), "12.5"),
        ("litres", Fraction(1, 3), "1/3"),
        ("rate", Fraction("0.867"), "86.7"),
        ("words", "so", "so"),
        ("day", date(2026, 5, 12), "2026-05-12"),
        ("uses", ("road",), ["road"]),
        ("uses", (), []),
        ("yes", True, True),
        ("kind", "no", "no"),
    ],
)
def test_an_answer_is_kept_as_it_was_typed_and_comes_back_the_same(name: str, value: Any, stored: object) -> None:
    assert kind(name).to_json(value) == stored
    assert kind(name).from_json(stored) == value


@rows(
    ("name", "stored"),
    [
        ("yes", "true"),
        ("yes", 1),
        ("kind", "lost"),
        ("uses", ["lost"]),
        ("uses", "road"),
        ("uses", [["road"]]),
        ("litres", 12),
        ("litres", "many"),
        ("litres", "1/0"),
        ("litres", "1e999999999"),
        ("day", "soon"),
        ("words", True),
        ("words", None),
    ],
)
def test_what_was_kept_for_a_question_that_asked_otherwise_is_no_answer(name: str, stored: object) -> None:
    assert kind(name).from_json(stored) is None


def test_what_was_kept_stays_an_answer_outside_of_bounds_and_says_that_it_is() -> None:
    for name, stored in (("litres", "1001"), ("cars", "1.5"), ("words", "ab")):
        answer = kind(name).from_json(stored)
        assert answer is not None
        assert kind(name).refusal(answer) is not None


def test_ticked_options_stand_in_the_order_of_the_scheme_each_once() -> None:
    uses = kind("uses")
    assert uses.from_json(["wash", "road", "wash"]) == ("road", "wash")
    assert uses.to_json(("wash", "road")) == ["road", "wash"]


@rows(
    ("name", "value", "cell"),
    [
        ("litres", Fraction(25, 2), 12.5),
        ("litres", Fraction("0.00001"), Decimal("0.00001")),
        ("litres", Fraction("12345678901234567890.5"), Decimal("12345678901234567890.5")),
        ("cars", Fraction(9007199254740993), 9007199254740993),
        ("litres", Fraction(12), 12),
        ("rate", Fraction("0.867"), 86.7),
        ("uses", ("road", "pool"), "road;pool"),
        ("uses", (), ""),
        ("day", date(2026, 5, 12), "2026-05-12"),
        ("yes", False, False),
    ],
)
def test_an_answer_in_a_table_is_a_plain_value(name: str, value: Any, cell: object) -> None:
    written = kind(name).to_cell(value)
    assert (written, type(written)) == (cell, type(cell))


@rows(
    ("name", "value", "words"),
    [
        ("litres", Fraction("12.345"), {"en": "12.345 L", "zh": "12.345 L"}),
        ("rate", Fraction("0.867"), {"en": "86.7 %", "zh": "86.7 %"}),
        ("cars", Fraction(1200), {"en": "1 200", "zh": "1 200"}),
        ("uses", ("road", "pool"), {"en": "Road, Pool", "zh": "Road、Pool"}),
        ("uses", (), {"en": "nothing", "zh": "nothing"}),
        ("yes", True, {"en": "yes", "zh": "是"}),
        ("day", date(2026, 5, 12), {"en": "2026-05-12", "zh": "2026-05-12"}),
    ],
)
def test_people_read_labels_units_and_figures_in_full(name: str, value: Any, words: Mapping[str, str]) -> None:
    assert {language: Catalogue(language).write(kind(name).words(value, "nothing")) for language in words} == words


def test_a_stored_option_that_the_scheme_has_no_more_is_said_by_its_name() -> None:
    assert Catalogue("en").write(kind("uses").words_of_stored(["road", "lake"])) == "Road, lake"
    assert kind("kind").words_of_stored("lost") == "lost"


def test_rules_read_a_date_as_it_is_written() -> None:
    assert type_of(SCHEME.questions["day"]).in_rules(date(2026, 5, 12)) == "2026-05-12"


def test_a_text_and_a_date_may_stay_empty() -> None:
    asked_for: tuple[QuestionType, ...] = ("boolean", "choice", "multiple", "number")
    assert TYPES["text"].may_stay_empty
    assert TYPES["date"].may_stay_empty
    assert not [name for name in asked_for if TYPES[name].may_stay_empty]


def test_a_figure_outside_what_is_plausible_is_a_warning_and_no_refusal() -> None:
    litres = kind("litres")
    assert litres.warning(litres.from_text("600")) is not None
    assert litres.warning(Fraction(500)) is None
    assert kind("words").warning("any") is None
