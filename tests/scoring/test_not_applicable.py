"""Section 4: not applicable, by rule or by the assessor, under each policy."""

from fractions import Fraction

from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.scoring.policies import POLICIES, totals_by_policy
from greenstar.scoring.scorecard import Scorecard
from tests.builders import card, category, figure, gate, of, scheme, scheme_of
from tests.rows import rows


def under(policy: str, criteria: str = figure("a", 10) + figure("b", 30)) -> Scheme:
    return scheme_of(criteria, f"scoring: {{not_applicable: {policy}}}")


@rows(
    ("policy", "total", "available"),
    [("exclude", 5, 10), ("award", 35, 40), ("zero", 5, 40), ("redistribute", 20, 40)],
)
def test_each_policy_has_its_effect(policy: str, total: int, available: int) -> None:
    scorecard = card(under(policy), {"a": 5}, away="b")
    assert of(scorecard, "total available") == [total, available]
    assert scorecard.criteria["b"].outcome == "not_applicable"


@rows(
    ("policy", "total", "available"),
    [("exclude", 5, 10), ("award", 35, 40), ("zero", 5, 40), ("redistribute", 20, 40), ("forbid", 5, 10)],
)
def test_a_rule_has_the_same_effect_as_the_assessor_and_forbid_is_then_exclude(
    policy: str, total: int, available: int
) -> None:
    scorecard = card(under(policy, figure("a", 10) + figure("b", 30, "applies_if: 1 > 2")), {"a": 5, "b": 30})
    assert of(scorecard, "total available") == [total, available]


def test_under_forbid_an_assessors_mark_does_nothing() -> None:
    scorecard = card(under("forbid"), {"a": 5, "b": 30}, away="b")
    assert scorecard.total == 35


def test_a_criterion_overrides_the_policy_of_the_scheme() -> None:
    made = under("exclude", figure("a", 10) + figure("b", 30, "not_applicable: award"))
    assert card(made, {"a": 5}, away="b").total == 35


def test_the_reason_of_the_assessor_is_kept() -> None:
    reason = card(under("exclude"), {"a": 5}, away="b").criteria["b"].reason
    assert "not there" in Catalogue("en").render(reason)


def test_what_the_assessor_took_out_is_said_to_be_excused_and_what_a_rule_did_not_to_apply() -> None:
    say = Catalogue("en").render
    criteria = card(
        under("exclude", figure("a") + figure("b") + figure("c", 5, "applies_if: 1 > 2")), away="b"
    ).criteria
    assert say(criteria["b"].outcome_words) == "excused by the assessor"
    assert say(criteria["b"].reason).startswith("excused: ")
    assert say(criteria["c"].outcome_words) == "not applicable"


def test_a_prerequisite_that_does_not_apply_does_not_gate() -> None:
    made = scheme_of(
        gate("g", "applies_if: f") + figure("a"), "facts: {f: {type: boolean, ask: q}}\nlevels: [{id: l, title: t}]"
    )
    assert card(made, {"a": 1}, facts={"f": False}).level == "l"
    assert card(made, {"a": 1, "g": False}, facts={"f": True}).level is None


# -- redistribution ----------------------------------------------------------------------------------------------
# Published by Territoires en Transitions: eci_1 30 {1.1: 10, 1.2: 20} + eci_2 70 {2.0: 0, 2.1: 65, 2.2: 5}.

ECI = scheme(
    "scoring: {not_applicable: redistribute}\ncategories:\n"
    + category("eci_1", figure("1.1", 10) + figure("1.2", 20))
    + category("eci_2", figure("2.0", 0) + figure("2.1", 65) + figure("2.2", 5))
)


def worth(scorecard: Scorecard, *names: str) -> list[Fraction]:
    return [scorecard.criteria[name].available for name in names]


def test_published_what_does_not_apply_is_shared_among_its_siblings() -> None:
    scorecard = card(ECI, away="1.1")
    assert worth(scorecard, "1.2") == [30]
    assert scorecard.groups[0].available == 30
    assert scorecard.available == 100


