"""What an event changed, thing by thing: so two who changed different photos of one criterion do not clash."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from greenstar.record.canonical import canonical

LISTS = ("evidence", "finding")
_STEPS = ("started", "submitted", "reopened", "decided", "withdrawn", "settled", "wording")
_PAGE = ("store_added", "store_edited")
_DOORS = ("store_closed", "store_reopened")


class Thing(NamedTuple):
    """What can be changed by itself: of a kind, at a subject; `entry`: which piece of evidence, finding or field."""

    kind: str
    subject: str
    entry: str = ""


def touched(
    kind: str, subject: str | None, before: str | None, after: str | None
) -> Iterator[tuple[Thing, str | None]]:
    """The things that an event changed, each with its content after it as JSON text; None: it is no more.

    A step in the life of a visit changes none.
    """
    if kind in _STEPS:
        return
    if kind in LISTS:
        yield from _entries_touched(kind, subject or "", _loaded(before, []), _loaded(after, []))
    elif kind == "moved":
        yield from _moved(_loaded(before, {}), _loaded(after, {}))
    elif kind in _PAGE:
        yield from _fields_touched(_loaded(before, {}), _loaded(after, {}))
    else:
        yield Thing("store_closed" if kind in _DOORS else kind, subject or ""), after


def merged_entries(
    kind: str, current: Sequence[Mapping[str, Any]], before: str | None, after: str | None
) -> list[Mapping[str, Any]]:
    """A criterion's list after an event, where others may have changed the list apart from it.

    Where nobody did, that is the list as the event has it.
    """
    old, new = _loaded(before, []), _loaded(after, [])
    if list(current) == old:
        return list(new)
    changed = {thing.entry: content for thing, content in _entries_touched(kind, "", old, new)}
    kept = [entry if (key := _key(kind, entry)) not in changed else _load_entry(changed.pop(key)) for entry in current]
    return [entry for entry in (*kept, *map(_load_entry, changed.values())) if entry is not None]


def _loaded(text: str | None, nothing: Any) -> Any:
    return nothing if text is None else json.loads(text)


def _load_entry(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else json.loads(text)


def _entries_touched(
    kind: str, subject: str, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Thing, str | None]]:
    old, new = ({_key(kind, entry): canonical(entry) for entry in entries} for entries in (before, after))
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            yield Thing(kind, subject, key), new.get(key)


def _key(kind: str, entry: Mapping[str, Any]) -> str:
    """By what an entry is the same: a finding by its id, evidence by its bytes, or by its name where it has none."""
    names = ("id",) if kind == "finding" else ("sha256", "file")
    return next((str(entry[name]) for name in names if entry.get(name)), canonical(entry))


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[Thing, str | None]]:
    """A draft that was moved to another version: its scheme, and all that came out otherwise there."""
    yield Thing("scheme", ""), after.get("scheme")
    left, entered = before.get("held", {}), after.get("held", {})
    for kind in {**left, **entered}:
        gone, came = left.get(kind, {}), entered.get(kind, {})
        for subject in {**gone, **came}:
            if kind in LISTS:
                yield from _entries_touched(kind, subject, gone.get(subject, ()), came.get(subject, ()))
            else:
                content = came.get(subject)
                yield Thing(kind, subject), None if content is None else _text_of(kind, content["value"])


def _text_of(kind: str, value: str) -> str:
    """A text as other events have it: an answer is JSON already, all else a plain text in what a move notes."""
    return value if kind in ("answer", "fact") else canonical(value)


def _fields_touched(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[Thing, str | None]]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name) and name != "code":
            yield Thing("store", "", name), canonical(after.get(name))
