"""The cycles: whatever visits were made in. A part of its own, as a ranking needs no more of visits than this."""

from typing import Protocol


class Cycles(Protocol):
    """The cycles that there are."""

    def latest(self) -> str | None:
        """The latest cycle, or None before the first visit."""

    def called(self, cycle: str, *, spelt: str) -> str | None:
        """How the visits in a cycle spell it: as `spelt`, else as the first of them did; None: there are none."""

    def all(self) -> list[str]:
        """All of them, the latest first."""

    def counting(self) -> list[str]:
        """Those in which a visit counts, the latest first."""
