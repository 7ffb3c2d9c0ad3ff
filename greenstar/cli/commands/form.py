"""`greenstar form`: the questions of a visit as a spreadsheet, which `record` takes back."""

import sys

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import OneOf, option, store_argument
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.views.form import form_view
from greenstar.reports.xlsx.form import form_xlsx
from greenstar.services.visit.form import form_of


@command("form", about="cli.about_form", examples=("greenstar form WX-001 --format xlsx -o WX-001.xlsx",))
@store_argument()
@option("--format", "form", type=OneOf("xlsx"), required=True, metavar="xlsx", words="cli.opt_form_format")
@option("-o", "--output", "target", default="-", metavar="FILE", words="cli.opt_output")
def form(session: Session, store: str, *, form: str, target: str) -> None:  # noqa: ARG001 - the format: there is one
    """Write the form of a store's visit."""
    if target == "-" and sys.stdout.isatty():
        raise BadInput("form.to_terminal")
    with session.workspace(write=False) as workspace:
        view = form_view(form_of(workspace, store), session.catalogue)
    output.data(form_xlsx(view, session.catalogue), target)
    if target != "-":
        output.note(session.text("cli.exported", path=target))
