"""Numbers: read as written, kept as fractions, rounded only for a reader."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from greenstar.numbers import (
    as_number,
    as_percent,
    by_denominator,
    half_up,
    hundredths,
    nearest_float,
    percent_shown,
    read_number,
    rounded,
    rounded_text,
    signed,
    size_shown,
    written,
)
from tests.rows import rows


@rows(
    ("text", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("-0.5", Fraction(-1, 2)),
        ("12", Fraction(12)),
        ("007", Fraction(7)),
        ("1.10", Fraction(11, 10)),
    ],
)
def test_a_number_is_read_as_written(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@rows(
    "text",
    [
        "",
        "1e400",
        "1e3",
        "0x1F",
        "1_000",
        "nan",
        "inf",
        ".5",
        "5.",
        "+1",
        "1,5",
        "--1",
        "１２",
        "٣",
        "1 000",
        " 1",
        "1\n",
        "9" * 41,
    ],
)
def test_numbers_are_decimal_digits_only(text: str) -> None:
    assert read_number(text) is None


@rows(
    ("value", "text"),
    [
        ("2.345", "2.35"),
        ("2.344", "2.34"),
        ("76.25", "76.25"),
        ("12", "12"),
        ("0.005", "0.01"),
        ("-0.001", "0"),
        ("-2.345", "-2.35"),
    ],
)
def test_what_a_person_reads_is_rounded_half_up(value: str, text: str) -> None:
    assert rounded_text(Fraction(value)) == text


def test_a_figure_just_below_a_threshold_is_cut_and_not_rounded_up_to_it() -> None:
    assert rounded_text(Fraction("84.999"), misses=[Fraction(85)]) == "84.99"
    assert rounded_text(Fraction("59.9999999"), misses=[Fraction(60)]) == "59.99"


def test_a_figure_just_above_an_upper_threshold_is_not_rounded_down_to_it() -> None:
    assert rounded_text(Fraction("22.001"), misses=[Fraction(22)]) == "22.01"


def test_a_figure_between_thresholds_that_lie_close_gets_as_many_places_as_it_takes() -> None:
    assert rounded_text(Fraction("84.996"), misses=[Fraction("84.99"), Fraction(85)]) == "84.996"
    assert percent_shown(Fraction("0.9992"), [Fraction("0.999"), Fraction(1)]) == "99.92 %"


@given(st.fractions(0, 100), st.lists(st.fractions(0, 100), max_size=4))
def test_a_figure_stays_on_its_side_of_every_threshold_and_else_is_the_nearest(
    value: Fraction, misses: list[Fraction]
) -> None:
    told, nearest = Fraction(rounded(value, 2, misses)), Fraction(rounded(value))
    assert all(edge == value or (told > edge) == (value > edge) for edge in misses)
    if not any(min(value, nearest) <= edge <= max(value, nearest) for edge in misses):
        assert told == nearest


@rows(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (5_000_000_000_000, "5000.0 GB"),
    ],
)
def test_a_number_of_bytes_reads_in_the_unit_that_fits(size: int, text: str) -> None:
    assert size_shown(size) == text


def test_a_size_above_what_is_allowed_does_not_read_as_what_is_allowed() -> None:
    assert size_shown((1 << 30) + 1, [1 << 30]) == "1.1 GB"
    assert size_shown(1_000_000_001, [1_000_000_000]) == "1.1 GB"


def test_a_figure_on_its_threshold_is_shown_as_it_is() -> None:
    assert rounded_text(Fraction(85), misses=[Fraction(85)]) == "85"


def test_a_threshold_far_away_changes_nothing() -> None:
    assert rounded_text(Fraction("76.255"), misses=[Fraction(60), Fraction(85)]) == "76.26"


def test_json_gets_whole_numbers_where_they_are_whole() -> None:
    assert as_number(Fraction(60)) == 60
    assert isinstance(as_number(Fraction(60)), int)
    assert as_number(Fraction(305, 4)) == 76.25
    assert as_number(Fraction("59.9999"), misses=[Fraction(60)]) == 59.99


def test_a_figure_in_full_is_a_decimal_where_it_has_one_and_else_a_fraction() -> None:
    assert written(Fraction(305, 4)) == "76.25"
    assert written(Fraction(1, 3)) == "1/3"
    assert written(Fraction(-60)) == "-60"
    assert written(Fraction(1, 10**30)) == "0." + "0" * 29 + "1"


@rows(("value", "rounded_value"), [("2.5", 3), ("2.4", 2), ("0.5", 1), ("-2.5", -3), ("-2.4", -2)])
def test_halves_are_rounded_up(value: str, rounded_value: int) -> None:
    assert half_up(Fraction(value)) == rounded_value


def test_rounding_keeps_its_places() -> None:
    assert str(rounded(Fraction(1, 3), 4)) == "0.3333"
    assert str(rounded(Fraction(5), 1)) == "5.0"


@rows(("value", "told"), [("2.5", "+2.5"), ("-0.754", "-0.75"), ("0", "0"), ("0.001", "+0.01"), ("-0.001", "-0.01")])
def test_a_difference_has_a_sign_and_a_little_is_never_nothing(value: str, told: str) -> None:
    assert signed(Fraction(value)) == told


def test_a_share_is_told_to_a_tenth_of_a_percent_and_written_to_a_hundredth() -> None:
    assert (percent_shown(Fraction(2, 3)), as_percent(Fraction(2, 3))) == ("66.7 %", 66.67)
    assert percent_shown(Fraction("0.7999"), [Fraction("0.8")]) == "79.9 %"
    assert as_percent(Fraction("0.99999")) == 99.99


near_edges = st.builds(
    lambda edge, numerator, denominator: edge + Fraction(numerator, denominator),
    st.sampled_from([Fraction(0), Fraction(60), Fraction(229, 3), Fraction(10**9)]),
    st.integers(-50, 50),
    st.sampled_from([1, 3, 7, 200, 900, 10**6, 10**40]),
)


@given(near_edges | st.fractions(-5, 200), st.lists(near_edges, max_size=4))
def test_the_quick_way_to_two_decimals_is_the_slow_one_or_none(value: Fraction, edges: list[Fraction]) -> None:
    quick = hundredths(value.numerator, value.denominator, sorted(map(nearest_float, edges)))
    assert quick is None or Fraction(quick, 100) == Fraction(rounded(value, 2, edges))


def test_the_quick_way_is_taken_far_from_edges_only() -> None:
    assert hundredths(200, 3, [60.0, 70.0]) == 6667
    ratios = ((5999, 100), (-1, 3), (10**400, 1), (1, 10**400))
    assert [hundredths(*ratio, [60.0]) for ratio in ratios] == [None, None, None, 0]


@given(st.lists(near_edges))
def test_figures_added_by_their_denominators_come_to_the_same(figures: list[Fraction]) -> None:
    by_them = [*by_denominator(figures)]
    assert sum(by_them) == sum(figures)
    assert len(by_them) == len({figure.denominator for figure in figures})
