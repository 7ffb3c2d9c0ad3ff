"""`greenstar stores import`: many stores from a table."""

from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.reports.json.stores import imported_json
from greenstar.services.stores.csv_import import ImportedStores, import_stores, preview_import
from greenstar.text import excerpt


@command(
    "import",
    about="cli.about_import",
    examples=("greenstar stores import stores.csv --dry-run", "greenstar stores import stores.csv --ignore-unknown"),
)
@click.argument("file", metavar="FILE")
@option("--dry-run", is_flag=True, words="cli.opt_dry_run")
@option("--ignore-unknown", is_flag=True, words="cli.opt_ignore_unknown")
@as_json()
def import_(session: Session, file: str, *, dry_run: bool, ignore_unknown: bool, as_json: bool) -> None:
    """Add or change all stores of a CSV file, or none."""
    with session.workspace(write=not dry_run) as workspace:
        if dry_run:
            imported = preview_import(workspace, Path(file), ignore_unknown=ignore_unknown)
        else:
            with StderrProgress(session.text("cli.imports")) as progress:
                imported = import_stores(workspace, Path(file), progress, ignore_unknown=ignore_unknown)
    for phrase in imported.table.understood:
        output.note(session.catalogue.render(phrase))
    if imported.with_drafts:
        count, stores = len(imported.with_drafts), excerpt(", ".join(imported.with_drafts))
        output.note(session.text("cli.import_leaves_drafts", count=count, stores=stores))
    if as_json:
        output.document(imported_json(imported, dry_run=dry_run))
    else:
        output.say(session.text("cli.stores_would_be" if dry_run else "cli.stores_imported", **_counts(imported)))


def _counts(imported: ImportedStores) -> dict[str, int]:
    kinds = {"new": imported.count("new"), "changed": imported.count("changed"), "same": imported.count("same")}
    return {"count": len(imported.changes), **kinds}
