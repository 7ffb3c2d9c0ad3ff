"""`greenstar stores list` and `show`."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import REGION, TEXT, as_json, option, store_argument
from greenstar.cli.session import Session
from greenstar.reports.json.stores import check_visits_json, store_json, stores_json
from greenstar.reports.text.stores import check_visits_listed, store_page, stores_table
from greenstar.services.stores.check_visits import check_visits
from greenstar.services.stores.closing import closed_on
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.stores.stores import find_store, list_stores, store_facts


@command("list", about="cli.about_list", examples=("greenstar stores list --region East", "greenstar stores list wuxi"))
@click.argument("words", nargs=-1, type=TEXT, metavar="[WORDS…]")
@option("--region", type=REGION, metavar="R", words="cli.opt_region")
@as_json()
def list_(session: Session, words: tuple[str, ...], region: str | None, as_json: bool) -> None:
    """List the stores that have all the words in their code, name, city or region."""
    with session.workspace(write=False) as workspace:
        session.refuse_unknown_scheme(workspace)
        stores = list_stores(workspace, search=" ".join(words), region=region)
        session.note_empty_cycle(workspace)
    if not stores:
        output.note(session.text("cli.no_stores"))
    if as_json:
        output.document(stores_json(stores))
    else:
        output.draw([stores_table(stores, session.catalogue)])


@command("show", about="cli.about_show", examples=("greenstar stores show WX-001",))
@store_argument()
@as_json()
def show(session: Session, store: str, as_json: bool) -> None:
    """Show a store's facts and visits."""
    with session.workspace(write=False) as workspace:
        known = find_store(workspace, store)
        session.note_empty_cycle(workspace)
        workspace.use_scheme_of(known.code)
        facts, visits = store_facts(workspace, known.code), past_visits(workspace, known.code)
        checks, closed = check_visits(workspace, known.code), closed_on(workspace, known.code)
        if as_json:
            output.document(store_json(workspace.scheme, known, facts, visits, closed) | check_visits_json(checks))
            return
        output.draw(store_page(workspace.scheme, known, facts, visits, session.catalogue, closed=closed))
        output.draw(check_visits_listed(checks, session.catalogue))
