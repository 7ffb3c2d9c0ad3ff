"""What waits for a person, in words: each side of a clash, and what a seal left over."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Change, Event
from greenstar.record.merge import Clash, Side
from greenstar.record.replay import JSON, KINDS, LISTS, HeldContent
from greenstar.record.timestamps import local_minute, read_time
from greenstar.record.touched import CLOSED, PAGE, TouchedPart
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.unsettled import clashes_in
from greenstar.services.visit.history_text import change_phrase
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
        kind, subject = clash.part.kind, clash.part.subject
        criterion = visit.scheme.criterion_of.get(subject, "") if kind == "answer" else subject
        people = list(dict.fromkeys(side.event.entered_by for side in clash.sides))
        sides = [side_phrase(visit.scheme, clash, side) for side in clash.sides]
        message = Phrase("checklist.clash", people=people, sides=sides)
        yield ClashAt(clash, "" if kind == "fact" else criterion, subject if kind in JSON else None, message)


def part_phrase(scheme: Scheme, part: TouchedPart) -> Phrase | str:
    """What clashes, by what it is called on the command line and on screens."""
    if part.kind == PAGE:
        return Phrase(f"laptops.field_{part.entry}")
    if part.kind in (CLOSED, "scheme", "assessor", "visited", "representative", "remarks"):
        return Phrase(f"laptops.thing_{part.kind}")
    criterion = scheme.criterion_of.get(part.subject, "") if part.kind == "answer" else ""
    name = f"{criterion} {part.subject}".strip()
    return Phrase(f"laptops.thing_{part.kind}", name=name)


def side_phrase(scheme: Scheme, clash: Clash, side: Side) -> Phrase:
    """What somebody made of it, when, and whether that is what counts."""
    counts = side is clash.sides[-1]
    return _side_phrase(content_phrase(scheme, clash.part, side), side.event.entered_by, side.event.at, counts=counts)


def content_phrase(scheme: Scheme, part: TouchedPart, side: Side) -> Phrase | str:
    """What a thing is on one side."""
    if side.content is None:
        return Phrase("laptops.nothing")
    if part.kind in LISTS:
        return change_phrase(scheme, _change(side.event))
    if part.kind in KINDS:
        return change_phrase(scheme, Change(part.kind, part.subject, None, side.content))
    value = json.loads(side.content)
    return excerpt(str(value), _SHORT) if value else Phrase("laptops.nothing")


def held_phrase(scheme: Scheme, kind: str, subject: str, entry: HeldContent, *, counts: bool) -> Phrase:
    """What somebody said of a thing in one of two drafts, when, and whether that is what counts."""
    what = change_phrase(scheme, Change(kind, subject, None, entry.text))
    return _side_phrase(what, entry.by, entry.at, counts=counts)


def event_phrase(scheme: Scheme, event: Event) -> Phrase:
    """What a change was, by whom and when."""
    return _side_phrase(change_phrase(scheme, _change(event)), event.entered_by, event.at)


def _side_phrase(what: Phrase | str, by: str, at: str, *, counts: bool = False) -> Phrase:
    key = "laptops.side_counts" if counts else "laptops.side"
    return Phrase(key, what=what, by=by, at=local_minute(read_time(at)))


def _change(event: Event) -> Change:
    return Change(event.kind, event.subject, event.before, event.after)
