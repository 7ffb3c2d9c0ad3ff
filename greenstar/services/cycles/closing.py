"""Closing a cycle, opening it again, and what was closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from greenstar.assessment.reasons import says_something
from greenstar.errors import BadInput
from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.closing import closing_document
from greenstar.record.event import Change
from greenstar.record.timestamps import local_day
from greenstar.services.cycles.kept_leagues import plain_leagues
from greenstar.services.cycles.work_left import WorkLeft, work_left
from greenstar.services.visit.codec import fit_text
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.closings import ClosingRow


@dataclass(frozen=True)
class Closed:
    """What closing a cycle kept: how many stores, in how many leagues, and the hash of it all.

    `ranges`: whether all leagues were kept with the ranges of their places.
    """

    cycle: str
    revision: int
    stores: int
    leagues: int
    seal: str
    left: WorkLeft
    ranges: bool


@dataclass(frozen=True)
class CycleNow:
    """A cycle as it stands: how many visits count, what is left to do, and its closings, the last one first."""

    cycle: str
    visits: int
    left: WorkLeft
    closings: tuple[ClosingRow, ...]

    @property
    def closed(self) -> ClosingRow | None:
        """The closing that holds; None: it is open."""
        return next((closing for closing in self.closings[:1] if closing.is_closed), None)


def closed_cycle(workspace: Workspace, cycle: str) -> ClosingRow | None:
    """The closing of a cycle; None: it is open."""
    closing = workspace.storage.closings.latest(cycle)
    return closing if closing is not None and closing.is_closed else None


def cycle_named(workspace: Workspace, cycle: str) -> str:
    """A cycle that somebody named, as its visits spell it. BadInput: there is no visit in it."""
    known, cycles = workspace.known_cycle(cycle), workspace.storage.cycles.all()
    if known not in cycles:
        raise BadInput("cycles.unknown" if cycles else "cycles.unknown_none", cycle=known or '""', known=cycles)
    return known


def refuse_closed(workspace: Workspace, cycle: str) -> None:
    """Refuse (BadInput) to close a cycle that is closed already."""
    closing = closed_cycle(workspace, cycle)
    if closing is not None:
        raise BadInput("cycles.closed_already", cycle=cycle, day=local_day(closing.at))


def close(workspace: Workspace, cycle: str) -> Closed:
    """Keep the leagues of a cycle as they are, sealed.

    They are worked out before anything is written, as that may take a while. BadInput: it is closed already, no visit
    of it counts, or something was recorded meanwhile.
    """
    storage = workspace.storage
    number, leagues = storage.events.last_number(), plain_leagues(workspace, cycle)
    if not leagues:
        raise BadInput("cycles.nothing_counts", cycle=cycle)
    with storage.transaction():
        refuse_closed(workspace, cycle)
        if storage.events.last_number() != number:
            raise BadInput("cycles.changed_meanwhile", cycle=cycle)
        left = work_left(workspace, cycle)
        content = _content(workspace, cycle, left, leagues)
        revision, at, document = content["revision"], content["closed"], closing_document(content)
        seal = sha256_of(document)
        storage.closings.keep(cycle, revision=revision, at=at, by=workspace.assessor, seal=seal, sealed=document)
        stores = sum(len(league["stores"]) for league in leagues)
        after = canonical({"revision": revision, "seal": seal, "stores": stores})
        _note(workspace, Change("cycle_closed", cycle, after=after), at)
    ranges = all(league["settings"] is not None for league in leagues)
    return Closed(cycle, revision, stores, len(leagues), seal, left, ranges)


def _content(workspace: Workspace, cycle: str, left: WorkLeft, leagues: list[dict[str, Any]]) -> dict[str, Any]:
    """What the document of a cycle says that is closed now."""
    before = workspace.storage.closings.latest(cycle)
    return {
        "cycle": cycle,
        "revision": 1 if before is None else before.revision + 1,
        "closed": workspace.now(),
        "by": workspace.assessor,
        "replaces": None if before is None else before.seal,
        "because": None if before is None else before.because,
        "left": {kind: list(stores) for kind, stores in vars(left).items()},
        "leagues": leagues,
    }


def reopen(workspace: Workspace, cycle: str, because: str) -> ClosingRow:
    """Open a closed cycle again; its document stays, and the next closing is a further revision of it.

    BadInput: it is not closed, or the reason says nothing.
    """
    reason, storage = fit_text(because), workspace.storage
    if not says_something(reason):
        raise BadInput("cycles.because_says_nothing")
    with storage.transaction():
        closing = closed_cycle(workspace, cycle)
        if closing is None:
            raise BadInput("cycles.not_closed", cycle=cycle)
        at = workspace.now()
        storage.closings.reopen(closing.id, at=at, by=workspace.assessor, because=reason)
        after = canonical({"revision": closing.revision, "seal": closing.seal})
        _note(workspace, Change("cycle_reopened", cycle, after=after, because=reason), at)
    return closing


def _note(workspace: Workspace, change: Change, at: str) -> None:
    workspace.storage.events.append([change], at, workspace.assessor)


def cycles_now(workspace: Workspace) -> Iterator[CycleNow]:
    """All cycles with visits, the latest first."""
    storage = workspace.storage
    closings = storage.closings.all()
    for cycle in storage.cycles.all():
        own = tuple(closing for closing in closings if closing.cycle == cycle)
        visits = sum(row.counts for row in storage.assessments.listed(cycle))
        yield CycleNow(cycle, visits, work_left(workspace, cycle), own)
