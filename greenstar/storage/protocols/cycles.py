"""The cycles: whatever visits were made in. A part of its own, as a ranking needs no more of visits than this."""

from typing import Protocol


class Cycles(Protocol):
    """The cycles that there are."""

    def latest(self) -> str | None:
        """The latest cycle, or None before the first visit."""

    def all(self) -> list[str]:
        """All of them, the latest first."""

    def counting(self) -> list[str]:
        """Those in which a visit counts, the latest first."""
