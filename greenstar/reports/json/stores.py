"""Stores for programs: the list, and one store with its facts and visits."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer, Store
from greenstar.reports.views.figures import share_under, total_under
from greenstar.scheme.model import Scheme
from greenstar.services.stores.check_visits import CheckVisit
from greenstar.services.stores.csv_import import ImportedStores
from greenstar.services.stores.past_visits import PastVisit
from greenstar.services.stores.stores import StoreOverview


def stores_json(stores: Sequence[StoreOverview]) -> dict[str, Any]:
    """`stores list --json`."""
    return {"stores": [_overview(overview) for overview in stores]}


def _overview(overview: StoreOverview) -> dict[str, Any]:
    return {
        "store": overview.store.code,
        **_place(overview.store),
        "cycle": overview.cycle,
        "status": overview.status,
        "total": total_under(overview.scheme, overview.total, overview.available).number,
        "level": overview.level,
        "stars": overview.stars,
        "answered": overview.answered,
        "asked": overview.asked,
        "changed": overview.changed_at.isoformat() if overview.changed_at is not None else None,
        "closed": _day(overview.closed),
    }


def store_json(
    scheme: Scheme, store: Store, facts: Mapping[str, Answer], visits: Sequence[PastVisit], closed: date | None
) -> dict[str, Any]:
    """`stores show --json`."""
    return {
        "store": store.code,
        **_place(store),
        "facts": {
            name: answer_type(scheme, question).to_json(facts[name])
            for name, question in scheme.facts.items()
            if name in facts
        },
        "visits": [_visit(visit) for visit in visits],
        "closed": _day(closed),
    }


def check_visits_json(checks: Sequence[CheckVisit]) -> dict[str, Any]:
    """What `stores show --json` says of check visits: none of them counts."""
    return {
        "check_visits": [
            {
                "cycle": check.cycle,
                "assessor": check.assessor,
                "visited": _day(check.visited),
                "answered": check.answered,
                "asked": check.asked,
                "total": total_under(check.scheme, check.total, check.available).number,
            }
            for check in checks
        ]
    }


def closed_json(store: str, closed: date | None) -> dict[str, Any]:
    """`stores close --json` and `stores reopen --json`: the day on which it closed; null: it is open."""
    return {"store": store, "closed": _day(closed)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _place(store: Store) -> dict[str, str]:
    return {name: text for name, text in asdict(store).items() if name != "code"}


def _visit(visit: PastVisit) -> dict[str, Any]:
    return {
        "cycle": visit.cycle,
        "revision": visit.revision,
        "status": visit.status,
        "total": total_under(visit.scheme, visit.total, visit.available).number,
        "level": visit.level,
        "stars": visit.stars,
        "shares": {
            name: share_under(visit.scheme, name, share, visit.worth[name]).number
            for name, share in visit.shares.items()
        },
    }


def imported_json(imported: ImportedStores, *, dry_run: bool) -> dict[str, Any]:
    """`stores import --json`: how many stores and which, and how the table was read."""
    table = imported.table
    return {
        "dry_run": dry_run,
        "new": imported.count("new"),
        "changed": imported.count("changed"),
        "same": imported.count("same"),
        "stores": [{"store": code, "change": change} for code, change in imported.changes.items()],
        "encoding": table.encoding,
        "columns": [{"heading": heading, "column": column} for heading, column in table.columns.items()],
        "values": {column: dict(values) for column, values in table.values.items()},
    }
