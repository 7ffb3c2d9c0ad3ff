"""What verifying keeps of every sealed revision until it has seen all of them: little, however many there are."""

import sys
from typing import NamedTuple

from greenstar.assessment.model import AssessmentKind, Status
from greenstar.services.verification.problem import ProblemPlace
from greenstar.storage.protocols.assessments import AssessmentRow


class SealedRow(NamedTuple):
    """The revision's number here, what it is of, and how it stands."""

    id: int
    store: str
    cycle: str
    scheme_name: str
    kind: AssessmentKind
    revision: int
    status: Status
    certificate: str | None
    set_aside: str | None

    @classmethod
    def of(cls, row: AssessmentRow) -> "SealedRow":
        """That of a revision. Names that many have in common are one text."""
        store, cycle, scheme = map(sys.intern, (row.store, row.cycle, row.scheme_name))
        return cls(row.id, store, cycle, scheme, row.kind, row.revision, row.status, row.certificate, row.set_aside)

    @property
    def revision_of(self) -> tuple[str, str, str, AssessmentKind, int]:
        """Which revision it is: of several seals of one, all but one are set aside."""
        return self.store, self.cycle, self.scheme_name, self.kind, self.revision

    @property
    def place(self) -> ProblemPlace:
        """Where it is."""
        return ProblemPlace(self.store, self.cycle, self.revision)
