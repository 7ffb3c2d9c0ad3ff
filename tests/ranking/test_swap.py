"""The one weight whose change makes two stores swap: exact, told in few digits that hold, or never."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from greenstar.numbers import ZERO, percent_shown, written
from greenstar.ranking.swap import Ahead, Swaps, swaps
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from tests.builders import card, category, figure, scheme
from tests.rows import rows

GROUPS = "ABC"
Figures = dict[str, tuple[int, int]]
"""By category: points, of so many that apply (0: nothing does); each has two criteria of 10."""


Weights = Mapping[str, Fraction | int]


def weighed(
    method: str = "mean", weights: Weights | None = None, *, points: str = "", rank_by: str = "", bonus: bool = False
) -> Scheme:
    """Three categories of 20 points, each of the weight 20 unless another is given."""
    worth = {name: f"weight: {written(Fraction((weights or {}).get(name, 20)))}" for name in GROUPS}
    parts = [category(name, figure(f"{name}-1") + figure(f"{name}-2"), worth[name]) for name in GROUPS]
    if bonus:
        parts.append(category("X", figure("X-1"), "bonus: true\nmax: 10"))
    keys = f"lighthouse: {{rank_by: {rank_by}}}\n" if rank_by else ""
    scoring = f"scoring: {{method: {method}{', points: ' + points if points else ''}}}\n"
    return scheme(scoring + keys + "categories:\n" + "".join(parts))


def store(under: Scheme, figures: Figures, bonus: int | None = None) -> Scorecard:
    """A store with these figures."""
    answers = {f"{name}-1": min(points, 10) for name, (points, _) in figures.items()}
    answers |= {f"{name}-2": max(points - 10, 0) for name, (points, _) in figures.items()}
    away = [f"{name}-2" for name, (_, most) in figures.items() if most < 20]
    away += [f"{name}-1" for name, (_, most) in figures.items() if most < 10]
    extra = {} if bonus is None else {"X-1": bonus}
    return card(under, {**answers, **extra}, away=" ".join(away))


def order(first: Scorecard, second: Scorecard) -> Ahead:
    """Which ranks higher, by the keys of the scorecards."""
    for name, value in first.keys.items():
        other = second.keys[name]
        assert value is not None
        assert other is not None
        if value != other:
            return 1 if value > other else -1
    return 0


def shares(a: int, b: int, c: int) -> Figures:
    """Figures of 20 in each category."""
    return {"A": (a, 20), "B": (b, 20), "C": (c, 20)}


def both(under: Scheme, first: Figures, second: Figures) -> Swaps:
    """What makes two stores swap."""
    return swaps(under, store(under, first), store(under, second))


def test_where_the_same_applies_the_edge_is_a_fraction() -> None:
    """By hand: 20·(16 + 10 + 10) against 20·(12 + 12 + 10); A at t: t·4 = 20·2, so at 10 they are level."""
    known = both(weighed(), shares(16, 10, 10), shares(12, 12, 10))
    (first, second) = known.swaps
    assert [(swap.group, int(swap.near), swap.exact, swap.at_edge) for swap in (first, second)] == [
        ("A", 10, True, False),
        ("B", 40, True, False),
    ]
    assert [first.change, second.change] == [Fraction(-1, 2), Fraction(1)]
    assert (known.ahead, known.never) == (1, ("C",))
    assert [percent_shown(abs(swap.told)) for swap in known.swaps] == ["50.1 %", "100.1 %"], (
        "at the edge they are level"
    )


def test_where_a_later_key_decides_they_swap_at_the_edge_itself() -> None:
    under = weighed(rank_by='[total, {id: b, of: points("B"), title: t}]')
    (swap, _) = both(under, shares(16, 10, 10), shares(12, 12, 10)).swaps
    assert (swap.change, swap.at_edge, swap.told) == (Fraction(-1, 2), True, Fraction(-1, 2))


def test_from_a_tie_the_slightest_change_of_a_weight_makes_them_swap() -> None:
    under = weighed(rank_by='[total, {id: b, of: points("B"), title: t}]')
    known = both(under, shares(10, 12, 10), shares(12, 10, 10))
    assert [(swap.group, int(swap.change), swap.told) for swap in known.swaps] == [
        ("B", 0, Fraction(-1, 1000)),
        ("A", 0, Fraction(1, 1000)),
    ]
    assert known.never == ("C",)


def test_where_other_criteria_apply_an_edge_may_be_irrational_and_lies_between_two_weights() -> None:
    first, second = {"A": (10, 10), "B": (12, 20), "C": (3, 20)}, {"A": (11, 20), "B": (10, 10), "C": (9, 20)}
    under = weighed("sum", points="100")
    known = both(under, first, second)
    assert known.shifts
    (swap,) = [swap for swap in known.swaps if not swap.exact][:1]
    nearer, farther = (
        weighed("sum", {**dict.fromkeys(GROUPS, 20 * weight.denominator), swap.group: weight.numerator}, points="100")
        for weight in (swap.near, swap.far)
    )
    assert order(store(nearer, first), store(nearer, second)) == known.ahead
    assert order(store(farther, first), store(farther, second)) == -known.ahead
    assert abs(swap.far - swap.near) < Fraction(1, 10**9)


def test_the_example_that_is_worked_by_hand_in_the_documents() -> None:
    """(8t + 5) / (10t + 20) = (12t + 6) / (20t + 10) at t = 7/2, and in the weight of B at 2/7."""
    parts = [category(name, figure(f"{name}-1") + figure(f"{name}-2")) for name in "AB"]
    under = scheme("scoring: {method: sum, points: 100}\ncategories:\n" + "".join(parts))
    first, second = {"A": (8, 10), "B": (5, 20)}, {"A": (12, 20), "B": (6, 10)}
    known = both(under, first, second)
    assert [(swap.group, str(swap.near), swap.exact) for swap in known.swaps] == [
        ("B", "2/7", True),
        ("A", "7/2", True),
    ]
    assert [percent_shown(swap.told) for swap in known.swaps] == ["-71.5 %", "250.1 %"]


@rows(
    ("under", "why", "ahead"),
    [
        (weighed("min"), "smallest", -1),
        (weighed(rank_by='[{id: a, of: points("A"), title: t}, total]'), "key", 1),
        (weighed(rank_by='[{id: a, of: points("A"), title: t}]'), "key", 1),
        (weighed(rank_by='[{id: a, of: total + points("A"), title: t}]'), "key_of_total", 1),
        (weighed(rank_by='[{id: a, of: points("C"), title: t}]'), "tied", 0),
    ],
)
def test_why_no_weight_is_named(under: Scheme, why: str, ahead: int) -> None:
    known = both(under, shares(16, 8, 10), shares(11, 12, 10))
    assert (known.why, known.ahead, known.swaps) == (why, ahead, ())


def test_without_a_total_there_is_nothing_to_swap() -> None:
    nothing = dict.fromkeys(GROUPS, (0, 0))
    assert both(weighed(), shares(1, 1, 1), nothing).why == "no_total"


def test_a_root_of_another_bonus_is_not_worked_out() -> None:
    under = weighed("geometric", bonus=True)
    known = swaps(under, store(under, shares(16, 10, 10), 3), store(under, shares(12, 12, 10), 4))
    assert (known.why, known.swaps) == ("bonus", ())


def total_at(method: str, points: str, figures: Figures, weights: dict[str, Fraction]) -> Fraction:
    """The total by the table of the format, without a bonus."""
    earned = {name: Fraction(part, most if method == "mean" else 1) for name, (part, most) in figures.items()}
    total = sum((weights[name] * part for name, part in earned.items()), ZERO)
    if not points and method == "sum":
        return total
    return 100 * total / sum((weights[name] * (1 if method == "mean" else figures[name][1]) for name in GROUPS), ZERO)


_GROUP = st.sampled_from([10, 20]).flatmap(lambda most: st.tuples(st.integers(1, most), st.just(most)))
_STORE = st.fixed_dictionaries(dict.fromkeys(GROUPS, _GROUP))
_TIMES = [Fraction(part, 16) for part in (1, 4, 8, 11, 13, 15, 17, 19, 21, 24, 30, 46, 320, 16_000)]


@pytest.mark.parametrize(("method", "points"), [("mean", ""), ("sum", "100"), ("sum", "")])
@settings(max_examples=max(settings().max_examples // 2, 5))
@given(stores=st.tuples(_STORE, _STORE), extra=st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_up_to_the_edge_nothing_changes_and_beyond_they_have_swapped(
    method: str, points: str, stores: tuple[Figures, Figures], extra: tuple[int, int]
) -> None:
    under = weighed(method, points=points, bonus=True)
    known = swaps(under, *(store(under, figures, more) for figures, more in zip(stores, extra, strict=True)))
    assume(known.why is None)

    def ahead_at(group: str, weight: Fraction) -> bool:
        weights = {**dict.fromkeys(GROUPS, Fraction(20)), group: weight}
        first, second = (
            total_at(method, points, figures, weights) + more for figures, more in zip(stores, extra, strict=True)
        )
        return (first - second) * known.ahead > 0

    for swap in known.swaps:
        assert not ahead_at(swap.group, swap.weight * (1 + swap.told))
        assert abs(swap.told) >= abs(swap.change)
        for times in _TIMES:
            if abs(times - 1) < abs(swap.near / swap.weight - 1):
                assert ahead_at(swap.group, swap.weight * times)
    for group in known.never:
        assert all(ahead_at(group, 20 * times) for times in _TIMES)


@given(first=_STORE, second=_STORE)
def test_the_edge_of_a_root_is_told_by_scoring_anew(first: Figures, second: Figures) -> None:
    under = weighed("geometric")
    known = both(under, first, second)
    for swap in known.swaps[:1]:
        other = weighed("geometric", {swap.group: swap.weight * (1 + swap.told)})
        assert order(store(other, first), store(other, second)) == -known.ahead
