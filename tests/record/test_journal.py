"""Events in chains: who follows whom, in which order they count, and what breaks."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.event import Change, Event, event_from
from greenstar.record.journal import Head, faults, following, heads_of, in_order
from greenstar.record.old_journal import OLD_COLUMNS, START, OldChain, old_hash_of
from tests.rows import rows

CHAIN, HERE, THERE = "visit:01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2"
NOON = "2026-05-12T12:00:00.000Z"


def behind(*before: Event, minute: int = 0, database: str = HERE, **content: Any) -> Event:
    """An answer behind these events."""
    change = replace(Change("answer", "q", after='"5"'), **content)
    heads = [Head(event.hash, event.place) for event in before]
    at = f"2026-05-12T12:{minute:02}:00.000Z"
    return following(change, heads, chain=CHAIN, database=database, at=at, by="Ada")


def test_an_event_is_hashed_as_others_would_write_it_and_without_what_it_lacks() -> None:
    event = behind()
    assert event.hash == sha256_of(
        canonical(
            {
                "domain": "greenstar/event",
                "version": 2,
                "id": event.id,
                "chain": CHAIN,
                "place": 1,
                "database": HERE,
                "at": NOON,
                "by": "Ada",
                "kind": "answer",
                "subject": "q",
                "became": '"5"',
                "previous": [],
            }
        )
    )


def test_an_event_says_whose_an_entry_is_only_where_somebody_else_records_it() -> None:
    assert "whose" not in behind(whose="Ada").document()
    assert behind(whose="Bo").document()["whose"] == "Bo"


def test_an_event_is_read_as_it_was_written_and_nothing_else_is() -> None:
    event = behind(behind(), because="读数")
    document = json.loads(canonical(event.document()))
    assert event_from(document, event.hash) == event
    wrong: list[dict[str, object]] = [
        {"version": 3},
        {"domain": "greenstar/seal"},
        {"place": "2"},
        {"by": None},
        {"was": 5},
        {"previous": ["a", 1]},
        {"more": "1"},
    ]
    for other in wrong:
        with pytest.raises(ValueError, match="event"):
            event_from({**document, **other})


def test_an_event_follows_all_that_was_last_in_its_chain() -> None:
    first = behind()
    here, there = behind(first), behind(first, behind(first))
    joined = behind(here, there)
    assert joined.previous == tuple(sorted([here.hash, there.hash]))
    assert (here.place, there.place, joined.place) == (2, 3, 4)
    assert heads_of([first, here, there]) == sorted([Head(here.hash, 2), Head(there.hash, 3)])


def test_causes_come_first_however_wrong_a_clock_is_and_of_two_apart_the_later_comes_later() -> None:
    first = behind(minute=30)
    early = behind(first, minute=1)  # its clock is behind: it was after the first all the same
    late = behind(first, minute=40, database=THERE)
    after_early = behind(early, minute=35)
    joined = behind(after_early, late, minute=2)
    ordered = [first, early, after_early, late, joined]
    for seed in range(10):
        assert in_order(Random(seed).sample(ordered, 5)) == ordered
    with pytest.raises(ValueError, match="not here"):
        in_order([early, late])


def test_a_chain_that_holds_has_no_faults() -> None:
    first = behind()
    here, there = behind(first), behind(first)
    assert not list(faults([there, behind(here, there), here, first]))


@rows(
    ("altered", "told"),
    [
        ({"after": '"6"'}, {"hash", "parent"}),
        ({"by": "Bob"}, {"hash", "parent"}),
        ({"hash": "0" * 64}, {"hash", "parent"}),
        ({"place": 9}, {"hash", "place", "parent"}),
        ({"chain": "store:S-1"}, {"chain", "hash"}),
        ({"previous": ()}, {"hash", "place"}),
    ],
)
def test_whoever_alters_an_event_breaks_its_chain(altered: dict[str, Any], told: set[str]) -> None:
    first = behind()
    second = behind(first)
    forged = second._replace(**altered)
    assert {fault.what for fault in faults([first, forged, behind(second)])} >= told - {"parent"}
    if "after" in altered:  # and hashed anew: what follows it follows another
        assert {fault.what for fault in faults([first, forged.hashed(), behind(second)])} == {"parent"}


def test_an_event_that_is_missing_or_there_twice_is_told() -> None:
    first = behind()
    second = behind(first)
    third = behind(second)
    assert {fault.what for fault in faults([first, third])} == {"parent"}
    twin = behind(first)._replace(id=second.id).hashed()
    assert {fault.what for fault in faults([first, second, twin])} == {"twice"}


def test_the_journal_of_programs_up_to_0_2_is_verified_as_it_was_hashed() -> None:
    def chain(*, forged: bool) -> OldChain:
        old, previous = OldChain(), START
        for number in (1, 2, 3):
            columns = (number, "S-1", None, NOON, "Ada", "note", "c", None, '"读数"', None, None, previous)
            fields = dict(zip(OLD_COLUMNS, columns, strict=True))
            kept = {name: value for name, value in fields.items() if value is not None}
            text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            previous = old_hash_of(columns)
            assert previous == sha256_of(text)
            by = "Bob" if forged and number == 2 else "Ada"
            old.follow((*columns[:4], by, *columns[5:]), previous)
        return old

    assert chain(forged=False).first_broken is None
    assert (chain(forged=True).first_broken, chain(forged=True).count) == (2, 3)
    assert chain(forged=False).head == chain(forged=True).head
