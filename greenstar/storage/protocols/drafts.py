"""Half-typed text: of a visit's fields, or (assessment None) of a store's facts."""

from collections.abc import MutableMapping
from typing import Protocol

Place = tuple[str, int | None, str]
"""The store, the assessment (None: a fact of the store), and the field."""


class Drafts(Protocol):
    """Half-typed texts. What is `on_the_way` to the disk (None: is being forgotten) is read as if it were there."""

    on_the_way: MutableMapping[Place, str | None]

    def put(self, store: str, assessment: int | None, field: str, text: str | None, *, at: str) -> None:
        """Keep what is typed in a field; None forgets it."""

    def texts(self, store: str, assessment: int | None) -> dict[str, str]:
        """All half-typed texts of a visit, or of a store's facts, by field."""
