"""What the scheme itself needs to know of each question type: its kind in rules, and which keys it may have.

One line a type. All else about a type is its class in `assessment/answer_types`, which this layer may not import.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from greenstar.i18n.phrase import Text
from greenstar.scheme.document import QuestionFields, QuestionType
from greenstar.scheme.rules.types import BOOLEAN, CHOICE, DATE, MULTIPLE, NUMBER, TEXT, Kind


class Shape(NamedTuple):
    """`kind`: of an answer in rules; `options`: it must have options; `lengths`: `min` and `max` count characters."""

    kind: Kind
    options: bool = False
    lengths: bool = False


SHAPES: Mapping[QuestionType | None, Shape] = {
    "boolean": Shape(BOOLEAN),
    "choice": Shape(CHOICE, options=True),
    "multiple": Shape(MULTIPLE, options=True),
    "number": Shape(NUMBER),
    "text": Shape(TEXT, lengths=True),
    "date": Shape(DATE),
    None: Shape(TEXT),  # a criterion that says `ask` and forgets `type`
}


def kind_of(question: QuestionFields, options: Iterable[str]) -> Kind:
    """The kind of the question's answer in rules, with the ids of its options."""
    shape = SHAPES[question.type]
    return replace(shape.kind, options=frozenset(options)) if shape.options else shape.kind


def is_figure(question: QuestionFields) -> bool:
    """Whether rules read its answer as a number: it may have a unit and bounds, and `score` can take it."""
    return SHAPES[question.type].kind is NUMBER


def is_yes_no(question: QuestionFields) -> bool:
    """Whether rules read its answer as true or false: without rules it gates, or earns all points."""
    return SHAPES[question.type].kind is BOOLEAN


def is_in_words(question: QuestionFields) -> bool:
    """Whether its answer is a text of somebody's own."""
    return SHAPES[question.type].kind is TEXT


def is_percent(unit: Text | None) -> bool:
    """Whether a figure is typed and shown as 86.7 and is 0.867 in rules."""
    return unit is not None and "%" in unit.by_language.values()
