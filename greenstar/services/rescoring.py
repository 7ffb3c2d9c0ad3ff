"""Scoring again what is kept: of drafts whose scorecard is older than their last answer, and for exports."""

from typing import Any

from greenstar.assessment.model import Visit
from greenstar.database import assessments
from greenstar.database.assessments import AssessmentRow
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services import cards, schemes
from greenstar.services.content import load
from greenstar.services.workspace import Workspace


def fresh_row(workspace: Workspace, assessment: int) -> dict[str, Any]:
    """The figures of an assessment as they are now, as the database would keep them."""
    scheme, visit = scheme_and_visit(workspace, assessments.one(workspace.database, assessment))
    return cards.row(scheme, score(scheme, visit))


def scheme_and_visit(workspace: Workspace, row: AssessmentRow) -> tuple[Scheme, Visit]:
    """An assessment's rules and content."""
    scheme = schemes.stored(workspace.database, row.scheme)
    return scheme, load(workspace.database, row, scheme)
