"""Sealed visits of which only the result is kept, and no answers: nothing of them can be shown or worked out.

A large sample network is made of such visits. Worked out from their answers, each would come to nothing at all.
"""

from greenstar.errors import BadInput
from greenstar.i18n.phrase import Quantity
from greenstar.numbers import exact_figure
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def refuse_result_only(workspace: Workspace, row: AssessmentRow) -> None:
    """BadInput: only the result of the visit is kept; it says which."""
    if not workspace.storage.contents.results_only([row.id]):
        return
    kept = workspace.storage.scorecards.of([row.id])
    total = exact_figure(kept[row.id].row.total) if row.id in kept else None
    if total is None:
        raise BadInput("storage.result_only_unknown", store=row.store, cycle=row.cycle)
    raise BadInput("storage.result_only", store=row.store, cycle=row.cycle, points=Quantity(total))
