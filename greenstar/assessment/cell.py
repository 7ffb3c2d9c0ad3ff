"""A cell of a spreadsheet as a scalar of a YAML file: so all that reads answers reads cells as well."""

from typing import Literal

from typing_extensions import override

from greenstar.errors import Mark
from greenstar.scheme.yaml_tree import Scalar

CellKind = Literal["text", "number", "percent", "day", "boolean"]


class CellScalar(Scalar):
    """What a cell holds; `line` and `column` are its row and column.

    A number is written out in plain digits, a share that the cell shows as `86.7%` likewise, a day as 2026-05-12.
    `cut_off`: it is a number with more digits than spreadsheets keep. `day`: the one whose number it can be, if any.
    """

    __slots__ = ("cut_off", "day", "kind", "sheet")
    sheet: str
    kind: CellKind
    cut_off: bool
    day: str

    @property
    @override
    def mark(self) -> Mark:
        return Mark(self.file, self.line, self.column, self.sheet)


def like(cell: CellScalar, text: str) -> CellScalar:
    """Another text in the place of what a cell holds."""
    made = CellScalar(text)
    for name in (*Scalar.__slots__, *CellScalar.__slots__):
        setattr(made, name, getattr(cell, name))
    return made
