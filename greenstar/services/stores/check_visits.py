"""The check visits to a store: told beside its visits, as none of them counts."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.scheme.model import Scheme
from greenstar.services.results.stored_visits import visits
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.worked_visit import WorkedVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


@dataclass(frozen=True)
class CheckVisit:
    """A check visit: who made it and when, how far it has come, and what it comes to as it stands."""

    cycle: str
    scheme: Scheme
    assessor: str
    visited: date | None
    answered: int
    asked: int
    total: Fraction | None
    available: Fraction


def check_visits(workspace: Workspace, code: str) -> list[CheckVisit]:
    """The check visits to a store, the newest cycle first. BadInput: there is no such store."""
    storage, store = workspace.storage, find_store(workspace, code).code
    rows = {row.id: row for row in storage.double_visits.check_visits(store=store)}
    schemes = {number: row.scheme for number, row in rows.items()}
    return [
        _check_visit(rows[number], WorkedVisit(scheme, visit)) for number, scheme, visit in visits(storage, schemes)
    ]


def _check_visit(row: AssessmentRow, worked: WorkedVisit) -> CheckVisit:
    card = worked.scorecard
    return CheckVisit(
        cycle=row.cycle,
        scheme=worked.scheme,
        assessor=row.assessor,
        visited=row.visited,
        answered=card.answered,
        asked=card.asked,
        total=card.total,
        available=card.available,
    )
