"""Stores and their facts."""

from typing import Protocol

from greenstar.storage.protocols import Row


class Stores(Protocol):
    """The stores; facts are JSON texts."""

    def add(self, row: Row) -> None:
        """Add a store: `code, name, city, region, added_at`."""

    def change(self, row: Row) -> None:
        """Change what a store is called and where it lies: `code, name, city, region`."""

    def get(self, code: str) -> Row | None:
        """The store of that code: `code, name, city, region`."""

    def all(self) -> dict[str, Row]:
        """All stores by code: `code, name, city, region`."""

    def in_any_case(self, code: str) -> str | None:
        """The code of the store that is called so but for capital letters."""

    def codes(self) -> list[str]:
        """All codes."""

    def regions(self) -> list[str]:
        """All regions in use."""

    def overview(self, cycle: str) -> list[Row]:
        """Every store with its latest assessment up to a cycle: drafts first, the newest before the others."""

    def facts(self, code: str) -> dict[str, str]:
        """A store's facts."""

    def fact(self, code: str, name: str) -> str | None:
        """One fact, or None."""

    def put_fact(self, row: Row) -> None:
        """Keep a fact: `store, name, value, at, by`; a value of None removes it."""
