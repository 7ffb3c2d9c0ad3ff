"""Section 2: how a criterion earns points."""

from fractions import Fraction
from typing import Any

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.model import Scheme
from tests.builders import card, category, figure, gate, of, scheme, scheme_of
from tests.rows import rows

STEPS = scheme_of("- {id: a, title: t, points: 3, type: number, ask: q, score: {at_least: {60%: 1, 80%: 2, 90%: 3}}}")
AT_MOST = scheme_of("- {id: a, title: t, points: 3, type: number, ask: q, score: {at_most: {22: 3, 31: 2, 60: 1}}}")
LINE = scheme_of("- {id: a, title: t, points: 10, type: number, ask: q, score: {linear: {20: 0, 60: 8, 80: 10}}}")
PLAIN = scheme_of(figure("a", 10))


def earned(under: Scheme, value: object, criterion: str = "a") -> Fraction:
    number = Fraction(value) if isinstance(value, str) else value
    return card(under, {criterion: number}).criteria[criterion].points


@rows(
    ("value", "points"),
    [
        ("0", 0),
        ("0.599999", 0),
        ("0.6", 1),
        ("0.79", 1),
        ("0.8", 2),
        ("0.8999999999999999999", 2),
        ("0.9", 3),
        ("1", 3),
        ("-1", 0),
    ],
)
def test_at_least_gives_the_last_edge_reached_and_the_edge_itself_counts(value: str, points: int) -> None:
    assert earned(STEPS, value) == points


@rows(
    ("value", "points"),
    [("0", 3), ("22", 3), ("22.0000001", 2), ("31", 2), ("31.5", 1), ("60", 1), ("60.01", 0), ("1000", 0)],
)
def test_at_most_gives_the_tightest_edge_kept_and_the_edge_itself_counts(value: str, points: int) -> None:
    assert earned(AT_MOST, value) == points


@rows(
    ("value", "points"),
    [("0", 0), ("20", 0), ("40", 4), ("60", 8), ("70", 9), ("80", 10), ("500", 10), ("50", 6), ("20.1", "0.02")],
)
def test_linear_is_straight_between_the_points_and_flat_outside(value: str, points: object) -> None:
    assert earned(LINE, value) == Fraction(str(points))


def test_a_falling_line_is_a_line() -> None:
    made = scheme_of("- {id: a, title: t, points: 10, type: number, ask: q, score: {linear: {100: 0, 50: 10}}}")
    assert [earned(made, value) for value in ("40", "75", "100", "200")] == [10, 5, 0, 0]


def test_edges_need_no_order_in_the_file_and_need_not_rise() -> None:
    made = scheme_of("- {id: a, title: t, points: 3, type: number, ask: q, score: {at_least: {80: 1, 20: 3, 50: 2}}}")
    assert [earned(made, value) for value in ("10", "20", "50", "80")] == [0, 3, 2, 1]


@rows(("value", "points"), [("-3", 0), ("0", 0), ("7.25", "7.25"), ("10", 10), ("10.01", 10), ("9999", 10)])
def test_without_steps_the_figure_is_the_points_held_between_zero_and_the_most(value: str, points: object) -> None:
    assert earned(PLAIN, value) == Fraction(str(points))


def test_the_maximum_never_depends_on_the_answer() -> None:
    for value in ("-5", "0", "3", "500"):
        assert card(PLAIN, {"a": Fraction(value)}).available == 10


def test_of_is_a_rule_over_questions_facts_and_values() -> None:
    made = scheme_of(
        """
        - id: a
          title: t
          points: 3
          questions: {fresh: {type: number, ask: q}, used: {type: number, ask: q}}
          score: {of: 1 - fresh / all_water, unit: "%", at_least: {60%: 1, 80%: 2, 90%: 3}}
        """,
        "facts: {rain: {type: number, ask: q}}\nvalues: {all_water: {of: used + rain, title: t}}",
    )
    scorecard = card(made, {"fresh": 120, "used": 800}, facts={"rain": 100})
    assert scorecard.criteria["a"].points == 2
    assert scorecard.criteria["a"].value == Fraction(13, 15)
    assert scorecard.values["all_water"] == 900


