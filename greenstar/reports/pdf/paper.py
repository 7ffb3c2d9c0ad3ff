"""A form on paper as a PDF: the pages of the view, one to a sheet."""

from dataclasses import asdict
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.pdf.typesetting import typeset
from greenstar.reports.svg.qr import qr_code
from greenstar.reports.views.paper import PaperForm
from greenstar.text import held_together


def paper_pdf(form: PaperForm, catalogue: Catalogue) -> bytes:
    """The form as the bytes of a PDF. BadInput: Typst is missing, or a font for Chinese is."""
    say = catalogue.say
    key_in, count = say("paper.key_in", store=form.store), len(form.pages)
    pages = [
        {
            **asdict(sheet),
            "picture": qr_code(sheet.code, sheet.code),
            "said": f"{say('paper.page', number=sheet.number, count=count)} · {key_in}",
        }
        for sheet in form.pages
    ]
    headings = [say("paper.code"), say("form.column_question"), say("form.column_answer")]
    language = catalogue.own_language
    told = {**asdict(form), "pages": pages, "headings": headings, "language": language}
    return typeset("on-paper.typ", _held_together(told))


def _held_together(told: Any) -> Any:
    """All texts with their numbers and units held together."""
    match told:
        case str():
            return held_together(told)
        case dict():
            return {name: _held_together(part) for name, part in told.items()}
        case list() | tuple():
            return [_held_together(part) for part in told]
    return told
