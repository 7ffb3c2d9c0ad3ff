"""What a chain of events comes to, from the events alone: all that the tables hold of a visit, or of a store's page.

The header is what there is one of (store, assessor, status, ...), by the names of the tables' columns. What is held is
one JSON text for each kind and subject, with when and by whom it was entered; of evidence and findings the list of a
criterion's entries, each of which says that itself.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from greenstar.record.canonical import canonical_of_plain
from greenstar.record.event import Event

JSON = ("answer", "fact")  # kept as JSON; the others are plain texts or lists
LISTS = ("evidence", "finding")
KINDS = (*JSON, "exemption", "note", "flag", *LISTS)
"""What can be held, one by one."""
ENTERED = ("answer", "exemption", "note")
"""What is there in a new revision by whoever entered it before; a fact, by whoever keeps the store's page."""
STARTED, MOVED, CARRIED_OVER = "started", "moved", "carried_over"
"""Kinds of events that hold much at once: a new revision, a draft under other rules, what an older program left."""


class HeldContent(NamedTuple):
    """A content as JSON text, when it was entered and by whom; both empty for a list of entries."""

    text: str
    at: str = ""
    by: str = ""


@dataclass(slots=True)
class State:
    """What there is after some events."""

    header: dict[str, Any] = field(default_factory=dict)
    held: dict[tuple[str, str], HeldContent] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        """Take in the next event. ValueError: it says nothing that could be followed.

        Of an older program's journal such an event changes nothing: what it left was noted when that was carried over.
        """
        kind, subject = event.kind, event.subject
        try:
            if kind in _ONE_TEXT and subject is not None:
                self._enter(event, (kind, subject))
            elif kind in LISTS and subject is not None:
                self._list(event, (kind, subject))
            elif kind in _STEPS:
                _STEPS[kind](self, event)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if event.carried is None:
                raise ValueError(f"an event that cannot be followed: {event.id}") from error

    def _enter(self, event: Event, key: tuple[str, str]) -> None:
        text = event.after
        if text is None:
            self.held.pop(key, None)
        else:
            self.held[key] = HeldContent(text, event.at, event.entered_by)

    def _list(self, event: Event, key: tuple[str, str]) -> None:
        """Take in what changed in a list: what somebody else did to other entries of it meanwhile stays."""
        now, before, after = self.held[key].text if key in self.held else None, event.before, event.after
        text = after if now == before else _merged(event.kind, now, before, after)
        if text is None or text == "[]":
            self.held.pop(key, None)
        else:
            self.held[key] = HeldContent(text)

    def take_side(self, left: Mapping[str, Any], entered: Mapping[str, Any]) -> None:
        """Put one side of what changed together in the place of the other."""
        for kind, subjects in left.get("held", {}).items():
            for subject in subjects:
                self.held.pop((kind, subject), None)
        for kind, subjects in entered.get("held", {}).items():
            for subject, content in subjects.items():
                self.held[kind, subject] = entry_of(kind, content)
        self.header.update(entered.get("header", {}))


def replay(events: Iterable[Event]) -> State:
    """What events come to, in the order in which they count (`journal.in_order`). ValueError: as `State.apply`."""
    state = State()
    for event in events:
        state.apply(event)
    return state


# -- contents of many subjects -------------------------------------------------------------------------------------


def entry_of(kind: str, content: Any) -> HeldContent:
    """A content as events hold it among others: a list of entries, or a `value` with `at` and `by`."""
    if kind in LISTS:
        return HeldContent(canonical_of_plain(content))
    value = content["value"]
    return HeldContent(value if kind in JSON else canonical_of_plain(value), content["at"], content["by"])


def content_of(kind: str, entry: HeldContent) -> Any:
    """The same the other way round."""
    if kind in LISTS:
        return json.loads(entry.text)
    return {"value": entry.text if kind in JSON else json.loads(entry.text), "at": entry.at, "by": entry.by}


def plain_held(held: Mapping[tuple[str, str], HeldContent]) -> dict[str, dict[str, Any]]:
    """All that is held, by kind and subject, as events hold it."""
    plain: dict[str, dict[str, Any]] = {}
    for (kind, subject), entry in held.items():
        plain.setdefault(kind, {})[subject] = content_of(kind, entry)
    return plain


