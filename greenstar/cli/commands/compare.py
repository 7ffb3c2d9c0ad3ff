"""`greenstar compare STORE STORE`: why one store ranks before another, and what change of a weight would turn that."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import STORE, as_json
from greenstar.cli.session import Session
from greenstar.reports.json.comparison import comparison_json
from greenstar.reports.text.comparison import comparison_page
from greenstar.reports.views.comparison import comparison_view
from greenstar.services.results.comparison import compare as compared
from greenstar.services.results.comparison import sides_of_stores


@command("compare", about="cli.about_compare", examples=("greenstar compare WX-001 SYN-072",))
@click.argument("store", type=STORE, metavar="STORE")
@click.argument("other", type=STORE, metavar="STORE")
@as_json()
def compare(session: Session, store: str, other: str, *, as_json: bool) -> None:
    """Set two stores' visits of the cycle against each other."""
    with session.workspace(write=False) as workspace:
        comparison = comparison_view(compared(*sides_of_stores(workspace, store, other)))
    if as_json:
        output.document(comparison_json(comparison, session.catalogue))
    else:
        output.draw(comparison_page(comparison, session.catalogue))
