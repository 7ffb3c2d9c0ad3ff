"""`greenstar schemes list` and `show`."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, Known, as_json
from greenstar.cli.session import Session
from greenstar.reports.json.schemes import scheme_json, schemes_json
from greenstar.reports.text.schemes import scheme_page, schemes_table
from greenstar.services.schemes.stored_schemes import find_stored, stored_schemes


@command("list", about="cli.about_schemes_list", examples=("greenstar schemes list", "greenstar schemes list --json"))
@as_json()
def list_(session: Session, as_json: bool) -> None:
    """List the schemes and versions of the database, with how many visits stand on each."""
    with session.workspace(write=False) as workspace:
        session.refuse_unknown_scheme(workspace)
        stored = stored_schemes(workspace)
        session.note_empty_cycle(workspace)
    if as_json:
        output.document(schemes_json(stored, session.lang))
        return
    output.draw([schemes_table(stored, session.catalogue)])
    if not stored:
        output.note(session.text("versions.none"))


@command("show", about="cli.about_schemes_show", examples=("greenstar schemes show leading-green-star 2026.1",))
@click.argument("name", required=False, type=Known("scheme"), metavar="[NAME]")
@click.argument("version", required=False, type=TEXT, metavar="[VERSION]")
@as_json()
def show(session: Session, name: str | None, version: str | None, as_json: bool) -> None:
    """Show versions of a scheme in the database: what is in them, and the visits by cycle."""
    with session.workspace(write=False) as workspace:
        stored = find_stored(workspace, name or session.scheme, version)
        session.note_empty_cycle(workspace)
        if as_json:
            output.document([scheme_json(scheme, session.lang) for scheme in stored])
            return
        output.draw(block for scheme in stored for block in scheme_page(scheme, session.catalogue))
