"""Opening visits: the one that a store has in a cycle, or a new one."""

from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.sqlite import assessments, events
from greenstar.storage.sqlite.assessments import AssessmentRow
from greenstar.storage.sqlite.events import Change, canonical


def open_visit(workspace: Workspace, code: str) -> OpenVisit:
    """The store's visit in the workspace's cycle: its draft, else its sealed one to look at, else a new draft."""
    find_store(workspace, code)
    row = current(workspace, code)
    return OpenVisit(workspace, row if row is not None else _started(workspace, code))


def current(workspace: Workspace, code: str) -> AssessmentRow | None:
    """The latest revision of the store's visit in the cycle: under the scheme asked for, else the last worked on."""
    if workspace.named_scheme is not None:
        return assessments.latest(workspace.database, code, workspace.cycle, workspace.scheme.name)
    rows = [row for row in assessments.of_store(workspace.database, code) if row.cycle == workspace.cycle]
    newest: dict[str, AssessmentRow] = {}
    for row in rows:  # the highest revision of each scheme comes first
        newest.setdefault(row.scheme_name, row)
    return max(newest.values(), key=lambda row: (not row.seal, row.changed_at), default=None)


def _started(workspace: Workspace, code: str) -> AssessmentRow:
    scheme, cycle, at = workspace.scheme, workspace.cycle, workspace.now()
    database = workspace.database
    with database.transaction():
        already = assessments.latest(database, code, cycle, scheme.name)  # another window may have been quicker
        return already or start(workspace, code, scheme, cycle=cycle, at=at)


def start(
    workspace: Workspace,
    code: str,
    scheme: Scheme,
    *,
    cycle: str,
    at: str,
    revision: int = 1,
    assessor: str = "",
    visited: str | None = None,
) -> AssessmentRow:
    """A new draft, inside a transaction."""
    database = workspace.database
    registry.keep(database, scheme, at)
    row = {
        "store": code,
        "cycle": cycle,
        "scheme_name": scheme.name,
        "scheme": scheme.sha256,
        "revision": revision,
        "assessor": assessor or workspace.assessor,
        "visited": visited if visited is not None else at[:10],
        "cursor": None,
        "at": at,
    }
    number = assessments.start(database, row)
    became = {"cycle": cycle, "scheme": scheme.name, "version": scheme.version, "revision": revision}
    change = Change("started", became=canonical(became), store=code, assessment=number)
    events.append(database, [change], at, workspace.assessor)
    return assessments.one(database, number)
