"""What is read to be written elsewhere, however much it is: numbers first, then what they stand for, batch by batch."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.stores import StoreRow


class Listed(NamedTuple):
    """Assessments by their numbers, in their order, and the hashes of their schemes in the order of these."""

    numbers: Sequence[int]
    schemes: Sequence[str]


class Exports(Protocol):
    """Reading of tables as wholes."""

    def listed(self, cycle: str | None, *, withdrawn: bool) -> Listed:
        """What `Assessments.listed` lists, with or without what was withdrawn."""

    def assessments(self, numbers: Sequence[int]) -> list[AssessmentRow]:
        """Assessments by their numbers, in their order."""

    def events(self, cycle: str | None) -> Iterator[Row]:
        """The events of the visits of a cycle, or (None) all, in their order; `before`, `after` are JSON texts."""

    def certificates(self, cycle: str | None) -> Iterator[Row]:
        """The certificates of a cycle, or (None) all, by their numbers: exact figures, days and times as texts."""

    def stores(self) -> Iterator[tuple[StoreRow, dict[str, str]]]:
        """The stores by code, each with its facts as JSON texts."""
