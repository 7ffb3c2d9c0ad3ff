"""`greenstar stores close` and `reopen`."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, as_json, option, store_argument
from greenstar.cli.session import Session
from greenstar.reports.json.stores import closed_json
from greenstar.services.findings.form import day_named
from greenstar.services.stores.closing import close_store, reopen_store
from greenstar.services.stores.stores import find_store


@command("close", about="cli.about_close", examples=('greenstar stores close WX-001 --because "lease ended"',))
@store_argument()
@option("--because", required=True, type=TEXT, metavar="TEXT", words="cli.opt_because")
@option("--on", "day", type=TEXT, metavar="DAY", words="cli.opt_on")
@as_json()
def close(session: Session, store: str, *, because: str, day: str | None, as_json: bool) -> None:
    """Close a store."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        on = day_named(day, workspace.today())
        closed = close_store(workspace, store, on=on, because=because)
    if as_json:
        output.document(closed_json(store, closed))
    else:
        output.say(session.text("closing.closed", store=store, day=closed))


@command("reopen", about="cli.about_reopen_store", examples=('greenstar stores reopen WX-001 --because "new owner"',))
@store_argument()
@option("--because", required=True, type=TEXT, metavar="TEXT", words="cli.opt_because")
@as_json()
def reopen(session: Session, store: str, *, because: str, as_json: bool) -> None:
    """Open a store again."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        reopen_store(workspace, store, because)
    if as_json:
        output.document(closed_json(store, None))
    else:
        output.say(session.text("closing.reopened", store=store))
