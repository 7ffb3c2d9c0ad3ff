"""A storage: all its parts, and what holds for all of them."""

from contextlib import AbstractContextManager
from typing import Protocol

from greenstar.storage.protocols.assessments import Assessments
from greenstar.storage.protocols.bulk import Bulk
from greenstar.storage.protocols.closings import Closings
from greenstar.storage.protocols.contents import Contents
from greenstar.storage.protocols.cycles import Cycles
from greenstar.storage.protocols.double_visits import DoubleVisits
from greenstar.storage.protocols.drafts import Drafts
from greenstar.storage.protocols.due import Due
from greenstar.storage.protocols.events import Events
from greenstar.storage.protocols.evidence import EvidenceFiles
from greenstar.storage.protocols.exports import Exports
from greenstar.storage.protocols.integrity import Integrity
from greenstar.storage.protocols.schemes import Schemes
from greenstar.storage.protocols.scorecards import Scorecards
from greenstar.storage.protocols.standings import Standings
from greenstar.storage.protocols.statements import Signatures, Statements
from greenstar.storage.protocols.stores import Stores


class Storage(Protocol):
    """Where everything is kept. It belongs to the thread that opened it, but for `evidence`."""

    @property
    def where(self) -> str:
        """What it is called in messages."""

    @property
    def is_copy_in_use(self) -> bool:
        """Whether it is a copy of the one file alone, made while that was in use: its last changes may be missing."""

    @property
    def assessments(self) -> Assessments:
        """The assessments."""

    @property
    def contents(self) -> Contents:
        """What assessments hold."""

    @property
    def drafts(self) -> Drafts:
        """Half-typed text."""

    @property
    def events(self) -> Events:
        """The journal."""

    @property
    def schemes(self) -> Schemes:
        """The schemes."""

    @property
    def scorecards(self) -> Scorecards:
        """The stored scorecards."""

    @property
    def standings(self) -> Standings:
        """What each store is ranked by."""

    @property
    def signatures(self) -> Signatures:
        """The signatures of seals and statements."""

    @property
    def statements(self) -> Statements:
        """What is stated of seals."""

    @property
    def stores(self) -> Stores:
        """The stores and their facts."""

    @property
    def cycles(self) -> Cycles:
        """The cycles."""

    @property
    def closings(self) -> Closings:
        """The documents of closed cycles."""

    @property
    def bulk(self) -> Bulk:
        """Much at once."""

    @property
    def due(self) -> Due:
        """What falls due."""

    @property
    def double_visits(self) -> DoubleVisits:
        """What is read of double visits."""

    @property
    def evidence(self) -> EvidenceFiles:
        """The evidence files."""

    @property
    def exports(self) -> Exports:
        """What is read to be written elsewhere."""

    @property
    def integrity(self) -> Integrity:
        """The storage as a file."""

    def again(self, patience: int | None = None) -> "Storage":
        """The same opened anew, for another thread. `patience`: milliseconds that a write waits for another program."""

    def reading(self) -> AbstractContextManager[None]:
        """All that is read inside is as it was when the first of it was read, whatever others write meanwhile."""

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside are on disk when it ends, or none is. Inside another one it is part of that."""

    def make_whole(self) -> None:
        """Put all that was written into the one file, for whoever copies it; in a transaction: after it."""

    def close(self) -> None:
        """Close it."""
