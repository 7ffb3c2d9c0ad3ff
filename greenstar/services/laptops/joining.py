"""One chain from elsewhere and the same one here become one: the events of both, and the tables that follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from greenstar.assessment.model import Status
from greenstar.record.event import Event
from greenstar.record.merge import DECIDED, WITHDRAWN, Clash, clashes, left_over, of_seal, overruled, sealings
from greenstar.record.replay import State, replay
from greenstar.record.timestamps import read_time
from greenstar.record.ulids import ulid_of
from greenstar.scoring.score import score
from greenstar.services.laptops.rebuilding import make_visit, rebuild_store, rebuild_visit
from greenstar.services.results.scorecards import stored_form
from greenstar.services.schemes import registry
from greenstar.services.visit.codec import load
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

ReadSeal = Callable[[str], str | None]


@dataclass(frozen=True)
class JoinedVisit:
    """What became of a visit. `came`: how many events; `begun`: it was not here; `sealed_now`: its seal came.

    `left_over`: the changes that no seal took in. `seals`: its seals, several where it was sealed on several laptops.
    `overruled`: decisions, where it was withdrawn on another laptop, and either came just now.
    """

    row: AssessmentRow
    came: int
    begun: bool
    sealed_now: bool
    clashes: Sequence[Clash] = ()
    left_over: Sequence[Event] = ()
    seals: Sequence[str] = ()
    overruled: Sequence[Event] = ()

    @property
    def is_told(self) -> bool:
        """Whether there is anything to be said of it."""
        return bool(self.came or self.clashes or len(self.seals) > 1)


def join_visit(workspace: Workspace, theirs: Sequence[Event], read_seal: ReadSeal) -> JoinedVisit:
    """Bring the events of a visit from elsewhere together with those here, inside a transaction."""
    storage, ulid = workspace.storage, theirs[0].chain.partition(":")[2]
    row = storage.assessments.by_ulid(ulid)
    here = [] if row is None else storage.events.of_chain(theirs[0].chain)
    known = {event.hash for event in here}
    new = [event for event in theirs if event.hash not in known]
    union = [*here, *new]
    seals = sealings(union)
    begun, was_draft = row is None, row is None or row.status is Status.DRAFT
    seal = row.seal if row is not None and row.seal is not None else next(iter(seals), None)
    events = of_seal(union, seal)
    state = replay(events)
    if row is None:
        row = make_visit(storage, ulid, state, events)
    storage.events.add(new)
    if new:
        document = read_seal(seal) if seal is not None and was_draft else None
        row = rebuild_visit(storage, row, state, events, partial(_told_by, here, seal), document=document)
        _keep_scorecard(workspace, row)
    for other in seals:
        if other != seal and new:
            _join_twin(workspace, here, union, other, read_seal)
    return JoinedVisit(
        row=storage.assessments.get(row.id),
        came=len(new),
        begun=begun,
        sealed_now=was_draft and not begun and row.status is not Status.DRAFT,
        clashes=clashes(union) if row.seal is None else (),
        left_over=[event for event in left_over(union, seals) if seals],
        seals=tuple(seals),
        overruled=overruled(events, union) if any(event.kind in (DECIDED, WITHDRAWN) for event in new) else (),
    )


def _told_by(events: Sequence[Event], seal: str | None) -> State:
    """What the events of a seal come to."""
    return replay(of_seal(events, seal))


def _join_twin(
    workspace: Workspace, here: Sequence[Event], union: Sequence[Event], seal: str, read_seal: ReadSeal
) -> None:
    """The same revision as another laptop sealed it: kept beside the one that is here, and neither counts."""
    storage, events = workspace.storage, of_seal(union, seal)
    state, row, told_here = replay(events), storage.assessments.by_seal(seal), partial(_told_by, here, seal)
    if row is None:
        sealing = sealings(union)[seal]
        row = make_visit(storage, ulid_of(read_time(sealing.at), seal), state, events)
        storage.assessments.change(row.id, {"shared": union[0].chain.partition(":")[2]})
        row = rebuild_visit(storage, row, state, events, told_here, document=read_seal(seal))
        _keep_scorecard(workspace, row)
    else:
        rebuild_visit(storage, row, state, events, told_here, document=None)


def _keep_scorecard(workspace: Workspace, row: AssessmentRow) -> None:
    """Score a visit that came from elsewhere, so that lists and rankings need not."""
    storage = workspace.storage
    scheme = registry.stored(storage, row.scheme)
    form = stored_form(scheme, score(scheme, load(storage, row.id, scheme)))
    storage.scorecards.keep(row.id, form, event=storage.events.last_number(), at=workspace.now())


def join_store(storage: Storage, theirs: Sequence[Event]) -> bool:
    """Bring the events of a store's page together with those here, inside a transaction; whether any came."""
    chain = theirs[0].chain
    here = storage.events.of_chain(chain)
    known = {event.hash for event in here}
    new = [event for event in theirs if event.hash not in known]
    if new:
        told = _told_by([*here, *new], None)
        rebuild_store(storage, told, min(event.at for event in theirs), partial(_told_by, here, None))
        storage.events.add(new)
    return bool(new)
