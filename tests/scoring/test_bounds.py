"""Section 4: what is open, and the worst and best that can still come of it."""

from fractions import Fraction
from typing import Any

from tests.builders import card, category, figure, gate, of, scheme, scheme_of
from tests.rows import rows

FACT = "facts: {f: {type: boolean, ask: q}, n: {type: number, ask: q}}\n"


@rows(
    "criterion",
    [
        figure("b", 10, "applies_if: f"),
        "- {id: b, title: t, points: 10, questions: {x: {type: number, ask: q, ask_if: f}}, score: {of: 10}}\n",
        "- {id: b, title: t, points: 10, score: {of: n}}\n",
        figure("b", 10),
    ],
)
def test_open_is_what_lacks_an_answer_or_a_fact_or_may_not_be_asked(criterion: str) -> None:
    scorecard = card(scheme_of(figure("a", 10) + criterion, FACT), {"a": 5})
    assert scorecard.criteria["b"].outcome == "not_answered"
    assert of(scorecard, "worst.total best.total") == [5, 15]
    assert scorecard.available == 20


def test_open_earns_nothing_as_a_whole_even_where_half_is_answered() -> None:
    options = "{x: {label: l, points: 3}}"
    questions = f"x: {{type: choice, ask: q, options: {options}}}, y: {{type: choice, ask: q, options: {options}}}"
    scorecard = card(scheme_of(f"- {{id: a, title: t, points: 6, questions: {{{questions}}}}}"), {"x": "x"})
    assert of(scorecard, "total worst.total best.total") == [0, 0, 6]


def test_worst_is_the_result_now() -> None:
    scorecard = card(scheme_of(figure("a") + figure("b")), {"a": 4})
    assert scorecard.worst.total == scorecard.total


def test_without_anything_open_worst_and_best_are_the_result() -> None:
    scorecard = card(scheme_of(figure("a")), {"a": 4})
    assert scorecard.worst.total == scorecard.best.total == scorecard.total == 4


LEVEL = "levels: [{{id: l, title: t, requires: {{{requires}}}}}]\n"


@rows(
    ("requires", "criteria", "answers"),
    [
        ("total: 5", figure("a"), {}),
        ("each_category: 50%", figure("a"), {}),
        ("categories: {A: 50%}", figure("a"), {}),
        ("criteria: {a: 5}", figure("a"), {}),
        ("any_of: {at_least: 1, of: [a]}", figure("a"), {}),
        ("prerequisites: all", figure("a") + gate("g"), {"a": 1}),
        ("when: n > 5", figure("a"), {"a": 1}),
        ('when: points("a") > 5', figure("a"), {}),
        ("when: total > 5", figure("a"), {}),
        ("when: not_applicable_points > 5", figure("a", keys="applies_if: f"), {}),
    ],
)
def test_what_is_open_fails_in_worst_and_holds_in_best(requires: str, criteria: str, answers: dict[str, Any]) -> None:
    scorecard = card(scheme_of(criteria, FACT + LEVEL.format(requires=requires)), answers)
    assert of(scorecard, "level worst.level best.level") == [None, None, "l"]


def test_a_when_that_asks_for_little_is_not_decided_by_what_is_open() -> None:
    scorecard = card(scheme_of(figure("a"), LEVEL.format(requires="when: total < 5")))
    assert of(scorecard, "level worst.level best.level") == [None, None, "l"]


OPTIONS = "{none: {label: l, points: 5}, major: {label: l, points: 0}}"
MAJORS = "".join(f"- {{id: {name}, title: t, points: 5, type: choice, ask: q, options: {OPTIONS}}}\n" for name in "XY")
COUNTED = '(1 if answer("X") == "major" else 0) + (1 if answer("Y") == "major" else 0)'


@rows("majors", [COUNTED, 'chosen("major")', 'chosen("major", "A")', f"2 * ({COUNTED}) / 2"])
@rows("directly", [True, False])
def test_bounds_run_through_values_as_through_rules(majors: str, directly: bool) -> None:
    value = f"values: {{majors: {{of: '{majors}', title: t}}}}\n"
    rule = f"{majors} == 0" if directly else "majors == 0"
    made = scheme_of(MAJORS, value + LEVEL.format(requires=f"when: '{rule}'"))
    assert of(card(made, {"X": "none"}), "worst.level best.level") == [None, "l"]
    assert of(card(made, {"X": "major"}), "worst.level best.level") == [None, None]
    assert of(card(made, {"X": "none", "Y": "none"}), "worst.level best.level") == ["l", "l"]


