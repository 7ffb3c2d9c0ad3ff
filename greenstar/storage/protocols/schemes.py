"""Schemes, by the hash of their canonical JSON."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class SchemeRow:
    """A scheme without its text; `summary` is what a ranking shows of it, as JSON.

    `rules` is the hash of what its rules mean, whatever their wording. `edition`: by which program's measure it is read
    and scored; 1 is that of programs up to 0.2.
    """

    sha256: str
    name: str
    version: str
    summary: str
    added_at: str
    rules: str
    edition: int


@dataclass(frozen=True)
class VisitCount:
    """How many stores' visits of a status stand on rules in a cycle: the newest revision of each."""

    rules: str
    cycle: str
    status: str
    count: int


class Schemes(Protocol):
    """The schemes that visits were made under."""

    def keep(self, scheme: SchemeRow, canonical: str) -> None:
        """Keep a scheme with its canonical JSON; nothing happens where it is kept."""

    def canonical_of(self, sha256: str) -> str | None:
        """The canonical JSON with that hash, or None."""

    def all(self) -> list[SchemeRow]:
        """Every scheme, the oldest first."""

    def get(self, sha256: str) -> SchemeRow | None:
        """The scheme of that hash, or None."""

    def visits(self) -> list[VisitCount]:
        """How many visits stand on each, by cycle and status; check visits are none."""
