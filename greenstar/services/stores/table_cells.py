"""The cells of a table in CSV: each with the line and column in which it begins.

Semicolons and tabs separate as well as commas, as spreadsheets write them; a first line `sep=;` says which.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from greenstar.assessment.spreadsheet.defusing import as_it_was

SEPARATORS = ",;\t"
_SAID = re.compile(r'"?sep=(.)"?[ \t,;]*(?:\n|$)', re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """A cell, and where it begins."""

    text: str
    line: int
    column: int


class UnclosedQuote(Exception):
    """A quote that is not closed: all that follows would be one cell."""

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self.cell = cell


def records(text: str) -> Iterator[list[Cell]]:
    """The rows of cells; a quoted cell may hold separators, line ends, and quotes written twice.

    Python's `csv` does not say where a cell begins, and takes all that follows an open quote for one cell.
    """
    said = _SAID.match(text)
    separator, start, line = (said[1], said.end(), 2) if said else (_separator(text), 0, 1)
    parted = re.escape(separator)
    pattern = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"(?!"))?([^{parted}\n]*)({parted}|\n|\Z)')
    cells: list[Cell] = []
    line_start = start
    for match in pattern.finditer(text, start):
        quoted, plain, end = match[1] or "", match[2], match[3]
        text = as_it_was((quoted.replace('""', '"') + plain).strip())
        cell = Cell(text, line, match.start() - line_start + 1)
        if match[1] is None and plain.startswith('"'):
            raise UnclosedQuote(cell)
        cells.append(cell)
        if "\n" in quoted:
            line, line_start = line + quoted.count("\n"), match.start(1) + quoted.rindex("\n") + 1
        if end != separator:
            if any(cell.text for cell in cells):
                yield cells
            cells, line, line_start = [], line + 1, match.end()


def _separator(text: str) -> str:
    """What parts the cells of the first line that is not empty."""
    header = text.lstrip("\n").split("\n", 1)[0]
    return max(SEPARATORS, key=header.count)
