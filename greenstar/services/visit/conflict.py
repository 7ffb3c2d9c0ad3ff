"""Two windows on one visit: neither overwrites the other's change in silence."""

from datetime import datetime

from greenstar.errors import BadInput, GreenStarError
from greenstar.record.timestamps import read_time
from greenstar.storage.protocols.storage import Storage


class Conflict(GreenStarError):
    """Another window changed the same thing since this one looked; nothing was written.

    `theirs` is what is stored now, as its JSON text, or None where it was removed; `at` and `by`: when and by whom.
    """

    def __init__(self, kind: str, subject: str, theirs: str | None, at: datetime | None, by: str) -> None:
        super().__init__("storage.clash", subject=subject)
        self.kind, self.subject, self.theirs, self.at, self.by = kind, subject, theirs, at, by


class Sealed(BadInput):
    """The visit is handed in, here or elsewhere: nothing can be changed in it."""


def conflict(
    storage: Storage, store: str, assessment: int | None, kind: str, subject: str, *, theirs: str | None
) -> Conflict:
    """The conflict over a subject of an assessment, or (None) a store's fact, with when and by whom it was changed."""
    last = storage.events.last_of(store, assessment, kind, subject)
    at = read_time(last.at) if last is not None else None
    return Conflict(kind, subject, theirs, at, last.by if last is not None else "")
