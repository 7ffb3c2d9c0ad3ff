"""Whether what was sealed is still what it was."""

from greenstar.record.canonical import sha256_of
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def seal_holds(workspace: Workspace, row: AssessmentRow) -> bool:
    """Whether what is stored of a sealed assessment still has the hash of its seal."""
    text = workspace.storage.assessments.sealed(row.id)
    return text is not None and sha256_of(text) == row.seal
