"""A cell of a spreadsheet as a scalar, as YAML would write it; and the answer that it gives to a question."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from typing_extensions import override

from greenstar.assessment.answer_types import Refused, answer_type
from greenstar.assessment.answer_types.base import MOST_SHOWN
from greenstar.assessment.model import Answer
from greenstar.assessment.spreadsheet.removal import is_bare_word
from greenstar.assessment.table_values import as_day, as_typed, names_option
from greenstar.errors import Mark
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.question_types import is_percent
from greenstar.scheme.yaml_tree import Scalar

CellKind = Literal["text", "number", "percent", "day", "boolean"]
_ESCAPE = re.compile("_x((?!d[89a-f])[0-9a-f]{4})_", re.ASCII | re.IGNORECASE)  # how XLSX writes what XML may not hold
_DIGITS = 15  # that every spreadsheet keeps of a number
_DAYS = range(32_874, 73_051)  # numbers that are taken for days: of 1990 to 2099
DAY_0 = date(1899, 12, 30)


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


def cell_scalar(value: Any, mark: Mark, *, percent: bool = False, day_0: date = DAY_0) -> CellScalar | None:
    """The scalar for a value as openpyxl reads it; None where the cell says nothing.

    `percent`: the cell shows it as a percentage. `day_0`: from which the workbook counts its days.
    """
    kind, text, cut_off = _written(value, percent=percent)
    if not text:
        return None
    made = CellScalar(text)
    made.file, made.line, made.column, made.sheet = mark
    made.plain, made.verbatim, made.cut = True, False, False
    made.kind, made.cut_off = kind, cut_off
    is_day = kind == "number" and text.isdecimal() and int(text) in _DAYS
    made.day = (day_0 + timedelta(days=int(text))).isoformat() if is_day else ""
    return made


def _written(value: Any, *, percent: bool) -> tuple[CellKind, str, bool]:
    match value:
        case None:
            return "text", "", False
        case bool():
            return "boolean", "true" if value else "false", False
        case int() | float():
            number = Decimal(repr(value))
            cut_off = len(number.normalize().as_tuple().digits) > _DIGITS
            if cut_off and number != number.to_integral_value():  # what arithmetic left behind the last digit shown
                number, cut_off = Decimal(f"{value:.{_DIGITS}g}"), False
            return ("percent", f"{_plain(number * 100)}%", cut_off) if percent else ("number", _plain(number), cut_off)
        case datetime():
            midnight = value == datetime(value.year, value.month, value.day)  # noqa: DTZ001 - spreadsheets know no zones
            return ("day", f"{value:%Y-%m-%d}", False) if midnight else ("text", f"{value:%Y-%m-%d %H:%M:%S}", False)
        case date():
            return "day", value.isoformat(), False
    return "text", _ESCAPE.sub(lambda code: chr(int(code[1], 16)), str(value)).replace("\r", "").strip(), False


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_value(scheme: Scheme, question: Question, value: Any) -> Answer:
    """The answer that a value of a file gives: a cell, or what stands in YAML or JSON. Refused: none."""
    if isinstance(value, CellScalar):
        return _answer_of_cell(scheme, question, value)
    answer: Answer = answer_type(scheme, question).from_file(value)
    return answer


def _answer_of_cell(scheme: Scheme, question: Question, cell: CellScalar) -> Answer:
    """A number, or a day, that the spreadsheet itself knows as such is never in doubt; a text is read as typed."""
    reader = answer_type(scheme, question)
    if cell.cut_off:
        raise Refused("form.cut_off", found=cell[:MOST_SHOWN])
    if is_bare_word(cell) and not names_option(scheme.options(question), cell):  # of a text nobody knows which is meant
        raise Refused("form.bare_word", found=cell[:MOST_SHOWN])
    answer: Answer
    match question.type, cell.kind:
        case "number", "percent" if is_percent(question.unit):
            answer = reader.from_file(like(cell, cell[:-1]))
        case "number", "number" | "percent":
            answer = reader.from_file(cell)
        case "date", _:
            answer = reader.from_text(day_written(cell))
        case _:
            answer = reader.from_text(as_typed(scheme, question, cell))
    return answer


def day_written(cell: CellScalar) -> str:
    """What a cell says of a day, as 2026-05-12 where it is one: the number of a day counts as one too."""
    return cell.day or as_day(cell)


def like(cell: CellScalar, text: str) -> CellScalar:
    """Another text in the place of what a cell holds."""
    made = CellScalar(text)
    for name in (*Scalar.__slots__, *CellScalar.__slots__):
        setattr(made, name, getattr(cell, name))
    return made
