"""Reports as PDF: what their pages in HTML say, set anew on sheets of A4."""

from collections.abc import Sequence
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.html.comparison import comparison_html
from greenstar.reports.html.network import network_html, network_name
from greenstar.reports.html.report import report_html
from greenstar.reports.pdf.page_tree import PageTree
from greenstar.reports.pdf.typesetting import typeset
from greenstar.reports.views.comparison_report import ComparisonReportView
from greenstar.reports.views.network_report import NetworkReportView
from greenstar.reports.views.report import ReportView

TEMPLATE = "report-sheets.typ"


def report_pdf(view: ReportView, catalogues: Sequence[Catalogue]) -> bytes:
    """The report on a visit as the bytes of a PDF. BadInput: Typst is missing, or a font for Chinese is.

    With more than one catalogue each page is followed by the same one in the next language; so do the others.
    """
    return typeset(TEMPLATE, report_source(view, catalogues))


def network_pdf(view: NetworkReportView, catalogues: Sequence[Catalogue]) -> bytes:
    """The same of the report on a cycle."""
    title = f"{network_name(view, catalogues[0])} {view.cycle}"
    return typeset(TEMPLATE, _source(title, network_html(view, catalogues), catalogues))


def comparison_pdf(view: ComparisonReportView, catalogues: Sequence[Catalogue]) -> bytes:
    """The same of the report on two stores."""
    title = " · ".join((*(visit.store for visit in view.comparison.visits), view.cycle))
    return typeset(TEMPLATE, _source(title, comparison_html(view, catalogues), catalogues))


def report_source(view: ReportView, catalogues: Sequence[Catalogue]) -> dict[str, Any]:
    """What the template is given for the report on a visit."""
    return _source(f"{view.code} {view.cycle}", report_html(view, catalogues), catalogues)


def _source(title: str, html: str, catalogues: Sequence[Catalogue]) -> dict[str, Any]:
    """The tree of a page, and how each language numbers pages."""
    numbers = {
        catalogue.own_language: catalogue.say("report.page", page="\0", pages="\0").split("\0")
        for catalogue in catalogues
    }
    return {"title": title, "sections": PageTree(html).sections(), "numbers": numbers}
