"""Places under other policies and answers, and what weights make of a level."""

from fractions import Fraction

from greenstar.i18n.phrase import Text
from greenstar.ranking.league import LeagueLevel
from greenstar.ranking.uncertainty.otherwise import level_reach, places_with, places_with_answers
from greenstar.ranking.uncertainty.totals import Contestant, RootScoring

TITLE = Text({"en": "Level"})
FIFTH = Fraction(1, 5)


def stores(*totals: int | None, behind: tuple[int, ...] = ()) -> list[Contestant]:
    keys = behind or (0,) * len(totals)
    return [
        Contestant(str(number), (), Fraction(0), None if total is None else Fraction(total), (), (Fraction(key),))
        for number, (total, key) in enumerate(zip(totals, keys, strict=True))
    ]


def test_places_with_other_totals_go_by_all_keys() -> None:
    league = stores(50, 40, 30, None, behind=(0, 1, 1, 0))
    assert places_with(league, [Fraction(total) for total in (10, 20, 20, 20)]) == [4, 1, 1, 3]
    assert places_with(league, [None, None, Fraction(0), None]) == [3, 2, 1, 3]


def test_with_open_answers_a_place_lies_between_those_at_worst_and_at_best() -> None:
    league = stores(50, 40, 40, 30, behind=(0, 1, 0, 0))
    closed = [(store.total, store.total) for store in league]
    assert places_with_answers(league, closed) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    ends = [closed[0], closed[1], (Fraction(40), Fraction(50)), (Fraction(30), Fraction(35))]
    assert places_with_answers(league, ends) == [(1, 2), (2, 3), (1, 3), (4, 4)]


def test_a_level_stays_falls_or_may_rise_by_the_ends_of_the_total() -> None:
    scoring = RootScoring("sum", Fraction(100), ("A", "B"), (Fraction(1), Fraction(1)))
    store = Contestant("S", ((Fraction(8), Fraction(10)), (Fraction(2), Fraction(10))), Fraction(5), Fraction(55))
    # 100 (8a + 2b) / 10 (a + b) + 5, with a and b from 0.8 to 1.2
    low, high = Fraction(80 * 4 + 20 * 6, 10) + 5, Fraction(80 * 6 + 20 * 4, 10) + 5

    def reach(*totals: int, level: str | None, percent: bool = False) -> tuple[bool, bool]:
        needed = (Fraction(total, 100) if percent else Fraction(total) for total in totals)
        ladder = [LeagueLevel(str(n), TITLE, n, total, percent) for n, total in enumerate(needed, 1)]
        told = level_reach(scoring, store, FIFTH, ladder, level)
        assert (told.low, told.high) == (low, high)
        assert told.stable == (told.keeps and not told.rises)
        return told.keeps, told.rises

    assert reach(40, 70, level="1") == (True, False)
    assert reach(50, 70, level="1") == (False, False)
    assert reach(40, 60, level="1") == (True, True)
    assert reach(60, level=None) == (True, True)
    assert reach(40, 54, level="1") == (True, False)  # it has that total now: something else is missing
    assert reach(44, 57, level="1", percent=True) == (True, False)  # of a share, bonus is no part
    assert reach(45, 56, level="1", percent=True) == (False, True)
