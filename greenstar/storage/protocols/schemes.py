"""Schemes, by the hash of their canonical JSON."""

from typing import Protocol

from greenstar.storage.protocols import Row


class Schemes(Protocol):
    """The schemes that visits were made under."""

    def keep(self, row: Row) -> None:
        """Keep a scheme: `sha256, name, version, summary, canonical, added_at`; nothing happens where it is kept."""

    def canonical_of(self, sha256: str) -> str | None:
        """The canonical JSON with that hash, or None."""

    def all(self) -> list[Row]:
        """Every scheme without its text, the oldest first: `sha256, name, version, summary, added_at`."""

    def get(self, sha256: str) -> Row | None:
        """One scheme without its text, or None."""
