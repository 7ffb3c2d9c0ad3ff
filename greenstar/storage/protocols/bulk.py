"""Many visits at once: in as many statements whether there are ten visits or ten thousand."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from greenstar.storage.protocols import Row


class Bulk(Protocol):
    """Reading many visits at once."""

    def scheme_names(self) -> list[str]:
        """The names of the schemes by which visits were made, the most used first."""

    def counting(self, scheme_name: str, cycle: str | None) -> list[int]:
        """Of each store and cycle the visit that counts: the latest sealed revision, else the draft."""

    def contents(self, assessments: Sequence[int]) -> Iterator[Row]:
        """The visits with these ids: what they hold (`sealed`, or `draft`) and their kept figures."""
