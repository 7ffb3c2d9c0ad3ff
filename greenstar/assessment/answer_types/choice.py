"""One option of several."""

from collections.abc import Collection, Mapping
from random import Random
from typing import Any

from typing_extensions import override

from greenstar.assessment.answer_types.base import MOST_SHOWN, AnswerType, Refused, Words, only_scalar
from greenstar.assessment.answer_types.option_names import named_option, option_words, options_below
from greenstar.assessment.model import Answer
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Option
from greenstar.scheme.suggestions import did_you_mean


class ChoiceType(AnswerType[str]):
    """An answer is the id of an option."""

    name = "choice"
    python_type = str
    by_picking = True

    @override
    def from_file(self, value: Any) -> str:
        return known_option(self.options, only_scalar(value))

    @override
    def from_text(self, text: str) -> str:
        return known_option(self.options, text)

    @override
    def from_json(self, value: Any) -> str | None:
        return value if isinstance(value, str) and value in self.options else None

    @override
    def text_of_cell(self, text: str) -> str:
        return named_option(self.options, text) or text

    @override
    def allowed_in_cell(self, language: str) -> Phrase:
        return Phrase("form.allowed_choice", options=options_below(self.options, language, several=False))

    @override
    def choices_in_cell(self, language: str) -> tuple[str, ...]:
        return tuple(option_words(self.options, language, several=False).values())

    @override
    def to_text(self, answer: str) -> str:
        return answer

    @override
    def words(self, answer: str, none_ticked: Phrase | str = "") -> Words:
        return self.options[answer].label if answer in self.options else answer

    @override
    def accepts(self, answer: Answer) -> bool:
        return isinstance(answer, str) and answer in self.options

    @staticmethod
    @override
    def ticked(answer: str) -> tuple[str, ...]:
        return (answer,)

    @override
    def ladder(self) -> list[str]:
        return list(self.options)

    @override
    def candidates(self, mentioned: Collection[Any]) -> list[str]:
        return sorted(self.options, key=lambda option: -(self.options[option].points or 0))

    @override
    def example(self, random: Random) -> str:
        return random.choice(self.ladder())


def known_option(options: Mapping[str, Option], name: str) -> str:
    """The id of an option; refused with the nearest one where it is none."""
    if name not in options:
        hint = did_you_mean(name, options)
        raise Refused("answers.unknown_option", hint, found=name[:MOST_SHOWN], allowed=tuple(options))
    return str(name)
