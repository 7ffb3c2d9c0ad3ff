"""The sheets of a form as tables: rows below headings, and what is wrong in them, cell by cell."""

from collections.abc import Iterator, Mapping

from greenstar.assessment.cell import CellScalar
from greenstar.assessment.spreadsheet.layout import column_of
from greenstar.assessment.spreadsheet.removal import takes_away
from greenstar.assessment.spreadsheet.workbook import ReadSheet, Row
from greenstar.errors import BadFile, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.yaml_tree import Mapping as Tree
from greenstar.scheme.yaml_tree import Sequence
from greenstar.text import excerpt


class TableRow(dict[str, CellScalar]):
    """The cells of a row that say something, by their columns; `places` are the columns' numbers."""

    __slots__ = ("places",)
    places: Mapping[str, int]

    def mark_of(self, column: str) -> Mark:
        """Where the cell of a column stands, be it empty."""
        return next(iter(self.values())).mark._replace(column=self.places[column])


class Tables:
    """Reads sheets by their headings, and gathers what is wrong."""

    def __init__(self, problems: list[Problem], *, signs: bool = True) -> None:
        self.problems = problems
        self._signs = signs
        self._refused = {problem.mark for problem in problems}

    def rows(self, sheet: ReadSheet, columns: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[TableRow]:
        """The rows below the headings. What stands in a column without a heading is refused."""
        rows = iter(sheet.rows.values())
        headings = self._headings(next(rows, {}), columns)
        missing = [column for column in needed if column not in headings.values()]
        if missing:
            names = [Phrase(f"form.column_{column}") for column in missing]
            self.problems.append(Problem(sheet.mark, "", Phrase("form.no_column", columns=names)))
            raise BadFile(self.problems)
        places = {column: place for place, column in headings.items()}
        for row in rows:
            for place, cell in row.items():
                if place not in headings:
                    self.refuse(cell, "table.no_heading")
            made = TableRow({headings[place]: cell for place, cell in row.items() if place in headings})
            made.places = places
            yield made

    def _headings(self, row: Row, columns: tuple[str, ...]) -> dict[int, str]:
        headings: dict[int, str] = {}
        for place, cell in row.items():
            column = column_of(cell, columns)
            if column is None:
                self.refuse(cell, "form.unknown_column", name=excerpt(cell))
            elif column in headings.values():
                self.refuse(cell, "storage.column_twice", name=excerpt(cell))
            headings[place] = column or ""
        return headings

    def takes_away(self, cell: CellScalar) -> bool:
        """Whether a cell holds the sign that takes an answer away; without signs it is a text like others."""
        return self._signs and takes_away(cell)

    def refuse(self, cell: CellScalar, key: str, **values: object) -> None:
        """A cell that cannot be read as it is."""
        self.refuse_at(cell.mark, key, **values)

    def is_refused(self, mark: Mark) -> bool:
        """Whether something is wrong in a cell already."""
        return mark in self._refused

    def refuse_at(self, mark: Mark, key: str, **values: object) -> None:
        """The same of a cell that is empty."""
        self._refused.add(mark)
        self.problems.append(Problem(mark, "", Phrase(key, **values)))


def mapping(mark: Mark) -> Tree:
    """An empty mapping of the document that a sheet becomes."""
    made = Tree()
    made.mark = mark
    return made


def sequence(mark: Mark) -> Sequence:
    """An empty list of that document."""
    made = Sequence()
    made.mark = mark
    return made
