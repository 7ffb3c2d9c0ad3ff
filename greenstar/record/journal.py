"""The journal: chains of events, each of which says which events it follows.

A chain is a set of events. In one database each event follows the one before; where two databases went on apart and
came together, a chain has several last events, its heads, and the next event follows all of them. Whoever alters,
removes or adds an event breaks its chain from there on.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from greenstar.record.canonical import sha256_of
from greenstar.record.event import Change, Event
from greenstar.record.timestamps import read_time
from greenstar.record.ulids import new_ulid

_NOT_HERE = -1  # the place of an event that is not here


class Head(NamedTuple):
    """A last event of a chain."""

    hash: str
    place: int


class Fault(NamedTuple):
    """What is wrong with an event: `hash`, `place`, `chain`, `twice`; `parent`: what it follows is not here.

    `carried`: it says that an older program wrote it, and follows what a newer one wrote.
    """

    event: Event
    what: str


BEGUN = "begun"
"""The kind of the event by which a database's own chain begins, where nothing else was noted in it before."""


def chain_of_visit(ulid: str) -> str:
    """The chain of a revision of a visit."""
    return f"visit:{ulid}"


def chain_of_store(code: str) -> str:
    """The chain of a store's page."""
    return f"store:{code}"


def chain_of_database(ulid: str) -> str:
    """The chain of what concerns one database."""
    return f"database:{ulid}"


def following(
    change: Change,
    heads: Sequence[Head],
    *,
    chain: str,
    database: str,
    at: str,
    by: str,
    undoes: str | None = None,
) -> Event:
    """The event that notes a change behind the heads of its chain. `undoes`: the ULID of the one it takes back."""
    return Event(
        id=new_ulid(read_time(at)),
        chain=chain,
        place=1 + max([head.place for head in heads], default=0),
        database=database,
        at=at,
        by=by,
        kind=change.kind,
        subject=change.subject,
        before=change.before,
        after=change.after,
        because=change.because,
        undoes=undoes,
        whose=change.whose if change.whose != by else None,
        carried=None,
        previous=tuple(sorted([head.hash for head in heads])),
    ).hashed()


def heads_of(events: Iterable[Event]) -> list[Head]:
    """The last events of a chain, by their hashes."""
    every = list(events)
    followed = {parent for event in every for parent in event.previous}
    return sorted(Head(event.hash, event.place) for event in every if event.hash not in followed)


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events of a chain in the order in which they count, which is the same wherever they are: causes first.

    An event's time is at least that of all it follows, however wrong clocks are; of two that did not know of each other
    the later one comes later. ValueError: one follows what is not here.
    """
    every = list(events)
    if is_one_line(every):  # as nearly always
        return every
    times: dict[str, str] = {}
    for event in sorted(every, key=lambda event: event.place):
        if any(parent not in times for parent in event.previous):
            raise ValueError("an event follows what is not here")
        times[event.hash] = max([event.at, *(times[parent] for parent in event.previous)])
    return sorted(every, key=lambda event: (times[event.hash], event.place, event.id))


def is_one_line(events: Iterable[Event]) -> bool:
    """Whether each event of a chain, as they come, follows the one before and no other: nobody worked apart."""
    before: tuple[str, ...] = ()
    for event in events:
        if event.previous != before:
            return False
        before = (event.hash,)
    return True


def _is_sound(events: Sequence[Event]) -> bool:
    """Whether events of one chain, as they come, are one line without a fault: nearly always, and quickly told."""
    if not events:
        return True
    columns = dict(zip(Event._fields, zip(*events, strict=True), strict=True))
    return (
        columns["place"] == tuple(range(1, len(events) + 1))
        and len(set(columns["id"])) == len(events)
        and set(columns["chain"]) == {events[0].chain}
        and set(columns["carried"]) == {None}
        and is_one_line(events)
        and columns["hash"] == tuple([sha256_of(event.text()) for event in events])
    )


def faults(events: Iterable[Event]) -> Iterator[Fault]:
    """What is wrong with the events of one chain, by their places."""
    every = list(events)
    if not _is_sound(every):
        yield from _each_fault(every)


def _each_fault(events: Iterable[Event]) -> Iterator[Fault]:
    places: dict[str, int] = {}
    ids: set[str] = set()
    carried: set[str] = set()  # an older program knew nothing of what a newer one wrote
    chain: str | None = None
    for event in sorted(events, key=attrgetter("place", "id")):
        chain = event.chain if chain is None else chain
        if event.chain != chain:
            yield Fault(event, "chain")
        if event.hash != event.worked_out_hash():
            yield Fault(event, "hash")
        followed = [places.get(parent, _NOT_HERE) for parent in event.previous]
        if _NOT_HERE in followed:
            yield Fault(event, "parent")
        elif event.place != 1 + max(followed, default=0):
            yield Fault(event, "place")
        if event.id in ids:
            yield Fault(event, "twice")
        ids.add(event.id)
        if event.carried is not None:
            if not carried.issuperset(event.previous):
                yield Fault(event, "carried")
            carried.add(event.hash)
        places[event.hash] = event.place