@rows(
    ("rule", "level", "best"),
    [
        ("v >= 0", "l", "l"),
        ("v > 12", None, None),
        ("v > 6", None, "l"),
        ("v <= 10 and v >= 0", "l", "l"),
        ("not (v > 10)", "l", "l"),
        ("max(v, 3) < 3", None, None),
        ("min(v, 3) < 4", "l", "l"),
        ("abs(v - 20) < 10", None, None),
        ("round(v / 3) > 4", None, None),
        ("(v if total > 50 else 1) < 11", "l", "l"),
        ("v != 11", "l", "l"),
    ],
)
def test_a_when_is_decided_by_the_ends_of_what_is_open(rule: str, level: str | None, best: str | None) -> None:
    made = scheme_of(
        figure("a"), "values: {v: {of: 'points(\"a\")', title: t}}\n" + LEVEL.format(requires=f"when: '{rule}'")
    )
    assert of(card(made), "worst.level best.level") == [level, best]


def test_what_may_turn_out_never_to_be_known_is_not_counted_on() -> None:
    made = scheme_of(figure("a", keys="applies_if: f"), FACT + LEVEL.format(requires="when: 'share(\"a\") >= 0'"))
    assert of(card(made), "worst.level best.level") == [None, "l"]
    assert card(made, facts={"f": False}).level is None
    assert card(made, facts={"f": True}).level == "l"


def test_evidence_at_what_may_turn_out_not_to_apply_is_not_counted_on() -> None:
    criteria = figure("a", keys="evidence: [photo]") + figure("b", keys="evidence: [photo], applies_if: f")
    made = scheme_of(criteria, FACT + LEVEL.format(requires="evidence: 50%"))
    proof = {"a": False, "b": True}
    assert card(made, {"a": 1, "b": 1}, evidence=proof).worst.level is None
    assert card(made, {"a": 1, "b": 1}, evidence=proof, facts={"f": False}).level is None
    assert card(made, {"a": 1, "b": 1}, evidence=proof, facts={"f": True}).level == "l"


def test_unverified_evidence_fails_in_worst_and_holds_in_best() -> None:
    made = scheme_of(figure("a", keys="evidence: [photo]"), LEVEL.format(requires="evidence: 90%"))
    scorecard = card(made, {"a": 1}, evidence={"a": False})
    assert of(scorecard, "worst.level best.level") == [None, "l"]


def test_complete_holds_in_both() -> None:
    scorecard = card(scheme_of(figure("a"), LEVEL.format(requires="complete: true")))
    assert of(scorecard, "level worst.level best.level") == [None, "l", "l"]


def test_complete_below_another_level_holds_in_both() -> None:
    low = "{id: low, title: t, requires: {complete: true}}"
    levels = f"levels: [{low}, {{id: high, title: t, requires: {{level: low, total: 0}}}}]\n"
    scorecard = card(scheme_of(figure("a"), levels))
    assert of(scorecard, "level worst.level best.level") == [None, "high", "high"]


def test_an_open_criterion_that_turns_out_not_to_apply_lies_within_the_bounds() -> None:
    made = scheme_of(figure("a", 10) + figure("b", 10, "applies_if: f"), "scoring: {points: 100}\n" + FACT)
    still = card(made, {"a": 5})
    done = card(made, {"a": 5}, facts={"f": False})
    assert [still.worst.total, done.total, still.best.total] == [25, 50, 75]


def test_an_answer_is_not_counted_on_while_it_is_open_whether_its_criterion_applies() -> None:
    made = scheme_of(
        "- {id: a, title: t, points: 10, applies_if: f, questions: {x: {type: number, ask: q}}, score: {}}\n"
        "- {id: b, title: t, points: 10, score: {of: x}}\n",
        FACT,
    )
    still = card(made, {"x": 7})
    assert still.worst.total == 0
    assert still.criteria["b"].outcome == "not_answered"
    assert card(made, {"x": 7}, facts={"f": False}).total == 0
    assert card(made, {"x": 7}, facts={"f": True}).total == 14


def test_the_share_of_a_capped_bonus_is_open_while_something_in_it_is() -> None:
    made = scheme(
        "categories:\n"
        + category("A", '- {id: a, title: t, points: 10, score: {of: 10 * share("B")}}\n')
        + category("B", figure("b", 10) + figure("c", 10), "bonus: true\nmax: 5")
    )
    assert card(made, {"b": 10}).criteria["a"].outcome == "not_answered"
    assert card(made, {"b": 10, "c": 0}).criteria["a"].points == 5


def test_a_share_may_be_certain_although_something_is_open() -> None:
    made = scheme(
        "categories:\n" + category("A", figure("b") + figure("c"), "method: min")
        + category("B", '- {id: a, title: t, points: 10, score: {of: 5 + share("A")}}\n')
    )  # fmt: skip
    assert card(made, {"b": 0}).criteria["a"].points == 5


def test_best_takes_open_bonus_at_its_most() -> None:
    made = scheme("categories:\n" + category("A", figure("a")) + category("B", figure("b", 20), "bonus: true\nmax: 5"))
    assert card(made, {"a": 5}).best.total == 10


def test_the_maximum_is_the_same_before_and_after_all_is_answered() -> None:
    made = scheme_of(figure("a") + figure("b", 3))
    assert card(made).available == card(made, {"a": 1, "b": Fraction(1, 3)}).available == 13
