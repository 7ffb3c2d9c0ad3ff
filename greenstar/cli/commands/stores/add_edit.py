"""`greenstar stores add` and `edit`."""

from collections.abc import Callable
from typing import Any

from greenstar.assessment.answer_types import Refused, answer_type
from greenstar.assessment.model import Answer, Store
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import REGION, TEXT, option, store_argument
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.names import fact_named
from greenstar.services.stores.stores import add_store, cycles_with_drafts, edit_store, find_store, set_fact
from greenstar.services.workspace import Workspace

Facts = dict[str, Answer | None]


def _described(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what a store is called, where it lies, and what it is."""
    function = option("--fact", "facts", multiple=True, type=TEXT, metavar="NAME=VALUE", words="cli.opt_fact")(function)
    function = option("--region", type=REGION, metavar="TEXT", words="cli.opt_its_region")(function)
    function = option("--city", type=TEXT, metavar="TEXT", words="cli.opt_city")(function)
    return option("--name", type=TEXT, metavar="TEXT", words="cli.opt_name")(function)


@command(
    "add",
    about="cli.about_add",
    examples=('greenstar stores add WX-001 --name "Wuxi store" --region East', "  --fact has_car_wash=yes"),
)
@store_argument()
@_described
def add(
    session: Session, store: str, *, name: str | None, city: str | None, region: str | None, facts: tuple[str, ...]
) -> None:
    """Add a store."""
    with session.workspace(write=True) as workspace:
        read = _read_facts(workspace.scheme, facts) if facts else {}
        store = add_store(workspace, Store(store, name or store, city or "", region or "")).code
        _set(workspace, store, read)
        output.say(session.text("cli.store_added", store=store))


@command("edit", about="cli.about_edit", examples=("greenstar stores edit WX-001 --fact floor_area_m2=4200",))
@store_argument()
@_described
def edit(
    session: Session, store: str, *, name: str | None, city: str | None, region: str | None, facts: tuple[str, ...]
) -> None:
    """Change a store."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        workspace.use_scheme_of(store)
        read = _read_facts(workspace.scheme, facts) if facts else {}
        edit_store(workspace, store, name=name, city=city, region=region)
        _set(workspace, store, read)
        output.say(session.text("cli.store_edited", store=store))
        cycles = cycles_with_drafts(workspace, store)
        if cycles:
            output.note(session.text("cli.drafts_keep_theirs", store=store, cycles=cycles, count=len(cycles)))


def _set(workspace: Workspace, code: str, facts: Facts) -> None:
    for name, value in facts.items():
        set_fact(workspace, code, name, value)


def _read_facts(scheme: Scheme, given: tuple[str, ...]) -> Facts:
    """All facts, read before anything is stored."""
    facts: Facts = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadInput("cli.fact_without_value", text=text)
        question = fact_named(scheme, name)
        try:
            facts[name] = answer_type(scheme, question).from_text(value.strip()) if value.strip() else None
        except Refused as error:
            raise BadInput("cli.bad_fact", name=name, why=error.message) from error
    return facts
