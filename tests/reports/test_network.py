"""What a ranking says of all its stores together."""

from fractions import Fraction

import pytest

from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.league import LeagueEntry, LeagueLevel, Ranking, rank
from greenstar.reports.views.network import classes, level_lines, median, network_view
from greenstar.reports.views.ranking import RankingView, ranking_view
from greenstar.services.results.network import CategoryMean, NetworkFigures

LADDER = (
    LeagueLevel("one", Text({"en": "One"}), 1, Fraction(60)),
    LeagueLevel("two", Text({"en": "Two"}), 2, Fraction(4, 5), percent=True),
    LeagueLevel("free", Text({"en": "Free"}), 3),
)
GATE = Phrase("scoring.unmet_categories", subject="ENE", title="Energy", needed="75 %", actual="60 %")


def entry(code: str, total: int | None, *, lacks: int = 0, available: int = 100) -> LeagueEntry:
    exact = None if total is None else Fraction(total)
    level = None if total is None or total < 60 else "two" if total * 5 >= available * 4 else "one"
    return LeagueEntry(
        1, code, code, "", exact, level, 0, lacks == 0, (GATE,) * lacks, {"total": exact}, Fraction(available)
    )


def ranking(*entries: LeagueEntry, key: str = "total") -> RankingView:
    titles = {level.id: level.title for level in LADDER}
    return ranking_view(Ranking("s", "1", "2026", rank(entries), levels=titles, keys={key: None}, ladder=LADDER))


def test_levels_are_counted_the_highest_first_and_those_without_one_last() -> None:
    view = network_view(ranking(entry("A", 90), entry("B", 70), entry("C", 65), entry("D", None)), NetworkFigures())
    assert [(level.id, level.stores) for level in view.levels] == [("free", 0), ("two", 1), ("one", 2), (None, 1)]


@pytest.mark.parametrize(
    ("totals", "middle"), [([], None), ([7], 7), ([9, 1, 5], 5), ([1, 2, 4, 100], 3), ([Fraction(1, 3)] * 2, "1/3")]
)
def test_the_median_is_the_middle_or_half_way_between_two(totals: list[int], middle: int | str | None) -> None:
    assert median([Fraction(total) for total in totals]) == (None if middle is None else Fraction(middle))


def test_the_median_is_told_with_its_change_since_the_cycle_before() -> None:
    figures = NetworkFigures(before="2025", totals_before=(Fraction(60), Fraction(70)))
    totals = network_view(ranking(entry("A", 72), entry("B", 60)), figures).totals
    assert (totals.median.text, totals.moved.signed, totals.before, totals.available.text) == (
        "66",
        "+1",
        "2025",
        "100",
    )
    alone = network_view(ranking(entry("A", 72), entry("B", 60, available=90)), NetworkFigures()).totals
    assert (alone.moved.value, alone.available.value) == (None, None)


def test_a_distribution_has_a_place_for_nothing_for_everything_and_for_more() -> None:
    assert classes([0, 0.049, 0.05, 0.999, 1, 1.2]) == (2, 1, *[0] * 17, 3)


def test_the_weakest_categories_come_first() -> None:
    means = tuple(CategoryMean(name, name, Fraction(share), 3) for name, share in (("A", "0.9"), ("B", "0.4")))
    view = network_view(ranking(entry("A", 72)), NetworkFigures(means))
    assert [(category.id, category.share.text) for category in view.weakest] == [("B", "40 %"), ("A", "90 %")]


def test_candidates_and_those_short_of_a_single_gate_are_named_by_rank() -> None:
    no_rule = LeagueEntry(
        1, "R", "R", "", Fraction(1), None, 0, False, (Phrase("scoring.unmet_lighthouse_rule"),),
        {"total": Fraction(1)}, Fraction(100),
    )  # fmt: skip
    stores = ranking(entry("A", 70), entry("B", 90), entry("C", 65, lacks=2), entry("D", 60, lacks=1), no_rule)
    view = network_view(stores, NetworkFigures())
    assert (view.candidates, view.one_short) == (("B", "A"), ("D",))
    assert [store.lacks_in_short and store.lacks_in_short.key for store in stores.stores[1:4]] == [
        None, "network.gate", "network.gate",
    ]  # fmt: skip


def test_a_line_stands_where_totals_fall_below_what_a_level_asks_for() -> None:
    stores = ranking(entry("A", 90), entry("B", 80), entry("C", 79), entry("D", 50), entry("E", None))
    assert [(line.place, line.level.id) for line in level_lines(stores, stores.stores)] == [(2, "two"), (3, "one")]
    assert level_lines(stores, stores.stores[:2]) == []
    assert level_lines(stores, stores.stores[3:]) == []
    other = ranking(entry("A", 90), entry("B", 50), key="water")
    assert level_lines(other, other.stores) == []
