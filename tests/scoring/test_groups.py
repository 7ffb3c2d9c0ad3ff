"""Section 3: how points add up, exactly."""

from fractions import Fraction

from tests.builders import card, category, figure, gate, of, scheme, scheme_of
from tests.rows import rows

SHARE = "points available share"
TWO = figure("a", 10) + figure("b", 30)


def group(method: str, keys: str = "", criteria: str = TWO) -> str:
    return "categories:\n" + category("A", criteria, f"method: {method}\n{keys}")


@rows(
    ("method", "share"),
    [
        ("sum", Fraction(20, 40)),
        ("mean", Fraction(3, 4)),
        ("min", Fraction(1, 2)),
        ("geometric", Fraction("0.707106781186548")),
    ],
)
def test_each_method_has_its_share(method: str, share: Fraction) -> None:
    answers = {"a": 5, "b": 15} if method == "sum" else {"a": 5, "b": 30}
    assert card(scheme(group(method)), answers).groups[0].share == share


def test_weights_of_criteria_count_in_sum_and_mean() -> None:
    weighted = figure("a", 10, "weight: 3") + figure("b", 30, "weight: 2")
    assert card(scheme(group("sum", criteria=weighted)), {"a": 10, "b": 15}).groups[0].share == Fraction(
        30 + 30, 30 + 60
    )
    assert card(scheme(group("mean", criteria=weighted)), {"a": 10, "b": 15}).groups[0].share == Fraction(4, 5)


def test_a_weight_is_one_unless_given() -> None:
    weighted = figure("a", 10, "weight: 3") + figure("b", 10)
    assert card(scheme(group("mean", criteria=weighted)), {"a": 10, "b": 0}).groups[0].share == Fraction(3, 4)


def test_weights_count_in_geometric_as_exponents() -> None:
    weighted = figure("a", 1, "weight: 3") + figure("b", 1, "weight: 1")
    scorecard = card(scheme(group("geometric", criteria=weighted)), {"a": Fraction(1, 16), "b": 1})
    assert scorecard.groups[0].share == Fraction(1, 8)


def test_geometric_is_zero_with_one_zero_and_meets_its_threshold_exactly() -> None:
    made = scheme(group("geometric") + "levels: [{id: l, title: t, requires: {categories: {A: 50%}}}]\n")
    assert card(made, {"a": 0, "b": 30}).groups[0].share == 0
    assert card(made, {"a": 5, "b": 15}).level == "l"
    assert card(made, {"a": Fraction("2.5"), "b": 30}).level == "l"


def test_a_geometric_share_has_fifteen_digits() -> None:
    share = card(scheme(group("geometric")), {"a": 1, "b": 3}).groups[0].share
    assert share == Fraction(1, 10)
    third = card(scheme(group("geometric")), {"a": Fraction(10, 3), "b": 30}).groups[0].share
    assert third == Fraction("0.577350269189626")


def test_a_sum_without_points_keeps_its_own() -> None:
    assert of(card(scheme(group("sum")), {"a": 5, "b": 15}).groups[0], SHARE) == [20, 40, Fraction(1, 2)]


def test_a_sum_without_points_counts_weights_into_its_own() -> None:
    weighted = figure("a", 10, "weight: 2") + figure("b", 30)
    result = card(scheme(group("sum", criteria=weighted)), {"a": 5, "b": 15}).groups[0]
    assert of(result, SHARE) == [25, 50, Fraction(1, 2)]


def test_a_group_with_points_earns_its_share_of_them() -> None:
    result = card(scheme(group("sum", "points: 18")), {"a": 10, "b": 0}).groups[0]
    assert of(result, SHARE) == [Fraction(9, 2), 18, Fraction(1, 4)]


@rows("method", ["mean", "min", "geometric"])
def test_the_points_of_the_other_methods_default_to_100(method: str) -> None:
    assert of(card(scheme(group(method)), {"a": 5, "b": 15}).groups[0], SHARE) == [50, 100, Fraction(1, 2)]


def test_what_is_available_in_a_sum_shrinks_with_what_does_not_apply() -> None:
    assert of(card(scheme(group("sum")), {"a": 5}, away="b").groups[0], SHARE) == [5, 10, Fraction(1, 2)]


def test_the_points_of_a_group_do_not_shrink() -> None:
    assert of(card(scheme(group("sum", "points: 20")), {"a": 5}, away="b").groups[0], SHARE) == [10, 20, Fraction(1, 2)]


def test_the_root_is_a_group_like_any_other() -> None:
    body = "categories:\n" + category("A", figure("a"), "weight: 3") + category("B", figure("b"))
    mean = card(scheme("scoring: {method: mean, points: 200}\n" + body), {"a": 10, "b": 5})
    assert of(mean, "total available share") == [175, 200, Fraction(7, 8)]
    least = card(scheme("scoring: {method: min}\n" + body), {"a": 10, "b": 5})
    assert of(least, "total available") == [50, 100]
    added = card(scheme(body), {"a": 10, "b": 5})
    assert of(added, "total available") == [35, 40]
    scaled = card(scheme("scoring: {points: 100}\n" + body), {"a": 10, "b": 5})
    assert scaled.total == Fraction(175, 2)


