"""A page of results, not yet drawn: lines, tables and trees.

Into a pipe or file it goes as plain text, a row a line, however wide; on a terminal `console` draws it.
Imports nothing heavy: `greenstar rank` waits for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from greenstar.text import cell_width, terminal_line

GAP = "  "


@dataclass(frozen=True)
class TextLine:
    """One line; `strong` for what matters most, `faint` for what matters least."""

    text: str = ""
    strong: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Table:
    """A table without lines, so that it can be copied; `numbers` are the columns that stand to the right.

    What a terminal that is too narrow makes of it: it shows `narrow` instead, where there is that; it cuts the columns
    `names`, so that what tells their texts apart stays; it leaves out the columns `spare`, in their order.
    """

    heads: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    spare: tuple[int, ...] = ()
    narrow: Callable[[], Iterable["Block"]] | None = None

    def columns(self) -> list[list[str]]:
        """The cells column by column, as people's text: never markup, never more than a line."""
        return [_cell_texts(column) for column in zip(*self.rows, strict=True)] or [[] for _ in self.heads]

    def texts(self) -> Iterator[tuple[str, ...]]:
        """The cells of all rows."""
        return zip(*self.columns(), strict=True)


@dataclass(frozen=True)
class Branch:
    """A line of a tree, and what hangs on it."""

    text: str
    parts: tuple["Branch", ...] = ()


Block = TextLine | Table | Branch


def cell_text(value: object) -> str:
    """A value in a cell."""
    return "" if value is None else terminal_line(str(value))


def _cell_texts(column: Sequence[object]) -> list[str]:
    """The cells of a column: looked through one by one only where there is anything that a terminal would obey."""
    texts = ["" if value is None else str(value) for value in column]
    return texts if "".join(texts).isprintable() else list(map(terminal_line, texts))


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
    columns = [
        _aligned([cell_text(head), *column], right=at in table.numbers)
        for at, (head, column) in enumerate(zip(table.heads, table.columns(), strict=True))
    ]
    for row in zip(*columns, strict=True):
        yield GAP.join(row).rstrip()


def _aligned(texts: list[str], *, right: bool) -> list[str]:
    """The cells of a column, all as wide as the widest."""
    if "".join(texts).isascii():
        widest = max(map(len, texts))
        return [text.rjust(widest) for text in texts] if right else [text.ljust(widest) for text in texts]
    widths = list(map(cell_width, texts))
    widest = max(widths)
    spaces = [" " * (widest - width) for width in widths]
    if right:
        return [space + text for space, text in zip(spaces, texts, strict=True)]
    return [text + space for space, text in zip(spaces, texts, strict=True)]


def _below(branch: Branch, before: str) -> Iterator[str]:
    for part in branch.parts:
        last = part is branch.parts[-1]
        yield before + ("└── " if last else "├── ") + terminal_line(part.text)
        yield from _below(part, before + ("    " if last else "│   "))
