"""A key that a terminal tells in a form that Textual cannot read is ignored, and ends nothing.

Terminals with the Kitty protocol may tell more of a key than was asked for (`ESC [110:78;3u`: n, and N with shift).
Textual takes each part for a number, and the thread that reads the keyboard ends at the first that is none. A function
key that it does not know (`ESC [57~`) it takes for the character of that number, 9, which would be typed.
"""

import re

from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys

_FUNCTION_KEY = re.compile(r"\x1b\[([0-9]*)[0-9;:]*~")
_parse = XTermParser._parse_extended_key  # noqa: SLF001 - the only place where such keys are read


def ignore_odd_keys() -> None:
    """From now on a key that cannot be read is none."""
    XTermParser._parse_extended_key = _parse_or_ignore  # type: ignore[assignment, method-assign] # noqa: SLF001 - as above


def _parse_or_ignore(parser: XTermParser, sequence: str) -> list[Key] | None:
    number = _FUNCTION_KEY.match(sequence)
    try:
        if number is None or f"{number[1]}~" in FUNCTIONAL_KEYS:
            return _parse(parser, sequence)
    except (ValueError, OverflowError):  # no number, or the number of no character
        pass
    return [Key(Keys.Ignore, sequence)]
