"""Who decides on a visit: where its scheme says `decided_by: another`, nobody who had a hand in it.

As ISO/IEC 17065, 7.6 has it: whoever was involved in the evaluation does not decide.
"""

from greenstar.errors import BadInput
from greenstar.record.replay import KINDS
from greenstar.scheme.model import Scheme
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import folded

_ENTERED = ("answer", "exemption", "note")  # a new revision takes them over with the names of who entered them


def refuse_own_work(workspace: Workspace, row: AssessmentRow, scheme: Scheme) -> None:
    """Refuse (BadInput) a decision by whoever assessed, answered or submitted the visit, where the scheme says so."""
    if scheme.document.decided_by == "anyone":
        return
    involved = {folded(name) for name in people_behind(workspace, row)}
    if folded(workspace.assessor) in involved:
        raise BadInput("storage.decides_on_own_work", store=row.store, who=workspace.assessor)


def people_behind(workspace: Workspace, row: AssessmentRow) -> set[str]:
    """The assessor of a visit, and everybody who entered something or submitted it, in this revision or before."""
    storage = workspace.storage
    entered = [entry for table in _ENTERED for entry in storage.contents.full(table, [row.id])[row.id]]
    revisions = [
        other.id
        for other in storage.assessments.of_store(row.store)
        if (other.cycle, other.scheme_name) == (row.cycle, row.scheme_name) and other.revision <= row.revision
    ]
    changed = {name for number in revisions for name in storage.events.who_made(number, (*KINDS, "submitted"))}
    return {row.assessor, *changed, *(entry["by"] for entry in entered)} - {""}
