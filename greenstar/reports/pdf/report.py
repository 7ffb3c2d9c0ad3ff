"""The report on one visit as a PDF: what its page in HTML says, set anew on sheets of A4."""

from collections.abc import Sequence
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.html.report import report_html
from greenstar.reports.pdf.page_tree import PageTree
from greenstar.reports.pdf.typesetting import typeset
from greenstar.reports.views.report import ReportView

TEMPLATE = "report-sheets.typ"


def report_pdf(view: ReportView, catalogues: Sequence[Catalogue]) -> bytes:
    """The report as the bytes of a PDF. BadInput: Typst is missing, or a font for Chinese is.

    With more than one catalogue each page is followed by the same one in the next language.
    """
    return typeset(TEMPLATE, report_source(view, catalogues))


def report_source(view: ReportView, catalogues: Sequence[Catalogue]) -> dict[str, Any]:
    """What the template is given: the tree of the page, and how each language numbers pages."""
    numbers = {
        catalogue.own_language: catalogue.say("report.page", page="\0", pages="\0").split("\0")
        for catalogue in catalogues
    }
    sections = PageTree(report_html(view, catalogues)).sections()
    return {"title": f"{view.code} {view.cycle}", "sections": sections, "numbers": numbers}