def differing(before: State, after: State) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What one state has otherwise than another, and the other otherwise than it; None: nothing."""
    if before.header == after.header and before.held == after.held:
        return None
    return _side(before, after), _side(after, before)


def _side(state: State, other: State) -> dict[str, Any]:
    header = {
        name: state.header.get(name)
        for name in {**state.header, **other.header}
        if state.header.get(name) != other.header.get(name)
    }
    held = {key: entry for key, entry in state.held.items() if other.held.get(key) != entry}
    return {"header": header, "held": plain_held(held)}


def names_differing(given: State, kept: State) -> Iterator[str]:
    """What one state has otherwise than another, by names of columns, and by kind and subject."""
    if given == kept:
        return  # as nearly always
    for name in {**given.header, **kept.header}:
        if given.header.get(name) != kept.header.get(name):
            yield name
    for kind, subject in {**given.held, **kept.held}:
        if given.held.get((kind, subject)) != kept.held.get((kind, subject)):
            yield f"{kind} {subject}"


# -- lists -----------------------------------------------------------------------------------------------------------


def identity_of(kind: str, entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """By what an entry of a list is known again, whatever is changed of it."""
    if kind == "finding":
        return (entry.get("id") or (entry.get("found_at"), entry.get("text")),)
    return entry.get("file"), entry.get("sha256"), entry.get("at"), entry.get("by")


def _merged(kind: str, now: str | None, before: str | None, after: str | None) -> str | None:
    """A list as it stands, without what a change took out of another state of it, and with what it put there."""
    current, left, entered = (json.loads(text or "[]") for text in (now, before, after))
    gone = [entry for entry in left if entry not in entered]
    new = {identity_of(kind, entry): entry for entry in entered if entry not in left}
    gone_ids = {identity_of(kind, entry) for entry in gone}
    merged = []
    for entry in current:
        identity = identity_of(kind, entry)
        if identity in new:
            merged.append(new.pop(identity))
        elif identity not in gone_ids:
            merged.append(entry)
    merged += new.values()
    return canonical_of_plain(merged) if merged else None


# -- steps of a visit, and of a store --------------------------------------------------------------------------------


def _started(state: State, event: Event) -> None:
    says = json.loads(event.after or "{}")
    store = says.get("store", {})
    state.header |= {
        "cycle": says["cycle"],
        "scheme_name": says["scheme"],
        "revision": says["revision"],
        "scheme": says.get("sha256"),
        "kind": says.get("kind"),
        "store": store.get("code"),
        "store_name": store.get("name"),
        "city": store.get("city"),
        "region": store.get("region"),
        "assessor": says.get("assessor"),
        "visited": says.get("visited"),
        "representative": says.get("representative", ""),
        "remarks": says.get("remarks", ""),
        "status": "draft",
        "seal": None,
        "replaces": says.get("replaces"),
        "certificate": None,
        "last_day": None,
    }
    state.take_side({}, {"held": says.get("held", {})})


def _moved(state: State, event: Event) -> None:
    left, entered = json.loads(event.before or "{}"), json.loads(event.after or "{}")
    state.take_side(left, entered)
    state.header["scheme"] = entered["scheme"]


def _carried_over(state: State, event: Event) -> None:
    state.take_side(json.loads(event.before or "{}"), json.loads(event.after or "{}"))


def _store(state: State, event: Event) -> None:
    store = json.loads(event.after or "{}")
    state.header |= {"store_name": store["name"], "city": store["city"], "region": store["region"]}


def _scheme(state: State, event: Event) -> None:
    state.header["scheme"] = json.loads(event.after or "null")


def _named(state: State, event: Event) -> None:
    state.header[event.kind] = json.loads(event.after or "null")


def _submitted(state: State, event: Event) -> None:
    state.header |= {"status": "submitted", "seal": json.loads(event.after or "{}")["seal"]}


def _decided(state: State, event: Event) -> None:
    """Take in a decision. What somebody else withdrew meanwhile stays withdrawn, whatever the clocks say."""
    says = json.loads(event.after or "{}")
    state.header |= {"certificate": says["certificate"], "last_day": says.get("last_day")}
    if state.header["status"] != "withdrawn":
        state.header["status"] = "decided"


def _passed_on(state: State, _: Event) -> None:
    state.header["certificate"] = None  # a number stands once


def _withdrawn(state: State, _: Event) -> None:
    state.header["status"] = "withdrawn"


def _page(state: State, event: Event) -> None:
    """Take in what was changed of a store's page: what somebody else changed of it meanwhile stays."""
    before, store = json.loads(event.before or "{}"), json.loads(event.after or "{}")
    state.header |= {"closed": None, **state.header}
    for name in ("code", "name", "city", "region"):
        if name not in state.header or before.get(name) != store[name]:
            state.header[name] = store[name]


def _closed(state: State, event: Event) -> None:
    state.header["closed"] = json.loads(event.after or "null")


_ONE_TEXT = frozenset(KINDS) - frozenset(LISTS)
_STEPS: dict[str, Callable[[State, Event], None]] = {
    STARTED: _started,
    MOVED: _moved,
    CARRIED_OVER: _carried_over,
    "store": _store,
    "scheme": _scheme,
    "wording": _scheme,
    "assessor": _named,
    "visited": _named,
    "representative": _named,
    "remarks": _named,
    "submitted": _submitted,
    "decided": _decided,
    "decision_goes_on": _decided,
    "decision_passed_on": _passed_on,
    "withdrawn": _withdrawn,
    "store_added": _page,
    "store_edited": _page,
    "store_closed": _closed,
    "store_reopened": _closed,
}
