"""Cells by their addresses: row 14, column 4 is D14."""

import re

_ADDRESS = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_LETTERS = 26


def address(row: int, column: int) -> str:
    """What spreadsheets call a cell; both count from 1."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def place(text: str) -> tuple[int, int] | None:
    """The row and column of an address; None: it is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]), column
