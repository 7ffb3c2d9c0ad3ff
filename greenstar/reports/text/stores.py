"""Stores: the list, and one store with its facts and visits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer, Store
from greenstar.i18n.catalogue import Catalogue
from greenstar.record.timestamps import local_minute
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.check_visits import check_visit_phrase
from greenstar.reports.views.figures import Figure, level_under, share_under, total_under
from greenstar.scheme.model import Scheme
from greenstar.services.stores.check_visits import CheckVisit
from greenstar.services.stores.past_visits import PastVisit
from greenstar.services.stores.stores import StoreOverview


def stores_table(stores: Sequence[StoreOverview], catalogue: Catalogue) -> Table:
    """`stores list`."""
    names = ("store", "name", "city", "region", "cycle", "status", "total", "level", "answered_of", "changed")
    any_closed = any(overview.closed is not None for overview in stores)
    heads = [*_heads(names, catalogue), *([catalogue.say("closing.head_closed")] if any_closed else [])]
    table = Table(heads, numbers=(6,))
    for overview in stores:
        store, changed = overview.store, overview.changed_at
        table.rows.append(
            (
                *(store.code, store.name, store.city, store.region, overview.cycle),
                catalogue.say(f"storage.{overview.status}") if overview.status is not None else "",
                _total(total_under(overview.scheme, overview.total, overview.available)),
                catalogue.write(level_under(overview.scheme, overview.level)),
                f"{overview.answered}/{overview.asked}" if overview.asked else "",
                local_minute(changed) if changed is not None else "",
                *([overview.closed] if any_closed else []),
            )
        )
    return table


def _total(total: Figure) -> str:
    """Nothing where there is none: most stores of a list have no visit yet."""
    return "" if total.value is None else total.text


def store_page(
    scheme: Scheme,
    store: Store,
    facts: Mapping[str, Answer],
    visits: Sequence[PastVisit],
    catalogue: Catalogue,
    *,
    closed: date | None,
) -> Iterator[Block]:
    """`stores show`; `closed`: the day on which it closed."""
    yield TextLine("  ".join(part for part in (store.code, store.name, store.city, store.region) if part), strong=True)
    if closed is not None:
        yield TextLine(catalogue.say("closing.closed_on", day=closed))
    yield TextLine()
    yield _facts(scheme, facts, catalogue)
    yield from _visits(scheme, visits, catalogue)


def check_visits_listed(checks: Sequence[CheckVisit], catalogue: Catalogue) -> Iterator[Block]:
    """A line for each check visit to the store."""
    if checks:
        yield TextLine()
    for check in checks:
        yield TextLine(catalogue.render(check_visit_phrase(check)))


def _facts(scheme: Scheme, facts: Mapping[str, Answer], catalogue: Catalogue) -> Table:
    table = Table(_heads(("fact", "value", "name_of_fact"), catalogue))
    for name, question in scheme.facts.items():
        value = catalogue.write(answer_type(scheme, question).words(facts[name])) if name in facts else "-"
        table.rows.append((catalogue.write(question.ask), value, name))
    return table


def _visits(scheme: Scheme, visits: Sequence[PastVisit], catalogue: Catalogue) -> Iterator[Block]:
    if not visits:
        return
    groups = [group.category for group in scheme.categories]
    heads = _heads(("cycle", "revision", "status", "total", "level"), catalogue)
    table = Table([*heads, *groups], numbers=(1, 3, *range(5, 5 + len(groups))))
    for visit in visits:
        status = catalogue.say(f"storage.{visit.status}")
        total, level = (
            _total(total_under(visit.scheme, visit.total, visit.available)),
            catalogue.write(level_under(visit.scheme, visit.level)),
        )
        theirs = [visit.category(scheme, name) for name in groups]
        shares = (
            share_under(visit.scheme, name, visit.shares.get(name), visit.worth.get(name)).text for name in theirs
        )
        table.rows.append((visit.cycle, visit.revision, status, total, level, *shares))
    yield TextLine()
    yield table


def _heads(names: Sequence[str], catalogue: Catalogue) -> list[str]:
    return [catalogue.say(f"reports.head_{name}") for name in names]