def test_groups_nest_to_any_depth() -> None:
    inner = "{id: a, title: t, points: 4, type: number, ask: q, score: {}}"
    text = f"{{category: G9, title: t, method: mean, criteria: [{inner}]}}"
    for depth in range(8, 0, -1):
        text = f"{{category: G{depth}, title: t, method: mean, categories: [{text}]}}"
    scorecard = card(scheme(f"categories: [{text}]\n"), {"a": 3})
    assert scorecard.groups[0].share == Fraction(3, 4)
    group = scorecard.groups[0]
    while group.groups:
        (group,) = group.groups
    assert group.id == "G9"


# -- bonus -------------------------------------------------------------------------------------------------------

BONUS = "categories:\n" + category("A", figure("a", 100)) + category("B", figure("b", 20), "bonus: true\nmax: 10")


def test_a_bonus_is_added_after_everything_else_and_never_to_what_is_available() -> None:
    scorecard = card(scheme(BONUS), {"a": 60, "b": 7})
    assert of(scorecard, "total available share") == [67, 100, Fraction(3, 5)]


def test_a_bonus_adds_at_most_its_max() -> None:
    assert card(scheme(BONUS), {"a": 60, "b": 15}).total == 70


def test_a_bonus_is_not_scaled_with_the_root() -> None:
    assert card(scheme("scoring: {method: mean, points: 10}\n" + BONUS), {"a": 60, "b": 7}).total == 13


def test_a_bonus_group_with_points_earns_its_share_of_them() -> None:
    ten = "bonus: true\npoints: 10\nmax: 10"
    body = "categories:\n" + category("A", figure("a", 100)) + category("B", figure("b", 100), ten)
    assert card(scheme(body), {"a": 60, "b": 15}).total == Fraction("61.5")


def test_a_bonus_that_does_not_apply_adds_nothing() -> None:
    assert card(scheme(BONUS), {"a": 60}, away="b").total == 60


def test_a_total_can_exceed_what_is_available_by_the_bonus() -> None:
    assert card(scheme(BONUS), {"a": 100, "b": 10}).total == 110


# -- what has no share -------------------------------------------------------------------------------------------


@rows("method", ["mean", "min", "geometric"])
def test_a_group_in_which_nothing_applies_drops_out_with_its_weight(method: str) -> None:
    body = "categories:\n" + category("A", figure("a"), "weight: 3") + category("B", figure("b"), "weight: 5")
    scorecard = card(scheme(f"scoring: {{method: {method}}}\n{body}"), {"a": 5}, away="b")
    assert scorecard.total == 50
    assert of(scorecard.groups[1], SHARE) == [0, 0, None]


def test_a_group_in_which_nothing_applies_adds_nothing_to_a_sum() -> None:
    body = "categories:\n" + category("A", figure("a")) + category("B", figure("b"), "points: 50")
    scorecard = card(scheme(body), {"a": 5}, away="b")
    assert of(scorecard, "total available") == [5, 10]


@rows("method", ["mean", "min", "geometric"])
def test_a_criterion_worth_nothing_has_no_share(method: str) -> None:
    assert card(scheme(group(method, criteria=figure("a", 0) + figure("b", 10))), {"a": 0, "b": 5}).groups[
        0
    ].share == Fraction(1, 2)


def test_a_group_of_prerequisites_only_has_no_share() -> None:
    body = "scoring: {method: mean}\ncategories:\n" + category("A", gate("g")) + category("B", figure("b"))
    scorecard = card(scheme(body), {"g": True, "b": 5})
    assert scorecard.groups[0].share is None
    assert scorecard.total == 50


def test_where_nothing_applies_at_all_the_total_is_null() -> None:
    scorecard = card(scheme_of(figure("a") + figure("b")), away="a b")
    assert of(scorecard, "total share available") == [None, None, 0]
    assert scorecard.asked == 0


def test_a_share_never_comes_from_nothing_divided_by_nothing() -> None:
    scorecard = card(scheme_of(figure("a", 0)), {"a": 0})
    assert scorecard.total is scorecard.groups[0].share is None


# -- exactness ---------------------------------------------------------------------------------------------------


def test_a_third_three_times_is_one() -> None:
    body = "scoring: {method: mean}\n" + group("mean", criteria=figure("a", 3) + figure("b", 3) + figure("c", 3))
    scorecard = card(
        scheme(body + "levels: [{id: l, title: t, requires: {total: 35}}]\n"), {"a": 1, "b": 1, "c": Fraction("1.15")}
    )
    assert scorecard.total == 35
    assert scorecard.level == "l"


def test_34_999_is_not_35_and_35_is_not_34_999() -> None:
    made = scheme_of(figure("a", 100), "levels: [{id: l, title: t, requires: {total: 35}}]")
    assert card(made, {"a": Fraction("34." + "9" * 40)}).level is None
    assert card(made, {"a": 35}).level == "l"


def test_decimals_add_up_as_written() -> None:
    scorecard = card(
        scheme_of("".join(figure(f"c{i}", "0.3") for i in range(10))), {f"c{i}": Fraction("0.1") for i in range(10)}
    )
    assert of(scorecard, "total available") == [1, 3]


def test_thresholds_are_compared_before_rounding() -> None:
    made = scheme_of(figure("a", 100), "levels: [{id: l, title: t, requires: {total: 60}}]")
    assert card(made, {"a": Fraction("59.999")}).level is None
