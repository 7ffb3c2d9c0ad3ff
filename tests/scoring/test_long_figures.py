"""An exact figure has at most 14,000 bits: what is longer is told as a sentence, soon, and never as a traceback."""

import time
from fractions import Fraction

import pytest

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.numbers import MOST_BITS, exact_text, rounded, rounded_text
from greenstar.scoring.scorecard import Outcome
from tests.builders import card, category, figure, scheme, scheme_of

POWERS = "values:\n  v0: {of: 1 / a, title: t}\n" + "".join(
    f"  v{level}: {{of: {' * '.join([f'v{level - 1}'] * 60)}, title: t}}\n" for level in range(1, 8)
)
CRITERIA = """
- id: W
  title: t
  points: 5
  questions: {a: {type: number, min: 1, ask: q}}
  score: {of: v7}
- {id: B, title: t, points: 5, type: number, ask: q, score: {of: v1 * v1 * answer("B"), linear: {0: 0, 1: 5}}}
"""


def test_values_of_values_of_values_end_in_a_sentence_and_soon() -> None:
    under = scheme_of(CRITERIA, POWERS)
    began = time.process_time()
    result = card(under, {"a": 1234567, "B": 3})
    assert time.process_time() - began < 2
    assert result.criteria["W"].outcome is Outcome.NOT_MET
    for language in LANGUAGES:
        assert "4" in Catalogue(language).render(result.criteria["W"].reason)
    assert result.criteria["W"].reason.values["why"].key == "evaluation.too_large"
    assert result.criteria["B"].outcome is Outcome.PARTLY_MET


def test_a_long_rule_of_long_answers_alone_is_bounded_too() -> None:
    long_rule = " * ".join(['answer("W")'] * 30)
    under = scheme_of(f"- {{id: W, title: t, points: 5, type: number, ask: q, score: {{of: '{long_rule}'}}}}\n")
    result = card(under, {"W": Fraction(10**39 + 1, 10**38 + 9) ** 5})
    assert result.criteria["W"].reason.values["why"].key == "evaluation.too_large"


def test_points_that_add_up_to_too_long_a_figure_are_a_sentence() -> None:
    def tiny(number: int) -> Fraction:
        return Fraction(1, 2 ** (MOST_BITS - 400) + 2 * number + 1)

    under = scheme("categories:\n" + category("G", "".join(figure(f"c{number}") for number in range(3))))
    with pytest.raises(BadInput) as caught:
        card(under, {f"c{number}": tiny(number) for number in range(3)})
    assert caught.value.message.key == "scoring.too_large"


def test_the_longest_figure_is_written_and_rounded() -> None:
    longest = Fraction(2**MOST_BITS - 1, 3)
    assert exact_text(longest)
    assert rounded_text(longest) == str((2**MOST_BITS - 1) // 3)
    assert rounded_text(Fraction(2**MOST_BITS - 1, 2)).endswith(".5")
    assert str(rounded(Fraction(1, 2**MOST_BITS - 1))) == "0.00"
