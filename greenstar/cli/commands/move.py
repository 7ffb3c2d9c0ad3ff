"""`greenstar move STORE… --to SCHEME`: drafts to another version, after what is lost and newly asked was said."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import STORE, as_json, option
from greenstar.cli.session import Session
from greenstar.errors import BadInput, Exit
from greenstar.reports.json.move import move_json
from greenstar.reports.text.move import move_lines
from greenstar.services.schemes.registry import scheme_of
from greenstar.services.visit import moving


@command("move", about="move.about", examples=("greenstar move WX-001 --to my-scheme/",))
@click.argument("stores", nargs=-1, required=True, type=STORE, metavar="STORE…")
@option("--to", "target", required=True, metavar="SCHEME", words="move.opt_to")
@option("--yes", is_flag=True, words="move.opt_yes")
@as_json()
def move(session: Session, stores: tuple[str, ...], target: str, *, yes: bool, as_json: bool) -> Exit:
    """Move drafts, all or none, where it is meant."""
    with session.workspace(write=True) as workspace:
        scheme = scheme_of(workspace.storage, target)
        planned = moving.plan(workspace, stores, scheme)
        for draft in planned:
            for line in move_lines(draft, scheme, session.catalogue):
                output.note(line)
        if not yes and not output.is_terminal():
            raise BadInput("move.ask_first", count=len(planned))
        if not yes and not click.confirm(session.text("move.ask", count=len(planned)), err=True):
            return Exit.NO
        moving.move(workspace, scheme, planned)
    if as_json:
        output.document(move_json(planned, scheme))
    else:
        output.say(session.text("move.done", count=len(planned), scheme=scheme.name, version=scheme.version))
    return Exit.DONE
