"""Any number of options, none among them."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from random import Random
from typing import Any

from typing_extensions import override

from greenstar.assessment.answer_types.base import AnswerType, Refused, Words
from greenstar.assessment.answer_types.choice import known_option
from greenstar.assessment.answer_types.option_names import no_option, options_below, ticked_options
from greenstar.assessment.model import Answer
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.yaml_tree import Scalar, Sequence

_SEPARATORS = re.compile("[;,；、]")
_MOST_COMBINED = 4  # with more options than these, not every combination is tried

Ticked = tuple[str, ...]


class MultipleType(AnswerType[Ticked]):
    """An answer is the ids of the ticked options, in the scheme's order, each once."""

    name = "multiple"
    python_type = tuple
    by_picking = True
    several = True

    @override
    def from_file(self, value: Any) -> Ticked:
        if not isinstance(value, Sequence) or not all(isinstance(part, Scalar) for part in value):
            raise Refused("answers.expected_list")
        return self._in_order(known_option(self.options, part) for part in value)

    @override
    def from_text(self, text: str) -> Ticked:
        parts = (part.strip() for part in _SEPARATORS.split(text))
        return self._in_order(known_option(self.options, part) for part in parts if part)

    @override
    def from_json(self, value: Any) -> Ticked | None:
        if not isinstance(value, list) or not all(isinstance(part, str) and part in self.options for part in value):
            return None
        return self._in_order(value)

    @override
    def text_of_cell(self, text: str) -> str:
        return ";".join(ticked_options(self.options, text))

    @override
    def allowed_in_cell(self, language: str) -> Phrase:
        below = options_below(self.options, language, several=True)
        return Phrase("form.allowed_multiple", options=below, none=no_option(self.options, language))

    @override
    def to_text(self, answer: Ticked) -> str:
        return ";".join(answer)

    @override
    def to_json(self, answer: Ticked) -> list[str]:
        return list(self._in_order(answer))

    @override
    def words(self, answer: Ticked, none_ticked: Phrase | str = "") -> Words:
        labels = [self.options[option].label if option in self.options else option for option in answer]
        return labels or none_ticked

    @override
    def words_of_stored(self, value: Any, none_ticked: Phrase | str = "") -> Words:
        return self.words(tuple(map(str, value)), none_ticked) if isinstance(value, list) else str(value)

    @override
    def accepts(self, answer: Answer) -> bool:
        return isinstance(answer, tuple) and all(option in self.options for option in answer)

    @staticmethod
    @override
    def ticked(answer: Ticked) -> Ticked:
        return answer

    @override
    def ladder(self) -> list[Ticked]:
        options = tuple(self.options)
        return [options[:count] for count in range(len(options) + 1)]

    @override
    def candidates(self, mentioned: Collection[Any]) -> Iterator[Ticked]:
        options = tuple(self.options)
        yield options
        sizes = range(len(options) + 1) if len(options) <= _MOST_COMBINED else (len(options) - 1, 1, 0)
        for size in sizes:
            yield from combinations(options, size)

    @override
    def example(self, random: Random) -> Ticked:
        return random.choice(self.ladder())

    def _in_order(self, ticked: Iterable[str]) -> Ticked:
        names = set(ticked)
        return tuple(option for option in self.options if option in names)
