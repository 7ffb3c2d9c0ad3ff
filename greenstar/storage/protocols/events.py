"""Events: every change, in order, never changed themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from greenstar.record.event import Change, Event
from greenstar.record.journal import Head


@dataclass(frozen=True)
class EventRow:
    """An event by its number here, without its place in its chain; `before` and `after` are JSON texts."""

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

    def begin(self, at: str, by: str) -> None:
        """Note that this database began, inside a transaction, where its own chain has no event yet.

        `append` does so by itself: by this event `verify` knows the database by its identity.
        """

    def add(self, events: Iterable[Event]) -> None:
        """Add events that were written elsewhere, inside a transaction, each behind those that it follows.

        The visit of a chain is here already. StorageError: one stands at no place in its chain, or is here otherwise.
        """

    def database_id(self) -> str:
        """The ULID of this database, in which new events are written."""

    def put_database_id(self, ulid: str) -> None:
        """From now on it is another database: a copy, or what was restored."""

    def chains(self) -> list[str]:
        """All chains."""

    def heads(self, chain: str) -> list[Head]:
        """The last events of a chain, which the next one follows."""

    def of_chain(self, chain: str) -> list[Event]:
        """The events of a chain by their places: causes first; of one place in the order in which they came here."""

    def all(self) -> Iterator[Event]:
        """All events, chain by chain, by their places; read one after the other, best inside `reading`."""

    def first_broken(self) -> int | None:
        """The number of an event that does not stand in its chain as it was written; None: all chains hold."""

    def carried(self) -> Iterator[Event]:
        """Those that were carried over from the journal of a program up to 0.2."""

    def has(self, hashes: Sequence[str]) -> set[str]:
        """Those of these hashes whose events are here."""

    def numbers(self, ulids: Sequence[str]) -> set[int]:
        """The numbers that the events with these identities have here."""

    def first(self) -> Event | None:
        """The very first event, by which one tells how a storage came about; None before it."""

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
