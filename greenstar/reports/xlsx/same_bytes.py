"""A workbook that is held in memory: the same content gives the same bytes, and nothing in it is ever run."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

import xlsxwriter

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - XlsxWriter knows no zones; else each call would give other bytes
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def plain_workbook(target: IO[bytes], title: str) -> Iterator[Any]:
    """A workbook to be filled; afterwards it stands in `target`."""
    with xlsxwriter.Workbook(target, _PLAIN) as workbook:
        workbook.set_properties({"title": title, "created": _CREATED})
        yield workbook
