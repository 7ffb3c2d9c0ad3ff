"""A sheet of an exported workbook: a header that stays, a filter, columns as wide as what stands in them.

Rows go out as they come, and none is held: XlsxWriter's constant memory.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from greenstar.reports.xlsx.cells import Cells, Looks
from greenstar.services.results.column_kinds import Kind
from greenstar.text import cell_width

MOST_ROWS = 1_048_575  # below the header
_LOOKED_AT = 200  # rows by which the width of a column is chosen
_NARROWEST, _WIDEST = 8, 60
_A4 = 9
_ROOM = 2  # beside the longest text, and for the mark of the filter
_WIDTHS: Mapping[Kind, int] = {"day": 11, "time": 19}  # of columns in which all is as wide


def for_print(sheet: Any) -> None:
    """Let a sheet be printed on pages that are as wide as all of its columns."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


class GrowingSheet:
    """A sheet that is written row by row."""

    def __init__(
        self, sheet: Any, columns: Mapping[str, Kind], headings: Sequence[str], looks: Looks, sign: str
    ) -> None:
        self.rows = 0
        self.cells = Cells(sheet, looks, sign)
        self._sheet = sheet
        self._columns = [(place, name, self.cells.put_of(kind)) for place, (name, kind) in enumerate(columns.items())]
        self._by_content = [(place, name) for place, (name, kind) in enumerate(columns.items()) if kind not in _WIDTHS]
        self._widths = [
            max(_WIDTHS.get(kind, 0), *map(cell_width, heading.split("\n")), _NARROWEST)
            for kind, heading in zip(columns.values(), headings, strict=True)
        ]
        sheet.freeze_panes(1, 1)
        for_print(sheet)
        sheet.repeat_rows(0)
        sheet.set_row(0, 16 * max(heading.count("\n") + 1 for heading in headings))
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, looks.heading)

    def has_room(self, rows: int = 1) -> bool:
        """Whether so many rows more have room."""
        return self.rows + rows <= MOST_ROWS

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a row below the others."""
        self.rows += 1
        line, get = self.rows, row.get
        for place, name, put in self._columns:
            value = get(name)
            if value is not None and value != "":
                put(line, place, value)
        if line <= _LOOKED_AT:
            self._look_at(row)

    def finish(self) -> None:
        """Set what is only known at the end."""
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(width, _WIDEST) + _ROOM)
        self._sheet.autofilter(0, 0, self.rows, len(self._widths) - 1)

    def _look_at(self, row: Mapping[str, Any]) -> None:
        for place, name in self._by_content:
            value = row.get(name)
            if isinstance(value, str) and len(value) > self._widths[place] // 2:
                self._widths[place] = max(self._widths[place], cell_width(value[:_WIDEST].split("\n", 1)[0]))
