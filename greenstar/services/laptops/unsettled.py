"""What of a store waits for a person, because it was worked on apart: clashes, what a seal left over, a second seal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from greenstar.assessment.model import AssessmentKind, Status
from greenstar.errors import BadInput
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_store, chain_of_visit
from greenstar.record.merge import Clash, clashes, left_over, sealings
from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
from greenstar.services.stores.stores import find_store
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

SETTLED = "settled"
"""The kind of what says which seal is kept, and the reason under which a clash was settled."""
TAKEN_OVER = "settle:"
"""How the reason begins under which a later revision takes over what a seal left over."""


@dataclass(frozen=True)
class UnsettledVisit:
    """What waits in a revision. `left_over`: changes that came too late for its seal, and that no later draft has."""

    row: AssessmentRow
    clashes: Sequence[Clash] = ()
    left_over: Sequence[Event] = ()


@dataclass(frozen=True)
class UnsettledPage:
    """The clashes on a store's page, whose facts are those of `scheme`."""

    scheme: Scheme
    clashes: Sequence[Clash]


@dataclass(frozen=True)
class Unsettled:
    """All that waits of a store. `schemes`: those of the visits, by hash; `page`: None where nothing clashes on it.

    `sealed_apart`: one revision as several laptops sealed it. `begun_apart`: a visit, and drafts of it by others.
    """

    store: str
    visits: Sequence[UnsettledVisit] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    page: UnsettledPage | None = None
    sealed_apart: Sequence[Sequence[AssessmentRow]] = ()
    begun_apart: Sequence[Sequence[AssessmentRow]] = ()

    def __bool__(self) -> bool:
        return bool(self.visits or self.page or self.sealed_apart or self.begun_apart)


def unsettled(workspace: Workspace, code: str) -> Unsettled:
    """What waits of a store. BadInput: there is no such store."""
    storage = workspace.storage
    store = find_store(workspace, code).code
    rows = storage.assessments.every_of_store(store)
    visits = [visit for visit in (_of_visit(storage, row) for row in rows) if visit.clashes or visit.left_over]
    return Unsettled(
        store,
        visits,
        registry.stored_by_hash(storage, (visit.row.scheme for visit in visits)),
        unsettled_page(workspace, store),
        sealed_apart(rows),
        begun_apart(rows),
    )


def unsettled_page(workspace: Workspace, store: str) -> UnsettledPage | None:
    """The clashes on a store's page; None: there are none."""
    waiting = clashes(workspace.storage.events.of_chain(chain_of_store(store)))
    return UnsettledPage(workspace.scheme, waiting) if waiting else None


def _of_visit(storage: Storage, row: AssessmentRow) -> UnsettledVisit:
    if row.status is Status.DRAFT:
        return UnsettledVisit(row, clashes_in(storage, row))
    return UnsettledVisit(row, left_over=still_left_over(storage, row))


def clashes_in(storage: Storage, row: AssessmentRow) -> list[Clash]:
    """The clashes in a draft."""
    return clashes(storage.events.of_chain(chain_of_visit(row.journal)))


def still_left_over(storage: Storage, row: AssessmentRow) -> list[Event]:
    """What came too late for the seal of a revision, unless a later revision took it over, or was sealed since."""
    events = storage.events.of_chain(chain_of_visit(row.journal))
    late = left_over(events, sealings(events))
    later = [other for other in storage.assessments.every_of_store(row.store) if _follows(other, row)] if late else []
    if any(other.status is not Status.DRAFT for other in later):
        return []
    taken = {event.because for other in later for event in storage.events.of_chain(chain_of_visit(other.journal))}
    return [event for event in late if reason_of_taking(event) not in taken]


def _follows(other: AssessmentRow, row: AssessmentRow) -> bool:
    """Whether it is a later revision of the same visit."""
    same = (other.cycle, other.scheme_name, other.kind) == (row.cycle, row.scheme_name, row.kind)
    return same and other.revision > row.revision


def reason_of_taking(event: Event) -> str:
    """The reason under which a later revision takes a change over."""
    return f"{TAKEN_OVER}{event.id}"


def sealed_apart(rows: Iterable[AssessmentRow]) -> list[list[AssessmentRow]]:
    """The revisions that were sealed more than once, and of which nobody said which seal is kept."""
    return _with_rivals([row for row in rows if row.status is not Status.DRAFT and row.set_aside is None])


def begun_apart(rows: Iterable[AssessmentRow]) -> list[list[AssessmentRow]]:
    """The visits of a store that were begun more than once: what one works on or what is sealed, then the others.

    It is the same order as that in which the database finds the newest: sealed first, then what was here first.
    """
    by_visit: dict[tuple[str, str], list[AssessmentRow]] = {}
    for row in rows:
        if row.kind is AssessmentKind.VISIT and row.set_aside is None:
            by_visit.setdefault((row.cycle, row.scheme_name), []).append(row)
    groups = []
    for same in by_visit.values():
        newest, *others = sorted(same, key=lambda row: (-row.revision, row.status is Status.DRAFT, row.id))
        drafts = [row for row in others if row.status is Status.DRAFT]
        if drafts:
            groups.append([newest, *drafts])
    return groups


def begun_by_others(workspace: Workspace, row: AssessmentRow) -> list[str]:
    """Who else began the visit of a draft, on another laptop, so that what they did waits to be taken in."""
    groups = begun_apart(workspace.storage.assessments.every_of_store(row.store))
    others = next((others for first, *others in groups if first.id == row.id), [])
    return list(dict.fromkeys(other.assessor for other in others))


def _with_rivals(rows: Iterable[AssessmentRow]) -> list[list[AssessmentRow]]:
    """Those of which there are several of one revision, in the same order everywhere."""
    by_revision: dict[tuple[object, ...], list[AssessmentRow]] = {}
    for row in rows:
        by_revision.setdefault((row.cycle, row.scheme_name, row.kind, row.revision), []).append(row)
    return [sorted(same, key=lambda row: row.seal or row.ulid) for same in by_revision.values() if len(same) > 1]


def refuse_sealed_apart(storage: Storage, row: AssessmentRow) -> None:
    """Refuse (BadInput) to decide on one of several seals of a revision: it has to be said first which is kept."""
    same = sealed_apart(storage.assessments.every_of_store(row.store))
    if any(row.id == each.id for rows in same for each in rows):
        raise BadInput("laptops.settle_before", store=row.store, revision=str(row.revision))
