"""The findings and the evidence of a filled form, as the lists that an answers file has of them."""

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.answer_types.base import MOST_SHOWN
from greenstar.assessment.answer_types.boolean import truth_of_cell
from greenstar.assessment.answer_types.date import day_of_cell
from greenstar.assessment.cell import CellScalar, like
from greenstar.assessment.model import FINDING_KEYS
from greenstar.assessment.spreadsheet.layout import EVIDENCE_COLUMNS, FINDING_COLUMNS
from greenstar.assessment.spreadsheet.tables import TableRow, Tables, mapping, sequence
from greenstar.assessment.spreadsheet.workbook import ReadSheet
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.severities import SEVERITIES
from greenstar.scheme.yaml_tree import Mapping, Sequence
from greenstar.text import folded

_FINDING_KEYS = {
    **{key: key for key in (*FINDING_KEYS, "follows")},
    "finding_id": "id",
}
_EVIDENCE_KEYS = {
    **{key: key for key in ("file", "caption", "verified", "bytes", "sha256")},
    "taken": "taken_at",
}
_OF_FINDING, _OF_EVIDENCE = ("criterion", "severity", "text"), ("criterion", "file")  # none is without
_DAYS = ("due", "closed", "taken")
_FREE = ("text", "action", "caption")  # where a day is a text like any other


def findings_in(sheet: ReadSheet, tables: Tables) -> Sequence:
    """The findings; an open one of the last visit only where it is said what became of it."""
    findings = sequence(sheet.mark)
    for row in tables.rows(sheet, FINDING_COLUMNS, _OF_FINDING):
        cells = _plain_cells(row, tables)
        if _is_settled(row, tables) and _is_whole(row, cells, _OF_FINDING, tables):
            cells["severity"] = _severity(cells["severity"])
            findings.append(_entry(cells, _FINDING_KEYS))
    return findings


def evidence_in(sheet: ReadSheet, tables: Tables) -> Mapping:
    """The evidence by criterion."""
    evidence = mapping(sheet.mark)
    for row in tables.rows(sheet, EVIDENCE_COLUMNS, _OF_EVIDENCE):
        cells = _plain_cells(row, tables)
        if "verified" in cells:
            cells["verified"] = truth_as_written(cells["verified"], tables)
        if _is_whole(row, cells, _OF_EVIDENCE, tables):
            criterion = row["criterion"]
            if criterion not in evidence:
                evidence[criterion] = sequence(criterion.mark)
            evidence[criterion].append(_entry(cells, _EVIDENCE_KEYS))
    return evidence


def _is_settled(row: TableRow, tables: Tables) -> bool:
    """Whether a row is a finding of this visit. One of the last visit is where it is open still, or closed now."""
    still_open, closed = row.get("still_open"), row.get("closed")
    if still_open is not None:
        truth = _truth(still_open, tables)
        if truth is True and closed is not None:
            tables.refuse(still_open, "form.open_and_closed", column=Phrase("form.column_closed"))
        if truth is False and closed is None:
            tables.refuse(still_open, "form.closed_when", column=Phrase("form.column_closed"))
        return True
    only_listed = "follows" in row and "finding_id" not in row
    return closed is not None or not only_listed


def _is_whole(row: TableRow, cells: dict[str, CellScalar], needed: tuple[str, ...], tables: Tables) -> bool:
    """Whether a row has what it must have; one that only says a state, which is for people, says nothing.

    What is wrong in a cell already is not called missing.
    """
    if row.keys() <= {"state"}:
        return False
    for column in needed:
        if column not in row and not tables.is_refused(row.mark_of(column)):
            tables.refuse_at(row.mark_of(column), "form.cell_needed", column=Phrase(f"form.column_{column}"))
    return all(column in cells for column in needed)


def _plain_cells(row: TableRow, tables: Tables) -> dict[str, CellScalar]:
    """The cells, days as days. What only looks like a text is refused, and so is the sign that removes answers."""
    cells = {}
    for column, cell in row.items():
        if tables.takes_away(cell):
            tables.refuse(cell, "form.remove_here")
        elif column in _DAYS:
            cells[column] = like(cell, day_of_cell(cell))
        elif cell.kind == "day" and column not in _FREE:
            tables.refuse(cell, "form.day_here", day=cell)
        else:
            cells[column] = cell
    return cells


def _severity(cell: CellScalar) -> CellScalar:
    """The severity by its id, where it is written by its word in some language."""
    for severity in SEVERITIES:
        words = {severity, *(Catalogue(language).say(f"tui.severity_{severity}") for language in LANGUAGES)}
        if folded(cell) in map(folded, words):
            return like(cell, severity)
    return cell


def _truth(cell: CellScalar, tables: Tables) -> bool | None:
    try:
        return truth_of_cell(cell)
    except Refused:
        tables.refuse(cell, "answers.expected_boolean", found=cell[:MOST_SHOWN])
        return None


def truth_as_written(cell: CellScalar, tables: Tables) -> CellScalar:
    """Yes or no, as YAML would write it; what is neither is refused."""
    return like(cell, "true" if _truth(cell, tables) else "false")


def _entry(cells: dict[str, CellScalar], keys: dict[str, str]) -> Mapping:
    """An entry of the document; each key stands where its cell does."""
    entry = mapping(next(iter(cells.values())).mark)
    for column, key in keys.items():
        if column in cells:
            entry[like(cells[column], key)] = cells[column]
    return entry
