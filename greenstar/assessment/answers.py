"""An answer in its three spellings: typed by a person, written in a file, kept as JSON.

All are read against the question: a value of the wrong kind or outside its bounds is refused with a sentence.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.assessment.model import Answer
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import read_number, written
from greenstar.scheme.document import Option, Question
from greenstar.scheme.fields import is_date
from greenstar.scheme.model import is_percent, limits
from greenstar.scheme.suggestions import did_you_mean
from greenstar.scheme.yaml_tree import Scalar, Sequence
from greenstar.text import clean_text

MOST_CHARACTERS = 10_000
Options = Mapping[str, Option]


class Refused(Exception):
    """A value that is no answer to its question."""

    def __init__(self, key: str, hint: Phrase | None = None, **values: Any) -> None:
        super().__init__(key)
        self.message = Phrase(key, **values)
        self.hint = hint


# -- from a file -------------------------------------------------------------------------------------------------


def from_file(question: Question, options: Options, value: Any) -> Answer:
    """The answer that a YAML or JSON value gives. Refused: it is none."""
    match question.type:
        case "boolean":
            return _boolean(value)
        case "multiple":
            if not isinstance(value, Sequence) or not all(isinstance(part, Scalar) for part in value):
                raise Refused("answers.expected_list")
            return _ticked(options, value)
        case "number":
            if not isinstance(value, Scalar) or not value.plain:
                raise Refused("answers.expected_number", found=_found(value))
            return number(question, value)
    if not isinstance(value, Scalar):
        raise Refused("answers.expected_text", found=_found(value))
    if question.type == "choice":
        return _option(options, value)
    return _date(value) if question.type == "date" else text(question, value)


def _found(value: Any) -> str:
    if isinstance(value, Scalar):
        return value[:40] if value.plain else f'"{value[:40]}"'
    return "[...]" if isinstance(value, list) else "{...}"


def _boolean(value: Any) -> bool:
    if isinstance(value, Scalar) and value.plain and value in ("true", "false"):
        return value == "true"
    raise Refused("answers.expected_boolean", found=_found(value))


def _option(options: Options, value: str) -> str:
    if value not in options:
        raise Refused("answers.unknown_option", did_you_mean(value, options), found=value[:40], allowed=tuple(options))
    return str(value)


def _ticked(options: Options, values: list[str]) -> tuple[str, ...]:
    ticked = {_option(options, value) for value in values}
    return tuple(option for option in options if option in ticked)


def _date(value: str) -> date:
    if not is_date(value):
        raise Refused("answers.expected_date", found=value[:40])
    return date.fromisoformat(value)


# -- typed -------------------------------------------------------------------------------------------------------


def typed(question: Question, value: str) -> Answer:
    """The answer that a person typed into the field of a number, text or date question. Refused: it is none.

    A decimal comma and full-width digits are understood, as is a `%` after a percentage.
    """
    if question.type == "text":
        return text(question, value)
    plain = unicodedata.normalize("NFKC", value).strip()
    if question.type == "date":
        return _date(plain)
    if is_percent(question.unit):
        plain = plain.removesuffix("%").rstrip()
    plain = plain.replace(" ", "").replace("\u202f", "")
    if plain.count(",") == 1 and "." not in plain and len(plain.rsplit(",", 1)[1]) != 3:
        plain = plain.replace(",", ".")
    return number(question, plain)


def number(question: Question, value: str) -> Fraction:
    """The number that `value` writes, within the question's bounds; a percentage as a share of 1."""
    found = read_number(value)
    if found is None:
        raise Refused("answers.expected_number", found=value[:40])
    if is_percent(question.unit):
        found /= 100
    if question.whole and found.denominator != 1:
        raise Refused("answers.expected_whole", found=value[:40])
    low, high = limits(question)
    if (low is not None and found < low) or (high is not None and found > high):
        raise Refused("answers.outside", found=value, bounds=range_of(question, low, high))
    return found


def range_of(question: Question, low: Fraction | None, high: Fraction | None) -> Phrase:
    """The bounds of a number question in words, in the unit in which it is typed."""
    by = 100 if is_percent(question.unit) else 1
    if high is not None and low is not None:
        return Phrase("answers.between", low=written(low * by), high=written(high * by))
    if high is not None:
        return Phrase("answers.at_most", high=written(high * by))
    return Phrase("answers.at_least", low=written((low or Fraction(0)) * by))


def text(question: Question, value: str) -> str:
    """A text as people write it: without control characters, of a length within the question's bounds."""
    clean = clean_text(value)
    if question.min is not None and len(clean) < question.min:
        raise Refused("answers.too_short", least=written(question.min), found=str(len(clean)))
    most = MOST_CHARACTERS if question.max is None else min(MOST_CHARACTERS, int(question.max))
    if len(clean) > most:
        raise Refused("answers.too_long", most=str(most), found=str(len(clean)))
    return clean


def implausible(question: Question, value: Answer) -> Phrase | None:
    """The warning for a number outside what is usual, or None."""
    if question.plausible is None or not isinstance(value, Fraction) or isinstance(value, bool):
        return None
    low, high = question.plausible
    if low <= value <= high:
        return None
    return Phrase("answers.implausible", bounds=range_of(question, low, high))


# -- kept, and shown ---------------------------------------------------------------------------------------------


def to_json(question: Question, value: Answer) -> Any:
    """The answer as JSON keeps it: true, "in_use", ["a"], "2026-05-12"; a number as text, as it was typed."""
    if isinstance(value, Fraction):
        return as_typed(question, value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def from_json(question: Question, value: Any) -> Answer:
    """The answer that `to_json` wrote."""
    match question.type:
        case "number":
            found = Fraction(value)
            return found / 100 if is_percent(question.unit) else found
        case "multiple":
            return tuple(value)
        case "date":
            return date.fromisoformat(value)
    kept: bool | str = value
    return kept


def as_typed(question: Question, value: Fraction) -> str:
    """A number in full, in the unit in which it is typed: 0.867 of a percentage is 86.7."""
    return written(value * 100 if is_percent(question.unit) else value)
