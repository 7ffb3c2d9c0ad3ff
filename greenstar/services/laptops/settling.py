"""Settling: a person says what counts where laptops said different things."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.hashes import shortened
from greenstar.record.canonical import canonical
from greenstar.record.event import Change, Event
from greenstar.record.merge import Clash, Side
from greenstar.record.replay import KINDS, LISTS
from greenstar.record.statement import read_statement
from greenstar.record.touched import CLOSED, PAGE, TouchedPart, entry_name, touched
from greenstar.services.laptops.begun_apart import Differing, take_in
from greenstar.services.laptops.unsettled import SETTLED, clashes_in, reason_of_taking, unsettled
from greenstar.services.signing.documents import SigningOutcome, state
from greenstar.services.stores.stores import find_store
from greenstar.services.visit import changes
from greenstar.services.visit.life_events import note_life
from greenstar.services.visit.opening import current
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage
from greenstar.storage.protocols.stores import StoreRow

_FEWEST_SIGNS = 4
_HEADERS = ("assessor", "visited", "representative", "remarks")


@dataclass(frozen=True)
class KeptSeal:
    """A seal that was kept, of a visit in that cycle, and those that were set aside for it."""

    seal: str
    cycle: str
    set_aside: Sequence[str]
    signed: SigningOutcome


def settle(workspace: Workspace, code: str, subject: str, take: int | None) -> list[Side]:
    """Settle the clashes about a subject of a store's drafts: the side of that number, else the one that counts.

    BadInput: nothing clashes there, or there is no such side.
    """
    with workspace.storage.transaction():
        waiting = unsettled(workspace, code)
        settled = [
            _settle(workspace, visit.row, clash, take)
            for visit in waiting.visits
            for clash in visit.clashes
            if name_of(clash.part) == subject
        ]
        settled += [
            _settle_page(workspace, waiting.store, clash, take)
            for clash in (waiting.page.clashes if waiting.page is not None else ())
            if name_of(clash.part) == subject
        ]
        if not settled:
            raise BadInput("laptops.no_clash", store=waiting.store, subject=subject)
    return settled


def settle_clash(workspace: Workspace, row: AssessmentRow, clash: Clash, take: int) -> Side:
    """Settle one clash of a draft by the side of that number. BadInput: it does not wait any more, or not like that."""
    with workspace.storage.transaction():
        if clash not in clashes_in(workspace.storage, row):
            raise BadInput("laptops.no_clash", store=row.store, subject=name_of(clash.part))
        return _settle(workspace, row, clash, take)


def name_of(part: TouchedPart) -> str:
    """What a clash is called on the command line."""
    return part.subject or (part.entry if part.kind == PAGE else part.kind)


def _side(clash: Clash, take: int | None) -> Side:
    if take is not None and not 1 <= take <= len(clash.sides):
        raise BadInput("laptops.no_side", subject=name_of(clash.part), most=str(len(clash.sides)))
    return clash.sides[-1 if take is None else take - 1]


def _settle(workspace: Workspace, row: AssessmentRow, clash: Clash, take: int | None) -> Side:
    """Note a side as what counts, behind all others, whether or not it counts already."""
    storage, part, at = workspace.storage, clash.part, workspace.now()
    side, other = _side(clash, take), _losing_side(clash, take)
    whose = side.event.entered_by
    if part.kind in LISTS:
        now = changes.read(storage, row, part.kind, part.subject)
        before, after = (_with_entry(part, now, each.content) for each in (other, side))
    else:
        before, after = other.content, side.content
    if part.kind in KINDS:
        changes.write(storage, row, part.kind, part.subject, after, at=at, by=whose)
    elif part.kind in _HEADERS:
        storage.assessments.change(row.id, {part.kind: json.loads(after or "null")})
    else:
        raise BadInput("laptops.move_instead", store=row.store)
    storage.assessments.touch(row.id, at)
    change = Change(
        part.kind,
        part.subject or None,
        before,
        after,
        because=SETTLED,
        store=row.store,
        assessment=row.id,
        whose=whose,
    )
    storage.events.append([change], at, workspace.assessor)
    return side


def _losing_side(clash: Clash, take: int | None) -> Side:
    """The side that does not count any more: what the settling changes, in the words of its event."""
    chosen = _side(clash, take)
    return next(side for side in clash.sides if side.content != chosen.content)


def _with_entry(part: TouchedPart, text: str | None, content: str | None) -> str | None:
    """A criterion's list with one entry as it is in a content; None: without it."""
    entries = [] if text is None else json.loads(text)
    entry = None if content is None else json.loads(content)
    places = [place for place, each in enumerate(entries) if entry_name(part.kind, each) == part.entry]
    if entry is None:
        entries = [each for place, each in enumerate(entries) if place not in places]
    elif places:
        entries[places[0]] = entry
    else:
        entries.append(entry)
    return canonical(entries) if entries else None


