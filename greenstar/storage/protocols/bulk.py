"""Much at once, into a storage that is made anew: stores and sealed visits without a history of their own."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.stores import StoreRow


class SealedVisit(NamedTuple):
    """A first revision as it was sealed at a time, and what it came to. `seal`: the hash of `sealed`."""

    ulid: str
    store: StoreRow
    cycle: str
    status: str
    assessor: str
    visited: str
    at: str
    seal: str
    sealed: str
    card: ScorecardRow


class Bulk(Protocol):
    """Writing of rows in bulk."""

    def add_stores(self, stores: Sequence[StoreRow], at: str) -> None:
        """Add stores."""

    def add_sealed(self, visits: Sequence[SealedVisit], *, scheme_name: str, scheme: str, event: int) -> None:
        """Add visits under a scheme. `event`: the one that all of them came with."""
