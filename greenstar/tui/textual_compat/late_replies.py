r"""What a terminal answers to a question comes between the keys, and may come late: it is never typed into a field.

Textual reads a cursor report, and takes the other answers for keys: `ESC ] 11 ; rgb:…` would be written into a note.
Nobody types an answer by hand, so it is dropped whenever it comes.
"""

import re

REPLY = re.compile(r"\x1b\]1[01];[^\x07\x1b]{0,64}(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*c")
"""A colour (OSC 10 and 11), or what kind of terminal it is (DA1)."""

BEGUN = r"\](1([01](;[rgbaRGBA:0-9a-fA-F/]*\x1b?)?)?)?"
"""What follows the ESC of a colour that has not come whole."""


def without_replies(data: str) -> str:
    """What is read, without the terminal's answers."""
    return REPLY.sub("", data) if "\x1b" in data else data
