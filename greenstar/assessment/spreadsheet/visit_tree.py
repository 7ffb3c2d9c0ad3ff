"""A form that was filled in, as the tree that the same visit gives in YAML: from there on there is one reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenstar.assessment.answer_types.date import day_of_cell
from greenstar.assessment.cell import CellScalar, like
from greenstar.assessment.spreadsheet.addresses import address
from greenstar.assessment.spreadsheet.entry_sheets import evidence_in, findings_in, truth_as_written
from greenstar.assessment.spreadsheet.layout import ANSWER_COLUMNS, HEADER_KEYS, IN_FACTS, IN_STORE, STORE_COLUMNS
from greenstar.assessment.spreadsheet.tables import TableRow, Tables, mapping, sequence
from greenstar.assessment.spreadsheet.visits import by_visit
from greenstar.assessment.spreadsheet.workbook import ReadSheet, ReadSheets, read_sheets
from greenstar.errors import Problem
from greenstar.scheme.yaml_tree import Mapping

_CHECK_VISIT = "check_visit"


@dataclass(frozen=True)
class FilledForm:
    """The tree of a visit, the criterion that stands beside each question, and what is wrong in the form itself."""

    tree: Mapping
    criteria: dict[str, CellScalar]
    problems: list[Problem]


def read_forms(path: Path) -> Iterator[FilledForm]:
    """The visit in the .xlsx file `path`, or each of those that were exported to it.

    BadInput, BadFile: it is no form, or lacks a column.
    """
    return map(_filled_form, by_visit(read_sheets(path)))


def _filled_form(sheets: ReadSheets) -> FilledForm:
    builder = _Builder(Tables(sheets.problems, signs=not sheets.exported))
    tree = builder.store_sheet(sheets.store)
    tree |= builder.answers_sheet(sheets.answers)
    for key, sheet, entries_in in (
        ("findings", sheets.findings, findings_in),
        ("evidence", sheets.evidence, evidence_in),
    ):
        if sheet is not None and (entries := entries_in(sheet, builder.tables)):
            tree[key] = entries
    tree.mark = sheets.store.mark
    return FilledForm(tree, builder.criteria, builder.tables.problems)


class _Builder:
    """Puts cells into the places that they have in the document."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.criteria: dict[str, CellScalar] = {}

    # -- the store -----------------------------------------------------------------------------------------------

    def store_sheet(self, sheet: ReadSheet) -> Mapping:
        """The header of the visit, and its store with the facts."""
        document, store, facts = (mapping(sheet.mark) for _ in range(3))
        for row in self.tables.rows(sheet, STORE_COLUMNS, ("key", "value")):
            key, value = row.get("key"), row.get("value")
            if key is None:
                if value is not None:
                    self.tables.refuse(value, "form.no_key")
                continue
            part, name = document, key
            for start, inner in ((IN_STORE, store), (IN_FACTS, facts)):
                if key.startswith(start):
                    part, name = inner, like(key, key.removeprefix(start))
            if part is document and key not in (*HEADER_KEYS, _CHECK_VISIT):
                self.tables.refuse(key, "answers.unknown_key", name=key[:60])
            elif name in part:
                self.tables.refuse(key, "form.twice", name=key[:60], row=part.key_mark(name).line)
            elif value is not None and value.kind == "day" and part is not facts and key != "visited":
                self.tables.refuse(value, "form.day_here", day=value)
            elif value is not None and self.tables.takes_away(value):
                self.tables.refuse(value, "form.remove_here")
            else:
                part[name] = self._header_value(key, value)
        if facts:
            store["facts"] = facts
        document["store"] = store
        return document

    def _header_value(self, key: str, value: CellScalar | None) -> CellScalar | None:
        if value is None:
            return None
        if key == "visited":
            return like(value, day_of_cell(value))
        return truth_as_written(value, self.tables) if key == _CHECK_VISIT else value

    # -- the answers ---------------------------------------------------------------------------------------------

    def answers_sheet(self, sheet: ReadSheet) -> Mapping:
        """Answers and their formulas, what is taken away, notes, and what does not apply."""
        rows, answers, not_asked, formulas, notes, reasons = (mapping(sheet.mark) for _ in range(6))
        removed = sequence(sheet.mark)
        for question, row in self._question_rows(sheet):
            answer, criterion = row.get("answer"), row.get("criterion")
            if question in rows:
                self.tables.refuse(question, "form.twice", name=question[:60], row=rows.key_mark(question).line)
                continue
            rows[question] = answer
            if answer is not None and self.tables.takes_away(answer):
                removed.append(like(answer, question))
            elif answer is not None or "not_asked" not in row:
                answers[question] = answer
            if "not_asked" in row:
                not_asked[question] = row["not_asked"]
            if "formula" in row:
                self._formula(formulas, question, row["formula"])
            if criterion is not None:
                self.criteria[question] = criterion
            for column, texts in (("note", notes), ("not_applicable", reasons)):
                if column in row:
                    self._criterion_text(texts, criterion, row[column])
        parts = {
            "answers": answers,
            "not_asked": not_asked,
            "formulas": formulas,
            "remove": removed,
            "notes": notes,
            "not_applicable": reasons,
        }
        return Mapping((key, part) for key, part in parts.items() if part)

    def _question_rows(self, sheet: ReadSheet) -> Iterator[tuple[CellScalar, TableRow]]:
        """The rows that are of a question; in others nothing may be written."""
        for row in self.tables.rows(sheet, ANSWER_COLUMNS, ("id", "answer")):
            if "id" in row:
                yield row["id"], row
                continue
            written = [
                row[column] for column in ("answer", "not_asked", "formula", "note", "not_applicable") if column in row
            ]
            for cell in written[:1]:
                self.tables.refuse(cell, "form.no_question")

    def _formula(self, formulas: Mapping, question: CellScalar, cell: CellScalar) -> None:
        """How the answer of the row was calculated."""
        if self.tables.takes_away(cell):
            self.tables.refuse(cell, "form.remove_here")
        else:
            formulas[question] = cell

    def _criterion_text(self, texts: Mapping, criterion: CellScalar | None, cell: CellScalar) -> None:
        """A note or reason: it speaks of the whole criterion, so there is one, in whichever of its rows."""
        if criterion is None:
            self.tables.refuse(cell, "form.no_criterion")
        elif self.tables.takes_away(cell):
            self.tables.refuse(cell, "form.remove_here")
        elif criterion not in texts:
            texts[criterion] = cell
        elif texts[criterion] != cell:
            other = texts[criterion]
            self.tables.refuse(cell, "form.two_texts", criterion=criterion[:60], at=address(other.line, other.column))
