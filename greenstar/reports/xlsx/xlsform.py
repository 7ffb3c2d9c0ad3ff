"""An XLSForm as an .xlsx file: the sheets survey, choices and settings; the same form gives the same bytes."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from greenstar.reports.views.xlsform import Row, XlsForm

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - XlsxWriter knows no zones; else each call would give other bytes
_WIDTHS = {"type": 26, "name": 28, "list_name": 26}
_WIDE = 44


def xlsform_xlsx(form: XlsForm) -> bytes:
    """The form as the bytes of an .xlsx file; every cell is a text, so that nothing in it is ever run."""
    content = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, settings) as workbook:
        workbook.set_properties({"title": form.settings["form_title"], "created": _CREATED})
        _sheet(workbook, "survey", form.survey)
        _sheet(workbook, "choices", form.choices)
        _sheet(workbook, "settings", [form.settings])
    return content.getvalue()


def _sheet(workbook: Any, title: str, rows: Iterable[Row]) -> None:
    listed = list(rows)
    headings = list(dict.fromkeys(heading for row in listed for heading in row))
    sheet = workbook.add_worksheet(title)
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 2)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, _WIDTHS.get(heading, _WIDE))
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(listed, 1):
        for column, heading in enumerate(headings):
            if heading in row:
                sheet.write_string(number, column, row[heading])
