"""A page on a terminal, drawn with rich: folded to its width, and people's text never read as markup."""

from collections.abc import Iterable
from typing import IO

from rich.console import Console, RenderableType
from rich.table import Table as RichTable
from rich.text import Text
from rich.tree import Tree

from greenstar.reports.text.page import Block, Branch, Table, TextLine
from greenstar.text import terminal_line


def draw(parts: Iterable[Block], stream: IO[str]) -> str:
    """The page as `stream`, a terminal, shows it."""
    console = Console(file=stream, markup=False, emoji=False, highlight=False)
    with console.capture() as drawn:
        for part in parts:
            console.print(_drawn(part))
    return drawn.get()


def _drawn(part: Block) -> RenderableType:
    if isinstance(part, TextLine):
        return _text(part.text, "bold" if part.strong else "dim" if part.faint else "")
    return _table(part) if isinstance(part, Table) else _tree(part)


def _text(text: str, style: str = "") -> Text:
    return Text(terminal_line(text), style=style, overflow="fold")


def _table(table: Table) -> RichTable:
    made = RichTable(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for at, head in enumerate(table.heads):
        made.add_column(_text(head), justify="right" if at in table.numbers else "left", overflow="fold")
    for row in table.texts():
        made.add_row(*map(_text, row))
    return made


def _tree(branch: Branch) -> Tree:
    made = Tree(_text(branch.text, "bold"), guide_style="dim")
    _grow(made, branch)
    return made


def _grow(tree: Tree, branch: Branch) -> None:
    for part in branch.parts:
        _grow(tree.add(_text(part.text)), part)
