"""What an event changed, part by part: so two who changed different photos of one criterion do not clash."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from greenstar.record.canonical import canonical
from greenstar.record.event import Event
from greenstar.record.replay import CARRIED_OVER, KINDS, LISTS, MOVED, entry_of, identity_of

PAGE, CLOSED = "page", "closed"
_HEADERS = ("assessor", "visited", "representative", "remarks")
_PAGE_CHANGES, _DOORS = ("store_added", "store_edited", "store"), ("store_closed", "store_reopened")


class TouchedPart(NamedTuple):
    """What can be changed by itself: of a kind, at a subject; `entry`: which piece of evidence, finding or field."""

    kind: str
    subject: str = ""
    entry: str = ""


def touched(event: Event) -> Iterator[tuple[TouchedPart, str | None]]:
    """The parts that an event changed, each with its content after it as JSON text; None: it is no more.

    A step in the life of a visit changes none.
    """
    kind, subject = event.kind, event.subject or ""
    if kind in LISTS:
        yield from _entries_touched(kind, subject, _loaded(event.before, []), _loaded(event.after, []))
    elif kind in KINDS or kind in _HEADERS:
        yield TouchedPart(kind, subject), event.after
    elif kind in (MOVED, CARRIED_OVER):
        yield from _sides_touched(_loaded(event.before, {}), _loaded(event.after, {}))
    elif kind in _PAGE_CHANGES:
        yield from _fields_touched(_loaded(event.before, {}), _loaded(event.after, {}))
    elif kind in _DOORS:
        yield TouchedPart(CLOSED), event.after


def _loaded(text: str | None, nothing: Any) -> Any:
    return nothing if text is None else json.loads(text)


def entry_name(kind: str, entry: Mapping[str, Any]) -> str:
    """What an entry of a list is called in a `TouchedPart`."""
    return canonical(list(identity_of(kind, entry)))


def _entries_touched(
    kind: str, subject: str, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[TouchedPart, str | None]]:
    old, new = ({entry_name(kind, entry): canonical(entry) for entry in entries} for entries in (before, after))
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield TouchedPart(kind, subject, name), new.get(name)


def _sides_touched(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[TouchedPart, str | None]]:
    """What came out otherwise in a draft that was moved to another version: its scheme, and contents."""
    if before.get("scheme") != after.get("scheme"):
        yield TouchedPart("scheme"), canonical(after.get("scheme"))
    left, entered = before.get("held", {}), after.get("held", {})
    for kind in {**left, **entered}:
        gone, came = left.get(kind, {}), entered.get(kind, {})
        for subject in {**gone, **came}:
            if kind in LISTS:
                yield from _entries_touched(kind, subject, gone.get(subject, ()), came.get(subject, ()))
            else:
                yield TouchedPart(kind, subject), entry_of(kind, came[subject]).text if subject in came else None


def _fields_touched(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[TouchedPart, str | None]]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name) and name != "code":
            yield TouchedPart(PAGE, "", name), canonical(after.get(name))
