"""What the program says, in every language: one YAML file a language and area.

Code never holds a sentence: it makes a `Message` (a key and what goes into it), and a front end renders it
with the `Catalogue` of its reader's language. `scheme.unknown_key` is the entry `unknown_key` of `en/scheme.yaml`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import yaml

from greenstar.exact import shown
from greenstar.resources import MESSAGES

LANGUAGES = ("en", "zh")
_SEPARATORS = {"en": ", ", "zh": "、"}


class Text:
    """Words of a scheme in its languages; the first language stands in for one that is missing."""

    __slots__ = ("by_language",)

    def __init__(self, by_language: Mapping[str, str]) -> None:
        self.by_language = dict(by_language)

    def in_(self, language: str) -> str:
        """The words in `language`, else in the scheme's first language."""
        found = self.by_language.get(language)
        return found if found is not None else next(iter(self.by_language.values()), "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.by_language == other.by_language

    def __hash__(self) -> int:
        return hash(tuple(self.by_language.items()))

    def __repr__(self) -> str:
        return f"Text({self.by_language!r})"


class Quantity:
    """A figure with its unit, for a sentence: 0.867 in "%" reads 86.7 %.

    `misses` are the edges that it must not seem to reach by rounding.
    """

    __slots__ = ("misses", "unit", "value")

    def __init__(self, value: Fraction, unit: Text | None = None, misses: Iterable[Fraction] = ()) -> None:
        self.value = value
        self.unit = unit
        self.misses = misses

    def in_(self, language: str) -> str:
        """The figure as a reader of `language` sees it."""
        unit = self.unit.in_(language) if self.unit is not None else ""
        if unit == "%":
            return f"{shown(self.value * 100, 1, (edge * 100 for edge in self.misses))} %"
        return f"{shown(self.value, 2, self.misses)} {unit}".rstrip()


class Message:
    """A sentence not yet written: its key, and the values that go into it."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: Any) -> None:
        self.key = key
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Message({self.key!r}, {self.values!r})"


@cache
def _area(language: str, area: str) -> dict[str, Any]:
    text = (MESSAGES / language / f"{area}.yaml").read_text(encoding="utf-8")
    entries: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    return entries


class Catalogue:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, /, **values: Any) -> str:
        """The sentence `key` with `values` put in. KeyError where the catalogue has no such entry."""
        area, _, name = key.partition(".")
        entry = _area(self.language, area)[name]
        if isinstance(entry, dict):  # {one: ..., other: ...}
            entry = entry["one" if values.get("count") == 1 else "other"]
        return str(entry).format_map({name: self.write(value) for name, value in values.items()})

    def render(self, message: Message) -> str:
        """`message` as a sentence."""
        return self.say(message.key, **message.values)

    def write(self, value: object) -> str:
        """A value as it reads inside a sentence: numbers rounded, texts in this language, lists joined."""
        match value:
            case str():
                return value
            case Message():
                return self.render(value)
            case Text() | Quantity():
                return value.in_(self.language)
            case bool():
                return self.say("words.yes" if value else "words.no")
            case Fraction():
                return shown(value)
            case date():
                return value.isoformat()
            case Iterable():
                return _SEPARATORS[self.language].join(self.write(part) for part in value)
            case _:
                return str(value)
