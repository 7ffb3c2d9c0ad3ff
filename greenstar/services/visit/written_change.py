"""One change of a visit as it is written: its row, its event, and what it changes on the store's page."""

from types import EllipsisType

from greenstar.record.event import Change
from greenstar.scheme.model import Scheme
from greenstar.services.visit import changes
from greenstar.services.visit.codec import reads_as
from greenstar.services.visit.conflict import conflict
from greenstar.services.visit.store_page import put_on_page
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def write_change(
    workspace: Workspace,
    row: AssessmentRow,
    scheme: Scheme,
    kind: str,
    subject: str,
    *,
    after: str | None,
    at: str,
    seen: str | EllipsisType | None = ...,
    undoes: int | None = None,
    because: str | None = None,
    whose: str | None = None,
) -> int | None:
    """Put a content (see `changes`) in the place of what there was, inside a transaction.

    The number of the last event that was noted; None where it is so already. `seen`: what it was changed from, else
    whatever it is. `whose`: whose entry it is, where somebody else entered it before. Conflict: it is not `seen` any
    more, and nothing is written.
    """
    storage, by = workspace.storage, whose or workspace.assessor
    before = changes.read(storage, row, kind, subject)
    if before == after:
        return None
    if seen is not ... and seen != _as_seen(scheme, kind, subject, before):
        raise conflict(storage, row.store, row.id, kind, subject, theirs=before)
    after = changes.write(storage, row, kind, subject, after, at=at, by=by)
    entry = Change(kind, subject, before, after, because, undoes, store=row.store, assessment=row.id, whose=whose)
    on_page = put_on_page(storage, row, {subject: after}, at=at, by=by) if kind == "fact" else []
    return storage.events.append([entry, *on_page], at, workspace.assessor)


def _as_seen(scheme: Scheme, kind: str, subject: str, text: str | None) -> str | None:
    """A content as a screen shows it: a fact that this scheme does not take counts as missing."""
    return reads_as(scheme, scheme.facts[subject], text) if kind == "fact" else text
