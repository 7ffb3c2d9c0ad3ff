"""What is to be said, before it is written in a language: texts of a scheme, figures with units, and phrases."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from greenstar.numbers import HUNDRED, decimals, percent_shown, rounded_text


class Text:
    """Words of a scheme in its languages; the first language stands in for one that is missing."""

    __slots__ = ("by_language",)

    def __init__(self, by_language: Mapping[str, str]) -> None:
        self.by_language = dict(by_language)

    def in_(self, language: str) -> str:
        """The words in `language`, else in what it is a kind of (zh-Hant: zh), else in the scheme's first language."""
        text = self.by_language.get(language)
        if text is None:
            text = self.by_language.get(language.partition("-")[0])
        return text if text is not None else next(iter(self.by_language.values()), "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.by_language == other.by_language

    def __hash__(self) -> int:
        return hash(tuple(self.by_language.items()))

    def __repr__(self) -> str:
        return f"Text({self.by_language!r})"


PERCENT = Text({"en": "%"})


class Quantity:
    """A figure with its unit, for a sentence: 0.867 in "%" reads 86.7 %.

    `misses` are the edges that it must not seem to reach by rounding. `as_written`: it is a threshold, told with all
    the decimals that its author wrote: 66.67 % is not 66.7 %.
    """

    __slots__ = ("as_written", "misses", "unit", "value")

    def __init__(
        self, value: Fraction, unit: Text | None = None, misses: Iterable[Fraction] = (), *, as_written: bool = False
    ) -> None:
        self.value = value
        self.unit = unit
        self.misses = misses
        self.as_written = as_written

    def in_(self, language: str) -> str:
        """The figure as a reader of `language` sees it."""
        unit = self.unit.in_(language) if self.unit is not None else ""
        if unit == "%":
            places = max(1, decimals(self.value * HUNDRED)) if self.as_written else 1
            return percent_shown(self.value, self.misses, places)
        places = max(2, decimals(self.value)) if self.as_written else 2
        return f"{rounded_text(self.value, places, self.misses)} {unit}".rstrip()


class Phrase:
    """A sentence not yet written: its key, and the values that go into it."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: Any) -> None:
        self.key = key
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Phrase({self.key!r}, {self.values!r})"
