"""A table fitted into the width of a terminal: a row a line wherever its names can be cut for that."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from greenstar.fitting import cut_at_end, cut_in_the_middle, folded_lines, number_at_end, told_apart
from greenstar.reports.text.page import GAP, Table, cell_text
from greenstar.text import cell_width

_LEAST_NAME = 12  # cells
_LEAST = 4  # of any other column


class Fitted(NamedTuple):
    """The lines of a table: those of its heads, and those of its rows."""

    heads: list[str]
    rows: list[str]


def fits(table: Table, width: int) -> bool:
    """Whether it fits as it stands."""
    return _over(_widths(_columns(table)), width) <= 0


def fitted(table: Table, width: int) -> Fitted:
    """A table in at most `width` cells.

    Names give way first, then whole columns that can be spared; what is too wide still is folded, so nothing is lost.
    """
    columns = _columns(table)
    widths = _widths(columns)
    spare = list(table.spare)
    while spare and _over(widths, width) > sum(max(widths[at] - _LEAST_NAME, 0) for at in table.names if at in widths):
        gone = spare.pop(0)
        del columns[gone], widths[gone]
    for at in table.names:
        if at in widths and (over := _over(widths, width)) > 0:
            widths[at] = min(widths[at], max(widths[at] - over, _LEAST_NAME))
            columns[at] = _cut(columns[at], widths[at])
    _fold(widths, width)
    heads = {at: texts[:1] for at, texts in columns.items()}
    rows = {at: texts[1:] for at, texts in columns.items()}
    return Fitted(list(_lines(heads, widths, table.numbers)), list(_lines(rows, widths, table.numbers)))


def _columns(table: Table) -> dict[int, list[str]]:
    """Head and cells of each column, by its place."""
    return {
        at: [cell_text(head), *cells] for at, (head, cells) in enumerate(zip(table.heads, table.columns(), strict=True))
    }


def _widths(columns: Mapping[int, list[str]]) -> dict[int, int]:
    return {at: max(map(cell_width, texts)) for at, texts in columns.items()}


def _over(widths: dict[int, int], width: int) -> int:
    """By how many cells the columns are too wide."""
    return sum(widths.values()) + len(GAP) * (len(widths) - 1) - width


def _fold(widths: dict[int, int], width: int) -> None:
    """Take from the widest column what is too much still."""
    while (over := _over(widths, width)) > 0:
        widest = max(widths, key=lambda at: widths[at])
        if widths[widest] <= _LEAST:
            return
        others = [cells for at, cells in widths.items() if at != widest]
        widths[widest] = max(widths[widest] - over, min(max(others, default=_LEAST), widths[widest] - 1), _LEAST)


def _cut(texts: Sequence[str], width: int) -> list[str]:
    """The head and the names of a column; the number that a name ends in stays."""
    head, *names = texts
    apart = told_apart(names, width)
    ends = [number_at_end(name) for name in names]
    short = [
        cut_in_the_middle(name, width, end) if end else cut for name, cut, end in zip(names, apart, ends, strict=True)
    ]
    return [cut_at_end(head, width), *(short if len(set(short)) == len(set(apart)) else apart)]


def _lines(columns: Mapping[int, list[str]], widths: Mapping[int, int], numbers: Sequence[int]) -> Iterator[str]:
    """The rows, each in as many lines as its highest cell takes."""
    for row in zip(*columns.values(), strict=True):
        cells = {at: list(folded_lines(text, widths[at])) for at, text in zip(columns, row, strict=True)}
        for line in range(max(map(len, cells.values()), default=0)):
            parts = []
            for at, cell in cells.items():
                text = cell[line] if line < len(cell) else ""
                space = " " * (widths[at] - cell_width(text))
                parts.append(space + text if at in numbers else text + space)
            yield GAP.join(parts).rstrip()
