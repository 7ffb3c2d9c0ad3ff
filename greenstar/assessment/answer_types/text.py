"""People's words; the bounds count characters."""

from collections.abc import Collection, Iterator
from random import Random
from typing import Any

from typing_extensions import override

from greenstar.assessment.answer_types.base import AnswerType, Refused, Words, only_scalar
from greenstar.assessment.answer_types.bounds import bounds_in_words
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import written
from greenstar.text import MOST_CHARACTERS, clean_text

_SAMPLE = "witness "


class TextType(AnswerType[str]):
    """An answer is a text without control characters and without space around."""

    name = "text"
    python_type = str
    may_stay_empty = True

    @override
    def from_file(self, value: Any) -> str:
        return self.from_text(only_scalar(value))

    @override
    def from_text(self, text: str) -> str:
        answer = clean_text(text)
        refused = self.refusal(answer)
        if refused is not None:
            raise refused
        return answer

    @override
    def from_json(self, value: Any) -> str | None:
        return value if isinstance(value, str) else None

    @override
    def allowed_in_cell(self, language: str) -> Phrase:
        bounds = bounds_in_words(self.question.min, self.question.max)
        return Phrase("form.allowed_text") if bounds is None else Phrase("form.allowed_text_within", bounds=bounds)

    @override
    def to_text(self, answer: str) -> str:
        return answer

    @override
    def words(self, answer: str, none_ticked: Phrase | str = "") -> Words:
        return answer

    @override
    def refusal(self, answer: str) -> Refused | None:
        least, most = self.question.min, self._most
        if least is not None and len(answer) < least:
            return Refused("answers.too_short", least=written(least), found=str(len(answer)))
        if len(answer) > most:
            return Refused("answers.too_long", most=str(most), found=str(len(answer)))
        return None

    @property
    def _most(self) -> int:
        return MOST_CHARACTERS if self.question.max is None else min(MOST_CHARACTERS, int(self.question.max))

    @override
    def candidates(self, mentioned: Collection[Any]) -> Iterator[str]:
        low, high = int(self.question.min or 1), int(self.question.max or MOST_CHARACTERS)
        yield (_SAMPLE * (low // len(_SAMPLE) + 1))[: max(low, min(high, 7))].strip().ljust(low, ".")
        yield from (word for word in sorted(_texts(mentioned)) if low <= len(word) <= high)

    @override
    def example(self, random: Random) -> str:
        return "synthetic 合成"


def _texts(mentioned: Collection[Any]) -> list[str]:
    return [value for value in mentioned if isinstance(value, str)]
