"""The choice of lighthouse stores: most regions and kinds, then most points; equal to trying all of them."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.ranking.choice import MOST_KINDS, Candidate, choose
from tests.rows import rows


def league(*stores: tuple[float, str, str]) -> list[Candidate]:
    """Candidates A, B, C … in their order: points, region, kind."""
    return [
        Candidate(chr(ord("A") + place), Fraction(points), region, kind or None)
        for place, (points, region, kind) in enumerate(stores)
    ]


FIVE = league(
    (95, "East", "wash"), (94, "East", "wash"), (93, "East", "paint"), (90, "North", "wash"), (88, "West", "mall")
)


def test_regions_and_kinds_come_first_and_then_the_points() -> None:
    choice = choose(FIVE, 3)
    assert choice.chosen.stores == ("C", "D", "E")
    assert (choice.chosen.regions, choice.chosen.kinds) == (3, 3)
    assert choice.plain.stores == ("A", "B", "C")
    assert (choice.plain.regions, choice.plain.kinds) == (1, 2)
    assert choice.given_up == 282 - choice.chosen.points
    assert choice.instead == (("D", "E"), ("A", "B"))
    assert (choice.regions, choice.kinds) == (3, 3)


def test_where_nothing_more_is_to_be_covered_the_choice_is_the_plain_list() -> None:
    stores = league((95, "East", "wash"), (94, "East", "wash"), (93, "East", "wash"))
    choice = choose(stores, 2)
    assert choice.chosen == choice.plain
    assert not choice.given_up
    assert choice.instead == ((), ())


def test_of_equal_points_the_better_places_are_chosen() -> None:
    """As where another key than the total decided the places."""
    assert choose(league((90, "", ""), (95, "", ""), (90, "", ""), (90, "", "")), 2).chosen.stores == ("A", "B")


@rows(
    ("count", "stores"),
    [(0, ()), (-3, ()), (1, ("A",)), (5, ("A", "B", "C", "D", "E")), (99, ("A", "B", "C", "D", "E"))],
)
def test_no_more_are_chosen_than_there_are(count: int, stores: tuple[str, ...]) -> None:
    assert choose(FIVE, count).chosen.stores == stores


def test_nobody_is_chosen_from_nobody() -> None:
    assert choose([], 4).chosen.stores == ()


def test_more_kinds_than_can_be_gone_through_are_refused() -> None:
    with pytest.raises(ValueError, match="kinds"):
        choose(league(*((90, "East", f"kind {number}") for number in range(MOST_KINDS + 1))), 3)


def by_trying(candidates: Sequence[Candidate], count: int) -> tuple[str, ...]:
    """The best of all choices."""

    def worth(places: tuple[int, ...]) -> tuple[int, Fraction, list[int]]:
        chosen = [candidates[place] for place in places]
        covered = {store.region for store in chosen if store.region} | {(store.kind,) for store in chosen if store.kind}
        return len(covered), sum((store.points for store in chosen), Fraction(0)), [-place for place in places]

    return tuple(candidates[place].store for place in max(combinations(range(len(candidates)), count), key=worth))


_STORE = st.tuples(st.integers(80, 90), st.sampled_from(["", "N", "E", "S"]), st.sampled_from("abcd"))
_STORES = st.lists(_STORE, max_size=9)


@given(_STORES, st.integers(0, 6))
def test_the_choice_is_the_best_of_all_that_could_be_made(stores: list[tuple[float, str, str]], count: int) -> None:
    candidates = league(*stores)
    count = min(count, len(candidates))
    assert choose(candidates, count).chosen.stores == by_trying(candidates, count)
