"""What hangs on a criterion: against every way in which the visit could still end."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.model import Finding, Visit
from greenstar.scheme.levels import Level
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.groups import Tally, at_best, now
from greenstar.scoring.impact import Impact, Loss
from greenstar.scoring.levels import LevelCheck
from greenstar.scoring.score import score, scorecard_of, standing_of, work_out
from greenstar.scoring.scorecard import Outcome, Scorecard, Unmet
from greenstar.scoring.standing import Standing
from tests.builders import category, figure, gate, of, scheme, visit
from tests.rows import rows
from tests.scoring.strategies import made, schemes, visited, visits

TWO = category("A", figure("a", 40) + figure("b", 10)) + category("B", figure("c", 30) + figure("d", 20))
LEVELS = """
levels:
  - {id: one, title: t, stars: 1, requires: {total: 30}}
  - {id: two, title: t, stars: 2, requires: {total: 60, each_category: 40%}}
  - {id: three, title: t, stars: 3, requires: {level: two, total: 85%}}
"""
SCHEMES = {
    "sums": "categories:\n" + TWO + LEVELS,
    "weights": "scoring: {method: mean, points: 100}\ncategories:\n"
    + category("A", figure("a", 40) + figure("b", 10, "weight: 3"), "weight: 2")
    + category("B", figure("c", 30) + figure("d", 20), "weight: 0.5")
    + LEVELS,
    "bonus": "categories:\n" + TWO + category("X", figure("x", 20) + figure("y", 20), "bonus: true\nmax: 25") + LEVELS,
    "redistribute": "scoring: {not_applicable: redistribute}\ncategories:\n"
    + category("A", figure("a", 40) + figure("b", 10) + figure("away", 20))
    + category("B", figure("c", 30) + figure("d", 20))
    + LEVELS
    + """  - {id: four, title: t, requires: {when: 'points("a") <= 40'}}\n""",
    "gates": "categories:\n" + TWO + category("G", gate("g") + gate("h")) + LEVELS,
    "geometric": "scoring: {method: geometric, points: 100}\ncategories:\n" + TWO + LEVELS,
    "least": "categories:\n"
    + category("A", figure("a", 40) + figure("b", 10), "method: min\npoints: 50")
    + category("B", figure("c", 30) + figure("d", 20))
    + LEVELS,
    "nested": "categories:\n- category: N\n  title: t\n  method: mean\n  points: 100\n  categories:\n"
    + "".join(f"    {line}\n" for line in TWO.splitlines())
    + LEVELS,
    "complete": "categories:\n"
    + TWO
    + "levels: [{id: one, title: t}, {id: two, title: t, requires: {complete: true}}]\n",
    "chosen": "categories:\n"
    + TWO
    + "levels: [{id: one, title: t, requires: {any_of: {at_least: 2, of: [a, b, c]}}},"
    + " {id: two, title: t, requires: {criteria: {d: 15}, categories: {A: 45}}}]\n",
    "rule": "categories:\n"
    + TWO
    + """levels: [{id: one, title: t, requires: {when: 'points("A") >= 20 and share("d") > 0.5 and total >= 50'}}]\n""",
}
GIVEN: list[dict[str, Any]] = [
    {},
    {"a": 20},
    {"a": 40, "b": 10, "x": 15, "g": True},
    {"a": 5, "b": 1, "c": 2},
    {"b": 5, "c": 30, "d": 20, "g": True, "h": False},
    {"a": 40, "b": 10, "c": 30, "d": 0, "x": 20, "y": 20, "g": True, "h": True},
]


def impact_of(under: Scheme, recorded: Visit) -> Impact:
    standing = standing_of(under, recorded, work_out(under, recorded))
    return Impact(standing, scorecard_of(standing))


def full(under: Scheme, criterion: str) -> Any:
    """The answer that earns everything."""
    content = under.criteria[criterion]
    return True if content.prerequisite else content.points


def ended(under: Scheme, answers: Mapping[str, Any]) -> Scorecard:
    return score(under, visit(answers, away="away" if "away" in under.criteria else ""))


def ends(under: Scheme, answers: dict[str, Any], still: list[str]) -> Iterator[Scorecard]:
    """Every end with all or nothing for what is open, and (`still`) those left unanswered."""
    others = [name for name in under.criteria if name not in answers and name not in still and name != "away"]
    for chosen in product([True, False], repeat=len(others)):
        fulfilled = {name: full(under, name) for name, met in zip(others, chosen, strict=True) if met}
        failed = {name: 0 if full(under, name) is not True else False for name in others if name not in fulfilled}
        yield ended(under, {**answers, **fulfilled, **failed})


def highest(under: Scheme, cards: list[Scorecard]) -> int:
    return max(place(under, card.level) for card in cards)


def place(under: Scheme, level: str | None) -> int:
    return [None, *(known.id for known in under.levels)].index(level)


def most(cards: list[Scorecard]) -> Fraction:
    return max(card.total or Fraction(0) for card in cards)


@pytest.mark.slow
@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("name", SCHEMES)
def test_what_hangs_on_a_criterion_is_what_comes_of_trying_all_ends(name: str, given: dict[str, Any]) -> None:
    under = scheme(SCHEMES[name])
    answers = {criterion_given: value for criterion_given, value in given.items() if criterion_given in under.criteria}
    impact, so_far = (
        impact_of(under, visit(answers, away="away" if name == "redistribute" else "")),
        ended(under, answers),
    )
    all_ends = list(ends(under, answers, []))
    for criterion in under.criteria:
        loss, brings = impact.loss_of(criterion), impact.brings(Unmet("total"), criterion)
        if criterion == "away":
            assert (loss, brings) == (Loss(Fraction(0), 0), Fraction(0))
            continue
        with_it = ended(under, {**answers, criterion: full(under, criterion)})
        assert brings == (with_it.total or 0) - (so_far.total or 0)
        without = list(ends(under, answers, [criterion])) if criterion not in answers else all_ends
        assert loss.points == most(all_ends) - most(without)
        assert loss.levels == highest(under, all_ends) - highest(under, without)


@rows("name", ["sums", "weights", "geometric", "complete", "gates"])
def test_what_hangs_on_two_together_need_not_be_the_sum(name: str) -> None:
    under = scheme(SCHEMES[name])
    all_ends, without = list(ends(under, {}, [])), list(ends(under, {}, ["a", "c"]))
    assert impact_of(under, visit()).loss_of("a", "c") == Loss(
        points=most(all_ends) - most(without), levels=highest(under, all_ends) - highest(under, without)
    )


def test_what_a_criterion_brings_is_told_in_the_terms_of_what_is_unmet() -> None:
    levels = (
        "levels: [{id: l, title: t, requires: {total: 90%, each_category: 50%, criteria: {d: 15}, complete: true}}]"
    )
    impact = impact_of(scheme("categories:\n" + TWO + levels), visit({"a": 8, "d": 5}))
    unmet = {(lack.requirement, lack.subject): lack for lack in impact.card.levels[0].unmet}
    assert impact.brings(unmet["total", ""], "a") == Fraction(32, 100)
    assert impact.brings(unmet["each_category", "A"], "a") == Fraction(32, 50)
    assert impact.brings(unmet["each_category", "B"], "c") == Fraction(30, 50)
    assert impact.brings(unmet["criteria", "d"], "d") == 15
    assert impact.brings(unmet["complete", ""], "b") is None


def test_one_file_missing_costs_a_level_only_where_the_share_asked_for_is_that_high() -> None:
    body = "categories:\n" + category("A", "".join(figure(name, keys="evidence: [photo]") for name in "abc"))
    for asked, lost in (("60%", 0), ("66%", 0), ("67%", 1), ("100%", 1)):
        made = scheme(body + f"levels: [{{id: l, title: t, requires: {{evidence: {asked}}}}}]")
        assert impact_of(made, visit()).lost_without_evidence == lost
    made = scheme(body + "levels: [{id: l, title: t, requires: {evidence: 60%}}]")
    assert impact_of(made, visit()).brings(Unmet("evidence"), "a") == Fraction(1, 3)


def test_an_open_finding_costs_the_levels_that_would_not_have_it() -> None:
    levels = "levels: [{id: low, title: t}, {id: high, title: t, requires: {findings: {major: 0, minor: 1}}}]"
    impact = impact_of(scheme("categories:\n" + TWO + levels), visit(findings=(Finding("a", "minor", "seen"),)))
    assert impact.lost_by(Finding("a", "major", "seen")) == 1
    assert impact.lost_by(Finding("a", "minor", "seen")) == 0  # the visit's own, and one is allowed
    assert impact.lost_by(Finding("a", "minor", "another")) == 1
    assert impact.lost_by(Finding("a", "observation", "seen")) == 0


def test_a_finding_that_is_open_since_the_last_visit_costs_what_would_not_have_repeated_ones() -> None:
    levels = "levels: [{id: low, title: t}, {id: high, title: t, requires: {findings: {major: 0, repeated: 0}}}]"
    impact = impact_of(scheme("categories:\n" + TWO + levels), visit())
    assert impact.lost_by(Finding("a", "minor", "seen")) == 0
    assert impact.lost_by(Finding("a", "minor", "seen", follows="F-1")) == 1


def test_out_of_reach_is_said_with_what_is_the_most_that_can_be_had() -> None:
    impact = impact_of(scheme(SCHEMES["sums"]), visit({"a": 0, "b": 0}))
    assert impact.out_of_reach("one") == ()
    told = [of(lack, "requirement subject needed actual") for lack in impact.out_of_reach("two")]
    assert told == [["total", "", 60, 50], ["each_category", "A", Fraction(2, 5), 0]]
    assert [lack.requirement for lack in impact.out_of_reach("three")] == ["level", "total"]


# -- against working everything out again --------------------------------------------------------------------------


def at_best_without(standing: Standing, failed: list[str]) -> Standing:
    """The visit with these criteria not met, every figure added up anew."""
    scores = dict(standing.scores)
    scores |= {name: replace(scores[name], outcome=Outcome.NOT_MET, best=Fraction(0)) for name in failed}
    best = Tally(standing.scheme, scores, at_best).add_up()
    return Standing(standing.scheme, standing.visit, standing.environment, scores, standing.now, best)


def levels_held(under: Scheme, holds: Callable[[LevelCheck, Level], bool], standing: Standing) -> int:
    """The place of the highest level that a check of the best that is possible says to hold."""
    check, highest = LevelCheck(standing, optimistic=True), 0
    for at, level in enumerate(under.levels, 1):
        if holds(check, level):
            check.holding.add(level.id)
            highest = at
    return highest


def loss_worked_out_again(under: Scheme, standing: Standing, criteria: list[str]) -> Loss:
    failed = [name for name in criteria if standing.scores[name].open]
    if not failed:
        return Loss(Fraction(0), 0)
    card, without = scorecard_of(standing), at_best_without(standing, failed)
    held = {level.id for level in card.levels if level.holds}

    def stays(check: LevelCheck, level: Level) -> bool:
        return level.id in held or (not level.requires.complete and check.holds(level.requires))

    left = levels_held(under, stays, without)
    points = (standing.best.total or Fraction(0)) - (without.best.total or Fraction(0))
    return Loss(points, place(under, card.best.level) - left)


def brought_worked_out_again(standing: Standing, criterion: str) -> Fraction:
    score, worth = standing.scores[criterion], points_of(standing.scheme.criteria[criterion])
    full_score = replace(score, outcome=Outcome.MET, points=score.available, earned=worth, best=worth)
    scores = {**standing.scores, criterion: full_score if score.applies else score}
    total = Tally(standing.scheme, scores, now).add_up().total
    return (total or Fraction(0)) - (standing.now.total or Fraction(0))


@pytest.mark.slow
@given(st.data())
def test_what_is_lost_without_a_criterion_is_what_comes_of_working_all_out_again(data: st.DataObject) -> None:
    tree = data.draw(schemes())
    under, drawn = made(tree), visited(data.draw(visits(tree)))
    impact, standing = impact_of(under, drawn), standing_of(under, drawn, work_out(under, drawn))
    for criterion in under.criteria:
        assert impact.loss_of(criterion) == loss_worked_out_again(under, standing, [criterion])
        assert impact.brings(Unmet("total"), criterion) == brought_worked_out_again(standing, criterion)
    some = data.draw(st.lists(st.sampled_from(list(under.criteria)), unique=True))
    assert impact.loss_of(*some) == loss_worked_out_again(under, standing, some)
