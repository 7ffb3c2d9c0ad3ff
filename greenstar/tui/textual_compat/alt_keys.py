"""Alt with a letter, as terminals send it: ESC and the letter.

Textual takes ESC b and ESC f for a word left and right, and waits a tenth of a second after the others for more to
come; a held key then falls apart into a circumflex and a letter, which land in the text field. Told which sequences are
whole, it gives each key at once.
"""

from string import ascii_lowercase
from typing import Any, NamedTuple, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS


class _Key(NamedTuple):
    """What Textual looks for in its table."""

    value: str


def know_alt_keys() -> None:
    """Tell Textual the sequences of alt+a to alt+z."""
    table = cast("dict[str, Any]", ANSI_SEQUENCES_KEYS)
    table.update({f"\x1b{letter}": (_Key(f"alt+{letter}"),) for letter in ascii_lowercase})
