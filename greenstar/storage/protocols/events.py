"""Events: every change, in order, never changed themselves."""

from collections.abc import Iterable
from typing import Protocol

from greenstar.record.event import Change
from greenstar.storage.protocols import Row


class Events(Protocol):
    """The journal of all changes."""

    def append(self, changes: Iterable[Change], at: str, by: str) -> int:
        """Note changes, inside the transaction that makes them; the number of the last event."""

    def first_broken(self) -> int | None:
        """The number of the first event that does not follow from the one before, or None where the chain holds."""

    def last_number(self) -> int:
        """The number of the newest event; 0 before the first."""

    def newest_of_store(self, store: str) -> int:
        """The number of the last event about a store or any of its visits; 0 before the first."""

    def newest_time(self, assessment: int) -> str:
        """The latest time at which an assessment was changed, by whatever clock that was."""

    def of_visit(self, store: str, assessment: int) -> list[Row]:
        """The events of an assessment in their order, with the changes of the store's facts since it was started.

        Each: `id, at, by, kind, subject, was, became, because, undoes`.
        """

    def last_of(self, store: str, assessment: int | None, kind: str, subject: str) -> Row | None:
        """When and by whom something of a visit was changed last: `at, by`; a fact by whatever visit."""
