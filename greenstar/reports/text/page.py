"""A page of results, not yet drawn: lines, tables and trees.

Into a pipe or file it goes as plain text, a row a line, however wide; on a terminal `console` draws it.
Imports nothing heavy: `greenstar rank` waits for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from greenstar.text import cell_width, terminal_line

_GAP = "  "


@dataclass(frozen=True)
class TextLine:
    """One line; `strong` for what matters most, `faint` for what matters least."""

    text: str = ""
    strong: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Table:
    """A table without lines, so that it can be copied; `numbers` are the columns that stand to the right."""

    heads: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    numbers: tuple[int, ...] = ()

    def texts(self) -> list[list[str]]:
        """The cells of all rows, as people's text: never markup, never more than a line."""
        return [[shown(value) for value in row] for row in self.rows]


@dataclass(frozen=True)
class Branch:
    """A line of a tree, and what hangs on it."""

    text: str
    parts: tuple["Branch", ...] = ()


Block = TextLine | Table | Branch


def shown(value: object) -> str:
    """A value in a cell."""
    return "" if value is None else terminal_line(str(value))


def plain(parts: Iterable[Block]) -> Iterator[str]:
    """The page as lines of text."""
    for part in parts:
        if isinstance(part, TextLine):
            yield terminal_line(part.text)
        elif isinstance(part, Table):
            yield from _table(part)
        else:
            yield terminal_line(part.text)
            yield from _below(part, "")


def _table(table: Table) -> Iterator[str]:
    rows = [[shown(head) for head in table.heads], *table.texts()]
    widths = [max(cell_width(row[at]) for row in rows) for at in range(len(table.heads))]
    for row in rows:
        cells = (_padded(text, widths[at], right=at in table.numbers) for at, text in enumerate(row))
        yield _GAP.join(cells).rstrip()


def _padded(text: str, to: int, *, right: bool) -> str:
    space = " " * (to - cell_width(text))
    return space + text if right else text + space


def _below(branch: Branch, before: str) -> Iterator[str]:
    for part in branch.parts:
        last = part is branch.parts[-1]
        yield before + ("└── " if last else "├── ") + terminal_line(part.text)
        yield from _below(part, before + ("    " if last else "│   "))
