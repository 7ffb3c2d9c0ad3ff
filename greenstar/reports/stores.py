"""Stores: the list, and one store with its facts and visits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from greenstar.assessment.answers import to_json
from greenstar.assessment.model import Answer, Store
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import as_number
from greenstar.reports.figures import level_under, total_under
from greenstar.reports.page import Line, Part, Table
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.tree import answered
from greenstar.services.stores.stores import PastVisit, StoreOverview


def stores_json(scheme: Scheme, found: Sequence[StoreOverview]) -> dict[str, Any]:
    """`stores list --json`."""
    return {"stores": [_overview(scheme, one) for one in found]}


def _overview(scheme: Scheme, one: StoreOverview) -> dict[str, Any]:
    return {
        "store": one.store.code,
        **_place(one.store),
        "cycle": one.cycle,
        "status": one.status,
        "total": total_under(scheme, one.total),
        "level": one.level,
        "stars": one.stars,
        "answered": one.answered,
        "asked": one.asked,
        "changed": one.changed_at.isoformat() if one.changed_at is not None else None,
    }


def _place(store: Store) -> dict[str, str]:
    return {name: text for name, text in asdict(store).items() if name != "code"}


def store_json(
    scheme: Scheme, store: Store, facts: Mapping[str, Answer], visits: Sequence[PastVisit]
) -> dict[str, Any]:
    """`stores show --json`."""
    return {
        "store": store.code,
        **_place(store),
        "facts": {name: to_json(question, facts[name]) for name, question in scheme.facts.items() if name in facts},
        "visits": [
            {
                "cycle": visit.cycle,
                "revision": visit.revision,
                "status": visit.status,
                "total": total_under(scheme, visit.total),
                "level": visit.level,
                "stars": visit.stars,
                "shares": {name: _percent(share) for name, share in visit.shares.items()},
            }
            for visit in visits
        ],
    }


def stores_table(scheme: Scheme, found: Sequence[StoreOverview], catalogue: Catalogue) -> Table:
    """`stores list`."""
    heads = ("store", "name", "city", "region", "cycle", "status", "total", "level", "answered_of", "changed")
    made = Table(_heads(heads, catalogue), numbers=(6,))
    for one in found:
        store, total = one.store, total_under(scheme, one.total)
        status = catalogue.render(Phrase(f"storage.{one.status}")) if one.status is not None else ""
        answered_of = f"{one.answered}/{one.asked}" if one.asked else ""
        changed = f"{one.changed_at.astimezone():%Y-%m-%d %H:%M}" if one.changed_at is not None else ""
        level = level_under(scheme, one.level, catalogue)
        row = (store.code, store.name, store.city, store.region, one.cycle, status, total, level, answered_of, changed)
        made.rows.append(row)
    return made


def one_store(
    scheme: Scheme, store: Store, facts: Mapping[str, Answer], visits: Sequence[PastVisit], catalogue: Catalogue
) -> Iterator[Part]:
    """`stores show`."""
    yield Line("  ".join(part for part in (store.code, store.name, store.city, store.region) if part), strong=True)
    yield Line()
    yield _facts(scheme, facts, catalogue)
    yield from _visits(scheme, visits, catalogue)


def _facts(scheme: Scheme, facts: Mapping[str, Answer], catalogue: Catalogue) -> Table:
    made = Table(_heads(("fact", "value", "name_of_fact"), catalogue))
    for name, question in scheme.facts.items():
        value = catalogue.write(answered(scheme, question, facts[name])) if name in facts else "-"
        made.rows.append((catalogue.write(question.ask), value, name))
    return made


def _visits(scheme: Scheme, visits: Sequence[PastVisit], catalogue: Catalogue) -> Iterator[Part]:
    if not visits:
        return
    groups = [group.category for group in scheme.categories]
    heads = _heads(("cycle", "revision", "status", "total", "level"), catalogue)
    made = Table([*heads, *groups], numbers=(1, 3, *range(5, 5 + len(groups))))
    for visit in visits:
        status = catalogue.render(Phrase(f"storage.{visit.status}"))
        total, level = total_under(scheme, visit.total), level_under(scheme, visit.level, catalogue)
        shares = (_percent(visit.shares.get(name)) for name in groups)
        shown = ("-" if share is None else f"{share} %" for share in shares)
        made.rows.append((visit.cycle, visit.revision, status, total, level, *shown))
    yield Line()
    yield made


def _heads(names: Sequence[str], catalogue: Catalogue) -> list[str]:
    return [catalogue.render(Phrase(f"reports.head_{name}")) for name in names]


def _percent(share: Fraction | None) -> int | float | None:
    return None if share is None else as_number(share * 100, 1, misses=[Fraction(100)])
