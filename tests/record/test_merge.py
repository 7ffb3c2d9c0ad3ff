"""Histories of several laptops that come together: the same order, heads and clashes everywhere."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.event import Change, Event
from greenstar.record.journal import following, heads_of, in_order, is_one_line
from greenstar.record.merge import (
    MOST_APART,
    TooFarApart,
    clashes,
    known_to,
    left_over,
    of_seal,
    sealings,
)
from greenstar.record.replay import replay
from greenstar.record.timestamps import written_time
from greenstar.record.touched import PAGE, TouchedPart, entry_name, touched
from tests.rows import rows

MORNING = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
CHAIN = "visit:01ARZ3NDEKTSV4RRFFQ69G5FAV"


@dataclass
class Laptop:
    """A copy of one visit, its clock off by so many hours."""

    name: str
    off: int = 0
    events: dict[str, Event] = field(default_factory=dict)

    def note(self, minute: int, subject: str | None, after: str | None, **content: Any) -> Event:
        """Write an event behind all that this copy knows."""
        change = Change(**{"kind": "answer", "subject": subject, "after": after, **content})
        at = written_time(MORNING + timedelta(hours=self.off, minutes=minute))
        heads = heads_of(self.events.values())
        event = following(change, heads, chain=CHAIN, database=self.name, at=at, by=self.name)
        self.events[event.hash] = event
        return event

    def take(self, other: "Laptop") -> None:
        """Take over all that another copy knows."""
        self.events.update(other.events)


Step = tuple[int, str | int, str | None]
Clocks = tuple[int, ...]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.sampled_from(["1", "2", None])),
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.none()),
    ),
    max_size=20,
)
CLOCKS = st.tuples(*[st.sampled_from([-24, 0, 24])] * 3)


def walked(clocks: Clocks, steps: list[Step]) -> list[Event]:
    """All that three laptops noted, which took over from each other now and then."""
    laptops = [Laptop(str(number), off) for number, off in enumerate(clocks)]
    for minute, (who, what, after) in enumerate(steps):
        if isinstance(what, int):
            laptops[who].take(laptops[what])
        else:
            laptops[who].note(minute, what, after)
    return list({sha256: event for laptop in laptops for sha256, event in laptop.events.items()}.values())


@given(CLOCKS, STEPS, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_replay_heads_and_clashes(
    clocks: Clocks, steps: list[Step], chance: Random
) -> None:
    events = walked(clocks, steps)
    shuffled = chance.sample(events, len(events))
    assert in_order(shuffled) == in_order(events)
    assert heads_of(shuffled) == heads_of(events)
    assert clashes(shuffled) == clashes(events)
    places = {event.hash: place for place, event in enumerate(in_order(events))}
    assert all(places[parent] < places[event.hash] for event in events for parent in event.previous)


@given(CLOCKS, STEPS)
def test_a_clash_is_of_events_that_none_settled_and_that_did_not_know_each_other(
    clocks: Clocks, steps: list[Step]
) -> None:
    events = walked(clocks, steps)
    knew = {event.hash: known_to(events, [event.hash]) - {event.hash} for event in events}
    superseded = {
        event.hash
        for event in events
        for other in events
        if other.subject == event.subject and event.hash in knew[other.hash]
    }
    last = [event for event in events if event.hash not in superseded]
    expected = {
        first.subject
        for first, second in combinations(last, 2)
        if first.subject == second.subject and first.after != second.after
    }
    told = clashes(events)
    assert {clash.part.subject for clash in told} == expected
    for clash in told:
        apart = {event.hash for event in last if event.subject == clash.part.subject}
        assert {side.event.hash for side in clash.sides} == apart
        assert replay(in_order(events)).held.get(("answer", clash.part.subject), ("",))[0] == (
            clash.sides[-1].content or ""
        )


def test_of_two_that_did_not_know_each_other_the_later_counts_and_a_new_answer_settles_it() -> None:
    office, site = Laptop("office"), Laptop("site")
    office.note(0, "a", "1")
    site.take(office)
    early, late = office.note(1, "a", "2"), site.note(2, "a", "3")
    site.take(office)
    (clash,) = clashes(site.events.values())
    assert clash.part == TouchedPart("answer", "a")
    assert [side.event for side in clash.sides] == [early, late]
    site.note(3, "a", "2")
    assert clashes(site.events.values()) == []
    assert len(heads_of(site.events.values())) == 1


def test_who_came_to_the_same_content_apart_does_not_clash() -> None:
    office, site = Laptop("office"), Laptop("site")
    office.note(1, "a", "2")
    site.note(2, "a", "2")
    site.take(office)
    assert clashes(site.events.values()) == []


def photo(name: str, caption: str = "") -> dict[str, str]:
    return {"criterion": "W-1", "file": name, "sha256": sha256_of(name), "at": "", "by": "", "caption": caption}


def test_photos_that_were_added_apart_do_not_clash_and_captions_that_were_changed_apart_do() -> None:
    office, site = Laptop("office"), Laptop("site")
    first = canonical([photo("p")])
    office.note(0, "W-1", first, kind="evidence")
    site.take(office)
    office.note(1, "W-1", canonical([photo("p"), photo("q")]), kind="evidence", before=first)
    site.note(2, "W-1", canonical([photo("p", "left")]), kind="evidence", before=first)
    site.take(office)
    assert clashes(site.events.values()) == []
    assert replay(in_order(site.events.values())).held["evidence", "W-1"].text == canonical(
        [photo("p", "left"), photo("q")]
    )
    office.note(3, "W-1", canonical([photo("p", "right"), photo("q")]), kind="evidence", before=first)
    site.take(office)
    (clash,) = clashes(site.events.values())
    assert clash.part == TouchedPart("evidence", "W-1", entry_name("evidence", photo("p")))


def test_what_was_answered_without_knowing_of_a_seal_is_left_over_and_steps_after_it_are_not() -> None:
    office, site = Laptop("office"), Laptop("site")
    first = office.note(0, "a", "1")
    site.take(office)
    sealing = office.note(1, None, canonical({"seal": "ab" * 32}), kind="submitted")
    late = site.note(2, "a", "2")
    office.take(site)
    decided = office.note(3, None, "{}", kind="decided")
    events = list(office.events.values())
    assert of_seal(events, "ab" * 32) == [first, sealing, decided]
    assert left_over(events, ["ab" * 32]) == [late]
    assert of_seal(events, None) == in_order(events)


def test_a_revision_that_was_sealed_twice_has_the_events_of_either_seal() -> None:
    office, site = Laptop("office"), Laptop("site")
    first = office.note(0, "a", "1")
    site.take(office)
    here = office.note(1, None, canonical({"seal": "ab" * 32}), kind="submitted")
    late = site.note(2, "a", "2")
    there = site.note(3, None, canonical({"seal": "cd" * 32}), kind="submitted")
    office.take(site)
    events = list(office.events.values())
    assert sealings(events) == {"ab" * 32: here, "cd" * 32: there}
    assert of_seal(events, "ab" * 32) == [first, here]
    assert of_seal(events, "cd" * 32) == [first, late, there]
    assert left_over(events, ["ab" * 32, "cd" * 32]) == []


def test_copies_of_one_visit_are_counted() -> None:
    events = [Laptop(str(number)).note(number % 60, "a", str(number)) for number in range(MOST_APART + 1)]
    assert len(clashes(events[1:])[0].sides) == MOST_APART
    with pytest.raises(TooFarApart):
        clashes(events)


def test_who_worked_alone_has_one_line() -> None:
    office, site = Laptop("office"), Laptop("site")
    for minute in range(3):
        office.note(minute, "a", str(minute))
    assert is_one_line(in_order(office.events.values()))
    site.note(9, "a", "9")
    site.take(office)
    assert not is_one_line(in_order(site.events.values()))


@rows(
    ("kind", "before", "after", "expected"),
    [
        ("answer", None, "5", {TouchedPart("answer", "s"): "5"}),
        ("submitted", '"draft"', "{}", {}),
        (
            "evidence",
            None,
            [photo("p")],
            {TouchedPart("evidence", "s", entry_name("evidence", photo("p"))): canonical(photo("p"))},
        ),
        (
            "store_edited",
            {"code": "s", "name": "A"},
            {"code": "s", "name": "B"},
            {TouchedPart(PAGE, "", "name"): '"B"'},
        ),
        ("store_closed", None, '"2026-05-12"', {TouchedPart("closed"): '"2026-05-12"'}),
        (
            "moved",
            {"scheme": "1", "held": {"answer": {"q": {"value": "5"}}, "note": {"c": {"value": "dry"}}}},
            {
                "scheme": "2",
                "held": {
                    "answer": {"r": {"value": "5", "at": "", "by": ""}},
                    "note": {"c": {"value": "wet", "at": "", "by": ""}},
                },
            },
            {
                TouchedPart("scheme"): '"2"',
                TouchedPart("answer", "q"): None,
                TouchedPart("answer", "r"): "5",
                TouchedPart("note", "c"): '"wet"',
            },
        ),
    ],
)
def test_an_event_tells_which_things_it_changed(
    kind: str, before: Any, after: Any, expected: dict[TouchedPart, str | None]
) -> None:
    texts = [side if side is None or isinstance(side, str) else json.dumps(side) for side in (before, after)]
    assert dict(touched(Laptop("office").note(0, "s", texts[1], kind=kind, before=texts[0]))) == expected
