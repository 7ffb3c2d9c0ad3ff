"""Question types, a class each: how an answer is read, written and judged.

To add a type:

1. `scheme/document.py`: its name in `QuestionType`.
2. `scheme/question_types.py`: its line in `SHAPES`, what rules and the checks of a scheme need to know of it.
3. a file in this folder: its class, and the class in `TYPES` below.
4. `tui/visit/field_looks.py`: its line in `LOOKS`, the field that it is answered in; a widget of its own only where
   neither picking from options nor typing a line will do.
5. `greenstar schema --lang en > criteria/scheme.schema.json`, and its line in the table of `criteria/README.md`.

`tests/assessment/test_answer_types.py` then holds it to the same promises as the others, and fails where a step is
missing.
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
