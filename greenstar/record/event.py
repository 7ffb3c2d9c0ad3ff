"""An event: one change, noted for ever, and its hash."""

from dataclasses import dataclass
from typing import Any

from greenstar.record.canonical import canonical, sha256_of

COLUMNS = ("id", "store", "assessment", "at", "by", "kind", "subject", "was", "became", "because", "undoes", "previous")
"""What is hashed of an event, by the names that it is kept and hashed under."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change to be noted: of what kind, of which subject, its content before and after, and why.

    `before` and `after` are JSON texts; None: there was nothing, there is nothing any more. `undoes`: the number of the
    event that this one takes back.
    """

    kind: str
    subject: str | None = None
    before: str | None = None
    after: str | None = None
    because: str | None = None
    undoes: int | None = None
    store: str | None = None
    assessment: int | None = None


def hash_of(columns: tuple[Any, ...]) -> str:
    """The hash of an event's `COLUMNS`; those that hold nothing stay out, so that later columns change no old hash."""
    content = {name: value for name, value in zip(COLUMNS, columns, strict=True) if value is not None}
    return sha256_of(canonical(content))
