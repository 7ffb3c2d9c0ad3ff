"""People's text: cleaned for keeping, made safe for a terminal, put on one line, shortened, and measured in cells."""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
_TAB = 4
MOST_CHARACTERS = 10_000  # of an answer, note or reason
MOST_NAME = 200  # characters of what a store, a city or a person is called
EXCERPT = 60  # characters of a text inside a sentence
MOST_NAMED = 12  # entries of a list inside a sentence
_CONTROL, _SURROGATE, _PRIVATE, _FORMAT = "Cc", "Cs", "Co", "Cf"

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control characters, line ends that only YAML sees, and marks that show a text in another order than it is stored."""

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
"""Controls, halves of characters, line ends of Unicode, and marks that are not seen; not those that join emoji."""
_SEEN = "·"

_UNIT = "%|‰|°C|℃|pp|[kMG]?W(?:h|p)?|[kmc]?m[²³]?|[kmµ]?g|m?L|t(?:CO2e)?|lx|h|min|[KMG]B|ha|dB|[\u4e00-\u9fff]"
_WITHIN_FIGURE = re.compile(rf"(?<=[0-9]) (?=(?:{_UNIT})(?![A-Za-z])|[0-9]{{3}}(?![0-9]))")

# What English and Chinese are written with: characters whose width needs no table. The tests hold each to the table.
_WIDTHS = (
    (0x20, 0x7E, 1), (0xA0, 0xAC, 1), (0xAE, 0x2FF, 1), (0x2010, 0x2027, 1), (0x2500, 0x25FC, 1),
    (0x2605, 0x2606, 1), (0x2713, 0x2713, 1),
    (0x3000, 0x3029, 2), (0x3030, 0x303E, 2), (0x4E00, 0x9FFF, 2), (0xFF01, 0xFF60, 2),
)  # fmt: skip


# -- for keeping -------------------------------------------------------------------------------------------------


def without_unseen(text: str) -> str:
    """The text without characters that no file may hold."""
    return UNSEEN.sub("", text)


def first_unseen(text: str) -> str | None:
    """The first character that no file may hold, as `U+202E`."""
    match = UNSEEN.search(text)
    return f"U+{ord(match.group()):04X}" if match else None


def clean_text(text: str) -> str:
    """People's text for keeping: no control characters or escapes but tab and line feed, no space around."""
    if text.isprintable():  # nearly all text is
        return text.strip()
    characters = without_unseen(text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        character
        for character in characters
        if character in "\n\t" or unicodedata.category(character) not in (_CONTROL, _SURROGATE, _PRIVATE)
    ).strip()


def clean_line(text: str) -> str:
    """People's text for keeping where it is a name: clean, and on one line."""
    return one_line(clean_text(text))


def tidied(text: str) -> str:
    """What identifies something, in one spelling: one of each character, none that is not seen, single blanks."""
    if not text.isprintable():  # what can be printed holds none that is not seen
        text = "".join(character for character in text if unicodedata.category(character) != _FORMAT)
    return one_line(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """What identifies something, to compare by: `tidied`, and case makes no difference."""
    return tidied(tidied(text).casefold())


def clean_name(text: str) -> str:
    """What identifies something, for keeping: clean, on one line, and `tidied`."""
    return tidied(clean_line(text))


def printable_line(text: str) -> str:
    """What can be seen of a text, on one line: anything else, halves of characters among it, becomes a space."""
    return one_line("".join(character if character.isprintable() else " " for character in text))


# -- for reading -------------------------------------------------------------------------------------------------


def one_line(text: str) -> str:
    """`text` on one line: each run of spaces, tabs and line ends becomes a space."""
    return " ".join(text.split())


def excerpt(text: str, most: int = EXCERPT, end: str = "…") -> str:
    """The start of `text` on one line: at most `most` characters, then `…` where that is not all of it."""
    line = " ".join(text.split(None, most))  # the rest of a long text stays unsplit, beyond the cut
    return line if len(line) <= most else line[:most] + end


def first_of(entries: Iterable[T], most: int = MOST_NAMED) -> list[T | str]:
    """The first of many names or sentences, to be told as a list, and a sign that there are more."""
    every = list(entries)
    return [*every[:most], *(["…"] if len(every) > most else [])]


def terminal_text(text: str) -> str:
    """`text` as it may leave the program: what a terminal would obey, or what reorders a text, shows as a middle dot.

    Whatever a database holds, which may have come from elsewhere, goes through here to a terminal, a table or a log.
    """
    return text if text.isprintable() else _OBEYED.sub(_SEEN, text)


def escaped_json(text: str) -> str:
    """JSON text that says the same, with all that `terminal_text` would replace written as numbers, as JSON does."""
    return _OBEYED.sub(lambda character: json.dumps(character[0])[1:-1], text)


def terminal_line(text: str) -> str:
    """`text` on one line, safe for a terminal; its spaces stay, so that columns stay under each other."""
    return terminal_text(text.replace("\n", " ").replace("\t", " " * _TAB))


def cell_width(text: str) -> int:
    """How many cells `text` takes on a terminal, as rich and Textual count: two for a Chinese character."""
    if text.isascii() and text.isprintable():
        return len(text)
    widths = [_common_width(character) for character in text]
    if -1 not in widths:
        return sum(widths)
    from rich.cells import cell_len  # noqa: PLC0415 - a ranking in a pipe does without: nearly all text is common

    return cell_len(text)


def within_cells(text: str, most: int) -> str:
    """The start of `text` in at most so many cells, then `…` where that is not all of it."""
    if cell_width(text) <= most:
        return text
    kept = text[: most - 1]
    while cell_width(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


@lru_cache(maxsize=4096)
def _common_width(character: str) -> int:
    """The cells that a character of English or Chinese takes; -1 for any other."""
    code = ord(character)
    return next((width for first, last, width in _WIDTHS if first <= code <= last), -1)


# -- for pages ---------------------------------------------------------------------------------------------------


def held_together(text: str) -> str:
    """A text for pages, whose lines break anywhere: no number is cut off from its unit, or in two (12 226 kWh)."""
    return _WITHIN_FIGURE.sub("\u00a0", text)
