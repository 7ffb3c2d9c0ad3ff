"""Double visits: what is read of visits and check visits to see how far assessors agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from greenstar.storage.protocols.assessments import AssessmentRow


@dataclass(frozen=True)
class EnteredRow:
    """Something that was entered in an assessment: when, by whom, of which kind, at which subject.

    `because`: why, or from which file it came.
    """

    assessment: int
    scheme: str
    at: datetime
    by: str
    kind: str
    subject: str | None
    because: str | None


@dataclass(frozen=True)
class EarnedRow:
    """How often a criterion had this outcome and these points (exact, as texts) in some sealed visits."""

    criterion: str
    outcome: str
    points: str
    available: str
    visits: int


class DoubleVisits(Protocol):
    """Visits, check visits, and how they were entered. All of it is only read."""

    def check_visits(self, *, cycle: str | None = None, store: str | None = None) -> list[AssessmentRow]:
        """The check visits of a cycle, of a store, or of both: by cycle (the newest first), store and age."""

    def entered(self, cycle: str, schemes: Iterable[str]) -> list[EnteredRow]:
        """All entries of first revisions in a cycle under schemes of these hashes: by assessment, in their order."""

    def earned(self, assessments: Sequence[int]) -> list[EarnedRow]:
        """What criteria came to in these sealed visits, by criterion."""
