"""Reading visits back with their rules: to score again what changed since, and to export."""

from itertools import groupby
from typing import Any

from greenstar.assessment.model import Status, Visit
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.results import scorecards
from greenstar.services.schemes import registry
from greenstar.services.visit.codec import load
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def fresh_row(workspace: Workspace, assessment: int) -> dict[str, Any]:
    """The figures of an assessment as they are now, as the database would keep them."""
    scheme, visit = scheme_and_visit(workspace, workspace.storage.assessments.get(assessment))
    return scorecards.row(scheme, score(scheme, visit))


def scheme_and_visit(workspace: Workspace, row: AssessmentRow) -> tuple[Scheme, Visit]:
    """An assessment's rules and content."""
    scheme = registry.stored(workspace.storage, row.scheme)
    return scheme, load(workspace.storage, row, scheme)


def counting(workspace: Workspace) -> list[AssessmentRow]:
    """The visits of the cycle, each as it counts: its latest submitted revision, else its draft."""
    found = []
    rows = workspace.storage.assessments.of_cycle(workspace.cycle)
    for _, revisions in groupby(rows, key=lambda row: (row.store, row.scheme_name)):
        several = list(revisions)
        sealed = next((row for row in several if row.status is not Status.DRAFT), None)
        counts = sealed is not None and sealed.status is not Status.WITHDRAWN
        found.append(sealed if counts and sealed is not None else several[0])
    return found
