"""`greenstar cycle list`."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json
from greenstar.cli.session import Session
from greenstar.reports.json.cycles import cycles_json
from greenstar.reports.text.cycles import cycles_table
from greenstar.services.cycles.closing import cycles_now


@command("list", about="cycles.about_list", examples=("greenstar cycle list",))
@as_json()
def list_(session: Session, *, as_json: bool) -> None:
    """List the cycles."""
    with session.workspace(write=False) as workspace:
        cycles = list(cycles_now(workspace))
    if not cycles:
        output.note(session.text("cycles.none"))
    if as_json:
        output.document(cycles_json(cycles))
    elif cycles:
        output.draw([cycles_table(cycles, session.catalogue)])
