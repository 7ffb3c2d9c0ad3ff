"""Ranges of places: what is drawn lies in what is reached, that in what is proved, and that in what is possible."""

import os
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from greenstar.ranking.league import LeagueEntry, rank
from greenstar.ranking.uncertainty.box import WeightBox
from greenstar.ranking.uncertainty.contest import Contest
from greenstar.ranking.uncertainty.settings import Stopped, SureSettings
from greenstar.ranking.uncertainty.sure import PlaceRange, place_ranges
from greenstar.ranking.uncertainty.totals import Contestant, RootScoring, adds_up
from tests.ranking.uncertainty.contests import HUNDRED, WAYS, contest
from tests.rows import rows

SEEDS = range(int(os.environ.get("GREENSTAR_SURE", "1")))  # 100 take minutes
NOTHING, FIFTH, HALF = Fraction(0), Fraction(1, 5), Fraction(1, 2)


def ranges(league: Contest, share: Fraction, **settings: int) -> list[PlaceRange]:
    everyone = range(len(league.contestants))
    return place_ranges(league, SureSettings(share=share, **{"draws": 200, "seconds": 2, **settings}), everyone)


def weightings(league: Contest, share: Fraction) -> list[tuple[Fraction, ...]]:
    random, groups = Random(7), len(league.scoring.groups)
    return [tuple(1 - share + share * random.randint(0, 12) / 6 for _ in range(groups)) for _ in range(20)]


@pytest.mark.slow
@rows("share", [NOTHING, FIFTH, HALF])
def test_places_lie_in_their_ranges_and_each_end_has_a_weighting_of_the_box_that_gives_it(share: Fraction) -> None:
    for method, worth in WAYS:
        for seed in SEEDS:
            league = contest(seed, method, worth)
            tried = weightings(league, share)
            box = WeightBox(share, 3)
            drawn = [box.exact(line) for line in box.draws(200, SureSettings().seed)[:10].tolist()]
            for store, reached in enumerate(ranges(league, share)):
                now = league.place(store, (Fraction(1),) * 3)
                assert reached.low_bound <= reached.low <= now <= reached.high <= reached.high_bound
                for place, factors in ((reached.low, reached.low_factors), (reached.high, reached.high_factors)):
                    assert league.place(store, factors) == place
                    assert all(1 - share <= factor <= 1 + share for factor in factors)
                assert all(reached.low <= league.place(store, factors) <= reached.high for factors in drawn)
                for factors in tried:
                    place = league.place(store, factors)
                    assert reached.low_bound <= place <= reached.high_bound
                    assert not reached.proved or reached.low <= place <= reached.high


def test_a_box_of_nothing_gives_the_place() -> None:
    for method, worth in WAYS:
        for seed in SEEDS:
            league = contest(seed, method, worth)
            assert [(reached.low, reached.high, reached.proved) for reached in ranges(league, NOTHING)] == [
                (place, place, True)
                for place in (league.place(store, (Fraction(1),) * 3) for store in range(len(league.contestants)))
            ]


def test_a_wider_box_never_narrows() -> None:
    for seed in SEEDS:
        league = contest(seed, fine=1000)
        boxes = [ranges(league, Fraction(share, 100)) for share in (5, 20, 60)]
        for narrow, wide in pairwise(boxes):
            for before, after in zip(narrow, wide, strict=True):
                assert before.proved
                assert after.proved
                assert after.low <= before.low <= before.high <= after.high


def test_the_same_seed_gives_the_same_and_another_seed_other_draws() -> None:
    league = contest(1, stores=30, fine=1000)
    assert ranges(league, FIFTH) == ranges(league, FIFTH)
    drawn = [[reached.among_first for reached in ranges(league, FIFTH, seed=seed)] for seed in (1, 2)]
    assert drawn[0] != drawn[1]
    assert all(sum(counts) >= 200 * 10 for counts in drawn)  # ten stores are among the first in each draw


def test_a_place_today_is_that_of_the_league() -> None:
    for seed in SEEDS:
        league = contest(seed)
        entries = [entry(store) for store in league.contestants]
        places = {ranked.entry.store: ranked.rank for ranked in rank(entries)}
        assert places == {
            store.store: league.place(number, (Fraction(1),) * 3) for number, store in enumerate(league.contestants)
        }


def entry(store: Contestant) -> LeagueEntry:
    keys = {f"key_{place}": key for place, key in enumerate((*store.ahead, store.total, *store.behind))}
    return LeagueEntry(1, store.store, "", "", store.total, None, 0, False, (), keys, HUNDRED)