def _settle_page(workspace: Workspace, store: str, clash: Clash, take: int | None) -> Side:
    """The same on a store's page."""
    storage, part, at = workspace.storage, clash.part, workspace.now()
    side, other = _side(clash, take), _losing_side(clash, take)
    whose = side.event.entered_by
    if part.kind == PAGE:
        now = asdict(find_store(workspace, store))
        before, after = ({**now, part.entry: json.loads(each.content or '""')} for each in (other, side))
        storage.stores.change(StoreRow(**after))
        change = Change("store_edited", store, canonical(before), canonical(after), store=store)
    elif part.kind == CLOSED:
        day = json.loads(side.content or "null")
        storage.stores.put_closed(store, day)
        kind = "store_reopened" if day is None else "store_closed"
        change = Change(kind, store, other.content, side.content, because=SETTLED, store=store)
    else:
        storage.stores.put_fact(store, part.subject, side.content, at=at, by=whose)
        change = Change("fact", part.subject, other.content, side.content, because=SETTLED, store=store, whose=whose)
    storage.events.append([change], at, workspace.assessor)
    return side


# -- what a seal left over, and a second seal ----------------------------------------------------------------------


@dataclass(frozen=True)
class TakenOver:
    """How many things came into the draft, and what was said otherwise in it and in another one."""

    draft: OpenVisit
    count: int
    differing: Sequence[Differing]


def take_over(workspace: Workspace, code: str) -> TakenOver:
    """Bring what a seal left over, and other drafts of the visit that were begun apart, into the store's draft.

    BadInput: there is nothing of that kind, or there is no draft: it is reopened first.
    """
    with workspace.storage.transaction():
        waiting = unsettled(workspace, code)
        late = [event for visit in waiting.visits for event in visit.left_over]
        apart = [group for group in waiting.begun_apart if group[0].cycle == workspace.cycle]
        if not late and not apart:
            raise BadInput("laptops.nothing_left_over", store=waiting.store)
        row = current(workspace, waiting.store)
        if row is None or row.status is not Status.DRAFT:
            raise BadInput("laptops.reopen_first", store=waiting.store)
        draft = OpenVisit(workspace, row)
        for event in late:
            _take_over(draft, event)
        count, differing = len(late), []
        for other in (other for first, *others in apart if first.id == row.id for other in others):
            came, otherwise = take_in(draft, other)
            count += came
            differing += otherwise
    return TakenOver(draft, count, differing)


def _take_over(draft: OpenVisit, event: Event) -> None:
    storage, row = draft.workspace.storage, draft.assessment
    for part, content in touched(event):
        if part.kind not in KINDS:
            continue
        now = changes.read(storage, row, part.kind, part.subject)
        after = _with_entry(part, now, content) if part.kind in LISTS else content
        put = [(part.kind, part.subject, after)]
        draft.put_together(put, because=reason_of_taking(event), whose=event.entered_by)


def keep_seal(workspace: Workspace, code: str, start: str) -> KeptSeal:
    """Keep the seal that begins so, of those that one revision got on several laptops; the others are set aside.

    BadInput: the revision was sealed once, or no seal, or more than one, begins so.
    """
    with workspace.storage.transaction():
        waiting = unsettled(workspace, code)
        if not waiting.sealed_apart:
            raise BadInput("laptops.sealed_once", store=waiting.store)
        matching = [
            (row, rows)
            for rows in waiting.sealed_apart
            for row in rows
            if len(start) >= _FEWEST_SIGNS and (row.seal or "").startswith(start.strip().lower())
        ]
        if len(matching) != 1:
            seals = [shortened(row.seal or "") for rows in waiting.sealed_apart for row in rows]
            raise BadInput("laptops.which_seal", start=start[:70], seals=seals)
        ((kept, rows),) = matching
        aside = sorted(row.seal for row in rows if row.seal is not None and row.seal != kept.seal)
        at = workspace.now()
        signed = state(workspace, SETTLED, kept.seal, at, set_aside=aside)
        note_life(workspace, kept, SETTLED, at, {"set_aside": aside})
        set_aside(workspace.storage, kept.store)
        return KeptSeal(kept.seal or "", kept.cycle, aside, signed)


def set_aside(storage: Storage, store: str) -> None:
    """Do what statements say of all seals of a store: one is kept, others are set aside; of several the last counts."""
    seals = [row.seal for row in storage.assessments.every_of_store(store) if row.seal is not None]
    for row in storage.statements.of_seals(seals):
        if row.kind != SETTLED:
            continue
        storage.assessments.put_aside([row.seal], None)
        storage.assessments.put_aside(read_statement(row.document.encode()).set_aside, row.seal)
