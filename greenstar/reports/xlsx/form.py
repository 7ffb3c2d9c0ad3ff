"""A form as an .xlsx file: one row a question, with what may be answered; the same form gives the same bytes.

Every text goes in as a text, so that nothing in it is ever run. What is not to be filled in is locked, without a
password: against slips, not against people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

from greenstar.assessment.spreadsheet.addresses import address
from greenstar.assessment.spreadsheet.layout import SHEETS, heading, sheet_title
from greenstar.assessment.spreadsheet.limits import MOST_IN_CELL
from greenstar.assessment.spreadsheet.removal import removal_sign, takes_away
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.form import FormStoreRow, FormView, QuestionRow
from greenstar.reports.views.form_cell import CellValue, FormCell
from greenstar.reports.xlsx.same_bytes import plain_workbook
from greenstar.reports.xlsx.sheet import for_print
from greenstar.scheme.document import QuestionType
from greenstar.text import cell_width, clean_text

_ANSWER_WIDTHS = {
    "place": 11,
    "criterion": 10,
    "title": 22,
    "question": 44,
    "asked_if": 24,
    "unit": 8,
    "allowed": 26,
    "known": 13,
    "previous": 13,
    "answer": 18,
    "note": 28,
    "not_applicable": 22,
    "id": 18,
}
_FINDING_WIDTHS = {
    "criterion": 11,
    "state": 16,
    "severity": 14,
    "text": 44,
    "action": 36,
    "owner": 16,
    "due": 12,
    "still_open": 12,
    "closed": 12,
    "follows": 29,
    "finding_id": 29,
}
_EVIDENCE_WIDTHS = {
    "criterion": 11,
    "file": 40,
    "caption": 44,
    "taken": 22,
    "verified": 10,
    "bytes": 12,
    "sha256": 20,
}
_STORE_WIDTHS = {"what": 52, "unit": 8, "allowed": 28, "value": 30, "key": 28}
_READ_ME_WIDTH = 100
_ONE_LINE = ("sha256",)  # the last column of its sheet, so it has room
_LINE_HEIGHT = 16  # points
_ROOM_FOR_WORDS = 1.15  # lines end between words, so they hold less than their width
_SUBJECTS = ("answers", "empty", "numbers", "options", "reasons", "findings", "evidence", "rows", "back")

_MOST_INLINE, _NOT_INLINE = 255, ',"=\n'  # of a list that stands in the rule of its cell itself
_MOST_MESSAGE = 255
_LOWEST = -(2**53)  # where a whole number has no bound
_GREEN, _GREY, _LINE, _TO_FILL = "#1B5E40", "#8A8F8C", "#D5DDD8", "#FFF8DC"


def form_xlsx(form: FormView, catalogue: Catalogue) -> bytes:
    """The form as the bytes of an .xlsx file."""
    written = BytesIO()
    with plain_workbook(written, f"{form.store} {form.cycle}") as workbook:
        _Writer(workbook, catalogue).write(form)
    return written.getvalue()


class _Writer:
    """Writes the sheets of one form."""

    def __init__(self, workbook: Any, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.looks = _Looks(workbook)
        self.sheets = {sheet: workbook.add_worksheet(sheet_title(sheet, catalogue)) for sheet in SHEETS}
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self, form: FormView) -> None:
        """All sheets."""
        ruled_out = self.catalogue.say("form.does_not_apply")
        answers = self.sheets["answers"]
        self._table(answers, _ANSWER_WIDTHS, [_answer_row(row, ruled_out) for row in form.questions])
        self._table(self.sheets["findings"], _FINDING_WIDTHS, [_Row(row.cells, row.to_fill) for row in form.findings])
        self._table(self.sheets["evidence"], _EVIDENCE_WIDTHS, [_Row(row.cells, row.to_fill) for row in form.evidence])
        self._table(self.sheets["store"], _STORE_WIDTHS, [_store_row(row) for row in form.lines])
        self._read_me(form)
        answers.freeze_panes(1, 2)
        answers.autofilter(0, 0, len(form.questions), len(_ANSWER_WIDTHS) - 1)
        self.sheets["lists"].hide()

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(self, sheet: Any, widths: Mapping[Any, int], rows: list["_Row"]) -> None:
        for place, (column, width) in enumerate(widths.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading(column, self.catalogue), self.looks.heading)
            for number, row in enumerate(rows, 1):
                self._cell(sheet, number, place, row, column)
        for number, row in enumerate(rows, 1):
            lines = max(_lines(row.cells[column], width) for column, width in widths.items() if column not in _ONE_LINE)
            if lines > 1:  # not every spreadsheet program makes room for wrapped texts by itself
                sheet.set_row(number, lines * _LINE_HEIGHT)
        sheet.freeze_panes(1, 0)
        for_print(sheet)
        sheet.repeat_rows(0)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def _cell(self, sheet: Any, number: int, place: int, row: "_Row", column: str) -> None:
        value, field = row.cells[column], row.to_fill.get(column)
        if field is None:
            look = self.looks.locked(value, ruled_out=row.ruled_out, wrapped=column not in _ONE_LINE)
        else:
            look = self.looks.to_fill(field.kind)
            self._rule(sheet, number, place, field)
        _put(sheet, number, place, value, look)

    def _rule(self, sheet: Any, number: int, place: int, field: FormCell) -> None:
        """What the cell takes: only what is on its list, or after a warning what is out of bounds."""
        rule = self._list_rule(field.choices) if field.choices else _number_rule(field)
        if rule is not None:
            asked = not field.choices  # what is on no list is not taken
            message = self.catalogue.say("form.not_allowed", allowed=field.allowed) if asked else field.allowed
            sheet.data_validation(number, place, number, place, {**rule, "error_message": message[:_MOST_MESSAGE]})

    def _list_rule(self, choices: tuple[str, ...]) -> dict[str, Any]:
        inline = all(not set(choice) & set(_NOT_INLINE) for choice in choices)
        fits = len(",".join(choices).encode("utf-16-le")) // 2 <= _MOST_INLINE
        return {"validate": "list", "source": list(choices) if inline and fits else self._range(choices)}

    def _range(self, choices: tuple[str, ...]) -> str:
        """The cells of a hidden sheet in which a list stands that is too long for a rule."""
        if choices not in self.lists:
            place = len(self.lists)
            for number, choice in enumerate(choices):
                _put(self.sheets["lists"], number, place, choice, None)
            column = address(1, place + 1).rstrip("1")
            title = sheet_title("lists", self.catalogue).replace("'", "''")
            self.lists[choices] = f"='{title}'!${column}$1:${column}${len(choices)}"
        return self.lists[choices]

    # -- how to ---------------------------------------------------------------------------------------------------

    def _read_me(self, form: FormView) -> None:
        sheet = self.sheets["read_me"]
        sheet.set_column(0, 0, _READ_ME_WIDTH)
        sheet.hide_gridlines(2)
        title = self.catalogue.say("form.title", store=form.store, cycle=form.cycle)
        _put(sheet, 0, 0, title, self.looks.title)
        scheme = self.catalogue.say("form.by_scheme", scheme=form.title, version=form.version)
        sign = removal_sign(self.catalogue)
        sentences = [scheme, *(self.catalogue.say(f"form.how_{subject}", sign=sign) for subject in _SUBJECTS)]
        for number, sentence in enumerate(sentences, 2):
            _put(sheet, number, 0, sentence, self.looks.sentence)
            sheet.set_row(number, _lines(sentence, _READ_ME_WIDTH) * _LINE_HEIGHT)


class _Looks:
    """How cells look, and whether they are locked."""

    def __init__(self, workbook: Any) -> None:
        cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": _LINE}
        to_fill = {**cell, "bg_color": _TO_FILL, "locked": False}
        day = {"num_format": "yyyy-mm-dd", "align": "left"}
        self.heading = workbook.add_format({**cell, "bold": True, "font_color": "white", "bg_color": _GREEN})
        self.title = workbook.add_format({"bold": True, "font_size": 16, "font_color": _GREEN})
        self.sentence = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._plain, self._day = workbook.add_format(cell), workbook.add_format({**cell, **day})
        self._unwrapped = workbook.add_format({**cell, "text_wrap": False})
        self._ruled_out = workbook.add_format({**cell, "font_color": _GREY, "italic": True})
        self._number_to_fill = workbook.add_format({**to_fill, "align": "left"})
        self._day_to_fill = workbook.add_format({**to_fill, **day})
        self._text_to_fill = workbook.add_format({**to_fill, "num_format": "@"})  # `1-2` stays a text

    def locked(self, value: CellValue, *, ruled_out: bool, wrapped: bool) -> Any:
        """The look of what is only to be read."""
        if not wrapped:
            return self._unwrapped
        if isinstance(value, date):
            return self._day
        return self._ruled_out if ruled_out else self._plain

    def to_fill(self, kind: QuestionType) -> Any:
        """The look of what is to be filled in."""
        return {"number": self._number_to_fill, "date": self._day_to_fill}.get(kind, self._text_to_fill)


@dataclass(frozen=True)
class _Row:
    """The cells of a row by their columns; those to fill in with what they take."""

    cells: Mapping[str, CellValue]
    to_fill: Mapping[str, FormCell]
    ruled_out: bool = False


def _lines(value: CellValue, width: int) -> int:
    """How many lines a text takes in a column of that width."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(cell_width(line) * _ROOM_FOR_WORDS / width)) for line in value.split("\n"))


