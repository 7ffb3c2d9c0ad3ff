"""The cells of an .xlsx file, read by openpyxl within bounds; what is no plain value in them is refused.

openpyxl is only imported where there is such a file: it takes as long as all else.
"""

import re
import warnings
from collections.abc import Container, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenstar.assessment.cell import CellScalar
from greenstar.assessment.spreadsheet.addresses import address, place
from greenstar.assessment.spreadsheet.cells import cell_scalar
from greenstar.assessment.spreadsheet.layout import SheetName, sheet_of
from greenstar.assessment.spreadsheet.limits import DAY_0, MOST_IN_CELL
from greenstar.assessment.spreadsheet.package import MOST_COLUMNS, MOST_ROWS, Package, SheetShape, read_package
from greenstar.errors import BadInput, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.text import excerpt

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_LITERAL = re.compile(r'"[^"]*"|\\.')  # of a number format: what is shown as it stands there
_NEEDED: tuple[SheetName, ...] = ("answers", "store")
Row = dict[int, CellScalar]
"""The cells of a row that say something, by their columns."""


@dataclass(frozen=True)
class ReadSheet:
    """A sheet that is read: its rows that say something, in order, by their numbers; `mark`: its first cell."""

    mark: Mark
    rows: dict[int, Row]


@dataclass(frozen=True)
class ReadSheets:
    """The sheets that are read, and what is wrong in the file so far; a cell that is no plain value is left out.

    `findings`, `evidence`: None where a form has no such sheet, and so says nothing of them. `exported`: they are of a
    workbook of many visits, in which no cell takes an answer away.
    """

    answers: ReadSheet
    store: ReadSheet
    findings: ReadSheet | None
    evidence: ReadSheet | None
    problems: list[Problem]
    exported: bool = False


def read_sheets(path: Path) -> ReadSheets:
    """The sheets of the form at `path`. BadInput: it is none."""
    package = read_package(path)
    comment = next((shape.comment for shape in package.shapes.values() if shape.comment), "")
    if comment:
        raise BadInput("form.comment", path=str(path), cell=comment)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out, none of which is read here
        try:
            workbook = _opened(package)
            sheets = _Reader(path, package, workbook).sheets()
        except BadInput:
            raise
        except Exception as error:  # a broken file can break openpyxl anywhere
            raise BadInput("form.no_xlsx", path=str(path)) from error
    return sheets


def _opened(package: Package) -> "Workbook":
    """The workbook without what is not needed: names of areas and properties can be wrong, or take minutes to read.

    Formulas give what they came to last, and are not worked on: the package says where they are.
    """
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415  (seldom, and heavy)
    from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: PLC0415  (seldom, and heavy)

    reader = ExcelReader(BytesIO(package.data), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.shared_strings = _shared_texts(reader)
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    reader.read_worksheets()
    return reader.wb


def _shared_texts(reader: Any) -> list[str]:
    """The texts that cells share, as the file has them: openpyxl itself would cut out each `x005F_`."""
    from openpyxl.cell.text import Text  # noqa: PLC0415  (seldom, and heavy)
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS  # noqa: PLC0415  (seldom, and heavy)
    from openpyxl.xml.functions import iterparse  # noqa: PLC0415  (seldom, and heavy)

    part, texts = reader.package.find(SHARED_STRINGS), []
    if part is not None:
        with reader.archive.open(part.PartName.removeprefix("/")) as source:
            for _, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    text = Text.from_tree(node)
                    texts.append(text.content if text is not None else "")
                    node.clear()
    return texts


class _Reader:
    """Reads the sheets of a workbook."""

    def __init__(self, path: Path, package: Package, workbook: "Workbook") -> None:
        self.path = path
        self.shapes = package.shapes
        self.workbook = workbook
        self.day_0 = workbook.epoch.date() if workbook.epoch.year > 1900 else DAY_0
        self.problems: list[Problem] = []

    def sheets(self) -> ReadSheets:
        by_name: dict[SheetName, Any] = {}
        for title in self.workbook.sheetnames:
            worksheet, name = self.workbook[title], sheet_of(title)
            if name in by_name:
                self._refuse(self._mark(title), "form.sheet_twice", first=by_name[name].title)
            elif name is not None:
                by_name[name] = worksheet
            elif first := self._shape(worksheet).first:
                self._refuse(self._mark(title, first), "form.other_sheet")
        missing = [name for name in _NEEDED if name not in by_name]
        if missing:
            raise BadInput(
                "form.no_sheet", path=str(self.path), sheets=[Phrase(f"form.sheet_{name}") for name in missing]
            )
        findings, evidence = (
            self._sheet(by_name[name]) if name in by_name else None for name in ("findings", "evidence")
        )
        answers, store = (self._sheet(by_name[name]) for name in _NEEDED)
        return ReadSheets(answers, store, findings, evidence, self.problems)

    def _sheet(self, worksheet: Any) -> ReadSheet:
        title, shape = worksheet.title, self._shape(worksheet)
        for merged in shape.merged:
            self._refuse(self._mark(title, merged.partition(":")[0]), "form.merged", cells=merged)
        if shape.out_of_reach:
            limits = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            self._refuse(self._mark(title, shape.out_of_reach), "form.out_of_reach", **limits)
        for at, formula in shape.formulas.items():
            self._refuse(Mark(str(self.path), *at, title), "form.formula", found=formula)
        worksheet.reset_dimensions()  # what the file says of its own size need not be so
        rows = {}
        for cells in worksheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
            row = dict(self._row(title, cells, shape.formulas))
            if row:
                rows[next(iter(row.values())).line] = row
        return ReadSheet(self._mark(title), rows)

    def _row(self, title: str, cells: Any, formulas: Container[tuple[int, int]]) -> Iterator[tuple[int, CellScalar]]:
        for cell in cells:
            if cell.value is None:
                continue
            mark = Mark(str(self.path), cell.row, cell.column, title)
            if (cell.row, cell.column) in formulas:
                continue
            if cell.data_type == "e":
                self._refuse(mark, "form.error_value", found=excerpt(str(cell.value)))
                continue
            percent = cell.data_type == "n" and "%" in _LITERAL.sub("", cell.number_format)
            scalar = cell_scalar(cell.value, mark, percent=percent, day_0=self.day_0)
            if scalar is not None and len(scalar) > MOST_IN_CELL:
                self._refuse(mark, "answers.too_long", most=str(MOST_IN_CELL), found=str(len(scalar)))
            elif scalar is not None:
                yield cell.column, scalar

    def _shape(self, worksheet: Any) -> SheetShape:
        """The shape of a sheet; of one that is a chart none."""
        member = getattr(worksheet, "_worksheet_path", "")  # openpyxl has no public name for it
        return self.shapes.get(member, SheetShape(first=address(1, 1)))

    def _mark(self, title: str, at: str = "A1") -> Mark:
        return Mark(str(self.path), *(place(at) or (1, 1)), title)

    def _refuse(self, mark: Mark, key: str, **values: Any) -> None:
        self.problems.append(Problem(mark, "", Phrase(key, **values)))
