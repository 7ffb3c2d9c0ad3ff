"""A bare Textual app: the same libraries imported, a table of so many rows, gone at its first paint."""

import sys

import click  # noqa: F401 - imported for what the import costs
import platformdirs  # noqa: F401 - imported for what the import costs
import pydantic
import rich.table
import yaml  # noqa: F401 - imported for what the import costs
from textual.app import App, ComposeResult
from textual.widgets import DataTable

import greenstar.storage.sqlite.tables  # noqa: F401 - sqlite-utils, imported for what the import costs

IMPORTED = (pydantic.BaseModel, rich.table.Table)  # pydantic loads its models when they are named
SIZE = (120, 36)


class Bare(App[None]):
    """A table, and nothing else."""

    def compose(self) -> ComposeResult:
        """The parts."""
        yield DataTable[str](cursor_type="row")

    def on_mount(self) -> None:
        """The rows."""
        table = self.query_one(DataTable)
        table.add_columns("Code", "Name", "Region", "Status", "Answered", "Points", "Level")
        for number in range(int(sys.argv[1])):
            table.add_row(f"SYN-{number:03}", f"Synthetic store {number}", "East", "draft", "0/59", "71.4", "Two stars")

    def on_ready(self) -> None:
        """Painted: done."""
        self.call_after_refresh(self.exit)


if __name__ == "__main__":
    Bare().run(headless=True, size=SIZE)
