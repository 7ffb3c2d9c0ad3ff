"""Opening visits: the one that a store has in a cycle, or a new one."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from greenstar.assessment.model import AssessmentKind, Status, Store
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.replay import STARTED, plain_held
from greenstar.record.timestamps import local_day, read_time
from greenstar.record.ulids import new_ulid
from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
from greenstar.services.stores.closing import refuse_visit
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.result_only import refuse_result_only
from greenstar.services.visit.scheme_of_visit import is_moved, refuse_other_version, take_words, use
from greenstar.services.visit.store_page import copy_from_page
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.stores import StoreRow
from greenstar.text import folded

BeginWith = Callable[[AssessmentRow, Scheme], None]
"""Gives a new draft what it begins with under its scheme."""


def open_visit(workspace: Workspace, code: str) -> OpenVisit:
    """The store's visit in the workspace's cycle: its draft, else its sealed one to look at, else a new draft.

    BadInput: only its result is kept.
    """
    visit = visit_there(workspace, code) or OpenVisit(workspace, made_ready(workspace, code))
    refuse_result_only(workspace, visit.assessment)
    return visit


def visit_there(workspace: Workspace, code: str) -> OpenVisit | None:
    """As `open_visit`, but nothing is written: None where something would be. BadInput: there is no such store."""
    row = current(workspace, find_store(workspace, code).code)
    return None if row is None or _wants_other_words(workspace, row) else OpenVisit(workspace, row)


def unfinished(workspace: Workspace, code: str) -> OpenVisit | None:
    """The store's draft of an earlier cycle, where no cycle was asked for: the next begins by a step of its own."""
    if workspace.named_cycle is not None or workspace.named_scheme is not None:
        return None
    rows = workspace.storage.assessments.of_store(find_store(workspace, code).code)
    row = next((row for row in rows if row.status is Status.DRAFT and row.set_aside is None), None)
    return None if row is None else OpenVisit(workspace.in_cycle(row.cycle), row)


def made_ready(workspace: Workspace, code: str) -> AssessmentRow:
    """The visit to be opened, after what has to be written first: a new draft, or the words that were asked for."""
    store = find_store(workspace, code)
    row = current(workspace, store.code)
    if row is None:
        return _started(workspace, store)
    return _in_words_asked_for(workspace, row) if _wants_other_words(workspace, row) else row


def _wants_other_words(workspace: Workspace, row: AssessmentRow) -> bool:
    """Whether it is a draft in other words than those of the scheme that was asked for, which has the same rules."""
    if row.status is not Status.DRAFT or workspace.named_scheme is None:
        return False
    return row.scheme != workspace.scheme.sha256 and not is_moved(workspace, row, workspace.scheme)


def _in_words_asked_for(workspace: Workspace, row: AssessmentRow) -> AssessmentRow:
    scheme, at, storage = workspace.scheme, workspace.now(), workspace.storage
    with storage.transaction():
        use(workspace, scheme, at)
        draft = storage.assessments.get(row.id)
        if draft.scheme != scheme.sha256 and draft.status is Status.DRAFT:
            take_words(workspace, draft, scheme, at)
    return storage.assessments.get(row.id)


def current(workspace: Workspace, code: str) -> AssessmentRow | None:
    """The latest revision of the store's visit in the cycle: under the scheme asked for, else the last worked on.

    BadInput: a file was asked for that holds another version than the visit's, or other rules under the same. A name
    alone stands for any version.
    """
    if workspace.named_scheme is not None:
        row = workspace.storage.assessments.latest(code, workspace.cycle, workspace.scheme.name)
        if row is not None and registry.is_path(workspace.named_scheme):
            refuse_other_version(workspace, row, workspace.scheme)
        return row
    rows = [row for row in workspace.storage.assessments.of_store(code) if row.cycle == workspace.cycle]
    newest: dict[str, AssessmentRow] = {}
    for row in rows:  # the highest revision of each scheme comes first
        newest.setdefault(row.scheme_name, row)
    return max(newest.values(), key=lambda row: (not row.seal, row.changed_at), default=None)


