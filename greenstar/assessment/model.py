"""What an assessor records: a store, and one visit to it.

A `Visit` is all that scoring looks at. Nothing here knows where it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from greenstar.scheme.severities import FindingLimit, Severity

Answer = bool | Fraction | str | tuple[str, ...] | date
"""A recorded value: of a boolean, a number (86.7 % is 867/1000), a choice or text, a multiple, a date."""


class Status(StrEnum):
    """Where an assessment stands in its life."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class AssessmentKind(StrEnum):
    """What an assessment is: the visit, or a second assessor's of the same store and cycle, which never counts."""

    VISIT = "visit"
    CHECK_VISIT = "check_visit"


@dataclass(frozen=True)
class Store:
    """A dealership; `code` names it everywhere."""

    code: str
    name: str
    city: str = ""
    region: str = ""


@dataclass(frozen=True)
class Evidence:
    """A file or reading that supports an answer; `taken_at`: when the file itself was last changed, UTC."""

    file: str
    verified: bool = False
    caption: str = ""
    sha256: str = ""
    bytes: int = 0
    taken_at: str = ""


@dataclass(frozen=True)
class Finding:
    """A nonconformity at a criterion, with what closes it (`action`), by whom and when, and when it was closed.

    `id` stays the same through the revisions of a visit. `follows` is the id of the finding of an earlier visit that
    this one goes on from. `owner` is who sees to the action.
    """

    criterion: str
    severity: Severity
    text: str
    action: str = ""
    due: date | None = None
    closed: date | None = None
    id: str = ""
    follows: str = ""
    owner: str = ""

    @property
    def counts_as(self) -> tuple[FindingLimit, ...]:
        """The limits of levels that it counts towards; none once it is closed."""
        if self.closed is not None:
            return ()
        return (self.severity, "repeated") if self.follows else (self.severity,)


FINDING_KEYS = ("criterion", "severity", "text", "action", "owner", "due", "closed")
"""What people write of a finding, in the order in which they are asked for it."""


@dataclass
class Visit:
    """One visit to one store in one cycle, as far as it has come."""

    store: Store
    cycle: str = ""
    assessor: str = ""
    visited: date | None = None
    facts: Mapping[str, Answer] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
