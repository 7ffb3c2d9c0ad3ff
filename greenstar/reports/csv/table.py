"""Rows as CSV: UTF-8 with a byte-order mark, so that Excel reads Chinese, and no cell that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from greenstar.numbers import NUMBER
from greenstar.services.results.columns import (
    AnswerColumns,
    CriterionColumns,
    FindingColumns,
    LastRankingColumns,
    LastScoreColumns,
    RankingColumns,
    ScoreColumns,
    names,
)
from greenstar.text import terminal_text

COLUMNS = {
    "scores": names(ScoreColumns),
    "criteria": names(CriterionColumns),
    "answers": names(AnswerColumns),
    "findings": names(FindingColumns),
    "ranking": names(RankingColumns),
}
"""The columns of each table. They are promises: only ever added to."""
LAST = {"scores": names(LastScoreColumns), "ranking": names(LastRankingColumns)}
"""Columns that came later than those that the scheme adds, and stand behind them."""
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RUN_INSIDE = re.compile(rf'([;\t\n][\s"]*)(?=[-=+@＝＋－＠])(?!{NUMBER.pattern}(?:[;\t\n]|$))', re.ASCII)


def columns_of(table: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The table's own columns, then those that the scheme adds, in the order in which they come up, then `LAST`."""
    last = LAST.get(table, ())
    added = [column for row in rows for column in row if column not in last]
    return list(dict.fromkeys([*COLUMNS[table], *added, *last]))


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
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)):f}"  # in plain digits, whatever its size
    return defused(terminal_text(value)) if isinstance(value, str) else value


def defused(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet would take for a formula; a plain number is none.

    Where semicolons or tabs part the columns, a cell begins after each of them, and a row after each line end.
    """
    start = f"'{text}" if text.startswith(_RUN) and not NUMBER.fullmatch(text) else text
    return _RUN_INSIDE.sub(r"\1'", start)
