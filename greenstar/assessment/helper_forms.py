"""What the helper of a question asks for, and the formula that it writes into the question's field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.answer_types.base import MOST_SHOWN, Refused
from greenstar.assessment.number_readings import number_readings, plain_signs, undoubted
from greenstar.numbers import written
from greenstar.scheme.document import Helper, Question
from greenstar.scheme.helpers import flow_factor
from greenstar.text import one_line

_NUMBER = r"(-?[0-9]+(?:\.[0-9]+)?)"
_DIFFERENCE = re.compile(f"{_NUMBER}-{_NUMBER}", re.ASCII)
_FLOW = re.compile(rf"{_NUMBER}/{_NUMBER}(?:\*[0-9.]+)?", re.ASCII)


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
    """The formula that the two figures make; None: one of them is still missing.

    Refused: one of them is no number, or can be read in two ways.
    """
    if not all(text.strip() for text in typed):
        return None
    first, second = map(_plain_number, typed)
    if question.helper == "difference":
        return f"{second}-{first}"
    factor = flow_factor(question.unit) or Fraction(1)
    return f"{second}/{first}" if factor == 1 else f"{second}/{first}*{written(factor)}"


def typed_before(question: Question, formula: str | None) -> tuple[str, str]:
    """The two figures that a formula was made of; empty where it was made otherwise."""
    shape = _DIFFERENCE if question.helper == "difference" else _FLOW
    match = shape.fullmatch(formula or "")
    return (match[2], match[1]) if match else ("", "")


def _plain_number(text: str) -> str:
    readings = number_readings(plain_signs(text))
    typed = one_line(text)[:MOST_SHOWN]
    match [undoubted(written(reading)) for reading in readings]:
        case [number]:
            return number
        case [first, second]:
            raise Refused("answers.doubtful", found=typed, first=first, second=second)
    raise Refused("answers.expected_number", found=typed)
