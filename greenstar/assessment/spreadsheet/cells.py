"""A cell of a spreadsheet as a scalar, as YAML would write it; and the answer that it gives to a question."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from greenstar.assessment.answer_types import Refused, answer_type
from greenstar.assessment.answer_types.base import MOST_SHOWN
from greenstar.assessment.answer_types.option_names import names_option
from greenstar.assessment.cell import CellKind, CellScalar
from greenstar.assessment.model import Answer
from greenstar.assessment.spreadsheet.limits import DAY_0, DIGITS
from greenstar.assessment.spreadsheet.removal import is_bare_word
from greenstar.errors import Mark
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme

_ESCAPE = re.compile("_x((?!d[89a-f])[0-9a-f]{4})_", re.ASCII | re.IGNORECASE)  # how XLSX writes what XML may not hold
_DAYS = range(32_874, 73_051)  # numbers that are taken for days: of 1990 to 2099


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
            cut_off = len(number.normalize().as_tuple().digits) > DIGITS
            if cut_off and number != number.to_integral_value():  # what arithmetic left behind the last digit shown
                number, cut_off = Decimal(f"{value:.{DIGITS}g}"), False
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
    if cell.cut_off:
        raise Refused("form.cut_off", found=cell[:MOST_SHOWN])
    if is_bare_word(cell) and not names_option(scheme.options(question), cell):  # of a text nobody knows which is meant
        raise Refused("form.bare_word", found=cell[:MOST_SHOWN])
    answer: Answer = answer_type(scheme, question).from_cell(cell)
    return answer