def _answer_row(row: QuestionRow, ruled_out: str) -> _Row:
    cells: dict[str, CellValue] = {
        "place": row.place,
        "criterion": row.criterion,
        "title": row.title,
        "question": row.question,
        "asked_if": row.asked_if,
        "unit": row.field.unit,
        "allowed": row.field.allowed if row.applies else ruled_out,
        "known": row.known,
        "previous": row.previous,
        "answer": "",
        "note": _left_as_it_is(row.note),
        "not_applicable": _left_as_it_is(row.reason),
        "id": row.id,
    }
    of_criterion = {"note": FormCell(), "not_applicable": FormCell()} if row.first else {}
    return _Row(cells, {"answer": row.field, **of_criterion}, ruled_out=not row.applies)


def _left_as_it_is(value: CellValue) -> CellValue:
    """What a cell holds; nothing, which changes nothing, for a text that would be read as the sign that removes."""
    return "" if isinstance(value, str) and takes_away(value) else value


def _store_row(row: FormStoreRow) -> _Row:
    cells = {
        "what": row.what,
        "unit": row.field.unit,
        "allowed": row.field.allowed,
        "value": _left_as_it_is(row.value),
        "key": row.key,
    }
    return _Row(cells, {} if row.fixed else {"value": row.field})


def _number_rule(field: FormCell) -> dict[str, Any] | None:
    """A warning where a number is out of bounds, or should be whole."""
    if field.kind != "number" or (field.low is None and field.high is None and not field.whole):
        return None
    low, high = (None if bound is None else float(bound) for bound in (field.low, field.high))
    rule: dict[str, Any] = {"validate": "integer" if field.whole else "decimal", "error_type": "warning"}
    if low is not None and high is not None:
        return {**rule, "criteria": "between", "minimum": low, "maximum": high}
    if high is not None:
        return {**rule, "criteria": "<=", "value": high}
    return {**rule, "criteria": ">=", "value": _LOWEST if low is None else low}


def _put(sheet: Any, row: int, place: int, value: CellValue, look: Any) -> None:
    """Write a value as what it is; a text is never run, and clean, as those are that are read back."""
    match value:
        case "":
            sheet.write_blank(row, place, None, look)
        case str():
            sheet.write_string(row, place, clean_text(value)[:MOST_IN_CELL], look)
        case date():
            sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001 - a day
        case _:
            sheet.write_number(row, place, value, look)
