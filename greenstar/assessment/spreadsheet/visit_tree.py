"""A form that was filled in, as the tree that the same visit gives in YAML: from there on there is one reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenstar.assessment.spreadsheet.addresses import address
from greenstar.assessment.spreadsheet.cells import CellScalar, day_written, like
from greenstar.assessment.spreadsheet.layout import (
    ANSWER_COLUMNS,
    HEADER_KEYS,
    IN_FACTS,
    IN_STORE,
    STORE_COLUMNS,
    column_of,
)
from greenstar.assessment.spreadsheet.workbook import Row, Sheet, read_sheets
from greenstar.errors import BadFile, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.yaml_tree import Mapping
from greenstar.text import excerpt


@dataclass(frozen=True)
class FilledForm:
    """The tree of a visit, the criterion that stands beside each question, and what is wrong in the form itself."""

    tree: Mapping
    criteria: dict[str, CellScalar]
    problems: list[Problem]


def read_form(path: Path) -> FilledForm:
    """The visit in the .xlsx file `path`. BadInput, BadFile: it is no form, or lacks a column."""
    sheets = read_sheets(path)
    builder = _Builder(sheets.problems)
    tree = builder.store_sheet(sheets.store)
    tree |= builder.answers_sheet(sheets.answers)
    tree.mark = sheets.store.mark
    return FilledForm(tree, builder.criteria, builder.problems)


class _Builder:
    """Puts cells into the places that they have in the document."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.criteria: dict[str, CellScalar] = {}

    # -- the store -----------------------------------------------------------------------------------------------

    def store_sheet(self, sheet: Sheet) -> Mapping:
        """The header of the visit, and its store with the facts."""
        document, store, facts = (_mapping(sheet.mark) for _ in range(3))
        for cells in self._table(sheet, STORE_COLUMNS, ("key", "value")):
            key, value = cells.get("key"), cells.get("value")
            if key is None:
                if value is not None:
                    self._refuse(value, "form.no_key")
                continue
            part, name = document, key
            for start, inner in ((IN_STORE, store), (IN_FACTS, facts)):
                if key.startswith(start):
                    part, name = inner, like(key, key.removeprefix(start))
            if part is document and key not in (*HEADER_KEYS, "check_visit"):
                self._refuse(key, "answers.unknown_key", name=key[:60])
            elif name in part:
                self._refuse(key, "form.twice", name=key[:60], row=part.key_mark(name).line)
            elif value is not None and value.kind == "day" and part is not facts and key != "visited":
                self._refuse(value, "form.day_here", day=value)
            else:
                part[name] = like(value, day_written(value)) if value is not None and key == "visited" else value
        if facts:
            store["facts"] = facts
        document["store"] = store
        return document

    # -- the answers ---------------------------------------------------------------------------------------------

    def answers_sheet(self, sheet: Sheet) -> Mapping:
        """Answers, notes, and what does not apply."""
        answers, notes, reasons = (_mapping(sheet.mark) for _ in range(3))
        for cells in self._table(sheet, ANSWER_COLUMNS, ("id", "answer")):
            question, criterion = cells.get("id"), cells.get("criterion")
            written = [cells[column] for column in ("answer", "note", "not_applicable") if column in cells]
            if question is None:
                for cell in written[:1]:
                    self._refuse(cell, "form.no_question")
                continue
            if question in answers:
                self._refuse(question, "form.twice", name=question[:60], row=answers.key_mark(question).line)
                continue
            answers[question] = cells.get("answer")
            if criterion is not None:
                self.criteria[question] = criterion
            for column, texts in (("note", notes), ("not_applicable", reasons)):
                if column in cells:
                    self._criterion_text(texts, criterion, cells[column])
        parts = {"answers": answers, "notes": notes, "not_applicable": reasons}
        return Mapping((key, part) for key, part in parts.items() if part)

    def _criterion_text(self, texts: Mapping, criterion: CellScalar | None, cell: CellScalar) -> None:
        """A note or reason: it speaks of the whole criterion, so there is one, in whichever of its rows."""
        if criterion is None:
            self._refuse(cell, "form.no_criterion")
        elif criterion not in texts:
            texts[criterion] = cell
        elif texts[criterion] != cell:
            other = texts[criterion]
            self._refuse(cell, "form.two_texts", criterion=criterion[:60], at=address(other.line, other.column))

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(
        self, sheet: Sheet, columns: tuple[str, ...], needed: tuple[str, ...]
    ) -> Iterator[dict[str, CellScalar]]:
        """The rows below the headings, as cells by column. What stands in a column without a heading is refused."""
        rows = iter(sheet.rows.values())
        headings = self._headings(next(rows, {}), columns)
        missing = [column for column in needed if column not in headings.values()]
        if missing:
            names = [Phrase(f"form.column_{column}") for column in missing]
            self.problems.append(Problem(sheet.mark, "", Phrase("form.no_column", columns=names)))
            raise BadFile(self.problems)
        for row in rows:
            for column, cell in row.items():
                if column not in headings:
                    self._refuse(cell, "table.no_heading")
            yield {headings[column]: cell for column, cell in row.items() if column in headings}

    def _headings(self, row: Row, columns: tuple[str, ...]) -> dict[int, str]:
        headings: dict[int, str] = {}
        for place, cell in row.items():
            column = column_of(cell, columns)
            if column is None:
                self._refuse(cell, "form.unknown_column", name=excerpt(cell))
            elif column in headings.values():
                self._refuse(cell, "storage.column_twice", name=excerpt(cell))
            headings[place] = column or ""
        return headings

    def _refuse(self, cell: CellScalar, key: str, **values: object) -> None:
        self.problems.append(Problem(cell.mark, "", Phrase(key, **values)))


def _mapping(mark: Mark) -> Mapping:
    made = Mapping()
    made.mark = mark
    return made
