"""What the helper of a question asks for, and the formula that it writes into the question's field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.answer_types.base import MOST_SHOWN, Refused
from greenstar.assessment.formula import formula_readings, is_formula, plain_formula
from greenstar.assessment.number_readings import number_readings, undoubted
from greenstar.numbers import written
from greenstar.scheme.document import Helper, Question
from greenstar.scheme.helpers import flow_factor
from greenstar.text import one_line

_FIGURE = r"(-?[0-9]+(?:[ .,][0-9]+)*|\((?:[^()]|\([^()]*\))+\))"  # a number, or a formula in brackets
_DIFFERENCE = re.compile(f"{_FIGURE}-{_FIGURE}", re.ASCII)
_FLOW = re.compile(rf"{_FIGURE}/{_FIGURE}(?:\*[0-9.]+)?", re.ASCII)


@dataclass(frozen=True)
class HelperForm:
    """Its two fields, each a word of the catalogue (`helper.NAME`); `timed`: the first is measured by a stopwatch."""

    fields: tuple[str, str]
    timed: bool = False


FORMS: Mapping[Helper, HelperForm] = {
    "flow": HelperForm(("seconds", "litres"), timed=True),
    "difference": HelperForm(("start", "end")),
}


def helper_formula(question: Question, typed: Sequence[str]) -> str | None:
    """The formula that the two figures make, each a number or itself a formula; None: one is still missing.

    A number that can be read in two ways is read as the other figure is, if that tells. Refused: a figure is neither,
    or can still be read in two ways.
    """
    if not all(text.strip() for text in typed):
        return None
    plain = [_plain_figure(text) for text in typed]
    readings = [_readings(figure) for figure in plain]
    if any(len(choices) > 1 for choices in readings):
        together = formula_readings(_joined(question, *map(_bracketed, plain)))
        if len(together) == 1:
            return together[0].spelling
        doubtful = next(index for index, choices in enumerate(readings) if len(choices) > 1)
        first, second = readings[doubtful]
        raise Refused("answers.doubtful", found=plain[doubtful][:MOST_SHOWN], first=first, second=second)
    return _joined(question, *(_bracketed(choices[0]) for choices in readings))


def typed_before(question: Question, formula: str | None) -> tuple[str, str]:
    """The two figures that a formula was made of; empty where it was made otherwise."""
    shape = _DIFFERENCE if question.helper == "difference" else _FLOW
    match = shape.fullmatch(formula or "")
    return (_without_brackets(match[2]), _without_brackets(match[1])) if match else ("", "")


def _joined(question: Question, first: str, second: str) -> str:
    if question.helper == "difference":
        return f"{second}-{first}"
    factor = flow_factor(question.unit) or Fraction(1)
    return f"{second}/{first}" if factor == 1 else f"{second}/{first}*{written(factor)}"


def _plain_figure(text: str) -> str:
    """A number or formula in plain signs, without the `=` before it. Refused: it is neither."""
    plain = plain_formula(text).removeprefix("=").strip(" ")
    if not number_readings(plain) and not is_formula(plain):
        raise Refused("answers.expected_number", found=one_line(text)[:MOST_SHOWN])
    return plain


def _readings(figure: str) -> list[str]:
    """The spellings of what a figure can mean. Refused: it cannot be calculated."""
    numbers = number_readings(figure)
    if numbers:
        return [undoubted(written(number)) for number in numbers]
    return [reading.spelling for reading in formula_readings(figure)]


def _bracketed(figure: str) -> str:
    return figure if number_readings(figure) else f"({figure})"


def _without_brackets(figure: str) -> str:
    return figure[1:-1] if figure.startswith("(") else figure
