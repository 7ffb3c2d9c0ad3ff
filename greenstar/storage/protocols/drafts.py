"""Half-typed text: of a visit's fields, or (assessment None) of a store's facts."""

from collections.abc import Mapping
from typing import Protocol

Place = tuple[str, int | None, str]
"""The store, the assessment (None: a fact of the store), and the field."""


class Drafts(Protocol):
    """Half-typed texts. What the disk would not take is `waiting` in memory; it is read as if it were kept."""

    waiting: Mapping[Place, str]

    def put(self, store: str, assessment: int | None, field: str, text: str | None, *, at: str) -> None:
        """Keep what is typed in a field; None forgets it."""

    def put_or_wait(self, store: str, assessment: int | None, field: str, text: str | None, *, at: str) -> None:
        """Keep what is typed in a field, and all that waits. StorageError: the disk would not, and it waits as well."""

    def texts(self, store: str, assessment: int | None) -> dict[str, str]:
        """All half-typed texts of a visit, or of a store's facts, by field."""
