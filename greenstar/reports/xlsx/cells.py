"""Cells of an exported sheet: each kind of value as a spreadsheet has it, and never a formula."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from greenstar.assessment.spreadsheet.limits import DAY_0, DIGITS, MOST_IN_CELL
from greenstar.services.results.column_kinds import Kind
from greenstar.text import clean_text

_DAY_0 = DAY_0.toordinal()
_FIRST_DAY = date(1900, 3, 1).toordinal()  # before it spreadsheets count a day that never was
_SECONDS = 86_400

Put = Callable[[int, int, Any], None]
"""Writes a value into the cell of a row and column; nothing for None."""


class Cells:
    """Writes the cells of one sheet, and counts the texts that were too long for theirs."""

    def __init__(self, sheet: Any, looks: "Looks", sign: str) -> None:
        self.cut = 0
        self._sheet = sheet
        self._looks = looks
        self._sign = sign
        self._string, self._number = sheet.write_string, sheet.write_number

    def put_of(self, kind: Kind) -> Put:
        """What writes the values of a column."""
        puts: dict[Kind, Put] = {
            "text": self.text,
            "number": self.number,
            "whole": self.number,
            "truth": self.truth,
            "day": self.day,
            "time": self.time,
            "value": self.value,
        }
        return puts[kind]

    def text(self, row: int, column: int, text: str) -> None:
        """A text; what is too long for a cell ends with a sign that says so."""
        if not text.isprintable():
            text = clean_text(text)
        if len(text) > MOST_IN_CELL:
            self.cut += 1
            text = text[: MOST_IN_CELL - len(self._sign)] + self._sign
        self._string(row, column, text)

    def number(self, row: int, column: int, number: float | Decimal) -> None:
        """A number; one with more digits than a spreadsheet keeps stands as text."""
        if type(number) is float or _fits(number):
            self._number(row, column, number)
        else:
            self._string(row, column, f"{number:f}" if isinstance(number, Decimal) else str(number))

    def truth(self, row: int, column: int, truth: bool) -> None:
        """A truth value."""
        self._sheet.write_boolean(row, column, truth)

    def day(self, row: int, column: int, day: str) -> None:
        """A day."""
        number = _serial_day(day)
        if number is None:
            self.text(row, column, day)
        else:
            self._number(row, column, number, self._looks.day)

    def time(self, row: int, column: int, time: str) -> None:
        """A time, as UTC."""
        number = _serial_time(time)
        if number is None:
            self.text(row, column, time)
        else:
            self._number(row, column, number, self._looks.time)

    def value(self, row: int, column: int, value: Any) -> None:
        """A value of whatever kind it is."""
        if isinstance(value, bool):
            self.truth(row, column, value)
        elif isinstance(value, str):
            self.text(row, column, value)
        else:  # what was answered is kept to its last digit, whatever type it has here
            self.number(row, column, Decimal(repr(value)) if isinstance(value, float) else value)


class Looks:
    """How cells of exported sheets look."""

    def __init__(self, workbook: Any) -> None:
        green = {"bold": True, "font_color": "white", "bg_color": "#1B5E40", "text_wrap": True, "valign": "top"}
        self.heading = workbook.add_format({**green, "border": 1, "border_color": "#D5DDD8"})
        self.title = workbook.add_format({"bold": True, "font_size": 16, "font_color": "#1B5E40"})
        self.sentence = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.time = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})


def _fits(number: float | Decimal) -> bool:
    if isinstance(number, Decimal):
        return len(number.normalize().as_tuple().digits) <= DIGITS
    return bool(-(10**DIGITS) < number < 10**DIGITS)


@lru_cache(maxsize=4096)
def _serial_day(text: str) -> int | None:
    try:
        ordinal = date.fromisoformat(text).toordinal()
    except ValueError:
        return None
    return ordinal - _DAY_0 if ordinal >= _FIRST_DAY else None


def _serial_time(text: str) -> float | None:
    """The days since the first, as spreadsheets count them, to the second."""
    day = _serial_day(text[:10])
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    if day is None or time.utcoffset() not in (None, UTC.utcoffset(None)):
        return None
    return day + (time.hour * 3600 + time.minute * 60 + time.second) / _SECONDS
