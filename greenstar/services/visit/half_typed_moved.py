"""Half-typed text of a draft that moves to another version: it goes to the fields as they are called there."""

from collections.abc import Mapping

from greenstar.scheme.model import Scheme
from greenstar.services.schemes.renamed import renamed
from greenstar.services.visit.drafts import HELPER
from greenstar.services.visit.drafts import field as field_of
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


def carry_half_typed(storage: Storage, row: AssessmentRow, old: Scheme, new: Scheme, *, at: str) -> None:
    """Put what is half typed into the fields of the new scheme; what this has no field for stays where it is.

    Of two versions, either may be the one that says what things were called.
    """
    forward, back = renamed(old, new), renamed(new, old)
    asked = {**forward.asked, **{name: old_name for old_name, name in back.asked.items()}}
    criteria = {**forward.criteria, **{name: old_name for old_name, name in back.criteria.items()}}
    for name, text in storage.drafts.texts(row.store, row.id).items():
        now = _called_now(name, asked, criteria)
        if now != name:
            storage.drafts.put(row.store, row.id, name, None, at=at)
            storage.drafts.put(row.store, row.id, now, text, at=at)


def _called_now(field: str, asked: Mapping[str, str], criteria: Mapping[str, str]) -> str:
    """A field: a question or fact, or a kind and a criterion or question, as `drafts.field` writes them."""
    kind, colon, subject = field.partition(":")
    if not colon:
        return asked.get(field, field)
    if kind == HELPER:
        return field_of(HELPER, asked.get(subject, subject))
    criterion, more, rest = subject.partition(":")
    return f"{kind}:{criteria.get(criterion, criterion)}{more}{rest}"
