"""What is read to be written elsewhere, however much it is: numbers first, then what they stand for, batch by batch."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.stores import StoreRow


class ListedVisits(NamedTuple):
    """Assessments by their numbers, in their order, and the hashes of their schemes in the order of these."""

    numbers: Sequence[int]
    schemes: Sequence[str]


class ScoredVisit(NamedTuple):
    """An assessment as the table of scores tells of it: `counts` and `stale` as in its view, figures of its scorecard.

    Days, times and exact figures are texts; without a scorecard it is stale, and its figures are None.
    """

    number: int
    store: str
    name: str
    city: str
    region: str
    cycle: str
    scheme_name: str
    scheme: str
    status: str
    assessor: str
    visited: str | None
    submitted_at: str | None
    revision: int
    certificate: str | None
    last_day: str | None
    counts: int
    stale: int
    total: str | None
    available: str
    share: str | None
    level: str | None
    stars: int
    candidate: int
    answered: int
    asked: int
    not_applicable_points: str
    excused_points: str | None


class CategoryFigures(NamedTuple):
    """The figures of a category of an assessment, as numbers."""

    assessment: int
    category: str
    points: float
    available: float
    percent: float | None


class Exports(Protocol):
    """Reading of tables as wholes."""

    def listed(self, cycle: str | None, *, withdrawn: bool) -> ListedVisits:
        """What `Assessments.listed` lists, with or without what was withdrawn."""

    def assessments(self, numbers: Sequence[int]) -> list[AssessmentRow]:
        """Assessments by their numbers, in their order."""

    def scored(self, numbers: Sequence[int]) -> list[ScoredVisit]:
        """Assessments by their numbers, in their order, with the figures of their scorecards."""

    def categories(self, numbers: Sequence[int]) -> Iterator[CategoryFigures]:
        """The figures of the categories of assessments, by their numbers, in no order."""

    def events(self, cycle: str | None) -> Iterator[Row]:
        """The events of the visits of a cycle, or (None) all, in their order; `before`, `after` are JSON texts."""

    def certificates(self, cycle: str | None) -> Iterator[Row]:
        """The certificates of a cycle, or (None) all, by their numbers: exact figures, days and times as texts."""

    def stores(self) -> Iterator[tuple[StoreRow, dict[str, str]]]:
        """The stores by code, each with its facts as JSON texts."""
