"""`greenstar xlsform`: the scheme as a form for other people's phones, which `record --from-odk` reads back."""

import sys
from pathlib import Path

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import option
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.views.xlsform import xlsform_view
from greenstar.reports.xlsx.xlsform import xlsform_xlsx
from greenstar.scheme.model import Scheme


@command("xlsform", about="cli.about_xlsform", examples=("greenstar xlsform -o green-star.xlsx",))
@option("-o", "--output", "target", default="-", metavar="FILE", words="cli.opt_output")
def xlsform(session: Session, target: str) -> None:
    """Write the scheme as an XLSForm, and say which conditions no phone can work out."""
    if target == "-" and sys.stdout.isatty():
        raise BadInput("phones.to_terminal")
    form = xlsform_view(_scheme(session))
    output.data(xlsform_xlsx(form), target)
    for sentence in form.left_out:
        output.note(session.catalogue.render(sentence))
    if target != "-":
        output.note(session.text("cli.exported", path=target))


def _scheme(session: Session) -> Scheme:
    """The scheme that visits here stand on; a form needs no database, and then it is the one asked for or shipped."""
    try:
        with session.workspace(write=False) as workspace:
            return workspace.scheme
    except BadInput as error:
        if error.message.key != "storage.no_database":
            raise
    return session.scheme_finder()(None, Path())
