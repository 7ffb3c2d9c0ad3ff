"""Scorecards: what an export reads, without scoring again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class GroupRow:
    """A category of a scorecard: figures as a reader sees them, then exactly. `share`, `percent` None: nothing applies.

    `points_exact` and `available_exact` are None in drafts of programs before 0.3, until they are scored again.
    """

    group: str
    points: float
    available: float
    percent: float | None
    bonus: bool
    share: str | None
    points_exact: str | None
    available_exact: str | None


@dataclass(frozen=True)
class ScorecardRow:
    """What is kept of a scorecard. Exact figures are texts (305/4), the numbers beside them for reading and sorting.

    `why_not`, `keys`, `first_reason` and `totals_by_policy` are JSON texts. `key_1` to `key_6` are the first six of
    `keys`, in the order in which they count. `reasons` counts those in `why_not`, `first_reason` is the first as a
    sentence by language: 0 and None where the scheme has no rule for lighthouse stores. `worst`, `best` and what
    follows them are None in rows of programs up to 0.2, `excused_points` in those of programs before 0.3.
    """

    total: str | None
    total_number: float | None
    available: str
    share: str | None
    level: str | None
    stars: int
    candidate: bool
    why_not: str
    keys: str
    key_1: float | None
    key_2: float | None
    key_3: float | None
    key_4: float | None
    key_5: float | None
    key_6: float | None
    reasons: int
    first_reason: str | None
    answered: int
    asked: int
    complete: bool
    not_applicable_points: str
    worst: str | None
    worst_level: str | None
    best: str | None
    best_level: str | None
    totals_by_policy: str | None
    excused_points: str | None
    groups: tuple[GroupRow, ...]


@dataclass(frozen=True)
class StoredScorecard:
    """A scorecard as it was kept. `stale`: it does not take the last change of its visit into account."""

    row: ScorecardRow
    stale: bool


class Scorecards(Protocol):
    """The stored scorecards."""

    def keep(self, assessment: int, card: ScorecardRow, *, event: int, at: str) -> None:
        """Keep a scorecard in the place of the assessment's older one. `event`: the last change that it counts."""

    def of(self, assessments: Sequence[int]) -> dict[int, StoredScorecard]:
        """The scorecards of these assessments, of those that have one: in a few statements, however many there are."""

    def shares(self, assessments: Sequence[int]) -> dict[int, dict[str, str | None]]:
        """The exact share of each category that is no bonus, of each of these assessments; None: nothing applies."""

    def stale(self, assessments: Sequence[int]) -> set[int]:
        """Those of these whose scorecard does not take the last change into account, or that have none."""
