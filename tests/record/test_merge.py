"""Histories of several laptops that come together: the same order, heads and clashes everywhere."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.merge import MOST_APART, NotWhole, TooFarApart, clashes, heads, in_order, is_one_line, known_to
from greenstar.record.timestamps import written_time
from greenstar.record.touched import Thing, merged_entries, touched
from greenstar.record.ulids import ulid_of
from tests.rows import rows

MORNING = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Noted:
    """An event, as far as its place among others matters."""

    id: str
    place: int
    at: str
    subject: str | None
    after: str | None
    previous: tuple[str, ...] = ()
    kind: str = "answer"
    before: str | None = None

    @property
    def hash(self) -> str:
        return sha256_of(canonical([self.id, self.place, self.at, self.subject, self.after, self.previous]))


@dataclass
class Laptop:
    """One copy, its clock off by so many hours."""

    name: str
    off: int = 0
    events: dict[str, Noted] = field(default_factory=dict)

    def note(self, minute: int, subject: str, after: str | None) -> Noted:
        at = MORNING + timedelta(hours=self.off, minutes=minute)
        previous = heads(self.events.values())
        place = 1 + max((self.events[parent].place for parent in previous), default=0)
        number = ulid_of(at, f"{self.name} {minute}")
        noted = Noted(number, place, written_time(at), subject, after, previous)
        self.events[noted.hash] = noted
        return noted

    def take(self, other: "Laptop") -> None:
        self.events.update(other.events)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.sampled_from(["1", "2", None])),
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.none()),
    ),
    max_size=20,
)
CLOCKS = st.tuples(*[st.sampled_from([-24, 0, 24])] * 3)


Step = tuple[int, str | int, str | None]
Clocks = tuple[int, ...]


def walked(clocks: Clocks, steps: list[Step]) -> list[Noted]:
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
    assert heads(shuffled) == heads(events)
    assert clashes(shuffled) == clashes(events)


@given(CLOCKS, STEPS)
def test_what_an_event_follows_is_replayed_before_it_whatever_the_clocks_said(
    clocks: Clocks, steps: list[Step]
) -> None:
    ordered = in_order(walked(clocks, steps))
    places = {event.hash: place for place, event in enumerate(ordered)}
    assert all(places[parent] < places[event.hash] for event in ordered for parent in event.previous)


@given(CLOCKS, STEPS)
def test_a_clash_is_of_events_that_none_settled_and_that_did_not_know_each_other(
    clocks: Clocks, steps: list[Step]
) -> None:
    events = walked(clocks, steps)
    knew = {event.hash: known_to(events, [event.hash]) - {event.hash} for event in events}
    expected = set()
    for first, second in combinations(events, 2):
        apart = first.hash not in knew[second.hash] and second.hash not in knew[first.hash]
        same = first.subject == second.subject
        last = not any(
            event.subject == first.subject and {first.hash, second.hash} & knew[event.hash] for event in events
        )
        if apart and same and last and first.after != second.after:
            expected |= {first.hash, second.hash}
    told = {side.hash for clash in clashes(events) for side in clash.sides}
    assert expected <= told
    assert all(len({side.after for side in clash.sides}) > 1 for clash in clashes(events))
    assert {clash.thing.subject for clash in clashes(events)} == {
        event.subject for event in events if event.hash in expected
    }


def test_of_two_that_did_not_know_each_other_the_later_counts_and_a_new_answer_settles_it() -> None:
    office, site = Laptop("office"), Laptop("site")
    office.note(0, "a", "1")
    site.take(office)
    early, late = office.note(1, "a", "2"), site.note(2, "a", "3")
    site.take(office)
    (clash,) = clashes(site.events.values())
    assert (clash.thing, list(clash.sides)) == (Thing("answer", "a"), [early, late])
    site.note(3, "a", "2")
    assert clashes(site.events.values()) == []
    assert len(heads(site.events.values())) == 1


def test_who_came_to_the_same_content_apart_does_not_clash() -> None:
    office, site = Laptop("office"), Laptop("site")
    office.note(1, "a", "2")
    site.note(2, "a", "2")
    site.take(office)
    assert clashes(site.events.values()) == []


def test_an_event_that_follows_one_which_is_not_there_is_refused() -> None:
    laptop = Laptop("office")
    first = laptop.note(0, "a", "1")
    laptop.note(1, "a", "2")
    del laptop.events[first.hash]
    with pytest.raises(NotWhole):
        in_order(laptop.events.values())


def test_an_event_stands_one_place_behind_those_that_it_follows() -> None:
    laptop = Laptop("office")
    first = laptop.note(0, "a", "1")
    with pytest.raises(NotWhole):
        in_order([first, replace(first, place=3, previous=(first.hash,))])


def test_copies_of_one_visit_are_counted() -> None:
    events = [Laptop(str(number)).note(number, "a", str(number)) for number in range(MOST_APART + 1)]
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


def photo(name: str, caption: str = "") -> dict[str, str]:
    return {"criterion": "W-1", "file": name, "sha256": sha256_of(name), "caption": caption}


@rows(
    ("current", "after", "merged"),
    [
        (["p"], ["p", "q"], ["p", "q"]),
        (["p", "r"], ["p", "q"], ["p", "r", "q"]),
        (["r", "p"], [], ["r"]),
        (["r"], ["q"], ["r", "q"]),
    ],
)
def test_photos_that_were_added_apart_are_all_there(current: list[str], after: list[str], merged: list[str]) -> None:
    before, then = canonical([photo("p")]), canonical([photo(name) for name in after])
    there = merged_entries("evidence", [photo(name) for name in current], before, then)
    assert there == [photo(name) for name in merged]


def test_a_finding_that_was_changed_takes_its_own_place() -> None:
    old, new, other = ({"id": name, "text": text} for name, text in (("1", "loose"), ("1", "fixed"), ("2", "leak")))
    assert merged_entries("finding", [old, other], canonical([old]), canonical([new])) == [new, other]


@rows(
    ("kind", "before", "after", "expected"),
    [
        ("answer", None, "5", {Thing("answer", "s"): "5"}),
        ("submitted", '"draft"', "{}", {}),
        ("evidence", None, [photo("p")], {Thing("evidence", "s", sha256_of("p")): canonical(photo("p"))}),
        ("store_edited", {"code": "s", "name": "A"}, {"code": "s", "name": "B"}, {Thing("store", "", "name"): '"B"'}),
        ("store_closed", None, '"2026-05-12"', {Thing("store_closed", "s"): '"2026-05-12"'}),
        (
            "moved",
            {"scheme": "1", "held": {"answer": {"q": {"value": "5"}}, "note": {"c": {"value": "dry"}}}},
            {"scheme": "2", "held": {"answer": {"r": {"value": "5"}}, "note": {"c": {"value": "wet"}}}},
            {
                Thing("scheme", ""): "2",
                Thing("answer", "q"): None,
                Thing("answer", "r"): "5",
                Thing("note", "c"): '"wet"',
            },
        ),
    ],
)
def test_an_event_tells_which_things_it_changed(
    kind: str, before: Any, after: Any, expected: dict[Thing, str | None]
) -> None:
    texts = [side if side is None or isinstance(side, str) else json.dumps(side) for side in (before, after)]
    assert dict(touched(kind, "s", *texts)) == expected
