"""The store's page beside a visit: what is changed in a visit of the latest cycle is so of the store as well."""

import json
from collections.abc import Mapping

from greenstar.assessment.model import AssessmentKind
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.scheme.model import Scheme
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


def copy_from_page(storage: Storage, row: AssessmentRow, scheme: Scheme) -> None:
    """Give a visit that begins the facts of its store's page, under the names that its scheme has for them."""
    storage.stores.copy_facts(row.store, row.id)
    texts = {text["key"]: text for text in storage.contents.full("fact", [row.id])[row.id]}
    for name, text in texts.items():
        now = scheme.earlier_names.fact(name)
        value = canonical(scheme.earlier_names.answer(now, json.loads(text["value"])))
        if (now, value) != (name, text["value"]) and (now == name or now not in texts):
            storage.contents.put("fact", row.id, name, None, at=text["at"], by=text["by"])
            storage.contents.put("fact", row.id, now, value, at=text["at"], by=text["by"])


def on_page(storage: Storage, code: str, scheme: Scheme, name: str) -> str | None:
    """A fact of a store's page as JSON text: as it is called now, else as it was called earlier."""
    text = storage.stores.fact(code, name)
    earlier = (old for old, now in scheme.earlier_names.facts.items() if now == name)
    return text if text is not None else next(filter(None, (storage.stores.fact(code, old) for old in earlier)), None)


def put_on_page(
    storage: Storage, row: AssessmentRow, facts: Mapping[str, str | None], *, at: str, by: str
) -> list[Change]:
    """Keep facts of a visit on its store's page too, inside a transaction, unless a visit to a later cycle began.

    What a check visit found is its own. Facts are JSON texts. The changes that this makes, to be noted.
    """
    if row.kind is AssessmentKind.CHECK_VISIT or not storage.assessments.is_of_latest_cycle(row.id):
        return []
    changes = []
    for name, after in facts.items():
        before = storage.stores.fact(row.store, name)
        if before != after:
            storage.stores.put_fact(row.store, name, after, at=at, by=by)
            changes.append(Change("fact", name, before, after, store=row.store, whose=by))
    return changes
