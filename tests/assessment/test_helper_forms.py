"""What the helper of a question makes of its two figures."""

import pytest

from greenstar.assessment.answer_types.base import Refused
from greenstar.assessment.helper_forms import helper_formula, typed_before
from tests.builders import scheme_of

QUESTIONS = scheme_of(
    """
    - id: a
      title: t
      points: 3
      questions:
        flow: {type: number, ask: q, unit: L/min, helper: flow}
        water: {type: number, ask: q, unit: m³, helper: difference}
      score: {of: flow}
    """
).questions


def test_a_figure_may_be_a_formula_and_comes_back_as_it_was_typed() -> None:
    for name, typed, formula in (
        ("flow", ("38", "(12.5+13.1)/2"), "((12.5+13.1)/2)/38*60"),
        ("flow", ("（37＋39）÷2", "=12,5"), "12.5/((37+39)÷2)*60"),
        ("water", ("1000+284.58", "-2084,5"), "-2084.5-(1000+284.58)"),
        ("water", ("0,5", "12,345"), "12,345-0,5"),
    ):
        assert helper_formula(QUESTIONS[name], typed) == formula
        before = typed_before(QUESTIONS[name], formula)
        assert all(before)
        assert helper_formula(QUESTIONS[name], before) == formula


def test_a_doubtful_figure_is_read_as_the_other_one_is_and_asked_about_where_that_does_not_tell() -> None:
    water = QUESTIONS["water"]
    assert helper_formula(water, ("1284,62", "2.084")) == "2.084-1284,62"  # which reads as 2084 - 1284.62
    with pytest.raises(Refused) as refused:
        helper_formula(water, ("12", "2.084"))
    assert refused.value.message.values == {"found": "2.084", "first": "2.0840", "second": "2084"}


def test_a_figure_that_is_neither_number_nor_formula_is_refused() -> None:
    for typed in ("x", "3+", "12 L"):
        with pytest.raises(Refused):
            helper_formula(QUESTIONS["flow"], ("38", typed))
