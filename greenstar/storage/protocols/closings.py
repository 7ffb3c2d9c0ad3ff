"""Closings: the documents of closed cycles. A part of its own, as a ranking needs no more than this."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from greenstar.record.canonical import sha256_of


@dataclass(frozen=True)
class ClosingRow:
    """A cycle was closed: when, by whom, with which document (`sealed`, a JSON text) and its SHA-256 (`seal`).

    `reopened_at`, `reopened_by`, `because`: it was opened again; None where it is still closed.
    """

    id: int
    cycle: str
    revision: int
    at: str
    by: str
    seal: str
    sealed: str
    reopened_at: str | None
    reopened_by: str | None
    because: str | None

    @property
    def is_closed(self) -> bool:
        """Whether the cycle is closed by it, and was not opened again."""
        return self.reopened_at is None

    @property
    def is_whole(self) -> bool:
        """Whether its document still has the hash that it was sealed with."""
        return sha256_of(self.sealed) == self.seal


@dataclass(frozen=True)
class WorkRow:
    """A store whose visit of a cycle is not done with: `why` is `draft`, `undecided` or `clashing`."""

    why: str
    store: str


class Closings(Protocol):
    """What was kept when cycles were closed."""

    def keep(self, cycle: str, *, revision: int, at: str, by: str, seal: str, sealed: str) -> None:
        """Keep the document of a cycle that is closed."""

    def reopen(self, closing: int, *, at: str, by: str, because: str) -> None:
        """Note that a cycle was opened again; its document stays."""

    def latest(self, cycle: str) -> ClosingRow | None:
        """The last closing of a cycle, also where it was opened again; None: it was never closed."""

    def all(self) -> list[ClosingRow]:
        """All closings: the newest cycle and revision first."""

    def work_left(self, cycle: str) -> list[WorkRow]:
        """The stores whose visits of a cycle are not done with, but for closed stores: by why and store."""

    def assessments_of(self, seals: Sequence[str]) -> dict[str, int]:
        """The assessments that have these seals."""
