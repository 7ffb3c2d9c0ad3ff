"""Branch and bound against every weighting there is: the cells between the lines at which two stores change places."""

import os
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise

from greenstar.ranking.uncertainty.contest import Contest
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.ranking.uncertainty.sure import place_ranges
from greenstar.ranking.uncertainty.totals import Contestant, RootScoring
from tests.ranking.uncertainty.contests import contest
from tests.ranking.uncertainty.countries import COUNTRIES

SEEDS = range(int(os.environ.get("GREENSTAR_SURE", "1")))
SHARE = Fraction(1, 5)
Line = tuple[Fraction, Fraction, Fraction]
"""Where a + b u + c v is 0."""
Point = tuple[Fraction, Fraction]


def edges() -> list[Line]:
    """Where u = w2/w1 and v = w3/w1 can lie: each of the three ratios between 1/most and most."""
    most, zero, unit = (1 + SHARE) / (1 - SHARE), Fraction(0), Fraction(1)
    return [
        (most, -unit, zero),
        (-1 / most, unit, zero),
        (most, zero, -unit),
        (-1 / most, zero, unit),
        (zero, most, -unit),
        (zero, -1 / most, unit),
    ]


def height(line: Line, point: Point) -> Fraction:
    return line[0] + line[1] * point[0] + line[2] * point[1]


def vertices(lines: list[Line]) -> Iterator[Point]:
    """Where two of the lines or edges cross within the edges."""
    for (a, b, c), (d, e, f) in combinations([*lines, *edges()], 2):
        determinant = b * f - c * e
        if determinant:
            point = (c * d - a * f) / determinant, (a * e - b * d) / determinant
            if all(height(edge, point) >= 0 for edge in edges()):
                yield point


def faces(lines: list[Line]) -> Iterator[Point]:
    """A point of every cell, of every piece of a line, and every crossing: the middle of up to three of its corners."""
    corners = list(dict.fromkeys(vertices(lines)))
    for size in (1, 2, 3):
        for chosen in combinations(corners, size):
            yield sum(u for u, _ in chosen) / Fraction(size), sum(v for _, v in chosen) / Fraction(size)


def enumerated(league: Contest, store: int) -> tuple[int, int]:
    """The best and the worst place of a store under all weightings, where all stores have the same availability."""
    mine, weights = league.contestants[store], league.scoring.weights
    rivals = [other for other in league.contestants if other is not mine and other.ahead == mine.ahead]
    before = sum(other.ahead > mine.ahead for other in league.contestants)
    leads = []
    for other in rivals:
        parts = zip(other.parts, mine.parts, weights, strict=True)
        bonus = other.bonus - mine.bonus
        a, b, c = ((theirs[0] - own[0] + bonus * own[1] / 100) * weight for theirs, own, weight in parts)
        leads.append(((a, b, c), other.behind > mine.behind))
    places = [
        1 + before + sum(lead > 0 or (lead == 0 and wins) for lead, wins in at)
        for point in faces([line for line, _ in leads if line[1] or line[2]])
        for at in [[(height(line, point), wins) for line, wins in leads]]
    ]
    return min(places), max(places)


def test_proved_ranges_are_those_of_all_weightings() -> None:
    for seed in SEEDS:
        for fine in (1, 1000):  # whole points: many lines cross in one point
            league = contest(seed, stores=7, fine=fine, gaps=False)
            told = place_ranges(league, SureSettings(SHARE, draws=100), range(7))
            for store in range(0, 7, 2):
                low, high = enumerated(league, store)
                reached = told[store]
                assert reached.low_bound <= low <= reached.low
                assert reached.high <= high <= reached.high_bound
                assert reached.proved or fine == 1
                if reached.proved:
                    assert (reached.low, reached.high) == (low, high)


def test_the_published_index_has_its_ranks_and_the_ranges_of_all_ratios_of_its_two_weights() -> None:
    """The ASEM index of sustainable connectivity: 51 countries, the mean of two groups (W. Becker, JRC: COINr)."""
    scoring = RootScoring("mean", None, ("Conn", "Sust"), (Fraction(1), Fraction(1)))
    stores, hundred = [], Fraction(100)
    for country, (connectivity, sustainability, _) in COUNTRIES.items():
        first, second = Fraction(connectivity), Fraction(sustainability)
        parts = ((first, hundred), (second, hundred))
        stores.append(Contestant(country, parts, Fraction(0), (first + second) / 2, (), ()))
    league = Contest(scoring, stores)
    published = [rank for _, _, rank in COUNTRIES.values()]
    assert [league.place(number, (Fraction(1), Fraction(1))) for number in range(len(stores))] == published
    told = place_ranges(league, SureSettings(SHARE, draws=100), range(len(stores)))
    for number in range(0, len(stores), 5):
        assert (told[number].low, told[number].high) == swept(league, number)
        assert told[number].proved


def swept(league: Contest, store: int) -> tuple[int, int]:
    """The best and the worst place of a store under all ratios of two weights."""
    most = (1 + SHARE) / (1 - SHARE)
    (a, _), (b, _) = league.contestants[store].parts
    turns = {1 / most, most}
    for other in league.contestants:
        (c, _), (d, _) = other.parts
        if b != d and 1 / most <= (turn := (c - a) / (b - d)) <= most:
            turns.add(turn)
    ordered = sorted(turns)
    between = [(left + right) / 2 for left, right in pairwise(ordered)]
    places = [
        1 + sum(c + ratio * d > a + ratio * b for (c, _), (d, _) in (other.parts for other in league.contestants))
        for ratio in (*ordered, *between)
    ]
    return min(places), max(places)
