"""The store's page beside a visit: what is changed in a visit of the latest cycle is so of the store as well."""

from collections.abc import Mapping

from greenstar.record.event import Change
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


def put_on_page(
    storage: Storage, row: AssessmentRow, facts: Mapping[str, str | None], *, at: str, by: str
) -> list[Change]:
    """Keep facts of a visit on its store's page too, inside a transaction, unless a visit to a later cycle began.

    Facts are JSON texts. The changes that this makes, to be noted.
    """
    if not storage.assessments.is_of_latest_cycle(row.id):
        return []
    changes = []
    for name, after in facts.items():
        before = storage.stores.fact(row.store, name)
        if before != after:
            storage.stores.put_fact(row.store, name, after, at=at, by=by)
            changes.append(Change("fact", name, before, after, store=row.store))
    return changes
