"""The stores: what they are called, where they lie, and what they are (their facts)."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from types import EllipsisType

from greenstar.assessment.model import Answer, Status, Store
from greenstar.errors import BadInput
from greenstar.numbers import exact_figure
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.timestamps import read_time
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.services.results.newest_figures import newest_figures
from greenstar.services.schemes import registry
from greenstar.services.schemes.names import fact_named
from greenstar.services.spelling import as_known, is_in
from greenstar.services.stores.store_validation import checked
from greenstar.services.visit.codec import encode_fact, read_facts, reads_as
from greenstar.services.visit.conflict import conflict
from greenstar.services.visit.store_page import on_page
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage
from greenstar.storage.protocols.stores import OverviewRow, StoreRow
from greenstar.text import clean_text, folded


@dataclass(frozen=True)
class StoreOverview:
    """A store with its latest visit, up to the workspace's cycle, and the scheme of that; `closed`: when it closed.

    `visited`: the day of that visit. `cursor`: the criterion that was worked on last in it.
    """

    store: Store
    cycle: str | None
    scheme: Scheme | None
    status: Status | None
    level: str | None
    stars: int
    total: Fraction | None
    available: Fraction | None
    answered: int
    asked: int
    changed_at: datetime | None
    closed: date | None = None
    visited: date | None = None
    cursor: str | None = None


def add_store(workspace: Workspace, store: Store) -> Store:
    """Add a store; as it is kept. BadInput: it cannot be kept so, or there is one of that code."""
    at = workspace.now()
    with workspace.storage.transaction():
        new = check_new(workspace, store)
        added(workspace, new, at)
    return new


def check_new(workspace: Workspace, store: Store) -> Store:
    """A new store, fit to be kept. BadInput: it cannot be, or there is one of that code."""
    clean = checked(store)
    taken = workspace.storage.stores.called(clean.code)
    if taken is not None:
        raise BadInput("storage.store_exists", code=taken)
    return as_elsewhere(workspace, clean)


def as_elsewhere(workspace: Workspace, store: Store) -> Store:
    """A store with its city and region as other stores spell them."""
    stores = workspace.storage.stores
    city, region = store.city, store.region
    if city and not stores.lies_elsewhere(store.code, "city", city):
        city = as_known(city, stores.cities_but_of(store.code))
    if region and not stores.lies_elsewhere(store.code, "region", region):
        region = as_known(region, stores.regions_but_of(store.code))
    return replace(store, city=city, region=region)


def added(workspace: Workspace, store: Store, at: str) -> None:
    """Add a checked store, inside a transaction."""
    workspace.storage.stores.add(StoreRow(**asdict(store)), at)
    change = Change("store_added", store.code, after=canonical(asdict(store)), store=store.code)
    workspace.storage.events.append([change], at, workspace.assessor)


def edit_store(
    workspace: Workspace, code: str, *, name: str | None = None, city: str | None = None, region: str | None = None
) -> None:
    """Change what a store is called and where it lies; what is None stays.

    BadInput: there is no such store, or it cannot be kept so.
    """
    with workspace.storage.transaction():
        now = find_store(workspace, code)
        wanted = Store(
            now.code,
            now.name if name is None else name,
            now.city if city is None else city,
            now.region if region is None else region,
        )
        edited(workspace, now, as_elsewhere(workspace, checked(wanted)), workspace.now())


def edited(workspace: Workspace, before: Store, after: Store, at: str) -> None:
    """Change a store to a checked one, inside a transaction."""
    if before == after:
        return
    workspace.storage.stores.change(StoreRow(**asdict(after)))
    change = Change("store_edited", before.code, canonical(asdict(before)), canonical(asdict(after)), store=before.code)
    workspace.storage.events.append([change], at, workspace.assessor)


def cycles_with_drafts(workspace: Workspace, code: str) -> list[str]:
    """The cycles, the latest first, in which the store has a draft: it keeps what it copied from the page."""
    rows = workspace.storage.assessments.of_store(code)
    return list(dict.fromkeys(row.cycle for row in rows if row.status is Status.DRAFT))


def list_stores(workspace: Workspace, *, search: str = "", region: str | None = None) -> list[StoreOverview]:
    """The stores whose code, name, city or region contains every word of `search`: drafts first, the newest on top."""
    words = folded(search).split()
    rows = []
    for row in workspace.storage.stores.overview(workspace.cycle):
        text = folded(f"{row.code} {row.name} {row.city} {row.region}")
        if is_in(row.region, region) and all(word in text for word in words):
            rows.append(row)
    storage = workspace.storage
    scored = [row for row in rows if row.assessment and row.available is not None]
    fresh = newest_figures(storage, {row.assessment or 0: str(row.scheme) for row in scored if row.status == "draft"})
    return [_overview(_with_figures(row, fresh.get(row.assessment or 0)), storage) for row in rows]


def _with_figures(row: OverviewRow, card: ScorecardRow | None) -> OverviewRow:
    if card is None:
        return row
    figures = ("level", "stars", "total", "available", "answered", "asked")
    return replace(row, **{name: getattr(card, name) for name in figures})


def _overview(row: OverviewRow, storage: Storage) -> StoreOverview:
    return StoreOverview(
        store=Store(row.code, row.name, row.city, row.region),
        cycle=row.cycle,
        scheme=registry.stored(storage, row.scheme) if row.scheme is not None else None,
        status=Status(row.status) if row.status is not None else None,
        level=row.level,
        stars=row.stars,
        total=exact_figure(row.total),
        available=exact_figure(row.available),
        answered=row.answered,
        asked=row.asked,
        changed_at=read_time(row.changed_at) if row.changed_at is not None else None,
        closed=date.fromisoformat(row.closed) if row.closed is not None else None,
        visited=date.fromisoformat(row.visited) if row.visited else None,
        cursor=row.cursor,
    )


def find_store(workspace: Workspace, code: str) -> Store:
    """The store of that code, in whatever spelling. BadInput: there is none, with the nearest one there is."""
    store = _stored_store(workspace, code)
    if store is None:
        hint = sentence_end(code, workspace.storage.stores.codes())
        raise BadInput("storage.unknown_store", code=clean_text(code)[:60], hint=hint)
    return store


def _stored_store(workspace: Workspace, code: str) -> Store | None:
    """The store of that code, in whatever spelling; None: there is none."""
    known = workspace.storage.stores.called(code)
    row = None if known is None else workspace.storage.stores.get(known)
    return None if row is None else Store(**vars(row))


def wanted_store(workspace: Workspace, store: Store) -> tuple[Store | None, Store]:
    """What is kept of a checked store, and what is to be kept: an empty text changes nothing, and is no new name."""
    now = _stored_store(workspace, store.code)
    if now is None:
        return None, as_elsewhere(workspace, store if store.name else replace(store, name=store.code))
    return now, as_elsewhere(workspace, filled(store, now))


def filled(store: Store, now: Store) -> Store:
    """What a store becomes: an empty text changes nothing."""
    return Store(now.code, store.name or now.name, store.city or now.city, store.region or now.region)


def put_store(workspace: Workspace, store: Store, at: str) -> Store:
    """Add a checked store, or change the one of its code, inside a transaction; what is kept.

    An empty text changes nothing.
    """
    before, after = wanted_store(workspace, store)
    if before is None:
        added(workspace, after, at)
    else:
        edited(workspace, before, after, at)
    return after


def store_facts(workspace: Workspace, code: str) -> dict[str, Answer]:
    """A store's facts, as the workspace's scheme asks for them. BadInput: there is no such store."""
    code = find_store(workspace, code).code
    return read_facts(workspace.scheme, workspace.storage.stores.facts(code))


def set_fact(
    workspace: Workspace, code: str, name: str, value: Answer | None, *, seen: Answer | EllipsisType | None = ...
) -> None:
    """Keep a fact about a store; None removes it. BadInput: the scheme asks for no such fact.

    `seen` is the answer that it was given in the place of, else whatever there is. Conflict: another window answered.
    """
    code = find_store(workspace, code).code
    question = fact_named(workspace.scheme, name)
    at = workspace.now()
    text = encode_fact(workspace.scheme, question, value)
    with workspace.storage.transaction():
        before = on_page(workspace.storage, code, workspace.scheme, name)
        current = reads_as(workspace.scheme, question, before)
        if seen is not ... and current not in (text, encode_fact(workspace.scheme, question, seen)):
            raise conflict(workspace.storage, code, None, "fact", name, theirs=before)
        put_facts(workspace, code, {name: text}, at)
        workspace.storage.drafts.put(code, None, name, None, at=at)


def put_facts(workspace: Workspace, code: str, facts: dict[str, str | None], at: str) -> None:
    """Keep facts as JSON texts, inside a transaction; each that changes is an event."""
    changes = []
    for name, value in facts.items():
        before = workspace.storage.stores.fact(code, name)
        if before != value:
            workspace.storage.stores.put_fact(code, name, value, at=at, by=workspace.assessor)
            changes.append(Change("fact", name, before, value, store=code))
    if changes:
        workspace.storage.events.append(changes, at, workspace.assessor)


def regions(workspace: Workspace) -> list[str]:
    """The regions in which there are stores, each in one spelling."""
    known: dict[str, str] = {}
    for region in workspace.storage.stores.regions():
        known.setdefault(folded(region), region)
    return [region for region in known.values() if region]


def is_empty(workspace: Workspace) -> bool:
    """Whether there is no store yet."""
    return not workspace.storage.stores.codes()
