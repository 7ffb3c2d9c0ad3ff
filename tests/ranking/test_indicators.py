"""Indicators of visits, and over many of them: exactly, without the unknown, ratios of sums."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from greenstar.ranking.indicators import ExactSum, IndicatorTally, IndicatorTotal, StoresTally
from greenstar.scheme.model import Scheme
from greenstar.scoring.indicators import Indicators, IndicatorValue
from tests.builders import category, of, scheme, visit
from tests.rows import rows

BODY = """
facts: {washes: {type: boolean, ask: q}}
values: {used: {of: 'm3 if washes else 0', title: t}}
indicators:
  water: {of: used, title: t, unit: m³, better: less, per: {of: cars, times: 1000, unit: L}}
  mean: {of: m3, title: t, total: mean}
  median: {of: m3, title: t, total: median}
  gaps: {of: 'chosen("no")', title: t}
  days: {of: 'years("2020-01-01", visited)', title: t}
categories:
"""
WATER = """
- {id: w, title: t, points: 1, questions: {m3: {type: number, ask: q}, cars: {type: number, ask: q}}, score: {of: m3}}
"""
LONE = "- {id: c, title: t, points: 1, type: choice, ask: q, options: {yes: {label: y, points: 1}, no: {label: n}}}\n"


def small() -> Scheme:
    return scheme(BODY + category("A", WATER + LONE))


def figures(answers: dict[str, Any], **facts: bool) -> dict[str, IndicatorValue]:
    return dict(Indicators(small()).of(visit(answers, facts=facts)))


def total(name: str, *stores: tuple[dict[str, Any], dict[str, Any] | None]) -> IndicatorTotal:
    """What stores add up to, of each its answers now and in the cycle before."""
    tally = StoresTally(small().indicators)
    for now, before in stores:
        tally.add(figures(now, washes=True), {} if before is None else figures(before, washes=True))
    return tally.totals[name]


def test_an_indicator_is_worked_out_of_facts_values_and_answers_once_a_visit() -> None:
    known = figures({"m3": 120, "cars": 4000, "c": "no"}, washes=True)
    assert known["water"] == IndicatorValue(Fraction(120), Fraction(4000))
    assert known["gaps"] == IndicatorValue(Fraction(1))
    assert known["days"].value is None  # nobody said when the visit was
    assert figures({"m3": 120}, washes=False)["water"] == IndicatorValue(Fraction(0))
    assert figures({"m3": 120})["water"].value is None


def test_a_ratio_is_that_of_the_sums_over_the_stores_that_know_both() -> None:
    stores = [
        ({"m3": 10, "cars": 1000}, None),
        ({"m3": 90, "cars": 3000}, None),
        ({"m3": 500}, None),
        ({"cars": 7}, None),
    ]
    water = total("water", *stores)
    assert of(water, "amount.value amount.stores left_out") == [600, 3, 1]
    assert of(water, "amount.ratio amount.ratio_stores") == [25, 2]  # not 20, the mean of 10 and 30
    assert of(water, "change ratio_change") == [None, None]


@rows(("name", "value"), [("mean", Fraction(8, 3)), ("median", Fraction(2)), ("water", Fraction(8))])
def test_figures_are_added_up_as_the_scheme_says(name: str, value: Fraction) -> None:
    assert total(name, *(({"m3": m3}, None) for m3 in (5, 1, 2))).amount.value == value


def test_the_change_is_over_the_stores_known_in_both_cycles() -> None:
    water = total(
        "water",
        ({"m3": 80, "cars": 1000}, {"m3": 100, "cars": 1000}),
        ({"m3": 10, "cars": 1000}, None),
        ({"m3": 10, "cars": 1000}, {"cars": 1000}),
        ({}, {"m3": 5, "cars": 1000}),
        ({"m3": 10}, {"m3": 100, "cars": 500}),
    )
    assert water.amount.value == 110
    assert of(water, "now.value before.value before.stores") == [90, 200, 2]
    assert water.change == Fraction(-110, 200)
    assert of(water, "now.ratio before.ratio before.ratio_stores") == [80, 100, 1]
    assert water.ratio_change == Fraction(-1, 5)


def test_a_ratio_over_nothing_and_a_change_from_nothing_are_unknown() -> None:
    water = total("water", ({"m3": 10, "cars": 0}, {"m3": 0, "cars": 0}))
    assert of(water, "amount.value amount.ratio amount.ratio_stores") == [10, None, 1]
    assert of(water, "change ratio_change") == [None, None]
    nobody = total("water", ({}, {}), ({}, None))
    assert of(nobody, "amount.value amount.stores left_out") == [None, 0, 2]
    assert IndicatorTally(small().indicators["median"]).total.amount.value is None


@given(st.lists(st.fractions(max_denominator=50)))
def test_a_sum_in_parts_is_the_sum(figures: list[Fraction]) -> None:
    added = ExactSum()
    for figure in figures:
        added.add(figure)
    assert added.value == sum(figures)
