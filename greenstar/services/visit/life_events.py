"""The steps in the life of a visit, as its journal notes them."""

from typing import Any

from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def note_life(
    workspace: Workspace,
    row: AssessmentRow,
    kind: str,
    at: str,
    after: dict[str, Any] | None,
    *,
    because: str | None = None,
) -> int:
    """Note a step in the life of a visit, inside a transaction; the number of its event.

    Where the revision was sealed on several laptops, it says which seal it is about. After a step the one file is
    whole: it is then that people copy it.
    """
    workspace.storage.make_whole()
    if row.seal is not None and workspace.storage.assessments.shares_journal(row.id):
        after = {**(after or {}), "seal": row.seal}
    change = Change(
        kind,
        before=canonical(row.status),
        after=None if after is None else canonical(after),
        because=because,
        store=row.store,
        assessment=row.id,
    )
    return workspace.storage.events.append([change], at, workspace.assessor)
