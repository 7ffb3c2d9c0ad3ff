"""Events: every change, in order, never changed themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from greenstar.record.event import Change


@dataclass(frozen=True)
class EventRow:
    """An event without its place in the chain; `before` and `after` are JSON texts, `at` a time as text."""

    id: int
    at: str
    by: str
    kind: str
    subject: str | None
    before: str | None
    after: str | None
    because: str | None
    undoes: int | None


class Events(Protocol):
    """The journal of all changes."""

    def append(self, changes: Iterable[Change], at: str, by: str) -> int:
        """Note changes, inside the transaction that makes them; the number of the last event."""

    def first_broken(self) -> int | None:
        """The number of the first event that does not follow from the one before, or None where the chain holds."""

    def first_kind(self) -> str | None:
        """Of which kind the very first event is, by which one tells how a storage came about; None before it."""

    def last_number(self) -> int:
        """The number of the newest event; 0 before the first."""

    def newest_of_store(self, store: str) -> int:
        """The number of the last event about a store or any of its visits; 0 before the first."""

    def newest_time(self, assessment: int) -> str:
        """The latest time at which an assessment was changed, by whatever clock that was."""

    def who_made(self, assessment: int, kinds: Sequence[str]) -> set[str]:
        """Everybody who made a change of one of these kinds to an assessment."""

    def of_visit(self, assessment: int) -> list[EventRow]:
        """The events of an assessment in their order."""

    def last_of(self, store: str, assessment: int | None, kind: str, subject: str) -> EventRow | None:
        """The last change of a subject of a visit, or (None) of what the store's page says."""
