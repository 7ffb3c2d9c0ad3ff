"""What must hold of every scheme and every visit, held against schemes and visits that nobody thought of."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.scoring.score import score
from greenstar.scoring.scorecard import GroupScore, Scorecard
from tests.scoring.naive import Naive
from tests.scoring.strategies import Tree, leaves, made, schemes, visited, visits

pytestmark = pytest.mark.slow


@st.composite
def cases(draw: st.DrawFn, *, complete: bool = False) -> tuple[Tree, Tree]:
    tree = draw(schemes())
    return tree, draw(visits(tree, complete=complete))


def result(tree: Tree, visit: Tree) -> Scorecard:
    return score(made(tree), visited(visit))


@given(cases())
def test_every_figure_is_that_of_an_independent_evaluator(case: tuple[Tree, Tree]) -> None:
    tree, visit = case
    scorecard, naive = result(tree, visit), Naive(tree, visit)
    assert {name: str(criterion.outcome) for name, criterion in scorecard.criteria.items()} == {
        name: naive.outcome(name) for name in naive.criteria
    }
    assert {name: (criterion.points, criterion.available) for name, criterion in scorecard.criteria.items()} == {
        name: naive.scored(name) for name in naive.criteria
    }
    for group in inside(scorecard.groups):
        expected = naive.capped(naive.groups[group.id])
        assert (group.points, group.available) == (expected or (0, 0 if not group.bonus else group.available))
    assert scorecard.total == naive.total
    assert scorecard.not_applicable_points == naive.not_applicable_points
    assert scorecard.excused_points == naive.excused_points
    assert {name for name, criterion in scorecard.criteria.items() if criterion.excused} == set(naive.excused)
    assert scorecard.best.total == Naive(tree, visit, full=True).total
    if scorecard.complete:
        assert scorecard.level == naive.level


def inside(groups: tuple[GroupScore, ...]) -> list[GroupScore]:
    return [part for group in groups for part in (group, *inside(group.groups))]


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_answers_criteria_and_categories_never_matters(case: tuple[Tree, Tree], random: Any) -> None:
    tree, visit = case
    before = result(tree, visit)
    for key in ("facts", "answers", "not_applicable"):
        visit[key] = dict(random.sample(list(visit[key].items()), len(visit[key])))
    for group in leaves(tree["categories"]):
        random.shuffle(group["criteria"])
    random.shuffle(tree["categories"])
    after = result(tree, visit)
    assert (before.total, before.share, before.level, before.best) == (
        after.total,
        after.share,
        after.level,
        after.best,
    )


@st.composite
def completions(draw: st.DrawFn) -> tuple[Tree, Tree, Tree]:
    """A scheme, a visit, and one way of completing it: nothing known is changed, evidence is added, findings closed."""
    tree = draw(schemes())
    begun = draw(visits(tree))
    done = draw(visits(tree, complete=True))
    filled = {key: {**done[key], **begun[key]} for key in ("facts", "answers", "evidence")}
    visited = begun["visited"] or done["visited"]
    still_open = begun["findings"] if draw(st.booleans()) else []
    return tree, begun, {**begun, **filled, "visited": visited, "findings": still_open}


def place(tree: Tree, level: str | None) -> int:
    return [None, *(known["id"] for known in tree["levels"])].index(level)


@given(completions())
def test_no_way_of_completing_a_visit_lies_outside_worst_and_best(case: tuple[Tree, Tree, Tree]) -> None:
    tree, begun, done = case
    still, final = result(tree, begun), result(tree, done)
    assert final.complete
    if final.total is not None and still.worst.total is not None and still.best.total is not None:
        assert still.worst.total <= final.total <= still.best.total
        assert place(tree, still.worst.level) <= place(tree, final.level) <= place(tree, still.best.level)
    for held in still.levels:
        assert held.possible or held.id != final.level


@given(cases())
def test_worst_is_at_most_now_and_now_at_most_best(case: tuple[Tree, Tree]) -> None:
    scorecard = result(*case)
    if scorecard.total is not None:
        assert scorecard.worst.total == scorecard.total
        assert scorecard.best.total is not None
        assert scorecard.total <= scorecard.best.total
        assert scorecard.share is not None
        assert 0 <= scorecard.share <= 1


@given(cases(complete=True))
def test_points_never_exceed_what_is_available(case: tuple[Tree, Tree]) -> None:
    scorecard = result(*case)
    for group in inside(scorecard.groups):
        assert 0 <= group.points <= group.available
    for criterion in scorecard.criteria.values():
        assert 0 <= criterion.points <= criterion.available


# -- a better answer ---------------------------------------------------------------------------------------------


def monotone(tree: Tree) -> Tree:
    """The scheme with only criteria whose points rise with their answer."""
    for group in leaves(tree["categories"]):
        for index, criterion in enumerate(group["criteria"]):
            kept = {
                key: criterion[key] for key in ("id", "title", "points", "weight", "not_applicable") if key in criterion
            }
            kept.setdefault("points", 1)
            most = kept["points"]
            ways: list[Tree] = [
                {"at_least": {"2": 0, "5": Decimal(str(most)) / 2, "9": most}},
                {"linear": {"1": 0, "10": most}},
                {"of": f'answer("{kept["id"]}")'},
            ]
            group["criteria"][index] = {**kept, "type": "number", "ask": "q", "score": ways[index % 3]}
    return {**tree, "values": {}, "levels": []}


@given(schemes().map(monotone), st.data())
def test_a_better_answer_never_lowers_a_monotone_schemes_total(tree: Tree, data: Any) -> None:
    visit = data.draw(visits(tree))
    if not visit["answers"]:
        return
    before = result(tree, visit).total
    name = data.draw(st.sampled_from(sorted(visit["answers"])))
    visit["answers"][name] += data.draw(st.sampled_from([Fraction(1, 3), Fraction(1), Fraction(20)]))
    after = result(tree, visit).total
    assert before is None or (after is not None and before <= after)
