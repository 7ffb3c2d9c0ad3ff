"""A workbook of many visits, as `export answers` writes it: its rows by the numbers of the visits that they are of."""

from collections.abc import Iterator
from dataclasses import replace

from greenstar.assessment.spreadsheet.layout import is_number_of_visit, is_of_exports
from greenstar.assessment.spreadsheet.workbook import ReadSheet, ReadSheets, Row
from greenstar.errors import Problem
from greenstar.i18n.phrase import Phrase


def by_visit(sheets: ReadSheets) -> Iterator[ReadSheets]:
    """The sheets of each visit, in the order of the sheet about the stores; a form with one visit as it stands."""
    if not any(map(is_number_of_visit, _headings(sheets.store).values())):
        yield sheets
        return
    parts = {name: _Parts(getattr(sheets, name)) for name in _NAMES if getattr(sheets, name) is not None}
    numbers = parts["store"].rows
    problems = [*sheets.problems, *(problem for part in parts.values() for problem in part.strangers(numbers))]
    for number in numbers:
        own = {name: part.of(number) for name, part in parts.items()}
        yield replace(sheets, **own, problems=problems, exported=True)
        problems = []


_NAMES = ("store", "answers", "findings", "evidence")


class _Parts:
    """A sheet by the numbers of the visits, without the columns that only exported tables have."""

    def __init__(self, sheet: ReadSheet) -> None:
        self.sheet = sheet
        self.rows: dict[str, dict[int, Row]] = {}
        headings = _headings(sheet)
        place = next((column for column, cell in headings.items() if is_number_of_visit(cell)), 0)
        kept = {column for column, cell in headings.items() if column != place and not is_of_exports(cell)}
        self.head = {line: {column: row[column] for column in row if column in kept} for line, row in self._first()}
        for line, row in list(sheet.rows.items())[1:]:
            number = str(row.get(place, ""))
            own = {column: cell for column, cell in row.items() if column in kept or column not in headings}
            if own:
                self.rows.setdefault(number, {})[line] = own

    def of(self, number: str) -> ReadSheet:
        """The sheet as it would be with this visit only."""
        return replace(self.sheet, rows={**self.head, **self.rows.get(number, {})})

    def strangers(self, known: dict[str, dict[int, Row]]) -> Iterator[Problem]:
        """What is wrong: rows without a number, or with that of no store."""
        for number, rows in self.rows.items():
            if not number or number not in known:
                mark = next(iter(next(iter(rows.values())).values())).mark
                yield Problem(mark, "", Phrase("form.no_visit", column=Phrase("columns.visit")))

    def _first(self) -> list[tuple[int, Row]]:
        return list(self.sheet.rows.items())[:1]


def _headings(sheet: ReadSheet) -> Row:
    return next(iter(sheet.rows.values()), {})
