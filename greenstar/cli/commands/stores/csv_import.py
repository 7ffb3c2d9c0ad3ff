"""`greenstar stores import`: many stores from a table."""

from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.services.stores.stores import import_stores


@command("import", about="cli.about_import", examples=("greenstar stores import stores.csv",))
@click.argument("file", metavar="FILE")
def import_(session: Session, file: str) -> None:
    """Add or change all stores of a CSV file, or none."""
    with session.workspace(write=True) as workspace:
        with StderrProgress(session.text("cli.imports")) as progress:
            count = import_stores(workspace, Path(file), progress)
        output.say(session.text("cli.stores_imported", count=count))
