"""A window on a visit: should it end without leaving, as with a flat battery, the next start goes on there."""

from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace


def enter(visit: OpenVisit) -> None:
    """A window shows this visit now."""
    if not visit.read_only:
        visit.workspace.storage.assessments.put_entered(visit.assessment.id, visit.workspace.now())


def leave(visit: OpenVisit) -> None:
    """The window was closed, or shows something else."""
    visit.workspace.storage.assessments.put_entered(visit.assessment.id, None)


def never_left(workspace: Workspace) -> str | None:
    """The store whose draft was open in a window that ended without being closed: a flat battery, a closed lid."""
    return workspace.storage.assessments.never_left()
