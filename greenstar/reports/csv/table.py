"""Rows as CSV: UTF-8 with a byte-order mark, so that Excel reads Chinese, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from greenstar.assessment.spreadsheet.defusing import defused
from greenstar.text import terminal_text

_AT_ONCE = 500  # rows that are written together
_BOM = "\ufeff"
_LEAST, _MOST = 1e-4, 1e15  # between them no float is written with an exponent
_SHORT = 80  # characters; shorter texts come again and again, as hashes do


def csv_pieces(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A header row and the rows, in the order of `columns`; a piece is whole lines."""
    names = list(columns)
    yield (_BOM + _lines([[defused(column) for column in names]])).encode("utf-8", "backslashreplace")
    remaining = iter(rows)
    while batch := [_cells(row.get(name) for name in names) for row in islice(remaining, _AT_ONCE)]:
        yield _lines(batch).encode("utf-8", "backslashreplace")


def _lines(rows: list[list[Any]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _cells(values: Iterable[Any]) -> list[Any]:
    """What the writer spells as it should is left to it: nothing, whole numbers, and floats without an exponent."""
    return [
        value
        if value is None or (kind := type(value)) is int or (kind is float and (_LEAST <= value < _MOST or not value))
        else _cell(value)
        for value in values
    ]


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return _short_text(value) if len(value) < _SHORT else _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)):f}"  # in plain digits, whatever its size
    return value


def _text(value: str) -> str:
    return defused(terminal_text(value))


_short_text = lru_cache(maxsize=4096)(_text)
