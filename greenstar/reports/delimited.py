"""Rows as CSV: UTF-8 with a byte-order mark, so that Excel reads Chinese, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from greenstar.exact import NUMBER

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A header row and the rows, in the order of `columns`."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([defused(column) for column in columns])
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return written.getvalue().encode("utf-8-sig", "backslashreplace")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return defused(value) if isinstance(value, str) else value


def defused(text: str) -> str:
    """`text` with an apostrophe before what a spreadsheet would take for a formula; a plain number is none."""
    return f"'{text}" if text.startswith(_RUN) and not NUMBER.fullmatch(text) else text
