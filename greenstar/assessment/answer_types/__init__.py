"""Question types, a class each: how an answer is read, written and judged.

To add a type, follow the recipe "A question type" in `CONTRIBUTING.md`; its class goes into `TYPES` below.
"""

from collections.abc import Mapping
from typing import Any

from greenstar.assessment.answer_types.base import AnswerType, Doubtful, Refused
from greenstar.assessment.answer_types.boolean import BooleanType
from greenstar.assessment.answer_types.choice import ChoiceType
from greenstar.assessment.answer_types.date import DateType
from greenstar.assessment.answer_types.multiple import MultipleType
from greenstar.assessment.answer_types.number import NumberType
from greenstar.assessment.answer_types.text import TextType
from greenstar.scheme.document import Question, QuestionType
from greenstar.scheme.model import Scheme

__all__ = ["TYPES", "AnswerType", "Doubtful", "Refused", "answer_type", "type_of"]

TYPES: Mapping[QuestionType, type[AnswerType[Any]]] = {
    made.name: made for made in (BooleanType, ChoiceType, MultipleType, NumberType, TextType, DateType)
}


def type_of(question: Question) -> type[AnswerType[Any]]:
    """The class of a question's type: what holds of the type whatever the question."""
    return TYPES[question.type]


def answer_type(scheme: Scheme, question: Question) -> AnswerType[Any]:
    """A question of the scheme with its options, as its type reads and writes answers to it."""
    return TYPES[question.type](question, scheme.options(question))
