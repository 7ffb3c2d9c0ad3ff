"""Figures of `rank --sure`: ranges and chances of places under many weightings, beside what NumPy alone takes."""

import tracemalloc
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from random import Random
from statistics import median

import numpy as np

from bench.measure import Effort, Figure, in_turn, processor_time, timed
from greenstar.numbers import ZERO
from greenstar.ranking.uncertainty.bounds import Bounds
from greenstar.ranking.uncertainty.box import WeightBox
from greenstar.ranking.uncertainty.contest import Contest
from greenstar.ranking.uncertainty.places import Places
from greenstar.ranking.uncertainty.proof import Limit, most_ahead, most_behind
from greenstar.ranking.uncertainty.scores import Floats, Scores
from greenstar.ranking.uncertainty.totals import Contestant, RootScoring

_SHARE = Fraction(1, 5)
_DRAWS, _STORES, _MANY, _PROVED = 10_000, 1_000, 20_000, 21
_GROUPS, _MOST_GROUPS = 8, 12  # of the shipped scheme that are weighed; whose corners are still looked at
_MEGABYTES, _MOST_BYTES = 1e-6, 500_000_000
_FIRST = 10


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    scores = _scores(max(effort.of(_STORES), 20), _GROUPS)
    box = WeightBox(_SHARE, _GROUPS)
    draws = box.draws(effort.of(_DRAWS), 2026)
    ours, bare = in_turn(lambda: Places(scores, box, draws, _FIRST), _product(scores, draws), effort)
    what = "10,000 weightings of 1,000 stores: low, high, share of the first ten"
    yield Figure(what, "NumPy: product and argsort", ours, bare, 1.5)
    yield from _many(box, draws, _product(scores, draws), effort)
    scores = _scores(max(effort.of(_STORES), 20), _MOST_GROUPS)
    box = WeightBox(_SHARE, _MOST_GROUPS)
    corners = box.corners()[: max(effort.of(4096), 2)]
    ours, bare = in_turn(lambda: _reached_and_bound(scores, box, corners), _product(scores, corners), effort)
    yield Figure(
        "reached and bound of 1,000 stores, 12 categories", "4,096 corners: product and argsort", ours, bare, 3
    )
    taken = _proved(_scores(max(effort.of(_STORES), 20), _GROUPS), effort)
    yield Figure("proved range of one of 1,000 stores (median)", "the same product and argsort", taken, bare, 1)


def _scores(stores: int, groups: int) -> Scores:
    """Stores as a network has them: each better or worse in all categories, of which some do not apply in full."""
    random = Random(11)
    worth = [random.randint(5, 20) for _ in range(groups)]
    made = []
    for number in range(stores):
        skill = random.gauss(0.6, 0.15)
        available = [Fraction(part if random.random() < 0.8 else random.randint(1, part)) for part in worth]
        shares = [min(max(skill + random.gauss(0, 0.1), 0), 1) for _ in range(groups)]
        points = [Fraction(round(8 * part * share), 8) for part, share in zip(available, shares, strict=True)]
        total = 100 * sum(points, ZERO) / sum(available, ZERO)
        made.append(Contestant(f"B-{number}", tuple(zip(points, available, strict=True)), Fraction(0), total))
    ones = (Fraction(1),) * groups
    contest = Contest(RootScoring("sum", Fraction(100), tuple(map(str, range(groups))), ones), made)
    scores = Scores(contest.heats[0])
    assert scores.ratios  # worked out once, as the tables of the bare product are
    return scores


def _product(scores: Scores, weightings: Floats) -> Callable[[], object]:
    table = np.ascontiguousarray(scores.ratios[0][1:, scores.row_of])
    return lambda: np.argsort(weightings @ table, axis=1)


def _many(box: WeightBox, draws: Floats, product: Callable[[], object], effort: Effort) -> Iterator[Figure]:
    scores = _scores(max(effort.of(_MANY), 20), _GROUPS)
    work = processor_time(lambda: Places(scores, box, draws, _FIRST))  # it takes long: a busy machine would show
    ours, bare = in_turn(work, processor_time(product), effort.most_rounds(2))
    yield Figure("the same of 20,000 stores", "20 × that of 1,000", ours, 20 * bare, 1.8)
    tracemalloc.start()
    Places(scores, box, draws[: effort.of(1000)], _FIRST)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    yield Figure("its memory, at most", "500 MB", peak + draws.nbytes, _MOST_BYTES, 1, _MEGABYTES)


def _reached_and_bound(scores: Scores, box: WeightBox, corners: Floats) -> None:
    Places(scores, box, corners)
    bounds = Bounds(scores, box)
    for entry in range(len(scores.heat.entries)):
        bounds.rivals(entry)


def _proved(scores: Scores, effort: Effort) -> float:
    box = WeightBox(_SHARE, _GROUPS)
    bounds, corners = Bounds(scores, box), Places(scores, box, box.corners())
    entries = range(0, len(scores.heat.entries), max(len(scores.heat.entries) // effort.of(_PROVED), 1))
    return median(timed(partial(_prove, bounds, corners, entry)) for entry in entries)


def _prove(bounds: Bounds, corners: Places, entry: int) -> None:
    best, worst = int(corners.best.place[entry]), int(corners.worst.place[entry])
    rivals = bounds.rivals(entry)
    possible = rivals.always + int(bounds.scores.count[rivals.sometimes].sum())
    limit, start = Limit(10), corners.factors[[corners.best.line[entry], corners.worst.line[entry]]]
    most_ahead(bounds, entry, rivals, limit, start=start, known=worst - rivals.always)
    most_behind(bounds, entry, rivals, limit, start=start, known=possible - best)
