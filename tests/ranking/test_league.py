"""Section 6 of the format: higher first, unknown last, ties share a rank, a key after the other, listed by code."""

import json
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import LeagueEntry, rank
from greenstar.ranking.standing import StoreStanding
from greenstar.ranking.stored import league_entry
from tests.rows import rows

UNMET: dict[str, Any] = {
    "requirement": "categories",
    "subject": "WAT",
    "title": {"en": "Water", "zh": "水资源"},
    "needed": "3/4",
    "actual": "1/2",
    "percent": True,
    "criteria": [],
    "because": None,
}


def store(code: str, **keys: Fraction | int | None) -> LeagueEntry:
    """A store with its keys."""
    exact = {name: None if value is None else Fraction(value) for name, value in keys.items()}
    return LeagueEntry(1, code, code, "", exact.get("total"), None, 0, False, (), exact, Fraction(100))


def ranks(*stores: LeagueEntry) -> list[tuple[int, str]]:
    """The league as ranks and codes."""
    return [(ranked.rank, ranked.entry.store) for ranked in rank(stores)]


def test_equal_stores_share_a_rank_and_the_next_one_is_left_out() -> None:
    """Standard competition ranking, as in the task "Ranking methods" of rosettacode.org."""
    scores = {"Solomon": 44, "Jason": 42, "Errol": 42, "Garry": 41, "Bernard": 41, "Barry": 41, "Stephen": 39}
    assert ranks(*(store(name, total=value) for name, value in scores.items())) == [
        (1, "Solomon"),
        (2, "Errol"),
        (2, "Jason"),
        (4, "Barry"),
        (4, "Bernard"),
        (4, "Garry"),
        (7, "Stephen"),
    ]


def test_a_later_key_decides_only_between_equals() -> None:
    assert ranks(store("A", total=70, energy=1), store("B", total=71, energy=0), store("C", total=70, energy=2)) == [
        (1, "B"),
        (2, "C"),
        (3, "A"),
    ]


def test_an_unknown_key_comes_last_and_ties_with_another_unknown() -> None:
    assert ranks(store("A", total=None), store("B", total=-5), store("C", total=0), store("D", total=None)) == [
        (1, "C"),
        (2, "B"),
        (3, "A"),
        (3, "D"),
    ]


def test_figures_are_compared_exactly() -> None:
    third = Fraction(1, 3)
    assert ranks(store("A", total=third * 3), store("B", total=1), store("C", total=Fraction(10**30 - 1, 10**30))) == [
        (1, "A"),
        (1, "B"),
        (3, "C"),
    ]


def test_no_store_no_league() -> None:
    assert rank([]) == ()


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 2)), max_size=12))
def test_a_rank_is_one_more_than_the_number_of_better_stores(figures: list[tuple[int, int | None]]) -> None:
    stores = [store(f"S-{number:02}", total=total, other=other) for number, (total, other) in enumerate(figures)]
    for ranked in rank(stores):
        mine = tuple((value is not None, value or 0) for value in ranked.entry.keys.values())
        better = sum(tuple((value is not None, value or 0) for value in other.keys.values()) > mine for other in stores)
        assert ranked.rank == better + 1


@rows("place", [0, 1])
def test_nobody_has_computed_the_bounds_of_a_rank(place: int) -> None:
    ranked = rank([store("A", total=1), store("B", total=1)])[place]
    assert (ranked.rank_low, ranked.rank_high) == (None, None)


def kept(**changes: Any) -> StoreStanding:
    """A row as the database gives it."""
    row = {
        "assessment": 7,
        "store": "WX-001",
        "name": "A [/x]",
        "region": "East",
        "status": "decided",
        "total": "305/4",
        "level": "star-2",
        "stars": 2,
        "candidate": 0,
        "why_not": "[]",
        "reasons": 0,
        "keys": '{"total": "305/4", "energy": null}',
        "available": "100",
        "not_applicable_points": "25",
        "excused_points": "10",
    }
    return StoreStanding(**{**dict.fromkeys(StoreStanding._fields), **row, **changes})


def test_an_entry_is_what_was_kept() -> None:
    stored = league_entry(kept())
    assert (stored.assessment, stored.total, stored.level, stored.candidate, stored.status) == (
        7,
        Fraction(305, 4),
        "star-2",
        False,
        "decided",
    )
    assert stored.keys == {"total": Fraction(305, 4), "energy": None}
    assert [stored.not_applicable_points, stored.excused_points] == [25, 10]
    assert league_entry(kept(total=None)).total is None


@rows(
    ("unmet", "english", "chinese"),
    [
        (UNMET, ("Water", "50 %", "75 %"), ("水资源", "50 %", "75 %")),
        ({**UNMET, "actual": "7499/10000"}, ("74.9 %",), ("74.9 %",)),
        (
            {**UNMET, "requirement": "when", "because": {"en": "Too little shown", "zh": "展示不足"}},
            ("Too little shown",),
            ("展示不足",),
        ),
        ({**UNMET, "requirement": "total", "title": None, "percent": False, "needed": "85"}, ("85", "0.5"), ("85",)),
        (
            {**UNMET, "requirement": "findings", "subject": "minor", "title": None, "needed": "0", "actual": "2"}
            | {"percent": False},
            ("minor", "2", "0"),
            ("一般不符合项", "2", "0"),
        ),
        (
            {**UNMET, "requirement": "level", "subject": "star-3", "title": {"en": "Three", "zh": "三星"}},
            ("Three",),
            ("三星",),
        ),
    ],
)
def test_why_not_reads_in_both_languages_without_the_scheme(
    unmet: dict[str, Any], english: tuple[str, ...], chinese: tuple[str, ...]
) -> None:
    (reason,) = league_entry(kept(why_not=json.dumps([unmet]))).why_not
    for language, parts in (("en", english), ("zh", chinese)):
        told = Catalogue(language).render(reason)
        assert all(part in told for part in parts), told
