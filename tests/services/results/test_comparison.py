"""Two visits side by side: what they differ in, and that the differences add up to that of their totals."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.model import Store
from greenstar.reports.views.comparison import comparison_view
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.results.comparison import ComparedSide, Comparison, PointsApart, compare, side_of
from greenstar.services.results.ranking import cycles, league
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.builders import category, figure, gate, of, scheme, visit
from tests.scoring import strategies
from tests.services.conftest import Opener, fill

ZERO = Fraction(0)


def sides(under: Scheme, first: dict[str, Any], second: dict[str, Any], **more: Any) -> Comparison:
    """Two visits under one scheme, by their answers."""
    return compare(_side(under, first, **more), _side(under, second, **more))


def _side(under: Scheme, answers: dict[str, Any], **more: Any) -> ComparedSide:
    made = visit(answers, **more)
    return ComparedSide(under, made, score(under, made))


def told(comparison: Comparison) -> dict[str, Any]:
    """The differing criteria, in their order."""
    return {criterion.id: criterion.points for criterion in comparison.differing}


def added(comparison: Comparison) -> Fraction:
    """All that a screen shows below one another."""
    told = (*comparison.differing, *comparison.wholes)
    parts = [part.points for part in told if part.points is not None]
    return sum([*parts, comparison.weighing, comparison.apart], ZERO)


SUM = category("A", figure("a", 10) + figure("b", 30)) + category("B", figure("c", 10, "weight: 2"))
SCALED = "scoring: {method: sum, points: 100, not_applicable: exclude}\ncategories:\n"


def test_the_largest_difference_comes_first_in_points_of_the_total_and_what_is_alike_is_counted() -> None:
    made = scheme(SCALED + SUM)  # 60 points of the file make 100
    comparison = sides(made, {"a": 5, "b": 30, "c": 1}, {"a": 5, "b": 27, "c": 10})
    assert told(comparison) == {"c": -30, "b": 5}
    assert [of(category, "id points") for category in comparison.categories] == [["A", 5], ["B", -30]]
    assert of(comparison, "alike weighing total") == [1, 0, -25]


def test_criteria_that_are_alike_weigh_otherwise_where_another_does_not_apply() -> None:
    made = scheme(SCALED + category("A", figure("a", 10) + figure("b", 30)))
    first, second = _side(made, {"a": 10}, away="b"), _side(made, {"a": 10, "b": 15})
    comparison = compare(first, second)
    assert told(comparison) == {"b": Fraction(-75, 2)}
    assert of(comparison, "weighing total") == [75, Fraction(75, 2)]
    assert added(comparison) == comparison.total


def test_a_prerequisite_that_differs_is_told_apart_from_points() -> None:
    comparison = sides(scheme("categories:\n" + category("A", gate("p") + figure("a"))), {"p": True}, {"p": False})
    assert (comparison.prerequisites, told(comparison)) == (("p",), {})
    assert of(comparison, "alike total") == [1, 0]


def test_a_group_that_is_no_sum_counts_as_a_whole_and_its_criteria_have_no_figure() -> None:
    least = category("A", figure("a", 10) + figure("b", 10), "method: min")
    made = scheme("categories:\n" + least + category("C", figure("d")))
    comparison = sides(made, {"a": 10, "b": 5}, {"a": 2, "b": 10})
    assert told(comparison) == {"a": None, "b": None}
    assert comparison.wholes == (PointsApart("A", Fraction(30)),)
    assert added(comparison) == comparison.total == 30


def test_a_total_that_is_no_sum_is_one_difference() -> None:
    made = scheme("scoring: {method: geometric}\ncategories:\n" + SUM)
    comparison = sides(made, {"a": 10, "b": 30, "c": 10}, {"a": 10, "b": 30})
    assert (told(comparison), comparison.wholes) == ({"c": None}, (PointsApart("", Fraction(100)),))
    assert {category.points for category in comparison.categories} == {None}


def test_a_bonus_cut_at_its_most_counts_as_a_whole() -> None:
    bonus = category("I", figure("x", 8) + figure("y", 8), "bonus: true\nmax: 10")
    made = scheme("categories:\n" + category("A", figure("a")) + bonus)
    comparison = sides(made, {"x": 8, "y": 8}, {"x": 4, "y": 0})
    assert (comparison.wholes, told(comparison)) == ((PointsApart("I", Fraction(6)),), {"y": None, "x": None})
    below = sides(made, {"x": 8, "y": 2}, {"x": 4, "y": 0})
    assert not below.wholes
    assert told(below) == {"x": 4, "y": 2}


def test_where_nothing_applies_there_is_no_difference_to_tell() -> None:
    made = scheme("categories:\n" + category("A", figure("a")))
    comparison = compare(_side(made, {"a": 5}), _side(made, {}, away="a"))
    assert (comparison.total, told(comparison), [category.points for category in comparison.categories]) == (
        None,
        {"a": None},
        [None],
    )


@st.composite
def pairs(draw: st.DrawFn) -> tuple[strategies.Tree, strategies.Tree, strategies.Tree]:
    """A scheme that nobody thought of, and two visits."""
    tree = draw(strategies.schemes())
    return tree, draw(strategies.visits(tree)), draw(strategies.visits(tree))


@pytest.mark.slow
@given(pairs())
def test_the_differences_add_up_to_that_of_the_totals_exactly(
    case: tuple[strategies.Tree, strategies.Tree, strategies.Tree],
) -> None:
    made = strategies.made(case[0])
    first, second = (ComparedSide(made, visit, score(made, visit)) for visit in map(strategies.visited, case[1:]))
    comparison = compare(first, second)
    if comparison.total is None:
        assert None in {first.card.total, second.card.total}
        return
    assert first.card.total is not None
    assert second.card.total is not None
    assert added(comparison) == comparison.total == first.card.total - second.card.total
    figures = [each.points for each in comparison.categories]
    if None not in figures:
        assert sum(filter(None, figures), ZERO) == comparison.total


# -- visits of a database ----------------------------------------------------------------------------------------


def side(workspace: Workspace, code: str, *, drafts: bool = False) -> ComparedSide:
    """What counts for a store."""
    entries = (ranked.entry for ranked in league(workspace, drafts=drafts).stores)
    return side_of(workspace, next(entry.assessment for entry in entries if entry.store == code))


def test_what_counts_is_compared_and_a_draft_only_where_drafts_count(workspace: Workspace) -> None:
    for code, lamps in (("S-1", 100), ("S-2", 50)):
        fill(open_visit(workspace, code), lamps=lamps)
        submit(workspace, code)
    reopen(workspace, "S-2", "again")
    open_visit(workspace, "S-2").answer("W2", False)
    comparison = compare(side(workspace, "S-1"), side(workspace, "S-2"))
    assert told(comparison) == {"E1": 15}
    assert of(comparison, "total alike") == [15, 2]
    drafts = compare(side(workspace, "S-1", drafts=True), side(workspace, "S-2", drafts=True))
    assert told(drafts) == {"E1": 15, "W2": 10}


def test_two_versions_are_compared_in_what_both_have_and_it_is_said(
    workspace: Workspace, opened: Opener, scheme_file: Path
) -> None:
    fill(open_visit(workspace, "S-1"))
    submit(workspace, "S-1")
    text = scheme_file.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"').replace("id: W2", "id: W9")
    scheme_file.write_text(text, encoding="utf-8")
    with opened(cycle="2027") as later:
        add_store(later, Store("S-3", "Third"))
        visit = open_visit(later, "S-3")
        visit.set_fact("has_wash", True)
        visit.answer("E1", Fraction(1))
        submit(later, "S-3")
        comparison = compare(side(workspace, "S-1"), side(later, "S-3"))
        assert cycles(later) == ["2027", "2026"]
    assert not comparison.same_rules
    assert told(comparison) == {"W1": 60}
    assert of(comparison, "alike only_one_has apart total") == [1, 2, 10, 70]
    assert added(comparison) == comparison.total


@pytest.mark.parametrize("cycle", ["2026", "2031"])
def test_the_workspaces_own_cycle_is_among_the_cycles(workspace: Workspace, opened: Opener, cycle: str) -> None:
    open_visit(workspace, "S-1")
    with opened(cycle=cycle) as other:
        assert cycles(other) == sorted({"2026", cycle}, reverse=True)


def test_what_has_another_id_in_one_version_is_compared_with_itself() -> None:
    earlier = scheme("categories:\n" + category("A", figure("a", 10)) + category("B", figure("b", 10)))
    named = category("A", figure("a-2", 10, "formerly: [a]")) + category("X", figure("b", 10), "formerly: [B]")
    later = scheme("categories:\n" + named)
    before, after = _side(earlier, {"a": 8, "b": 5}), _side(later, {"a-2": 2, "b": 5})
    for comparison, sign in ((compare(before, after), 1), (compare(after, before), -1)):
        assert list(told(comparison).values()) == [6 * sign]
        assert of(comparison, "alike only_one_has apart total") == [1, 0, 0, 6 * sign]
        assert [part.points for part in comparison.categories] == [6 * sign, 0]
        assert comparison_view(comparison).categories[1].apart.value == 0
    assert [told(compare(before, after)), told(compare(after, before))] == [{"a": 6}, {"a-2": -6}]
