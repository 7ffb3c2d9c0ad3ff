"""A visit to be answered outside of the program: the questions, and what is known so far. Nothing is stored for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from greenstar.assessment.model import Answer, Status, Store, Visit
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.codec import load, read_facts
from greenstar.services.visit.opening import current
from greenstar.services.visit.previous import last_visit, still_to_settle
from greenstar.services.visit.worked_visit import WorkedVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row


@dataclass(frozen=True)
class VisitForm:
    """What a form asks: a visit as it stands, and the answers of the last cycle.

    `ruled_out`: criteria that do not apply by their rule; an answer may still change that. `undecided`: those of
    which nobody knows yet. `to_settle`: the open findings of the last visit, in `previous_cycle`, of which nothing is
    said yet.
    """

    scheme: Scheme
    visit: Visit
    previous: Mapping[str, Answer] = field(default_factory=dict)
    ruled_out: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    to_settle: Sequence[Row] = ()
    previous_cycle: str = ""


def form_of(workspace: Workspace, code: str) -> VisitForm:
    """The form for a store's draft in the workspace's cycle, or for one that is still to begin.

    BadInput: there is no such store, or its visit is sealed.
    """
    store = find_store(workspace, code)
    row, storage = current(workspace, store.code), workspace.storage
    if row is not None and row.status is not Status.DRAFT:
        raise BadInput("storage.sealed", store=store.code, status=Phrase(f"storage.{row.status}"))
    if row is None:
        workspace.use_scheme_of(store.code)
        scheme, visit = workspace.scheme, _to_begin(workspace, store)
    else:
        scheme = registry.stored(storage, row.scheme)
        visit = load(storage, row.id, scheme)
    before = last_visit(workspace, store.code, visit.cycle, scheme)
    environment = WorkedVisit(scheme, visit).steps.environment
    applies = environment.applies
    return VisitForm(
        scheme=scheme,
        visit=visit,
        previous=before.answers if before is not None else {},
        ruled_out=frozenset(name for name in applies if environment.applies_by_rule(scheme.criteria[name]) is False),
        undecided=frozenset(name for name, applying in applies.items() if not isinstance(applying, bool)),
        to_settle=still_to_settle(before, visit.findings),
        previous_cycle=before.cycle if before is not None else "",
    )


def _to_begin(workspace: Workspace, store: Store) -> Visit:
    return Visit(
        store=store,
        cycle=workspace.cycle,
        assessor="" if workspace.unnamed else workspace.assessor,
        facts=read_facts(workspace.scheme, workspace.storage.stores.facts(store.code)),
    )
