"""An answer typed by a person, and kept as JSON."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from greenstar.assessment.answers import Refused, from_json, implausible, to_json, typed
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.document import Question
from tests.builders import scheme_of

QUESTIONS = scheme_of(
    """
    - id: a
      title: t
      points: 3
      questions:
        litres: {type: number, ask: q, min: 0, max: 1000, plausible: [10, 500]}
        rate: {type: number, ask: q, unit: "%"}
        cars: {type: number, ask: q, whole: true}
        words: {type: text, ask: q, min: 3}
        day: {type: date, ask: q}
        uses: {type: multiple, ask: q, options: {road: {label: l}, pool: {label: l}}}
        yes: {type: boolean, ask: q}
        kind: {type: choice, ask: q, options: {no: {label: l}, some: {label: l}}}
      score: {of: litres}
    """
).questions


def question(name: str) -> Question:
    return QUESTIONS[name]


@pytest.mark.parametrize(
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
    ],
)
def test_what_a_person_types_is_understood(name: str, text: str, value: object) -> None:
    assert typed(question(name), text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("litres", ""),
        ("litres", "many"),
        ("litres", "-1"),
        ("litres", "1001"),
        ("litres", "1e2"),
        ("litres", "1,000"),
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
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(name: str, text: str) -> None:
    with pytest.raises(Refused) as caught:
        typed(question(name), text)
    assert Catalogue("en").render(caught.value.message)


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("litres", Fraction(25, 2), "12.5"),
        ("rate", Fraction("0.867"), "86.7"),
        ("words", "so", "so"),
        ("day", date(2026, 5, 12), "2026-05-12"),
        ("uses", ("road",), ["road"]),
        ("uses", (), []),
        ("yes", True, True),
        ("kind", "no", "no"),
    ],
)
def test_an_answer_is_kept_as_it_was_typed_and_comes_back_the_same(name: str, value: Any, kept: object) -> None:
    assert to_json(question(name), value) == kept
    assert from_json(question(name), kept) == value


def test_a_figure_outside_what_is_plausible_is_a_warning_and_no_refusal() -> None:
    assert implausible(question("litres"), typed(question("litres"), "600")) is not None
    assert implausible(question("litres"), Fraction(500)) is None
    assert implausible(question("words"), "any") is None
