"""What the program says, in every language: one YAML file a language and area.

Code never holds a sentence: it makes a `Phrase` (a key and what goes into it), and a front end renders it
with the `Catalogue` of its reader's language. `scheme.unknown_key` is the entry `unknown_key` of `en/scheme.yaml`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import yaml

from greenstar import keys
from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.numbers import rounded_text
from greenstar.resources import LOCALES


class Language(NamedTuple):
    """What is to be known of a language beside its sentences."""

    name: str  # in English, lower case: a locale of Windows begins with it ("French_France")
    separator: str  # between the things of a list


LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", re.ASCII)
"""How a language is written: en, zh-Hans. A scheme may have any."""

# By the code that a locale begins with. The first is spoken where nothing asks for another.
LANGUAGES: Mapping[str, Language] = {"en": Language("english", ", "), "zh": Language("chinese", "、")}


@cache
def _area(language: str, area: str) -> dict[str, Any]:
    text = (LOCALES / language / f"{area}.yaml").read_text(encoding="utf-8")
    entries: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    return entries


def read_all() -> None:
    """Read all sentences, so that none is read later from files that may be others by then."""
    for language in LANGUAGES:
        for path in (LOCALES / language).glob("*.yaml"):
            _area(language, path.stem)


class Catalogue:
    """The sentences for a reader of one language: a scheme's texts in it, and the program's own if it speaks it.

    A scheme may have languages that the program does not: it then says what is its own in English. `following`: the
    language that a reader switches to from this one; `{next_sign}` and `{next_name}` stand for it in any sentence.
    `pressed`: the keys by the names of their commands; `{key_note}` is the one that leads to the note.
    """

    def __init__(self, language: str, following: str | None = None, pressed: Mapping[str, str] = keys.SHOWN) -> None:
        self.language = language
        base = language.partition("-")[0]
        self.own_language = base if base in LANGUAGES else next(iter(LANGUAGES))
        self._following = following
        self.pressed = pressed

    @property
    def sign(self) -> str:
        """The language in the corner of a screen: `EN`, `中文`; `FR`, which the program does not speak."""
        return self._if_own("words.language_sign")

    @property
    def name(self) -> str:
        """The language by its own name; the code of one that the program does not speak."""
        return self._if_own("words.language_name")

    def _if_own(self, key: str) -> str:
        return self.say(key) if self.language.partition("-")[0] == self.own_language else self.language.upper()

    @property
    def following(self) -> "Catalogue":
        """The one that comes after this, when a reader switches on."""
        own = list(LANGUAGES)
        after = own[(own.index(self.own_language) + 1) % len(own)]
        return Catalogue(self._following or after, pressed=self.pressed)

    def say(self, key: str, /, **values: Any) -> str:
        """The sentence `key` with `values` put in. KeyError where the catalogue has no such entry."""
        area, _, name = key.partition(".")
        entry = _area(self.own_language, area)[name]
        if isinstance(entry, dict):  # {one: ..., other: ...}
            entry = entry["one" if values.get("count") == 1 else "other"]
        text = str(entry)
        if "{next_" in text:
            values |= {"next_sign": self.following.sign, "next_name": self.following.name}
        if "{key_" in text:
            values |= {f"key_{command}": key for command, key in self.pressed.items()}
        written = {name: self.write(value) for name, value in values.items()}
        if "}。" in text:  # what is put in before a full stop may be a sentence with its own
            written = {
                name: part.removesuffix("。") if f"{{{name}}}。" in text else part for name, part in written.items()
            }
        return text.format_map(written)

    def render(self, message: Phrase) -> str:
        """`message` as a sentence."""
        return self.say(message.key, **message.values)

    def write(self, value: object) -> str:
        """A value as it reads inside a sentence: numbers rounded, texts in this language, lists joined."""
        match value:
            case str():
                return value
            case Phrase():
                return self.render(value)
            case Text() | Quantity():
                return value.in_(self.language)
            case bool():
                return self.say("words.yes" if value else "words.no")
            case Fraction():
                return rounded_text(value)
            case date():
                return value.isoformat()
            case Iterable():
                return LANGUAGES[self.own_language].separator.join(self.write(part) for part in value)
            case _:
                return str(value)
