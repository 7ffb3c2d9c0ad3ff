"""Rich, set up once: people's text is never markup, and what goes into a pipe is not cut to a screen."""

import os
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from greenstar.reports.cells import one_line

_WIDE = 1000  # into a pipe or file a row is a row, whatever its width


def console_for(stream: IO[str]) -> Console:
    """A console on `stream`: of the terminal's width, or as wide as its content where there is none."""
    to_screen = stream.isatty() or "COLUMNS" in os.environ
    return Console(
        file=stream, width=None if to_screen else _WIDE, markup=False, emoji=False, highlight=False, soft_wrap=False
    )


def cell(value: object, style: str = "") -> Text:
    """A cell, or a line, that shows people's text as it is."""
    return Text("" if value is None else one_line(str(value)), style=style, overflow="fold")


def table(*titles: str, numbers: tuple[int, ...] = ()) -> Table:
    """A table without lines, so that it can be copied; `numbers` are the columns that stand to the right."""
    made = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for at, title in enumerate(titles):
        made.add_column(cell(title), justify="right" if at in numbers else "left", overflow="fold")
    return made