def test_without_of_the_only_number_is_the_figure_even_beside_other_questions() -> None:
    made = scheme_of(
        """
        - id: a
          title: t
          points: 5
          questions: {n: {type: number, ask: q}, b: {type: boolean, ask: q}}
          score: {at_least: {2: 5}}
        """
    )
    assert card(made, {"n": 2, "b": False}).total == 5


# -- options and booleans ----------------------------------------------------------------------------------------

OPTIONS = "{no: {label: l, points: 0}, half: {label: l, points: 0.5}, all: {label: l, points: 2}, note: {label: l}}"


def test_a_choice_earns_the_points_of_its_option() -> None:
    made = scheme_of(f"- {{id: a, title: t, points: 2, type: choice, ask: q, options: {OPTIONS}}}")
    assert [card(made, {"a": option}).total for option in ("no", "half", "all", "note")] == [0, Fraction(1, 2), 2, 0]


def test_the_points_of_the_ticked_options_add_up_and_ticking_more_never_lowers_them() -> None:
    made = scheme_of(f"- {{id: a, title: t, points: 3, type: multiple, ask: q, options: {OPTIONS}}}")
    totals = [card(made, {"a": ticked}).total for ticked in ([], ["half"], ["half", "all"], ["half", "all", "no"])]
    assert totals == [0, Fraction(1, 2), Fraction(5, 2), Fraction(5, 2)]


def test_ticked_options_never_earn_more_than_the_points() -> None:
    made = scheme_of(f"- {{id: a, title: t, points: 2, type: multiple, ask: q, options: {OPTIONS}}}")
    assert card(made, {"a": ["half", "all"]}).total == 2


def test_the_options_of_several_questions_add_up() -> None:
    made = scheme_of(
        f"""
        - id: a
          title: t
          points: 4
          questions:
            x: {{type: choice, ask: q, options: {OPTIONS}}}
            y: {{type: multiple, ask: q, options: {OPTIONS}}}
            z: {{type: boolean, ask: q}}
        """
    )
    assert card(made, {"x": "half", "y": ["half", "all"], "z": False}).total == 3


def test_shared_options_are_the_same_for_all() -> None:
    made = scheme(
        f"""
        options: {{scale: {OPTIONS}}}
        categories:
          - category: A
            title: t
            criteria:
              - {{id: a, title: t, points: 2, type: choice, ask: q, options: scale}}
              - {{id: b, title: t, points: 2, type: choice, ask: q, options: scale}}
        """
    )
    assert card(made, {"a": "half", "b": "all"}).total == Fraction(5, 2)


@rows(("answer", "points"), [(True, 4), (False, 0)])
def test_an_only_boolean_earns_the_points_when_true(answer: bool, points: int) -> None:
    made = scheme_of("- {id: a, title: t, points: 4, type: boolean, ask: q}")
    assert card(made, {"a": answer}).total == points


def test_a_boolean_beside_a_number_and_a_text_is_still_the_only_boolean() -> None:
    questions = "b: {type: boolean, ask: q}, n: {type: number, ask: q}, w: {type: text, ask: q}"
    made = scheme_of(f"- {{id: a, title: t, points: 4, questions: {{{questions}}}}}")
    assert card(made, {"b": True, "n": 3}).total == 4


# -- prerequisites -----------------------------------------------------------------------------------------------

TWO_GATES = (
    "- {id: g, title: t, prerequisite: true, questions: {x: {type: boolean, ask: q}, y: {type: boolean, ask: q}}}"
)


@rows(
    ("answers", "outcome"),
    [
        ({}, "not_answered"),
        ({"x": True}, "not_answered"),
        ({"x": False}, "not_met"),
        ({"y": False}, "not_met"),
        ({"x": True, "y": False}, "not_met"),
        ({"x": True, "y": True}, "met"),
    ],
)
def test_a_prerequisite_fails_with_one_false_and_waits_for_the_last_true(answers: dict[str, Any], outcome: str) -> None:
    assert card(scheme_of(TWO_GATES + "\n" + figure("a")), answers).criteria["g"].outcome == outcome


