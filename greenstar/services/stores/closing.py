"""Stores that close: they leave the leagues that are not over, and what was said of them stays."""

from datetime import date

from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.timestamps import read_day_kept
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.codec import fit_text
from greenstar.services.workspace import Workspace


def closed_on(workspace: Workspace, code: str) -> date | None:
    """The day on which a store closed; None: it is open."""
    return read_day_kept(workspace.storage.stores.closed_on(code))


def close_store(workspace: Workspace, code: str, *, on: date | None, because: str) -> date:
    """Close a store on a day (None: today), and say which.

    BadInput: no reason, the store closed already, the day is still to come, or it was visited after that.
    """
    reason, day = _reason(because), on or workspace.today()
    if day > workspace.today():
        raise BadInput("closing.to_come", day=day)
    with workspace.storage.transaction():
        store = find_store(workspace, code).code
        before = closed_on(workspace, store)
        if before is not None:
            raise BadInput("closing.closed_already", store=store, day=before)
        visits = workspace.storage.assessments.of_store(store)
        visited = [row.visited for row in visits if row.visited is not None and row.status is not Status.WITHDRAWN]
        if visited and max(visited) > day:
            raise BadInput("closing.visited_later", store=store, day=day, visited=max(visited))
        _put_closed(workspace, store, before, day, reason)
    return day


def reopen_store(workspace: Workspace, code: str, because: str) -> None:
    """Open a store again. BadInput: no reason, or it is open."""
    reason = _reason(because)
    with workspace.storage.transaction():
        store = find_store(workspace, code).code
        before = closed_on(workspace, store)
        if before is None:
            raise BadInput("closing.is_open", store=store)
        _put_closed(workspace, store, before, None, reason)


def refuse_visit(workspace: Workspace, code: str, day: date) -> None:
    """Refuse (BadInput) a new visit to a store that had closed by then."""
    closed = closed_on(workspace, code)
    if closed is not None and day > closed:
        raise BadInput("closing.no_visit", store=code, day=closed)


def _put_closed(workspace: Workspace, code: str, before: date | None, after: date | None, because: str) -> None:
    workspace.storage.stores.put_closed(code, after.isoformat() if after else None)
    kind = "store_reopened" if after is None else "store_closed"
    change = Change(kind, code, _json(before), _json(after), because=because, store=code)
    workspace.storage.events.append([change], workspace.now(), workspace.assessor)


def _json(day: date | None) -> str | None:
    return None if day is None else canonical(day.isoformat())


def _reason(because: str) -> str:
    clean = fit_text(because)
    if not clean:
        raise BadInput("closing.because_needed")
    return clean