def _started(workspace: Workspace, store: Store) -> AssessmentRow:
    scheme, cycle, at = workspace.scheme, workspace.cycle, workspace.now()
    storage = workspace.storage
    with storage.transaction():
        already = storage.assessments.latest(store.code, cycle, scheme.name)  # another window may have been quicker
        if already is not None:
            return already
        refuse_visit(workspace, store.code, local_day(at))
        return start(workspace, store, scheme, cycle=cycle, at=at, fill=from_page(workspace))


def begin_check_visit(workspace: Workspace, code: str) -> AssessmentRow:
    """The assessor's check visit of a store in the workspace's cycle: the draft that there is, else a new one.

    It is compared with the visit, and never counts. BadInput: there is no such store, or it had closed.
    """
    store, scheme, storage = find_store(workspace, code), workspace.scheme, workspace.storage
    with storage.transaction():
        for row in storage.assessments.check_drafts(store.code, workspace.cycle, scheme.name):
            if folded(row.assessor) == folded(workspace.assessor):
                return row
        at = workspace.now()
        refuse_visit(workspace, store.code, local_day(at))
        fill = from_page(workspace)
        return start(workspace, store, scheme, cycle=workspace.cycle, at=at, kind=AssessmentKind.CHECK_VISIT, fill=fill)


def from_page(workspace: Workspace) -> BeginWith:
    """What a store's first revision begins with: the facts of its page."""

    def fill(row: AssessmentRow, scheme: Scheme) -> None:
        copy_from_page(workspace.storage, row, scheme)

    return fill


def start(
    workspace: Workspace,
    store: Store,
    scheme: Scheme,
    *,
    cycle: str,
    at: str,
    revision: int = 1,
    assessor: str = "",
    visited: str | None = None,
    kind: AssessmentKind = AssessmentKind.VISIT,
    replaces: str | None = None,
    fill: BeginWith,
) -> AssessmentRow:
    """A new draft, inside a transaction. `store`: as the visit has it. `fill` gives it what it begins with.

    `replaces`: the seal of the revision that it goes on from. All that it begins with stands in its first event.
    """
    storage = workspace.storage
    use(workspace, scheme, at)
    scheme = registry.newest_wording(storage, scheme)
    number = storage.assessments.start(
        StoreRow(**asdict(store)),
        cycle,
        ulid=new_ulid(read_time(at)),
        scheme_name=scheme.name,
        scheme=scheme.sha256,
        revision=revision,
        assessor=assessor or workspace.assessor,
        visited=visited if visited is not None else local_day(at).isoformat(),
        at=at,
        kind=kind,
        replaces=replaces,
    )
    fill(storage.assessments.get(number), scheme)
    row = storage.assessments.get(number)
    after = canonical(_begins_with(workspace, row, scheme))
    change = Change(STARTED, after=after, store=store.code, assessment=number)
    storage.events.append([change], at, workspace.assessor)
    return row


def _begins_with(workspace: Workspace, row: AssessmentRow, scheme: Scheme) -> dict[str, Any]:
    """All of a new draft, as its first event says it."""
    meeting = {"representative": row.representative, "remarks": row.remarks, "replaces": row.replaces}
    held = plain_held(workspace.storage.contents.state(row.id).held)
    return {
        "cycle": row.cycle,
        "scheme": scheme.name,
        "version": scheme.version,
        "sha256": scheme.sha256,
        "revision": row.revision,
        "kind": row.kind,
        "store": {"code": row.store, "name": row.store_name, "city": row.city, "region": row.region},
        "assessor": row.assessor,
        "visited": row.visited.isoformat() if row.visited else None,
        **{name: value for name, value in meeting.items() if value},
        **({"held": held} if held else {}),
    }
