"""Tables made anew from a chain of events: what is otherwise than replaying says is written, and nothing else."""

import json
from collections.abc import Callable, Iterable

from greenstar.assessment.model import AssessmentKind, Status
from greenstar.errors import BadInput
from greenstar.record.event import Event
from greenstar.record.replay import JSON, LISTS, State, names_differing
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage
from greenstar.storage.protocols.stores import StoreRow
from greenstar.text import first_of

Told = Callable[[], State]
_DRAFT = ("scheme", "store_name", "city", "region", "assessor", "visited", "representative", "remarks")
_LIFE = ("status", "certificate", "last_day")
_TIMES = {"submitted": "submitted_at", "decided": "decided_at", "withdrawn": "withdrawn_at"}


def make_visit(storage: Storage, ulid: str, state: State, events: Iterable[Event]) -> AssessmentRow:
    """A new draft for what came from elsewhere, inside a transaction; `rebuild_visit` fills it."""
    header = state.header
    store = StoreRow(header["store"], header["store_name"], header["city"], header["region"])
    number = storage.assessments.start(
        store,
        header["cycle"],
        ulid=ulid,
        scheme_name=header["scheme_name"],
        scheme=header["scheme"],
        revision=header["revision"],
        assessor=header["assessor"],
        visited=header["visited"],
        at=min(event.at for event in events),
        kind=AssessmentKind(header["kind"]),
        replaces=header["replaces"],
    )
    return storage.assessments.get(number)


def rebuild_visit(
    storage: Storage, row: AssessmentRow, state: State, events: Iterable[Event], here: Told, *, document: str | None
) -> AssessmentRow:
    """Give a visit what its events come to, inside a transaction. `document`: what was sealed; None: it is a draft.

    `here`: what those events came to that were here before.
    BadInput: its certificate has a number that was given to another visit here, as programs up to 0.2 counted them; or
    the tables cannot hold what the events come to.
    """
    before = storage.contents.state(row.id)
    _rebuild_held(storage, row.id, before, state)
    names = _DRAFT if row.seal is None else ()
    values = {name: state.header[name] for name in (*names, *_LIFE) if before.header[name] != state.header[name]}
    if document is not None and row.seal is None:
        values |= {"seal": state.header["seal"], "sealed": document}
    for event in events:
        if event.kind in _TIMES and state.header["status"] != Status.DRAFT:
            values[_TIMES[event.kind]] = event.at
        values["changed_at"] = max(values.get("changed_at", ""), event.at)
    certificate = values.get("certificate")
    if certificate is not None and storage.assessments.has_certificate(certificate):
        raise BadInput("bundle.certificate_taken", certificate=certificate, store=row.store)
    if values:
        storage.assessments.change(row.id, values)
    _refuse_otherwise(state, storage.contents.state(row.id), here, before)
    return storage.assessments.get(row.id)


def _rebuild_held(storage: Storage, number: int, before: State, after: State) -> None:
    contents = storage.contents
    for kind, subject in {**before.held, **after.held}:
        entry = after.held.get((kind, subject))
        if before.held.get((kind, subject)) == entry:
            continue
        if kind in LISTS:
            rows = [] if entry is None else json.loads(entry.text)
            contents.put_entries(kind, number, rows, criterion=subject, at="", by="")
        elif entry is None:
            contents.put(kind, number, subject, None, at="", by="")
        else:
            text = entry.text if kind in JSON else json.loads(entry.text)
            contents.put(kind, number, subject, text, at=entry.at, by=entry.by)


def rebuild_store(storage: Storage, state: State, at: str, here: Told) -> None:
    """Give a store's page what its events come to, inside a transaction; make it where there is none.

    `here` and BadInput: as above.
    """
    code, header = state.header["code"], state.header
    wanted = StoreRow(code, header["name"], header["city"], header["region"])
    before = storage.stores.state(code)
    if before is None:
        storage.stores.add(wanted, at)
        before = State({**header, "closed": None})
    elif storage.stores.get(code) != wanted:
        storage.stores.change(wanted)
    if before.header["closed"] != header["closed"]:
        storage.stores.put_closed(code, header["closed"])
    for (kind, name), entry in {**before.held, **state.held}.items():
        there = state.held.get((kind, name))
        if before.held.get((kind, name)) != there:
            value = None if there is None else there.text
            storage.stores.put_fact(code, name, value, at=entry.at, by=entry.by)
    _refuse_otherwise(state, storage.stores.state(code), here, before)


def _refuse_otherwise(told: State, kept: State | None, here: Told, before: State) -> None:
    """BadInput: the tables hold something else than the events come to, so that no Green Star wrote these.

    What tables held otherwise before, as somebody changed rows by hand, keeps nobody from taking over what came.
    """
    names = set(names_differing(told, kept or State()))
    told_before = here() if names else State()
    if told_before.header:  # else nothing of it was here
        names -= set(names_differing(told_before, before))
    if names:
        raise BadInput("bundle.not_kept", subjects=first_of(sorted(names)))
