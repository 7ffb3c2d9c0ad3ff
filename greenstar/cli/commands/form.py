"""`greenstar form`: the questions of a visit as a spreadsheet, which `record` takes back, or on paper."""

import sys

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import OneOf, option, store_argument
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.form import FormView, form_view
from greenstar.reports.views.paper import paper_view
from greenstar.reports.xlsx.form import form_xlsx
from greenstar.scheme.model import Scheme
from greenstar.services.visit.form import form_of

FORMATS = ("xlsx", "html", "pdf")


@command("form", about="cli.about_form", examples=("greenstar form WX-001 --format xlsx -o WX-001.xlsx",))
@store_argument()
@option(
    "--format",
    "form",
    type=OneOf(*FORMATS),
    required=True,
    metavar="F",
    words="paper.opt_form",
)
@option("-o", "--output", "target", default="-", metavar="FILE", words="cli.opt_output")
def form(session: Session, store: str, *, form: str, target: str) -> None:
    """Write the form of a store's visit."""
    if form != "html" and target == "-" and sys.stdout.isatty():
        raise BadInput("form.to_terminal")
    with session.workspace(write=False) as workspace:
        asked = form_of(workspace, store)
        view = form_view(asked, session.catalogue)
    output.data(_written(view, asked.scheme, form, session.catalogue), target)
    if target != "-":
        output.note(session.text("cli.exported", path=target))


def _written(view: FormView, scheme: Scheme, form: str, catalogue: Catalogue) -> bytes:
    if form == "xlsx":
        return form_xlsx(view, catalogue)
    paper = paper_view(view, scheme, catalogue)
    if form == "pdf":
        from greenstar.reports.pdf.paper import paper_pdf  # noqa: PLC0415  (as below)

        return paper_pdf(paper, catalogue)
    from greenstar.reports.html.paper import paper_html  # noqa: PLC0415  (only paper needs templates)

    return paper_html(paper, catalogue).encode()
