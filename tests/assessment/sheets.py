"""Filled forms, written cell by cell."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

HEADINGS = ("Criterion", "Question id", "Answer", "Note", "Not applicable, because")
STORE: Mapping[str, Any] = {"store.code": "WX-001", "cycle": "2026"}


def write_form(
    path: Path,
    rows: Sequence[Sequence[Any]],
    store: Mapping[str, Any] = STORE,
    *,
    headings: tuple[str, ...] = HEADINGS,
    sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Path:
    """A form with these rows below the headings; a cell may be a value, or a value with the format of its cell."""
    tables: dict[str, Sequence[Sequence[Any]]] = {
        "Answers": [list(headings), *rows],
        "Store": [["Key", "Value"], *([key, value] for key, value in store.items())],
        **(sheets or {}),
    }
    with xlsxwriter.Workbook(str(path), {"in_memory": True, **(options or {})}) as workbook:
        for title, table in tables.items():
            sheet = workbook.add_worksheet(title)
            for number, row in enumerate(table):
                for place, cell in enumerate(row):
                    value, shape = cell if isinstance(cell, tuple) else (cell, None)
                    look = workbook.add_format({"num_format": shape}) if shape else None
                    if value == "":
                        sheet.write_blank(number, place, None, look)
                    elif isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(number, place, value, look, 12)
                    else:
                        sheet.write(number, place, value, *([look] if look else []))
    return path
