"""An XLSForm as an .xlsx file: the sheets survey, choices and settings; the same form gives the same bytes."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from greenstar.reports.views.xlsform import Row, XlsForm
from greenstar.reports.xlsx.same_bytes import plain_workbook

_WIDTHS = {"type": 26, "name": 28, "list_name": 26}
_WIDE = 44


def xlsform_xlsx(form: XlsForm) -> bytes:
    """The form as the bytes of an .xlsx file; every cell is a text, so that nothing in it is ever run."""
    content = BytesIO()
    with plain_workbook(content, form.settings["form_title"]) as workbook:
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
