"""Stores and their facts."""

from dataclasses import dataclass
from typing import Literal, Protocol

from greenstar.record.replay import State


@dataclass(frozen=True)
class StoreRow:
    """A store without its facts."""

    code: str
    name: str
    city: str
    region: str


@dataclass(frozen=True)
class OverviewRow:
    """A store with its latest assessment; without one, cycle, status and the like are None and the numbers 0.

    `total` and `available` are exact figures, `changed_at` a time, `closed` the day the store closed, all as texts.
    `visited` is the day of that assessment, `cursor` the criterion that was worked on last, `assessment` its number.
    """

    code: str
    name: str
    city: str
    region: str
    cycle: str | None
    scheme: str | None
    status: str | None
    changed_at: str | None
    level: str | None
    stars: int
    total: str | None
    available: str | None
    answered: int
    asked: int
    closed: str | None
    visited: str | None
    cursor: str | None
    assessment: int | None


class Stores(Protocol):
    """The stores; facts are JSON texts."""

    def add(self, store: StoreRow, at: str) -> None:
        """Add a store."""

    def change(self, store: StoreRow) -> None:
        """Change what the store of that code is called and where it lies."""

    def get(self, code: str) -> StoreRow | None:
        """The store of that code, or None."""

    def all(self) -> dict[str, StoreRow]:
        """All stores by code."""

    def called(self, code: str) -> str | None:
        """The code of the store that is called so, in whatever spelling; of two the one that is spelt like it."""

    def closed_on(self, code: str) -> str | None:
        """The day on which the store of that code closed, as text; None: it is open."""

    def put_closed(self, code: str, day: str | None) -> None:
        """Keep the day on which the store of that code closed; None: it is open."""

    def codes(self) -> list[str]:
        """All codes."""

    def regions(self) -> list[str]:
        """All regions in which a store lies, or lay when it was visited."""

    def lies_elsewhere(self, code: str, place: Literal["city", "region"], name: str) -> bool:
        """Whether another store lies in a city or region that is spelt exactly so; quick, however many there are."""

    def cities_but_of(self, code: str) -> list[str]:
        """The cities of all other stores, in the order in which they were added."""

    def regions_but_of(self, code: str) -> list[str]:
        """The regions of all other stores, in the order in which they were added."""

    def state(self, code: str) -> State | None:
        """What is kept on a store's page, in the form in which its events give it; None: there is no such store."""

    def overview(self, cycle: str) -> list[OverviewRow]:
        """Every store with its latest assessment up to a cycle: drafts first, the newest before the others."""

    def facts(self, code: str) -> dict[str, str]:
        """A store's facts."""

    def fact(self, code: str, name: str) -> str | None:
        """One fact, or None."""

    def copy_facts(self, code: str, assessment: int) -> None:
        """Give a visit, which has none yet, the facts of its store as they are, with the times and names they have."""

    def put_fact(self, store: str, name: str, value: str | None, *, at: str, by: str) -> None:
        """Keep a fact of the store of that code; a value of None removes it."""
