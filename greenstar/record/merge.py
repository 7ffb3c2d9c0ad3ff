"""Events of one chain that were written on several laptops: in which order they are replayed, and what clashes.

Nothing here depends on the order in which events arrived: a set of events gives the same everywhere.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from greenstar.record.touched import Thing, touched

MOST_APART = 64
"""Copies of one visit that may be worked on side by side: more are nobody's laptops."""


class Linked(Protocol):
    """What is asked of an event here: where it stands among the others, and what it changed."""

    @property
    def id(self) -> str:
        """Its ULID."""

    @property
    def place(self) -> int:
        """1 more than the highest place of those it follows."""

    @property
    def at(self) -> str:
        """When, by its laptop's clock."""

    @property
    def kind(self) -> str:
        """What kind of change."""

    @property
    def subject(self) -> str | None:
        """What was changed."""

    @property
    def before(self) -> str | None:
        """What there was, as JSON text."""

    @property
    def after(self) -> str | None:
        """What there is, as JSON text."""

    @property
    def previous(self) -> Sequence[str]:
        """The hashes of those it follows."""

    @property
    def hash(self) -> str:
        """Its own hash."""


E = TypeVar("E", bound=Linked)


class NotWhole(ValueError):
    """An event follows one that is not among them, or does not stand behind those it follows."""


class TooFarApart(ValueError):
    """More than `MOST_APART` copies were worked on side by side."""


@dataclass(frozen=True)
class Clash:
    """One thing that was changed apart to different contents; `sides`: by which events, the last of which counts."""

    thing: Thing
    sides: Sequence[Linked]


def in_order(events: Iterable[E]) -> list[E]:
    """The events in the order of replay: what an event follows stands before it, whatever the clocks said.

    The time of an event is the latest of its own and those of all that it follows; by this, its place and its id they
    are sorted. NotWhole: an event follows one that is not among them.
    """
    by_place = sorted(events, key=lambda event: (event.place, event.id))
    times: dict[str, str] = {}
    places: dict[str, int] = {}
    for event in by_place:
        try:
            place = 1 + max((places[parent] for parent in event.previous), default=0)
            times[event.hash] = max([event.at, *(times[parent] for parent in event.previous)])
        except KeyError as error:
            raise NotWhole(event.id) from error
        if event.place != place:
            raise NotWhole(event.id)
        places[event.hash] = place
    return sorted(by_place, key=lambda event: (times[event.hash], event.place, event.id))


def heads(events: Iterable[Linked]) -> tuple[str, ...]:
    """The hashes of the events that none of the others follows, sorted: the next event follows all of these."""
    there = list(events)
    followed = {parent for event in there for parent in event.previous}
    return tuple(sorted(event.hash for event in there if event.hash not in followed))


def known_to(events: Iterable[Linked], ends: Collection[str]) -> set[str]:
    """The hashes of the events with these hashes and of all that they follow."""
    followed = {event.hash: event.previous for event in events}
    known: set[str] = set()
    waiting = [end for end in ends if end in followed]
    while waiting:
        sha256 = waiting.pop()
        if sha256 not in known:
            known.add(sha256)
            waiting.extend(followed[sha256])
    return known


def clashes(events: Iterable[Linked]) -> list[Clash]:
    """Each thing that was last changed by events none of which knew the others, to contents that are not the same.

    A later event on it that knows them settles it. NotWhole and TooFarApart are raised.
    """
    ordered = in_order(events)
    if is_one_line(ordered):
        return []
    ancestry = _Ancestry(ordered)
    last: dict[Thing, list[tuple[Linked, str | None]]] = {}
    for event in ordered:
        for thing, content in touched(event.kind, event.subject, event.before, event.after):
            apart = [side for side in last.get(thing, ()) if not ancestry.knows(event, side[0])]
            last[thing] = [*apart, (event, content)]
    return [
        Clash(thing, [event for event, _ in sides])
        for thing, sides in last.items()
        if len({content for _, content in sides}) > 1
    ]


def is_one_line(ordered: Sequence[Linked]) -> bool:
    """Whether each event of a chain, in its order, follows the one before and no other: nobody worked apart."""
    before: tuple[str, ...] = ()
    for event in ordered:
        if tuple(event.previous) != before:
            return False
        before = (event.hash,)
    return True


class _Ancestry:
    """Which event knew which.

    The events are laid in few lines, and each remembers how far it knew every other line: so the memory that it takes
    grows with the copies, not with the square of the events.
    """

    def __init__(self, ordered: Iterable[Linked]) -> None:
        self._at: dict[str, tuple[int, int]] = {}  # the line of an event, and its position in that
        self._knew: dict[str, Mapping[int, int]] = {}  # how far an event knew the other lines
        self._tips: list[str] = []
        for event in ordered:
            self._lay(event)

    def knows(self, later: Linked, earlier: Linked) -> bool:
        """Whether an event follows another one, at once or over others."""
        return later.hash != earlier.hash and self._reaches(self._knew[later.hash], self._at[later.hash], earlier.hash)

    def _reaches(self, knew: Mapping[int, int], at: tuple[int, int] | None, sha256: str) -> bool:
        line, position = self._at[sha256]
        return (at is not None and at[0] == line and at[1] >= position) or knew.get(line, -1) >= position

    def _lay(self, event: Linked) -> None:
        knew = self._known_by_parents(event.previous)
        line = next((number for number, tip in enumerate(self._tips) if self._reaches(knew, None, tip)), None)
        if line is None:
            line = len(self._tips)
            if line == MOST_APART:
                raise TooFarApart
            self._tips.append(event.hash)
        self._tips[line] = event.hash
        self._at[event.hash] = (line, knew.get(line, -1) + 1)
        parent = event.previous[0] if len(event.previous) == 1 else None
        same = parent is not None and self._at[parent][0] == line
        self._knew[event.hash] = self._knew[parent] if same and parent is not None else _without(knew, line)

    def _known_by_parents(self, parents: Iterable[str]) -> Mapping[int, int]:
        knew: dict[int, int] = {}
        for parent in parents:
            line, position = self._at[parent]
            for other, far in (*self._knew[parent].items(), (line, position)):
                knew[other] = max(knew.get(other, -1), far)
        return knew


def _without(knew: Mapping[int, int], line: int) -> Mapping[int, int]:
    return {other: far for other, far in knew.items() if other != line}