@rows(
    ("answers", "outcome"),
    [({"n": 4}, "not_met"), ({"n": 5}, "met"), ({}, "not_answered"), ({"n": 0}, "not_met")],
)
def test_met_if_says_when_a_prerequisite_is_met(answers: dict[str, Any], outcome: str) -> None:
    text = "- {id: g, title: t, prerequisite: true, questions: {n: {type: number, ask: q}}, met_if: 10 / n <= 2}"
    assert card(scheme_of(text + "\n" + figure("a")), answers).criteria["g"].outcome == outcome


def test_an_unknown_met_if_with_nothing_missing_is_not_met() -> None:
    text = "- {id: g, title: t, prerequisite: true, questions: {n: {type: number, ask: q}}, met_if: 1 / n > 0}"
    assert card(scheme_of(text + "\n" + figure("a")), {"n": 0}).criteria["g"].outcome == "not_met"


def test_a_prerequisite_earns_nothing_and_takes_nothing() -> None:
    scorecard = card(scheme_of(gate("g") + figure("a")), {"g": True, "a": 5})
    assert of(scorecard, "total available") == [5, 10]


# -- outcomes and reasons ----------------------------------------------------------------------------------------


@rows(("value", "outcome"), [(0, "not_met"), (3, "partly_met"), (10, "met")])
def test_an_outcome_is_met_in_full_in_part_or_not(value: int, outcome: str) -> None:
    assert card(PLAIN, {"a": value}).criteria["a"].outcome == outcome


def test_a_criterion_without_an_answer_is_open_and_earns_nothing() -> None:
    scorecard = card(PLAIN)
    assert scorecard.criteria["a"].outcome == "not_answered"
    assert of(scorecard, "total available") == [0, 10]


@rows(
    ("under", "answers", "sentence"),
    [
        (STEPS, {"a": Fraction("0.867")}, "0.87 is at least 0.8"),
        (STEPS, {"a": Fraction("0.7999")}, "0.79 is at least 0.6"),
        (STEPS, {"a": Fraction("0.5999")}, "0.59 is below 0.6"),
        (AT_MOST, {"a": Fraction("22.001")}, "22.01 is at most 31"),
        (AT_MOST, {"a": Fraction("60.001")}, "60.01 is above 60"),
        (PLAIN, {"a": 4}, "earns 4"),
        (PLAIN, {}, "not answered yet: a"),
    ],
)
def test_every_outcome_has_its_reason_and_never_seems_to_reach_an_edge_it_misses(
    under: Scheme, answers: dict[str, Any], sentence: str
) -> None:
    assert Catalogue("en").render(card(under, answers).criteria["a"].reason) == sentence


def test_reasons_exist_in_both_languages() -> None:
    for under, answers in ((STEPS, {"a": 1}), (AT_MOST, {"a": 1}), (LINE, {"a": 1}), (PLAIN, {"a": 1}), (PLAIN, {})):
        for language in LANGUAGES:
            assert Catalogue(language).render(card(under, answers).criteria["a"].reason)


def test_a_percentage_is_a_fraction_of_one_and_shown_as_percent() -> None:
    made = scheme_of(
        '- {id: a, title: t, points: 3, type: number, unit: "%", ask: q, score: {unit: "%", at_least: {80%: 2}}}'
    )
    reason = card(made, {"a": Fraction("0.867")}).criteria["a"].reason
    assert Catalogue("en").render(reason) == "86.7 % is at least 80 %"


# -- nothing missing, and still unknown --------------------------------------------------------------------------


def test_a_division_by_zero_with_nothing_missing_is_answered_earns_nothing_and_says_why() -> None:
    made = scheme_of("- {id: a, title: t, points: 3, questions: {n: {type: number, ask: q}}, score: {of: 1 / n}}")
    scorecard = card(made, {"n": 0})
    assert scorecard.criteria["a"].outcome == "not_met"
    assert scorecard.complete
    assert "1 / n" in Catalogue("en").render(scorecard.criteria["a"].reason)


def test_what_rests_on_a_question_that_is_not_asked_is_answered_and_earns_nothing() -> None:
    made = scheme_of(
        """
        - id: a
          title: t
          points: 3
          questions: {b: {type: boolean, ask: q}, n: {type: number, ask: q, ask_if: b}}
          score: {of: n}
        """
    )
    assert card(made, {"b": False, "n": 3}).criteria["a"].outcome == "not_met"
    assert card(made, {"b": True, "n": 3}).criteria["a"].outcome == "met"
    assert card(made, {"n": 3}).criteria["a"].outcome == "not_answered"


