"""What a key of a scheme holds, as a value that equals another where a reader would say that both are the same."""

from collections.abc import Collection
from typing import Any, Self

from typing_extensions import override

from greenstar.i18n.phrase import PERCENT, Phrase, Quantity, Text
from greenstar.scheme.fields import Threshold
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.rules.printing import printed


class RuleText(str):
    """A rule as it is written, which equals another that says the same."""

    __slots__ = ("_printed",)
    _printed: str

    @override
    def __new__(cls, rule: Rule) -> Self:
        made = super().__new__(cls, rule.text)
        made._printed = printed(rule)
        return made

    @override
    def __eq__(self, other: object) -> bool:
        return self._printed == other._printed if isinstance(other, RuleText) else str.__eq__(self, other)

    @override
    def __hash__(self) -> int:
        return hash(self._printed)


class ComparedQuantity(Quantity):
    """A quantity that equals another with the same figure and unit."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and (self.value, self.unit) == (other.value, other.unit)

    def __hash__(self) -> int:
        return hash(self.value)


def comparable(value: Any) -> Any:
    """A value as a catalogue writes it, comparable."""
    if isinstance(value, Rule):
        return RuleText(value)
    if isinstance(value, Threshold):
        return ComparedQuantity(value.value, PERCENT if value.percent else None)
    if isinstance(value, list) and value and isinstance(value[0], Text):
        return tuple(value)
    return tuple(value) if isinstance(value, list) else value


def in_languages(value: Any, languages: Collection[str]) -> Any:
    """A value of a part with only these languages of its texts, for comparing."""
    if isinstance(value, Text):
        return Text({name: words for name, words in value.by_language.items() if name in languages})
    if isinstance(value, Quantity):
        return ComparedQuantity(value.value, in_languages(value.unit, languages))
    if isinstance(value, Phrase):
        return Phrase(value.key, **{name: in_languages(part, languages) for name, part in value.values.items()})
    return tuple(in_languages(part, languages) for part in value) if isinstance(value, tuple) else value
