"""How far assessors agree: alpha against published examples, repeatability, places told apart, minutes.

Published: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), and the tests of Statistics::Krippendorff
and Krippendorff.jl that assert its figures; J. Fleiss (1971), as in the tests of statsmodels; tables of the studentized
range.
"""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.ranking.agreement.alpha import Alpha, Measure, NoAlpha, alpha
from greenstar.ranking.agreement.minutes import Entered, Minutes, minutes
from greenstar.ranking.agreement.places import ChanceSpread, told_apart
from greenstar.ranking.agreement.repeatability import repeatability
from tests.rows import rows

_: int | None = None
Ratings = list[list[int | None]]
FOUR_OBSERVERS: Ratings = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
THREE_CODERS: Ratings = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]
TWO_OBSERVERS: Ratings = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
DIAGNOSES = (  # Fleiss 1971: 30 patients, 6 psychiatrists each; kappa 0.4302445
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 "
    "333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)
SUBJECTS = (  # 10 subjects, 14 raters: how many chose each of five categories; kappa 0.21
    "0 0 0 0 14, 0 2 6 4 2, 0 0 3 5 6, 0 3 9 2 0, 2 2 8 1 1, 7 7 0 0 0, 3 2 6 3 0, 2 5 3 2 2, 6 5 2 1 0, 0 2 2 3 7"
)


def units(raters: Ratings) -> list[list[Fraction]]:
    """What each unit was given, from what each rater said."""
    return [[Fraction(value) for value in column if value is not None] for column in zip(*raters, strict=True)]


@rows(
    ("raters", "measure", "expected"),
    [
        (FOUR_OBSERVERS, Measure.NOMINAL, 0.743),
        (FOUR_OBSERVERS, Measure.INTERVAL, 0.849),
        (THREE_CODERS, Measure.NOMINAL, 0.691),
        (THREE_CODERS, Measure.INTERVAL, 0.811),
        (TWO_OBSERVERS, Measure.NOMINAL, 0.095),
    ],
)
def test_alpha_is_that_of_the_published_examples(raters: Ratings, measure: Measure, expected: float) -> None:
    value = alpha(units(raters), measure).value
    assert value is not None
    assert round(float(value), 3) == expected


@rows(
    ("given_values", "kappa", "within"),
    [
        ([list(unit) for unit in DIAGNOSES.split()], 0.4302445, 1e-7),
        (
            [
                [category for category, count in enumerate(counts.split()) for _ in range(int(count))]
                for counts in SUBJECTS.split(",")
            ],
            0.21,
            0.005,
        ),
    ],
)
def test_alpha_follows_from_fleiss_published_kappas(
    given_values: list[list[object]], kappa: float, within: float
) -> None:
    value, count = alpha(given_values, Measure.NOMINAL).value, sum(map(len, given_values))
    assert value is not None
    assert isclose(float(value), kappa + (1 - kappa) / count, abs_tol=within)


@rows(
    ("given_values", "expected"),
    [
        ([], Alpha(None, NoAlpha.NOT_COMPARED, 0)),
        ([[True], [False], []], Alpha(None, NoAlpha.NOT_COMPARED, 0)),
        ([[True, True], [True, True], [False]], Alpha(None, NoAlpha.ALL_ALIKE, 2)),
        ([[True, True], [False, False]], Alpha(Fraction(1), None, 2)),
        ([[True, False]], Alpha(Fraction(0), None, 1)),
    ],
)
def test_where_there_is_no_alpha_there_is_a_reason(given_values: list[list[bool]], expected: Alpha) -> None:
    assert alpha(given_values, Measure.NOMINAL) == expected


def test_the_example_that_the_page_of_the_ranking_works_out_by_hand_is_right() -> None:
    yes_and_no = [[True, True], [True, True], [False, False], [True, False], [True, True]]
    assert alpha(yes_and_no, Measure.NOMINAL).value == Fraction(4, 7)
    numbers = [[Fraction(first), Fraction(second)] for first, second in ((60, 62), (70, 70), (80, 77))]
    assert alpha(numbers, Measure.INTERVAL).value == 1 - Fraction(26) / Fraction(3754, 5)
    totals = repeatability([Fraction(70), Fraction(70 + difference)] for difference in (2, -1, 0, 3, -2, 1))
    assert totals.variance == Fraction(19, 12)
    assert totals.limit is not None
    assert round(totals.limit, 2) == 3.49


def test_the_order_of_assessors_and_the_scale_of_numbers_change_no_alpha() -> None:
    plain = units(FOUR_OBSERVERS)
    turned = [[5 * value - 2 for value in reversed(unit)] for unit in reversed(plain)]
    for measure in Measure:
        assert alpha(turned, measure) == alpha(plain, measure)


def test_the_variance_of_a_total_is_half_the_mean_square_of_differences() -> None:
    pairs = [[Fraction(70), Fraction(72)], [Fraction(50), Fraction(49)], [Fraction(61)], [Fraction(80), Fraction(80)]]
    result = repeatability(pairs)
    assert (result.pairs, result.variance, result.known) == (3, Fraction(2**2 + 1, 2 * 3), False)
    assert result.limit is not None
    assert isclose(result.limit, 1.96 * (2 * 5 / 6) ** 0.5)
    assert repeatability([*pairs, *pairs[:2]]).known
    assert (repeatability([]).pairs, repeatability([]).limit) == (0, None)


def test_a_third_assessor_counts_as_a_further_pair() -> None:
    result = repeatability([[Fraction(60), Fraction(63), Fraction(66)]])
    assert (result.pairs, result.variance) == (2, Fraction(9))


@rows(
    ("stores", "pairs", "published"),
    [(3, 5, 4.60), (10, 10, 5.60), (3, 20, 3.58), (10, 60, 4.65), (20, 1_000_000, 5.01)],
)
def test_the_first_limit_is_that_of_the_tables_of_the_studentized_range(
    stores: int, pairs: int, published: float
) -> None:
    limit = told_apart([50.0] * stores, ChanceSpread(1.0, pairs)).limit
    assert isclose(limit, published, rel_tol=0.03)


def test_stores_far_apart_are_told_apart_and_near_ones_are_not() -> None:
    result = told_apart([90.0, 89.5, 50.0, 49.0, 10.0], ChanceSpread(0.5, 20))
    assert result.places == ((1, 2), (1, 2), (3, 4), (3, 4), (5, 5))
    assert told_apart([90.0, 89.5, 90.0], ChanceSpread(0.0, 20)).places == ((1, 2), (3, 3), (1, 2))
    assert told_apart([], ChanceSpread(1.0, 5)).places == ()
    assert told_apart([70.0], ChanceSpread(1.0, 5)).places == ((1, 1),)


def test_leaving_out_what_is_told_apart_makes_the_limit_smaller_and_never_larger() -> None:
    apart, together = [30.0 * place for place in range(12)], [0.0] * 12
    spread = ChanceSpread(1.0, 10)
    assert told_apart(apart, spread).limit < told_apart(together, spread).limit


@pytest.mark.slow
def test_the_same_seed_gives_the_same_places_and_a_long_league_keeps_the_first_limit() -> None:
    totals = [60 + place / 7 for place in range(40)]
    spread = ChanceSpread(0.8, 9)
    assert told_apart(totals, spread) == told_apart(totals, spread)
    long = told_apart([place / 10 for place in range(5000)], spread, draws=401)
    assert long.places[0][1] == 5000
    assert long.limit > told_apart(totals, spread).limit


@given(st.lists(st.floats(0, 100, width=32), min_size=2, max_size=8), st.floats(0.1, 5))
def test_a_store_lies_in_its_own_places_and_a_wider_spread_never_narrows_them(
    totals: list[float], deviation: float
) -> None:
    narrow, wide = (told_apart(totals, ChanceSpread(deviation * by, 6), draws=60).places for by in (1, 2))
    for total, (low, high), (lower, higher) in zip(totals, narrow, wide, strict=True):
        place = 1 + sum(other > total for other in totals)
        assert lower <= low <= place <= high <= higher
    best_first = sorted(zip(totals, narrow, strict=True), reverse=True)
    for (_, better), (_, worse) in pairwise(best_first):
        assert better[0] <= worse[0]
        assert better[1] <= worse[1]


def test_the_time_before_an_entry_is_its_criterions_and_a_pause_is_nobodys() -> None:
    start = datetime(2026, 5, 12, 9, tzinfo=UTC)

    def entered(minute: float, criterion: str | None) -> Entered:
        return Entered(start + timedelta(minutes=minute), criterion)

    first = [entered(0, None), entered(2, "A"), entered(5, "B"), entered(6, "A"), entered(46, "B"), entered(47, "B")]
    second = [entered(0, None), entered(5, "A"), entered(5, "C")]
    from_a_file = [entered(0, "C"), entered(0, "A")]
    assert minutes([first, second, from_a_file]) == {"A": Minutes(4.0, 2), "B": Minutes(4.0, 1)}
    assert pytest.approx(minutes([first])["A"].median) == 3
