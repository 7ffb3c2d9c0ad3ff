"""Assessments: one visit to a store in a cycle under a scheme, in each of its revisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from greenstar.assessment.model import AssessmentKind, Status
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.stores import StoreRow


@dataclass(frozen=True)
class AssessmentRow:
    """One assessment without its content; `store` is the code, `scheme` the hash, `ulid` its identity to the world.

    `store_name`, `city`, `region`: the store as this visit has it.
    `cursor` is the criterion, and `cursor_question` the question, that was worked on last. `entered_at`: since when a
    window shows it. `counts`: its store is ranked by it, being the highest sealed revision of the store's visit in the
    cycle and scheme, and not withdrawn. `representative`, `remarks`: of the store, in the closing meeting.
    `replaces`: the seal of the revision that it goes on from.
    """

    id: int
    ulid: str
    store: str
    store_name: str
    city: str
    region: str
    cycle: str
    scheme_name: str
    scheme: str
    revision: int
    status: Status
    assessor: str
    visited: date | None
    cursor: str | None
    cursor_question: str | None
    changed_at: datetime
    counts: bool = False
    submitted_at: datetime | None = None
    certificate: str | None = None
    last_day: date | None = None
    entered_at: datetime | None = None
    seal: str | None = None
    representative: str = ""
    remarks: str = ""
    kind: AssessmentKind = AssessmentKind.VISIT
    replaces: str | None = None
    set_aside: str | None = None
    shared: str | None = None

    @property
    def journal(self) -> str:
        """The identity of the visit in whose journal its events stand: its own, unless it was sealed twice."""
        return self.shared or self.ulid


class Assessments(Protocol):
    """The assessments, without their content."""

    def start(
        self,
        store: StoreRow,
        cycle: str,
        *,
        ulid: str,
        scheme_name: str,
        scheme: str,
        revision: int,
        assessor: str,
        visited: str,
        at: str,
        kind: AssessmentKind = AssessmentKind.VISIT,
        replaces: str | None = None,
    ) -> int:
        """A new draft of a visit to the store as it is now; its id. `scheme` is the hash, `visited` a day as text.

        `replaces`: the seal of the revision that it goes on from.
        """

    def get(self, assessment: int) -> AssessmentRow:
        """The assessment with that id. StorageError: another program removed it."""

    def latest(self, store: str, cycle: str, scheme_name: str) -> AssessmentRow | None:
        """The latest revision of a store's visit, whatever its status."""

    def check_drafts(self, store: str, cycle: str, scheme_name: str) -> list[AssessmentRow]:
        """The drafts of a store's check visits in a cycle, the newest first."""

    def listed(self, cycle: str | None) -> list[AssessmentRow]:
        """For each store, cycle and scheme the revision that counts, or where none does the newest one.

        The latter is a draft or withdrawn. Of one cycle, or of all; by cycle, store and scheme.
        """

    def drafts(self, schemes: Iterable[str], kind: AssessmentKind | None = None) -> list[AssessmentRow]:
        """All drafts (those of one kind) under schemes of these hashes, by store."""

    def scheme_names(self) -> list[str]:
        """The names of the schemes by which visits were made, the most used first."""

    def stores_with_drafts(self) -> set[str]:
        """The stores that have a draft, in whatever cycle."""

    def assessors(self) -> list[str]:
        """Everybody who assessed, in the order of their first visits."""

    def of_store(self, store: str) -> list[AssessmentRow]:
        """All assessments of a store, the newest cycle and revision first."""

    def every_of_store(self, store: str) -> list[AssessmentRow]:
        """All assessments of a store, check visits as well, in the order in which they came."""

    def count(self, store: str | None) -> int:
        """How many revisions there are, of a store or (None) of all."""

    def by_ulid(self, ulid: str) -> AssessmentRow | None:
        """The assessment with that identity; None: it is not here."""

    def by_seal(self, seal: str) -> AssessmentRow | None:
        """The assessment that was sealed with that seal; None: it is not here."""

    def shares_journal(self, assessment: int) -> bool:
        """Whether another assessment has its events in the same journal."""

    def put_aside(self, seals: Sequence[str], kept: str | None) -> None:
        """Note of these seals that another one of the same revision is kept in their place; None: none is."""

    def previous(self, store: str, scheme_name: str, cycle: str) -> AssessmentRow | None:
        """The visit that counts of the store's last cycle before this one."""

    def touch(self, assessment: int, at: str) -> bool:
        """Note that a draft changed now. False: it is no draft any more."""

    def put_cursor(self, assessment: int, criterion: str, question: str | None, at: str) -> None:
        """Note which criterion of a draft is worked on, and at which question."""

    def put_entered(self, assessment: int, at: str | None) -> None:
        """Note since when a window shows a draft; None: it was left."""

    def never_left(self) -> str | None:
        """The store whose draft was shown by a window that ended without leaving it: the one worked on last."""

    def is_of_latest_cycle(self, assessment: int) -> bool:
        """Whether its store has no visit in a later cycle."""

    def change(self, assessment: int, values: Row) -> None:
        """Set values of an assessment: by the names of its columns, as texts."""

    def pass_decision_on(self, assessment: int, to: int) -> None:
        """Give a later revision what was decided on an earlier one: its status, day, certificate and last day.

        The certificate goes on for the later one, and does not stand on the earlier any more.
        """

    def sealed(self, assessment: int) -> str | None:
        """What was sealed when it was submitted, as JSON text."""

    def has_certificate(self, number: str) -> bool:
        """Whether a certificate has that number."""