def test_published_nothing_is_shared_across_groups() -> None:
    scorecard = card(ECI, away="1.1 1.2")
    assert scorecard.groups[0].available == 0
    assert worth(scorecard, "2.0", "2.1", "2.2") == [0, 65, 5]
    assert scorecard.available == 70


def test_published_siblings_worth_nothing_get_nothing() -> None:
    points = (0, 4, 4, 2, 6, 4)
    made = under("redistribute", "".join(figure(f"s{i}", worth) for i, worth in enumerate(points)))
    scorecard = card(made, away="s2")
    assert worth(scorecard, "s0", "s1", "s2", "s3", "s4", "s5") == [0, 5, 0, 3, 7, 5]


def test_earned_points_grow_in_proportion() -> None:
    scorecard = card(under("redistribute"), {"a": 4}, away="b")
    assert scorecard.criteria["a"].points == 16
    assert scorecard.criteria["a"].earned == 4


def test_one_small_sibling_may_become_worth_much_but_never_earns_more_than_its_share() -> None:
    scorecard = card(ECI, {"2.2": 2}, away="2.1")
    assert worth(scorecard, "2.2") == [70]
    assert scorecard.criteria["2.2"].points == 28


def test_an_open_sibling_takes_its_part() -> None:
    made = under("redistribute", figure("a", 10) + figure("b", 10) + figure("c", 10))
    scorecard = card(made, {"a": 10}, away="c")
    assert worth(scorecard, "a", "b") == [15, 15]
    assert scorecard.best.total == 30


def test_two_that_do_not_apply_are_shared_together() -> None:
    made = under("redistribute", figure("a", 10) + figure("b", 10) + figure("c", 10) + figure("d", 2))
    assert worth(card(made, away="c d"), "a", "b") == [16, 16]


# -- told --------------------------------------------------------------------------------------------------------


@rows(("points", "told"), [(25, False), (26, True)])
def test_more_than_a_quarter_of_a_categorys_points_not_applicable_is_said(points: int, told: bool) -> None:
    scorecard = card(under("exclude", figure("a", 100 - points) + figure("b", points)), away="b")
    assert bool(scorecard.notices) is told


def test_nothing_is_said_of_a_category_that_has_no_points() -> None:
    made = scheme("categories:\n" + category("A", gate("g")) + category("B", figure("b")))
    assert card(made, {"g": True, "b": 5}).notices == ()


def test_not_applicable_points_are_those_of_the_file_outside_bonus_groups() -> None:
    made = scheme(
        "scoring: {not_applicable: award}\ncategories:\n"
        + category("A", figure("a", 10) + figure("b", 30, "weight: 2"))
        + category("B", figure("c", 7), "bonus: true\nmax: 5")
    )
    assert card(made, {"a": 1}, away="b c").not_applicable_points == 30


# -- excused -----------------------------------------------------------------------------------------------------

FACT = "facts: {f: {type: boolean, ask: q}}\n"


def excusing(requirement: str) -> Scheme:
    """Three criteria, of 10, 30 and 60 points, the last of which applies by its rule; and a level."""
    criteria = figure("a", 10) + figure("b", 30) + figure("c", 60, "applies_if: f")
    return scheme_of(criteria, FACT + f"levels: [{{id: l, title: t, requires: {{{requirement}}}}}]\n")


def test_what_the_assessor_took_out_is_counted_apart_from_what_does_not_apply_by_rule() -> None:
    scorecard = card(excusing("total: 0"), {"b": 1}, facts={"f": False}, away="a c")
    assert of(scorecard, "not_applicable_points excused_points") == [70, 10]
    assert [score.excused for score in scorecard.criteria.values()] == [True, False, False]


def test_what_must_not_be_excused_is_not() -> None:
    assert card(under("forbid"), {"a": 5}, away="b").excused_points == 0


@rows("policy", ["exclude", "award", "zero", "redistribute"])
def test_excused_points_are_those_of_the_file_under_every_policy(policy: str) -> None:
    assert card(under(policy), {"a": 5}, away="b").excused_points == 30


