"""`greenstar certificates`: the register."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import Count, as_json, option
from greenstar.cli.session import Session
from greenstar.reports.text.certificates import register_table
from greenstar.services.results import register
from greenstar.services.results.tables.extract import Extract

_MOST_MONTHS = 1200


@command(
    "certificates",
    about="export.about_certificates",
    examples=("greenstar certificates --expiring 3", "greenstar certificates --cycle 2026 --json"),
)
@option("--expiring", type=Count(1, _MOST_MONTHS), metavar="MONTHS", words="export.opt_expiring")
@as_json()
def certificates(session: Session, *, expiring: int | None, as_json: bool) -> None:
    """List the certificates."""
    with session.workspace(write=False) as workspace, workspace.storage.reading():
        session.note_empty_cycle(workspace)
        rows = register.certificates(Extract.of(workspace, session.lang), expiring)
        titles = register.level_titles(workspace.storage)
        last = register.last_of(workspace.today(), expiring or 1)
    if as_json:
        output.document({"certificates": rows})
    else:
        output.draw([register_table(rows, titles, session.catalogue)])
    if not rows:
        output.note(
            session.text("export.none_expiring", day=last) if expiring else session.text("export.no_certificates")
        )
