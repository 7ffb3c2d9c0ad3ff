"""A form on paper as one HTML file, to be printed from any browser: a section a page, each with a QR code."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.html.page import drawn, page, style
from greenstar.reports.svg.qr import qr_code
from greenstar.reports.views.paper import PaperForm


def paper_html(form: PaperForm, catalogue: Catalogue) -> str:
    """The form as a page."""
    codes = [drawn(qr_code(sheet.code, sheet.code)) for sheet in form.pages]
    return page(
        "paper.html", form=form, codes=codes, say=catalogue.say, language=catalogue.own_language, css=style("paper.css")
    )
