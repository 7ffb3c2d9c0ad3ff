"""What waits for a person, in words: each side of a clash, and what a seal left over."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Change, Event
from greenstar.record.merge import Clash, Side
from greenstar.record.replay import JSON, KINDS, LISTS, HeldContent
from greenstar.record.timestamps import local_minute, read_time
from greenstar.record.touched import CLOSED, PAGE, Thing
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.unsettled import clashes_in
from greenstar.services.visit.history_text import change_said
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt

_SHORT = 60


class ClashAt(NamedTuple):
    """A clash in a draft. `criterion`: "" for what is of the whole visit; `question`: where there is one."""

    clash: Clash
    criterion: str
    question: str | None
    said: Phrase


def clashes_at(visit: OpenVisit) -> Iterator[ClashAt]:
    """The clashes in a draft, where they are and in words."""
    if visit.read_only:
        return
    for clash in clashes_in(visit.workspace.storage, visit.assessment):
        kind, subject = clash.thing.kind, clash.thing.subject
        criterion = visit.scheme.criterion_of.get(subject, "") if kind == "answer" else subject
        people = list(dict.fromkeys(side.event.entered_by for side in clash.sides))
        sides = [side_said(visit.scheme, clash, side) for side in clash.sides]
        message = Phrase("checklist.clash", people=people, sides=sides)
        yield ClashAt(clash, "" if kind == "fact" else criterion, subject if kind in JSON else None, message)


def thing_said(scheme: Scheme, thing: Thing) -> Phrase | str:
    """What clashes, by what it is called on the command line and on screens."""
    if thing.kind == PAGE:
        return Phrase(f"laptops.field_{thing.entry}")
    if thing.kind in (CLOSED, "scheme", "assessor", "visited", "representative", "remarks"):
        return Phrase(f"laptops.thing_{thing.kind}")
    criterion = scheme.criterion_of.get(thing.subject, "") if thing.kind == "answer" else ""
    name = f"{criterion} {thing.subject}".strip()
    return Phrase(f"laptops.thing_{thing.kind}", name=name)


def side_said(scheme: Scheme, clash: Clash, side: Side) -> Phrase:
    """What somebody made of it, when, and whether that is what counts."""
    counts = side is clash.sides[-1]
    return _side_phrase(content_said(scheme, clash.thing, side), side.event.entered_by, side.event.at, counts=counts)


def content_said(scheme: Scheme, thing: Thing, side: Side) -> Phrase | str:
    """What a thing is on one side."""
    if side.content is None:
        return Phrase("laptops.nothing")
    if thing.kind in LISTS:
        return change_said(scheme, _change(side.event))
    if thing.kind in KINDS:
        return change_said(scheme, Change(thing.kind, thing.subject, None, side.content))
    value = json.loads(side.content)
    return excerpt(str(value), _SHORT) if value else Phrase("laptops.nothing")


def entry_said(scheme: Scheme, kind: str, subject: str, entry: HeldContent, *, counts: bool) -> Phrase:
    """What somebody said of a thing in one of two drafts, when, and whether that is what counts."""
    what = change_said(scheme, Change(kind, subject, None, entry.text))
    return _side_phrase(what, entry.by, entry.at, counts=counts)


def event_said(scheme: Scheme, event: Event) -> Phrase:
    """What a change was, by whom and when."""
    return _side_phrase(change_said(scheme, _change(event)), event.entered_by, event.at)


def _side_phrase(what: Phrase | str, by: str, at: str, *, counts: bool = False) -> Phrase:
    key = "laptops.side_counts" if counts else "laptops.side"
    return Phrase(key, what=what, by=by, at=local_minute(read_time(at)))


def _change(event: Event) -> Change:
    return Change(event.kind, event.subject, event.before, event.after)