@rows("method", ["sum", "mean", "geometric"])
def test_one_store_equal_stores_and_a_store_without_a_total_have_a_place(method: str) -> None:
    def made(*points: int | None) -> Contest:
        scoring = RootScoring(method, HUNDRED, ("A",), (Fraction(2),))
        stores = [
            Contestant(
                str(number), ((Fraction(earned or 0), Fraction(0 if earned is None else 4)),), Fraction(0), total
            )
            for number, earned in enumerate(points)
            for total in [None if earned is None else Fraction(25 * earned)]
        ]
        assert all(adds_up(scoring, store) for store in stores)
        return Contest(scoring, stores)

    def places(league: Contest) -> list[tuple[int, int, bool]]:
        return [(reached.low, reached.high, reached.proved) for reached in ranges(league, HALF)]

    assert places(made(3)) == [(1, 1, True)]
    assert places(made(None)) == [(1, 1, True)]
    assert places(made(3, 3, 3)) == [(1, 1, True)] * 3
    assert places(made(1, None, 2, 2)) == [(3, 3, True), (4, 4, True), (1, 1, True), (1, 1, True)]


def test_with_thirty_groups_the_corners_are_left_out_and_the_bounds_stay() -> None:
    league = contest(4, stores=6, groups=16, fine=1000)
    for store, reached in enumerate(ranges(league, FIFTH)):
        assert reached.low_bound <= reached.low <= league.place(store, (Fraction(1),) * 16) <= reached.high
        assert league.place(store, reached.high_factors) == reached.high <= reached.high_bound


def test_rivals_that_can_only_be_ahead_in_turns_are_not_both_ahead() -> None:
    """Two stores that mirror each other around a third: whichever weight is higher, one of them is ahead of it."""
    scoring = RootScoring("mean", None, ("A", "B"), (Fraction(1), Fraction(1)))
    points = ((5, 5), (6, 4), (4, 6))
    stores = [
        Contestant(
            str(a), ((Fraction(a), Fraction(10)), (Fraction(b), Fraction(10))), Fraction(0), Fraction(50), (), ()
        )
        for a, b in points
    ]
    middle = ranges(Contest(scoring, stores), FIFTH)[0]
    assert (middle.low, middle.high, middle.proved) == (1, 2, True)


def test_places_count_exactly_where_totals_are_closer_than_floats_can_tell() -> None:
    tiny = Fraction(1, 10**14)
    scoring = RootScoring("sum", HUNDRED, ("A", "B"), (Fraction(1), Fraction(1)))
    stores = [
        Contestant(name, ((a, Fraction(1)), (b, Fraction(1))), Fraction(0), 50 * (a + b), (), ())
        for name, a, b in (
            ("more", Fraction(1, 2) + tiny, Fraction(1, 2)),
            ("less", Fraction(1, 2), Fraction(1, 2)),
            ("mixed", Fraction(1, 2) + 2 * tiny, Fraction(1, 2) - tiny),
        )
    ]
    told = [(reached.low, reached.high) for reached in ranges(Contest(scoring, stores), FIFTH)]
    assert told[0][0] == 1
    assert told[1] == (3, 3)
    assert told[2] == (1, 2)


def test_many_stores_are_bounded_by_their_totals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    league = contest(5, stores=40, fine=1000)
    settings = SureSettings(draws=200)
    by_pairs = place_ranges(league, settings)
    monkeypatch.setattr("greenstar.ranking.uncertainty.sure.MOST_PAIRED", 10)
    by_totals = place_ranges(league, settings)
    for pairs, totals in zip(by_pairs, by_totals, strict=True):
        assert totals.low_bound <= pairs.low_bound <= pairs.low
        assert pairs.high <= pairs.high_bound <= totals.high_bound
    assert by_pairs != by_totals


def test_the_example_of_the_page_has_these_ranges_and_chances() -> None:
    scoring = RootScoring("mean", None, ("Energy", "Water"), (Fraction(1), Fraction(1)))
    stores = [
        Contestant(
            name, ((Fraction(energy), HUNDRED), (Fraction(water), HUNDRED)), NOTHING, Fraction(energy + water, 2)
        )
        for name, energy, water in (("A", 80, 60), ("B", 60, 78), ("C", 90, 40))
    ]
    told = place_ranges(Contest(scoring, stores), SureSettings(first=1), range(3), watched={0, 1})
    assert [(reached.low, reached.high, reached.proved) for reached in told] == [
        (1, 2, True),
        (1, 3, True),
        (2, 3, True),
    ]
    assert [reached.among_first for reached in told] == [7324, 2676, 0]
    assert [reached.drawn.get(1) for reached in told] == [7324, 2676, None]
    assert [sum(reached.drawn.values()) for reached in told] == [10_000, 10_000, 0]
    assert told[1].high_factors == (1 + FIFTH, 1 - FIFTH)


def test_ranges_that_nobody_waits_for_any_more_are_not_worked_out_to_their_end() -> None:
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(len(asked) > 2)
        return asked[-1]

    league = contest(0, *WAYS[0])
    with pytest.raises(Stopped):
        place_ranges(league, SureSettings(draws=100), range(len(league.contestants)), stopped)
    assert sum(asked) == 1
