"""Alt with a letter, as terminals send it: ESC and the letter, which is a capital under Caps Lock or shift.

Textual takes ESC b and ESC f for a word left and right, and waits a tenth of a second after the others for more to
come; a held key then falls apart into a circumflex and a letter, which land in the text field. Told which sequences are
whole, it gives each key at once. Capitals that begin other sequences (O, P and X) are seen to in `slow_line`.
"""

from string import ascii_lowercase
from typing import Any, NamedTuple, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from greenstar.keys import SIGNS

_BEGIN_OTHERS = "opx["


class _Key(NamedTuple):
    """What Textual looks for in its table."""

    value: str


def know_alt_keys() -> None:
    """Tell Textual the sequences of alt+a to alt+z, with capitals as well, and of alt with the signs that keys have."""
    table = cast("dict[str, Any]", ANSI_SEQUENCES_KEYS)
    for name, sign in SIGNS.items():
        if len(sign) == 1 and sign not in _BEGIN_OTHERS:
            table[f"\x1b{sign}"] = (_Key(f"alt+{name}"),)
    for letter in ascii_lowercase:
        key = (_Key(f"alt+{letter}"),)
        table[f"\x1b{letter}"] = key
        if letter not in _BEGIN_OTHERS:
            table[f"\x1b{letter.upper()}"] = key


def small(key: str) -> str:
    """The name of a key without what makes a capital of its letter: `alt+shift+z` and `alt+Z` are `alt+z`."""
    *modifiers, letter = key.split("+")
    if "alt" not in modifiers or letter.lower() not in ascii_lowercase:
        return key
    return "+".join([*(name for name in modifiers if name != "shift"), letter.lower()])
