"""A page on a terminal, drawn with rich: folded to its width, and people's text never read as markup."""

from collections.abc import Iterable
from typing import IO

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from greenstar.fitting import folded_lines
from greenstar.reports.text.narrow import fits, fitted
from greenstar.reports.text.page import Block, Branch, Table, TextLine
from greenstar.text import terminal_line


def draw(parts: Iterable[Block], stream: IO[str]) -> str:
    """The page as `stream`, a terminal, shows it."""
    console = Console(file=stream, markup=False, emoji=False, highlight=False)
    with console.capture() as drawn:
        for part in parts:
            _draw(part, console)
    return drawn.get()


def _draw(part: Block, console: Console) -> None:
    if isinstance(part, TextLine):
        for line in folded_lines(terminal_line(part.text), console.width):
            console.print(_text(line, "bold" if part.strong else "dim" if part.faint else ""))
    elif isinstance(part, Table):
        _draw_table(part, console)
    else:
        console.print(_tree(part))


def _draw_table(table: Table, console: Console) -> None:
    if table.narrow is not None and not fits(table, console.width):
        for part in table.narrow():
            _draw(part, console)
        return
    heads, rows = fitted(table, console.width)
    console.print(_text("\n".join(heads), "bold"))
    if rows:
        console.print(_text("\n".join(rows)))


def _text(text: str, style: str = "") -> Text:
    return Text(text, style=style, overflow="fold")


def _tree(branch: Branch) -> Tree:
    made = Tree(_text(terminal_line(branch.text), "bold"), guide_style="dim")
    _grow(made, branch)
    return made


def _grow(tree: Tree, branch: Branch) -> None:
    for part in branch.parts:
        _grow(tree.add(_text(terminal_line(part.text))), part)