@rows(
    ("requirement", "away", "has_c", "held"),
    [
        ("excused: 10", "a", True, True),
        ("excused: 9.9", "a", True, False),
        ("excused: 10%", "a", True, True),  # of 100 points
        ("excused: 10%", "a", False, False),  # of 40: what does not apply by rule is nothing to excuse
        ("excused: 25%", "a", False, True),
        ("excused: 0", "", True, True),
        ("excused: 0", "c", False, True),
        ("when: excused_points <= 10", "a", True, True),
        ("when: excused_points <= 10", "b", True, False),
    ],
)
def test_a_level_bounds_what_is_excused(requirement: str, away: str, has_c: bool, held: bool) -> None:
    answers = dict.fromkeys("abc", 5)
    scorecard = card(excusing(requirement), answers, facts={"f": has_c}, away=away)
    assert [level.holds for level in scorecard.levels] == [held]
    assert scorecard.best.level == scorecard.level


def test_a_level_names_what_is_excused_the_most_first() -> None:
    (unmet,) = card(excusing("excused: 5%"), {"c": 1}, facts={"f": True}, away="a b").levels[0].unmet
    assert (unmet.requirement, unmet.needed, unmet.actual, unmet.criteria) == (
        "excused",
        Fraction(1, 20),
        Fraction(2, 5),
        ("b", "a"),
    )


def test_what_is_excused_is_judged_on_the_safe_side_while_it_is_open_what_applies() -> None:
    scorecard = card(excusing("excused: 10%"), {"b": 1}, away="a")
    assert of(scorecard, "worst.level best.level") == [None, "l"]


def test_a_mark_on_what_may_not_apply_by_rule_anyway_is_judged_on_the_safe_side() -> None:
    scorecard = card(excusing("excused: 20%"), {"a": 1, "b": 1}, away="c")
    assert of(scorecard, "excused_points worst.level best.level") == [60, None, "l"]


def test_stores_are_ranked_by_what_is_excused() -> None:
    made = scheme_of(
        figure("a", 10) + figure("b", 30), "lighthouse: {rank_by: [{id: k, of: -excused_points, title: t}]}\n"
    )
    assert card(made, {"b": 1}, away="a").keys == {"k": -10}


def test_asked_and_answered_count_the_criteria_that_apply() -> None:
    scorecard = card(under("exclude", figure("a") + figure("b") + figure("c") + gate("g")), {"a": 0}, away="b")
    assert of(scorecard, "answered asked complete") == [1, 3, False]


def two_groups(policy: str, group: str = "") -> Scheme:
    """A category A with the criteria a, b and c, and a category B, worth 50 points, with d and e."""
    first = figure("a", 10) + figure("b", 30, f"not_applicable: {policy}") + figure("c", 20)
    second = figure("d", 10) + figure("e", 40)
    header = f"scoring: {{not_applicable: {policy}}}\ncategories:\n"
    return scheme(header + category("A", first) + category("B", second, group or "points: 50"))


@rows("own", POLICIES)
def test_the_total_under_another_policy_is_what_a_scheme_of_that_policy_gives(own: str) -> None:
    answers = {"a": 5, "c": 10, "d": 7}
    totals = totals_by_policy(two_groups(own), card(two_groups(own), answers, away="b e"))
    assert totals == {policy: card(two_groups(policy), answers, away="b e").total for policy in POLICIES}


def test_all_policies_agree_where_everything_applies() -> None:
    made = under("zero")
    assert set(totals_by_policy(made, card(made, {"a": 5, "b": 3})).values()) == {8}


def test_a_scheme_that_cannot_share_points_out_has_no_total_for_it() -> None:
    made = two_groups("zero", "method: mean")
    totals = totals_by_policy(made, card(made, {"a": 5}, away="b"))
    assert totals["redistribute"] is None
    assert totals["zero"] is not None


def test_what_must_not_be_excused_stays_out_under_every_policy() -> None:
    made = under("forbid", figure("a", 10) + figure("b", 30, "applies_if: 1 > 2"))
    assert set(totals_by_policy(made, card(made, {"a": 5, "b": 30})).values()) == {5}
