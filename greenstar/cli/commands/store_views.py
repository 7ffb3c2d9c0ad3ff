"""`greenstar stores list` and `show`."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.declaring import TEXT, as_json, command, option, store_argument
from greenstar.cli.session import Session
from greenstar.reports.json.stores import store_json, stores_json
from greenstar.reports.text.stores import store_page, stores_table
from greenstar.services.stores.stores import find_store, list_stores, past_visits, store_facts


@command("list", about="cli.about_list", examples=("greenstar stores list --region East", "greenstar stores list wuxi"))
@click.argument("words", nargs=-1, type=TEXT, metavar="[WORDS…]")
@option("--region", type=TEXT, metavar="R", words="cli.opt_region")
@as_json()
def list_(session: Session, words: tuple[str, ...], region: str | None, as_json: bool) -> None:
    """List the stores that have all the words in their code, name, city or region."""
    with session.workspace(write=False) as workspace:
        found = list_stores(workspace, search=" ".join(words), region=region)
        if as_json:
            output.document(stores_json(workspace.scheme, found))
            return
        output.draw([stores_table(workspace.scheme, found, session.catalogue)])
        if not found:
            output.note(session.text("cli.no_stores"))


@command("show", about="cli.about_show", examples=("greenstar stores show WX-001",))
@store_argument()
@as_json()
def show(session: Session, store: str, as_json: bool) -> None:
    """Show a store's facts and visits."""
    with session.workspace(write=False) as workspace:
        found = find_store(workspace, store)
        facts, visits = store_facts(workspace, found.code), past_visits(workspace, found.code)
        if as_json:
            output.document(store_json(workspace.scheme, found, facts, visits))
            return
        output.draw(store_page(workspace.scheme, found, facts, visits, session.catalogue))
