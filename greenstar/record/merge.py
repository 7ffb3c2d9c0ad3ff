"""Events of one chain that were written on several laptops: what clashes, and what came too late for a seal.

Nothing here depends on the order in which events arrived: a set of events gives the same everywhere.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from greenstar.record.event import Event
from greenstar.record.journal import in_order, is_one_line
from greenstar.record.touched import TouchedPart, touched

MOST_APART = 64
"""Copies of one visit that may be worked on side by side: more are nobody's laptops."""
SUBMITTED, DECIDED, WITHDRAWN = "submitted", "decided", "withdrawn"


class TooFarApart(ValueError):
    """More than `MOST_APART` copies were worked on side by side."""


@dataclass(frozen=True)
class Side:
    """What one of those who did not know of each other made of a part; None: nothing."""

    event: Event
    content: str | None


@dataclass(frozen=True)
class Clash:
    """One part that was changed apart to different contents; the last of its sides counts."""

    part: TouchedPart
    sides: Sequence[Side]


def known_to(events: Iterable[Event], ends: Collection[str]) -> set[str]:
    """The hashes of the events with these hashes, and of all that they follow."""
    followed = {event.hash: event.previous for event in events}
    known: set[str] = set()
    waiting = [end for end in ends if end in followed]
    while waiting:
        sha256 = waiting.pop()
        if sha256 not in known:
            known.add(sha256)
            waiting.extend(followed[sha256])
    return known


def sealings(events: Iterable[Event]) -> dict[str, Event]:
    """The events by which a revision was sealed, by the seals: several, where that was done on several laptops."""
    return {json.loads(event.after or "{}").get("seal", ""): event for event in events if event.kind == SUBMITTED}


def of_seal(events: Iterable[Event], seal: str | None) -> list[Event]:
    """The events that a revision with this seal consists of, in the order in which they count; None: it is a draft.

    They are what was sealed, and what followed the sealing; what others did without knowing of it is left over.
    """
    ordered = in_order(events)
    sealing = sealings(ordered).get(seal) if seal is not None else None
    if sealing is None or is_one_line(ordered):
        return ordered
    known = known_to(ordered, [sealing.hash])
    later = {sealing.hash}
    for event in ordered:
        if later.intersection(event.previous):
            later.add(event.hash)
    return [
        event for event in ordered if event.hash in known or (event.hash in later and _is_about(event, sealing, seal))
    ]


def _is_about(event: Event, sealing: Event, seal: str | None) -> bool:
    """Whether a step after a sealing is about that seal, and not about another one of the same revision."""
    says = json.loads(event.after) if event.after is not None else None
    return event is sealing or not isinstance(says, dict) or says.get("seal", seal) == seal


def left_over(events: Iterable[Event], seals: Iterable[str]) -> list[Event]:
    """The events that changed something and that none of these sealed revisions took in, in their order."""
    ordered = in_order(events)
    taken = {event.hash for seal in seals for event in of_seal(ordered, seal)}
    return [event for event in ordered if event.hash not in taken and any(touched(event))]


def overruled(events: Sequence[Event], every: Iterable[Event]) -> list[Event]:
    """The decisions that a withdrawal overruled which did not know of them: what was withdrawn stays so.

    `events`: those of one seal, out of `every` event of the chain.
    """
    ends = [event.hash for event in events if event.kind == WITHDRAWN]
    known = known_to(every, ends) if ends else set()
    return [event for event in events if ends and event.kind == DECIDED and event.hash not in known]


def clashes(events: Iterable[Event]) -> list[Clash]:
    """Each part that was last changed by events none of which knew the others, to contents that are not the same.

    A later event on it that knows them settles it. ValueError: an event follows one that is not here. TooFarApart.
    """
    ordered = in_order(events)
    if is_one_line(ordered):
        return []
    ancestry = _Ancestry(ordered)
    last: dict[TouchedPart, list[Side]] = {}
    for event in ordered:
        for part, content in touched(event):
            apart = [side for side in last.get(part, ()) if not ancestry.knows(event, side.event)]
            last[part] = [*apart, Side(event, content)]
    return [Clash(part, sides) for part, sides in last.items() if len({side.content for side in sides}) > 1]


class _Ancestry:
    """Which event knew which.

    The events are laid in few lines, and each remembers how far it knew every other line: so the memory that it takes
    grows with the copies, not with the square of the events.
    """

    def __init__(self, ordered: Iterable[Event]) -> None:
        self._at: dict[str, tuple[int, int]] = {}  # the line of an event, and its position in that
        self._knew: dict[str, Mapping[int, int]] = {}  # how far an event knew the other lines
        self._tips: list[str] = []
        for event in ordered:
            self._lay(event)

    def knows(self, later: Event, earlier: Event) -> bool:
        """Whether an event follows another one, at once or over others."""
        line, position = self._at[later.hash]
        earlier_line, earlier_position = self._at[earlier.hash]
        if line == earlier_line:
            return position > earlier_position
        return self._knew[later.hash].get(earlier_line, -1) >= earlier_position

    def _lay(self, event: Event) -> None:
        knew = self._known_by(event.previous)
        line = next((line for line, tip in enumerate(self._tips) if knew.get(line, -1) == self._at[tip][1]), None)
        if line is None:
            line = len(self._tips)
            if line == MOST_APART:
                raise TooFarApart
            self._tips.append(event.hash)
        self._tips[line] = event.hash
        self._at[event.hash] = (line, knew.get(line, -1) + 1)
        parent = event.previous[0] if len(event.previous) == 1 else None
        if parent is not None and self._at[parent][0] == line:
            self._knew[event.hash] = self._knew[parent]
        else:
            self._knew[event.hash] = {other: far for other, far in knew.items() if other != line}

    def _known_by(self, parents: Iterable[str]) -> Mapping[int, int]:
        """How far events with these hashes, and what they knew, reach in each line."""
        knew: dict[int, int] = {}
        for parent in parents:
            line, position = self._at[parent]
            for other, far in (*self._knew[parent].items(), (line, position)):
                knew[other] = max(knew.get(other, -1), far)
        return knew