def test_a_boolean_that_is_not_asked_is_answered_and_earns_nothing() -> None:
    made = scheme_of(
        "- {id: a, title: t, points: 3, questions: {b: {type: boolean, ask: q, ask_if: f}}}",
        "facts: {f: {type: boolean, ask: q}}",
    )
    scorecard = card(made, facts={"f": False})
    assert scorecard.criteria["a"].outcome == "not_met"
    assert scorecard.complete


def test_options_that_are_not_asked_earn_nothing_and_the_rest_counts() -> None:
    made = scheme_of(
        f"""
        - id: a
          title: t
          points: 3
          questions:
            x: {{type: choice, ask: q, options: {OPTIONS}}}
            y: {{type: choice, ask: q, ask_if: x != "no", options: {OPTIONS}}}
        """
    )
    assert card(made, {"x": "no"}).criteria["a"].outcome == "not_met"
    assert card(made, {"x": "half"}).criteria["a"].outcome == "not_answered"
    assert card(made, {"x": "half", "y": "all"}).total == Fraction(5, 2)


def test_an_answer_that_is_no_longer_asked_for_counts_for_nothing() -> None:
    made = scheme_of(
        """
        - id: a
          title: t
          points: 3
          questions: {b: {type: boolean, ask: q}, n: {type: number, ask: q, ask_if: b}}
          score: {of: n if b else 1}
        """
    )
    assert card(made, {"b": False, "n": 3}).total == 1


def test_the_answers_of_a_criterion_that_does_not_apply_have_no_value_for_others() -> None:
    made = scheme_of(
        """
        - {id: a, title: t, points: 3, questions: {n: {type: number, ask: q}}, score: {}}
        - {id: b, title: t, points: 3, questions: {m: {type: number, ask: q}}, score: {of: n + m}}
        """
    )
    assert card(made, {"n": 1, "m": 1}).criteria["b"].points == 2
    assert card(made, {"n": 1, "m": 1}, away="a").criteria["b"].outcome == "not_met"


def test_a_text_or_date_is_optional_unless_a_rule_names_it() -> None:
    questions = "b: {type: boolean, ask: q}, w: {type: text, ask: q}, d: {type: date, ask: q}"
    made = scheme_of(f"- {{id: a, title: t, points: 3, questions: {{{questions}}}}}")
    assert card(made, {"b": True}).criteria["a"].outcome == "met"
    named = scheme_of(
        f"- {{id: a, title: t, points: 3, questions: {{{questions}}}, score: {{of: '3 if b and w != \"\" else 0'}}}}"
    )
    assert card(named, {"b": True}).criteria["a"].outcome == "not_answered"
    assert card(named, {"b": True, "w": "said"}).criteria["a"].outcome == "met"


def test_an_answer_that_the_points_do_not_need_may_be_missing() -> None:
    questions = "b: {type: boolean, ask: q}, n: {type: number, ask: q}"
    made = scheme_of(f"- {{id: a, title: t, points: 3, questions: {{{questions}}}, score: {{of: n if b else 1}}}}")
    assert card(made, {"b": False}).criteria["a"].outcome == "partly_met"
    assert card(made, {"b": True}).criteria["a"].outcome == "not_answered"


def test_points_and_share_of_others_stand_in_rules() -> None:
    made = scheme_of(
        figure("a")
        + '- {id: b, title: t, points: 5, score: {of: points("a") / 2}}\n'
        + '- {id: c, title: t, points: 5, score: {of: 5 * share("a")}}\n'
    )
    scorecard = card(made, {"a": 4})
    assert [scorecard.criteria[name].points for name in "abc"] == [4, 2, 2]
    away = card(made, {"a": 4}, away="a")
    assert [away.criteria[name].outcome for name in "bc"] == ["not_met", "not_met"]
    assert card(made).criteria["b"].outcome == "not_answered"


def test_points_and_share_of_a_group_stand_in_rules() -> None:
    rule = """- {id: b, title: t, points: 10, score: {of: 'points("A") * share("A")'}}"""
    made = scheme("categories:\n" + category("A", figure("a")) + category("B", rule))
    assert card(made, {"a": 5}).criteria["b"].points == Fraction(5, 2)
