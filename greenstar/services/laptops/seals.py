"""Whether a sealed document from elsewhere is about the journal that it came with."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from greenstar.record.event import Event
from greenstar.record.journal import in_order
from greenstar.record.merge import known_to, of_seal, sealings
from greenstar.record.replay import State, replay
from greenstar.services.laptops.documents import WrongDocument

_HELD = {"answer": "answers", "fact": "facts", "exemption": "not_applicable", "note": "notes"}
_LISTS = {"evidence": "evidence", "finding": "findings"}


def check_seal(document: Mapping[str, Any], seal: str, events: Sequence[Event]) -> None:
    """WrongDocument: it says something else than the events that were sealed. ValueError and the like: it is none.

    What programs up to 0.2 sealed does not say where its journal stood; its store, cycle and revision are compared.
    """
    sealing = sealings(events)[seal]
    state = _sealed_state(events, seal, sealing)
    header = {name: state.header[name] for name in ("cycle", "revision")}
    said = {name: document[name] for name in header}
    if said != header or document["store"]["code"] != state.header["store"]:
        raise WrongDocument("of another visit")
    if document["format"] > 1:
        _check_content(document, sealing, state)


def _sealed_state(events: Sequence[Event], seal: str, sealing: Event) -> State:
    """What the sealed events come to. Programs up to 0.2 noted little in events: there, what they left in the end.

    That was noted behind their events when the journal was carried over.
    """
    if sealing.carried is not None:
        return replay(of_seal(events, seal))
    known = known_to(events, [sealing.hash])
    return replay(event for event in in_order(events) if event.hash in known)


def _check_content(document: Mapping[str, Any], sealing: Event, state: State) -> None:
    journal = {"chain": sealing.chain, "heads": list(sealing.previous), "place": sealing.place - 1}
    if document["journal"] != journal or f"visit:{document['assessment']}" != sealing.chain:
        raise WrongDocument("of another journal")
    if document["kind"] != state.header["kind"] or document["replaces"] != state.header["replaces"]:
        raise WrongDocument("of another revision")
    if document["scheme"]["sha256"] != state.header["scheme"]:
        raise WrongDocument("of another scheme")
    store = {
        f"store_{name}" if name == "name" else name: document["store"][name] for name in ("name", "city", "region")
    }
    said = store | {name: document[name] for name in ("assessor", "visited", "representative", "remarks")}
    if document["submitted"] != sealing.at or said != {name: state.header[name] for name in said}:
        raise WrongDocument("of another time, store or person")
    held = {part: dict(_contents(state, kind)) for kind, part in _HELD.items()}
    if any(held[part].get(name) != value for part in held for name, value in document[part].items()):
        raise WrongDocument("of other answers")
    for kind, part in _LISTS.items():
        if sorted(map(_spelt, document[part])) != sorted(map(_spelt, _entries(state, kind))):
            raise WrongDocument(f"of other {part}")


def _contents(state: State, kind: str) -> Iterator[tuple[str, Any]]:
    """What a journal holds of a kind, as a sealed document says it: an answer without its formula."""
    for (of_kind, subject), entry in state.held.items():
        if of_kind == kind:
            value = json.loads(entry.text)
            yield subject, value["value"] if isinstance(value, dict) else value


def _entries(state: State, kind: str) -> Iterator[Any]:
    for (of_kind, _), entry in state.held.items():
        if of_kind == kind:
            yield from json.loads(entry.text)


def _spelt(entry: Any) -> str:
    return json.dumps(entry, sort_keys=True)
