"""Yes or no."""

from collections.abc import Collection
from random import Random
from typing import Any

from typing_extensions import override

from greenstar.assessment.answer_types.base import MOST_SHOWN, AnswerType, Refused, Words, quoted
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.yaml_tree import Scalar

_YES = frozenset(("true", "yes", "y", "是", "有"))
_NO = frozenset(("false", "no", "n", "否", "无"))
_TICKS = {"1": "yes", "√": "yes", "✓": "yes", "0": "no", "×": "no", "✗": "no"}


class BooleanType(AnswerType[bool]):
    """An answer is True or False."""

    name = "boolean"
    python_type = bool
    by_picking = True

    @override
    def from_file(self, value: Any) -> bool:
        if isinstance(value, Scalar) and value.plain and value in ("true", "false"):
            return value == "true"
        raise Refused("answers.expected_boolean", found=quoted(value))

    @override
    def from_text(self, text: str) -> bool:
        return read_truth(text)

    @override
    def from_json(self, value: Any) -> bool | None:
        return value if isinstance(value, bool) else None

    @override
    def text_of_cell(self, text: str) -> str:
        return _TICKS.get(text, text)

    @override
    def allowed_in_cell(self, language: str) -> Phrase:
        return Phrase("form.allowed_either", options=self.choices_in_cell(language))

    @override
    def choices_in_cell(self, language: str) -> tuple[bool, bool]:
        return True, False

    @override
    def to_text(self, answer: bool) -> str:
        return "true" if answer else "false"

    @override
    def to_json(self, answer: bool) -> bool:
        return answer

    @override
    def to_cell(self, answer: bool) -> bool:
        return answer

    @override
    def words(self, answer: bool, none_ticked: Phrase | str = "") -> Words:
        return answer

    @override
    def ladder(self) -> list[bool]:
        return [False, True]

    @override
    def candidates(self, mentioned: Collection[Any]) -> list[bool]:
        return [True, False]

    @override
    def example(self, random: Random) -> bool:
        return random.choice(self.ladder())


def read_truth(text: str) -> bool:
    """Yes or no, as it is typed in whichever language. Refused: it is neither."""
    word = text.lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused("answers.expected_boolean", found=text[:MOST_SHOWN])


def truth_of_cell(text: str) -> bool:
    """Yes or no, however a spreadsheet or a person writes it. Refused: it is neither."""
    return read_truth(_TICKS.get(text, text))
