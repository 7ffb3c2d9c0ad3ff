"""Texts in tables of text, so that no spreadsheet takes one for a formula; and back."""

import re

from greenstar.numbers import NUMBER

_RUN = tuple("=+-@\t\r\n＝＋－＠")
_SIGNS = frozenset(_RUN)
_RUN_INSIDE = re.compile(rf'([;\t\n][\s"]*)(?=[-=+@＝＋－＠])(?!{NUMBER.pattern}(?:[;\t\n]|$))', re.ASCII)
_DEFUSED = re.compile(r"(^|[;\t\n][\s\"]*)'(?=[-=+@\t\r\n＝＋－＠])")


def defused(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet would take for a formula; a plain number is none.

    Where semicolons or tabs part the columns, a cell begins after each of them, and a row after each line end.
    """
    if _SIGNS.isdisjoint(text):  # nearly all text
        return text
    start = f"'{text}" if text.startswith(_RUN) and not NUMBER.fullmatch(text) else text
    return _RUN_INSIDE.sub(r"\1'", start)


def as_it_was(text: str) -> str:
    """What was defused, without the apostrophes."""
    return _DEFUSED.sub(r"\1", text) if "'" in text else text
