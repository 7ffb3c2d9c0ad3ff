"""Text on a terminal: how wide it is, and made safe to show."""

import unicodedata

_TAB = 4


def width(text: str) -> int:
    """How many cells `text` takes: two for a Chinese character, none for a combining one."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    none = sum(unicodedata.category(character) in ("Mn", "Me", "Cf") for character in text)
    return len(text) + wide - none


def safe(text: str) -> str:
    """`text` without anything that a terminal would obey: control characters and escapes show as a middle dot."""
    if text.isprintable():
        return text
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Cf") else "·"
        for character in text
    )


def one_line(text: str) -> str:
    """`text` on one line, safe to show."""
    return safe(text.replace("\n", " ").replace("\t", " " * _TAB))
