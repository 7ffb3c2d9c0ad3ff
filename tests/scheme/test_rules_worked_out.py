"""Section 7: one exact kind of number, and what is unknown spreads only where it matters."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.scheme.rules.evaluation import Unknown, evaluate
from greenstar.scheme.rules.expression import Rule, with_values
from greenstar.scoring.score import score
from tests.builders import card, category, scheme, scheme_of, visit
from tests.rows import rows


def value(rule: str, **values: int) -> Any:
    """The value of a rule where these names have one; None where it is unknown."""
    result = evaluate(Rule(rule), {name: Fraction(number) for name, number in values.items()}, {})
    return None if isinstance(result, Unknown) else result


@rows(
    ("rule", "expected"),
    [
        ("3 / 2", Fraction(3, 2)),
        ("1 / 3 * 3", 1),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("0.1 * 3", Fraction(3, 10)),
        ("2 - 3 - 4", -5),
        ("-2 * -3", 6),
        ("+5", 5),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("8 / 4 / 2", 1),
        ("100000000000000000000.1 - 100000000000000000000", Fraction(1, 10)),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("max(0.5,\r\n 0.25)", Fraction(1, 2)),
        ("max(\r0.5, 0.25)", Fraction(1, 2)),
        ("abs(2 - 5)", 3),
        ("round(2.5)", 3),
        ("round(3.5)", 4),
        ("round(2.4999)", 2),
        ("1 if true else 2", 1),
        ("1 if false else 2", 2),
    ],
)
def test_numbers_are_exact(rule: str, expected: Fraction) -> None:
    assert value(rule) == expected


@rows(
    ("rule", "expected"),
    [
        ("1 / 3 * 3 == 1", True),
        ("0.1 + 0.2 == 0.3", True),
        ("1 < 2 < 3", True),
        ("1 < 3 < 2", False),
        ("1 < 2 > 0", True),
        ("1 <= 1 >= 1 != 2", True),
        ("not 1 > 2", True),
        ("true and not false", True),
        ("false or true", True),
        ("true or false and false", True),
        ("1 in [1, 2]", True),
        ("3 not in [1, 2]", True),
        ('"a" in ["a", "b"]', True),
        ('"c" not in ["a", "b"]', True),
        ("(1 < 2) == true", True),
    ],
)
def test_comparisons_chain_and_words_join(rule: str, expected: bool) -> None:
    assert value(rule) is expected


def test_a_choice_is_its_options_id_and_a_multiple_is_searched_and_counted() -> None:
    assert evaluate(Rule('kind == "large"'), {"kind": "large"}, {}) is True
    assert evaluate(Rule('kind in ["small", "large"]'), {"kind": "large"}, {}) is True
    assert evaluate(Rule('"road" in uses'), {"uses": ("road", "garden")}, {}) is True
    assert evaluate(Rule('"pool" not in uses'), {"uses": ("road", "garden")}, {}) is True
    assert evaluate(Rule("count(uses)"), {"uses": ("road", "garden")}, {}) == 2
    assert evaluate(Rule("count(uses)"), {"uses": ()}, {}) == 0


@rows(
    ("rule", "expected"),
    [
        ("x + 1", None),
        ("x > 1", None),
        ("not x", None),
        ("min(x, 1)", None),
        ("x == x", None),
        ("false and x", False),
        ("x and false", False),
        ("true and x", None),
        ("true or x", True),
        ("x or true", True),
        ("false or x", None),
        ("x and y", None),
        ("2 < 1 < x", False),
        ("x < 2 < 1", False),
        ("1 < 2 < x", None),
        ("1 if true else x", 1),
        ("x if false else 1", 1),
        ("1 if x else 1", 1),
        ("1 if x else 2", None),
        ("x in [1, 2]", None),
    ],
)
def test_a_name_without_a_value_makes_the_result_unknown_unless_it_does_not_matter(rule: str, expected: object) -> None:
    assert value(rule) == expected


@rows(
    ("rule", "expected"),
    [
        ("1 / 0", None),
        ("1 / (x - x)", None),
        ("0 / 0", None),
        ("1 / 0 > 1", None),
        ("false and 1 / 0 > 1", False),
        ("1 / 0 > 1 and false", False),
        ("5 if true else 1 / 0", 5),
        ("0 / 5", 0),
    ],
)
def test_division_by_zero_is_unknown(rule: str, expected: object) -> None:
    assert value(rule, x=5) == expected


def test_division_by_zero_is_told_with_the_division() -> None:
    result = evaluate(Rule("1 - fresh / total"), {"fresh": Fraction(1), "total": Fraction(0)}, {})
    assert isinstance(result, Unknown)
    assert not result.open
    assert result.reason.values["what"] == "fresh / total"


DAYS = """
- {id: d, title: t, points: 1, questions: {day: {type: date, ask: q}}, score: {of: '1 if day >= "2026-01-31" else 0'}}
"""


@rows(
    ("day", "points"), [(date(2026, 1, 30), 0), (date(2026, 1, 31), 1), (date(2026, 2, 1), 1), (date(2025, 12, 31), 0)]
)
def test_dates_are_compared_by_the_calendar(day: date, points: int) -> None:
    assert card(scheme_of(DAYS), {"day": day}).total == points


WORDS = """
- {id: w, title: t, points: 1, questions: {words: {type: text, ask: q}}, score: {of: '1 if words != "" else 0'}}
"""


def test_texts_are_compared_as_they_stand() -> None:
    assert card(scheme_of(WORDS), {"words": "x"}).total == 1
    assert card(scheme_of(WORDS), {"words": ""}).total == 0


def test_a_lone_question_is_read_by_answer() -> None:
    made = scheme_of(
        """
        - {id: G, title: t, prerequisite: true, type: boolean, ask: q}
        - {id: b, title: t, points: 1, questions: {x: {type: boolean, ask: q}},
           score: {of: 1 if x and answer("G") else 0}}
        """
    )
    assert card(made, {"G": True, "x": True}).total == 1
    assert card(made, {"G": False, "x": True}).total == 0


def test_a_rule_is_shown_with_values_in_the_place_of_its_names() -> None:
    rule = Rule('1 - w / max( a , b) if answer( "W1" ) in ["水", "a"] and a > 1 and not true else points("a")')
    values = {"w": "3", "a": "12.5", "W1": '"a"', "points": "?", "true": "?"}
    filled = '1 - 3 / max( 12.5 , b) if "a" in ["水", "a"] and 12.5 > 1 and not true else points("a")'
    assert with_values(rule, values.get) == filled


CHOICE = "type: choice, ask: q, options: {none: {label: l, points: 1}, major: {label: l, points: 0}}"
GRADED = (
    "categories:\n"
    + category("A", f"- {{id: a, title: t, points: 1, {CHOICE}}}\n- {{id: b, title: t, points: 1, {CHOICE}}}\n")
    + category("B", f"- {{id: c, title: t, points: 1, {CHOICE}}}\n")
    + category("C", '- {id: d, title: t, points: 9, score: {of: \'3 * chosen("major") + chosen("major", "A")\'}}\n')
)


@rows(
    ("answers", "away", "points"),
    [
        ({"a": "none", "b": "none", "c": "none"}, "", 0),
        ({"a": "major", "b": "none", "c": "none"}, "", 4),
        ({"a": "major", "b": "major", "c": "major"}, "", 9),
        ({"a": "major", "b": "none", "c": "major"}, "a", 3),
        ({"a": "major", "c": "none"}, "b", 4),
    ],
)
def test_chosen_counts_the_criteria_that_apply_and_have_that_option(
    answers: dict[str, str], away: str, points: int
) -> None:
    assert card(scheme(GRADED), answers, away=away).criteria["d"].points == points


def test_chosen_is_missing_while_one_of_them_is() -> None:
    assert card(scheme(GRADED), {"a": "major", "b": "none"}).criteria["d"].open


@rows(
    ("first", "last", "years", "months"),
    [
        ("2020-05-12", "2026-05-12", 6, 72),
        ("2020-05-12", "2026-05-11", 5, 71),
        ("2024-02-29", "2025-02-28", 0, 11),
        ("2024-02-29", "2025-03-01", 1, 12),
        ("2026-01-31", "2026-02-28", 0, 0),
        ("2026-05-12", "2020-05-13", -5, -71),
        ("2026-05-12", "2026-05-12", 0, 0),
    ],
)
def test_years_and_months_are_whole_ones_between_two_dates(first: str, last: str, years: int, months: int) -> None:
    dates = {"first": first, "last": last}
    assert evaluate(Rule("years(first, last)"), dates, {}) == years
    assert evaluate(Rule("months(first, last)"), dates, {}) == months
    assert evaluate(Rule(f'months("{first}", last)'), dates, {}) == months


OLD = "- {id: a, title: t, points: 5, score: {of: 'years(opened, visited)'}}\n"


def test_visited_is_the_day_of_the_visit() -> None:
    made = scheme_of(OLD, "facts: {opened: {type: date, ask: q}}\n")
    seen = visit(facts={"opened": date(2023, 5, 13)})
    assert score(made, replace(seen, visited=date(2026, 5, 12))).total == 2
    assert score(made, seen).criteria["a"].open


def test_a_name_of_the_schemes_own_comes_before_a_later_word() -> None:
    facts = (
        "facts: {opened: {type: date, ask: q}, visited: {type: date, ask: q}, excused_points: {type: number, ask: q}}\n"
    )
    levels = "levels: [{id: l, title: t, requires: {when: excused_points == 7}}]\n"
    made = scheme_of(OLD, facts + levels)
    known = {"opened": date(2023, 5, 13), "visited": date(2024, 6, 1), "excused_points": 7}
    result = score(made, replace(visit(facts=known), visited=date(2026, 5, 12)))
    assert result.total == 1
    assert result.level == "l"
