"""Section 5: which level is reached, and what the others lack."""

from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.assessment.model import Finding
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.unmet import unmet_message
from greenstar.scoring.scorecard import Scorecard
from tests.builders import card, category, figure, gate, of, scheme
from tests.rows import rows

BODY = "categories:\n" + category("A", figure("a", 40) + figure("b", 10)) + category("B", figure("c", 50))


def level(requires: str, body: str = BODY) -> Scheme:
    """A scheme with one level."""
    return scheme(f"{body}levels: [{{id: l, title: t, stars: 1, requires: {{{requires}}}}}]\n")


def holds(under: Scheme, answers: dict[str, Any] | None = None, **visit_parts: Any) -> bool:
    return card(under, answers, **visit_parts).level == "l"


def unmet(scorecard: Scorecard) -> list[str]:
    return [lack.requirement for lack in scorecard.levels[0].unmet]


# -- each requirement --------------------------------------------------------------------------------------------


def test_a_level_without_requirements_holds() -> None:
    assert holds(scheme(BODY + "levels: [{id: l, title: t}]\n"))


@rows(("a", "held"), [("19.999", False), ("20", True), ("20.001", True)])
def test_total_in_points(a: str, held: bool) -> None:
    assert holds(level("total: 70"), {"a": Fraction(a), "b": 0, "c": 50}) is held


def test_total_in_percent_is_the_share_of_what_is_available() -> None:
    made = level("total: 50%")
    assert holds(made, {"a": 25, "b": 0}, away="c")
    assert not holds(made, {"a": 24, "b": 0}, away="c")
    assert not holds(level("total: 26"), {"a": 25, "b": 0}, away="c")


def test_what_is_needed_is_told_as_it_was_written_and_what_there_is_stays_below_it() -> None:
    made = level("total: 66.67%")
    (lack,) = card(made, {"a": Fraction(50, 3), "b": 0, "c": 50}).levels[0].unmet
    told = Catalogue("en").render(unmet_message(lack, None))
    assert "66.67 %" in told
    assert "66.6 %" in told


def test_total_in_points_includes_the_bonus_and_in_percent_does_not() -> None:
    body = "categories:\n" + category("A", figure("a", 100)) + category("B", figure("b", 10), "bonus: true\nmax: 10")
    assert holds(level("total: 60", body), {"a": 55, "b": 5})
    assert not holds(level("total: 60%", body), {"a": 55, "b": 5})


def test_without_a_total_total_does_not_hold() -> None:
    for requires in ("total: 0", "total: 0%"):
        assert not holds(level(requires), away="a b c")
    assert holds(level("each_category: 50%"), away="a b c")


@rows(("a", "held"), [(24, False), (25, True)])
def test_each_category_in_percent(a: int, held: bool) -> None:
    assert holds(level("each_category: 50%"), {"a": a, "b": 0, "c": 50}) is held


def test_each_category_in_points() -> None:
    assert holds(level("each_category: 30"), {"a": 30, "b": 0, "c": 30})
    assert not holds(level("each_category: 30"), {"a": 30, "b": 0, "c": 29})


def test_each_category_looks_past_bonus_groups_and_those_without_a_share() -> None:
    body = BODY + category("D", figure("d"), "bonus: true\nmax: 5") + category("E", gate("g"))
    assert holds(level("each_category: 50%", body), {"a": 40, "b": 0, "d": 0, "g": True}, away="c")


def test_each_category_except() -> None:
    made = level("each_category: {min: 50%, except: [B]}")
    assert holds(made, {"a": 40, "b": 0, "c": 0})
    assert not holds(made, {"a": 0, "b": 0, "c": 50})


def test_each_category_only_where_at_least_half_of_its_points_apply() -> None:
    made = level("each_category: {min: 50%, where_applies: 50%}")
    assert holds(made, {"b": 0, "c": 50}, away="a")
    half = BODY.replace("points: 40", "points: 10")
    assert not holds(level("each_category: {min: 50%, where_applies: 50%}", half), {"b": 0, "c": 50}, away="a")


def test_each_category_looks_at_the_roots_groups_and_categories_at_any() -> None:
    inner = category("I", figure("a")) + category("J", figure("b"))
    body = "categories:\n- category: A\n  title: t\n  categories:\n" + "".join(
        f"    {line}\n" for line in inner.splitlines()
    )
    assert holds(level("each_category: 50%", body), {"a": 10, "b": 0})
    assert not holds(level("categories: {J: 50%}", body), {"a": 10, "b": 0})
    assert holds(level("categories: {I: 10}", body), {"a": 10, "b": 0})


@rows(("requires", "held"), [("A: 60%", True), ("A: 61%", False), ("A: 30", True), ("A: 31", False)])
def test_categories_in_points_or_percent(requires: str, held: bool) -> None:
    assert holds(level(f"categories: {{{requires}}}"), {"a": 30, "b": 0, "c": 0}) is held


def test_criteria_ask_for_least_points_as_the_file_counts_them() -> None:
    made = level("criteria: {b: 5}", "scoring: {not_applicable: redistribute}\n" + BODY)
    assert holds(made, {"a": 0, "b": 5, "c": 0})
    assert not holds(made, {"b": 4, "c": 0}, away="a")  # 4 of 10 has grown to 20 of 50


@rows("policy", ["exclude", "award", "zero", "redistribute", "forbid"])
@rows("requires", ["categories: {B: 60%}", "criteria: {c: 50}", "prerequisites: [g]"])
def test_what_does_not_apply_is_held_met(requires: str, policy: str) -> None:
    body = "facts: {f: {type: boolean, ask: q}}\n" + f"scoring: {{not_applicable: {policy}}}\n" + BODY.replace(
        "id: c,", "id: c, applies_if: f,"
    ) + category("G", gate("g", "applies_if: f"))  # fmt: skip
    if policy == "zero" and requires.startswith("categories"):
        return  # its points stay to be had: the category has a share, and it is 0
    assert holds(level(requires, body), {"a": 1, "b": 1}, facts={"f": False})


def test_any_of_counts_what_is_met_in_full_and_not_what_does_not_apply() -> None:
    made = level("any_of: {at_least: 2, of: [a, b, c]}", "scoring: {not_applicable: award}\n" + BODY)
    assert holds(made, {"a": 40, "b": 10, "c": 0})
    assert not holds(made, {"a": 40, "b": 9, "c": 0})
    assert not holds(made, {"a": 40, "b": 0}, away="c")


def test_several_any_of_must_all_hold() -> None:
    made = level("any_of: [{at_least: 1, of: [a, b]}, {at_least: 1, of: [b, c]}]")
    assert holds(made, {"a": 0, "b": 10, "c": 0})
    assert not holds(made, {"a": 40, "b": 0, "c": 0})


def test_any_of_may_name_prerequisites() -> None:
    made = level("prerequisites: none, any_of: {at_least: 1, of: [g, h]}", BODY + category("G", gate("g") + gate("h")))
    assert holds(made, {"g": True, "h": False})
    assert not holds(made, {"g": False, "h": False})


def findings(*kinds: str, closed: date | None = None, follows: str = "") -> tuple[Finding, ...]:
    return tuple(Finding("a", kind, "seen", closed=closed, follows=follows) for kind in kinds)  # type: ignore[arg-type]


def test_findings_count_those_of_a_severity_that_are_not_closed() -> None:
    made = level("findings: {major: 0, minor: 2}")
    assert holds(made)
    assert holds(made, findings=findings("minor", "minor", "observation"))
    assert not holds(made, findings=findings("major"))
    assert not holds(made, findings=findings("minor", "minor", "minor"))
    assert holds(made, findings=findings("major", closed=date(2026, 7, 14)))


def test_repeated_findings_are_those_of_the_last_visit_that_are_still_open() -> None:
    made = level("findings: {repeated: 1}")
    assert holds(made, findings=findings("major", "minor", "minor"))
    assert holds(made, findings=findings("observation", follows="F-1"))
    assert not holds(made, findings=findings("observation", "minor", follows="F-1"))
    assert holds(made, findings=findings("observation", "minor", follows="F-1", closed=date(2026, 7, 14)))
    both = card(level("findings: {major: 0, repeated: 0}"), findings=findings("major", follows="F-1"))
    assert [lack.subject for lack in both.levels[-1].unmet] == ["major", "repeated"]
    assert both.levels[-1].possible  # each can still be closed


def test_evidence_is_the_share_of_answered_criteria_that_list_it_with_a_verified_file() -> None:
    listed = "categories:\n" + category(
        "A", figure("a", keys="evidence: [photo]") + figure("b", keys="evidence: [photo]") + figure("c")
    )
    made = level("evidence: 50%", listed)
    assert holds(made, {"a": 1, "b": 1, "c": 1}, evidence={"a": True})
    assert not holds(made, {"a": 1, "b": 1, "c": 1}, evidence={"a": False, "b": False, "c": True})
    assert holds(level("evidence: 100%", listed), {"a": 1, "c": 1}, away="b", evidence={"a": True})
    assert not holds(level("evidence: 51%", listed), {"a": 1, "b": 1, "c": 1}, evidence={"a": True})


def test_evidence_holds_where_nothing_that_lists_it_applies() -> None:
    listed = "categories:\n" + category("A", figure("a", keys="evidence: [photo]") + figure("b"))
    assert holds(level("evidence: 100%", listed), {"b": 1}, away="a")


def test_complete_is_nothing_left_open() -> None:
    assert not holds(level("complete: true"), {"a": 1, "b": 1})
    assert holds(level("complete: true"), {"a": 1, "b": 1, "c": 0})
    assert holds(level("complete: true"), {"a": 1, "b": 1}, away="c")
    assert holds(level("complete: false"))


GATED = BODY + category("G", gate("g") + gate("h"))


@rows(
    ("requires", "answers", "held"),
    [
        ("total: 0", {"g": True, "h": True}, True),
        ("total: 0", {"g": True, "h": False}, False),
        ("total: 0", {"g": True}, False),
        ("prerequisites: all", {"g": True, "h": False}, False),
        ("prerequisites: [g]", {"g": True, "h": False}, True),
        ("prerequisites: [h]", {"g": True, "h": False}, False),
        ("prerequisites: []", {"g": False, "h": False}, True),
        ("prerequisites: none", {"g": False, "h": False}, True),
    ],
)
def test_all_prerequisites_are_implied_unless_some_or_none_are_named(
    requires: str, answers: dict[str, Any], held: bool
) -> None:
    assert holds(level(requires, GATED), answers) is held


def test_a_failed_prerequisite_blocks_every_level() -> None:
    levels = "levels: [{id: one, title: t}, {id: two, title: t, requires: {total: 90}}]\n"
    scorecard = card(scheme(GATED + levels), {"a": 40, "b": 10, "c": 50, "g": False, "h": True})
    assert of(scorecard, "total level stars") == [100, None, 0]


RENEWAL = "facts: {renewal: {type: number, ask: q}}\n"


@rows(("renewal", "held"), [(0, True), (1, True), (2, False), (None, False)])
def test_when_says_what_the_words_cannot_and_an_unknown_when_does_not_hold(renewal: int | None, held: bool) -> None:
    made = level("when: total >= 60 + 10 * renewal", RENEWAL + BODY)
    facts = {} if renewal is None else {"renewal": renewal}
    assert holds(made, {"a": 30, "b": 0, "c": 40}, facts=facts) is held


def test_when_divided_by_zero_does_not_hold_even_at_best() -> None:
    scorecard = card(level("when: 1 / renewal > 0", RENEWAL + BODY), {"a": 1}, facts={"renewal": 0})
    assert of(scorecard, "level best.level") == [None, None]


def test_because_is_the_sentence_of_a_when() -> None:
    made = level("when: total > 200, because: Too little of everything")
    (lack,) = card(made).levels[0].unmet
    assert lack.requirement == "when"
    assert Catalogue("en").render(unmet_message(lack, None)) == "Too little of everything"


# -- the level reached -------------------------------------------------------------------------------------------

STARS = BODY + (
    "levels:\n"
    "- {id: one, title: t, stars: 1, requires: {total: 50}}\n"
    "- {id: two, title: t, stars: 2, requires: {total: 60, criteria: {b: 5}}}\n"
    "- {id: three, title: t, stars: 3, requires: {total: 80, criteria: {b: 10}}}\n"
)


@rows(
    ("answers", "reached", "stars"),
    [
        ({"a": 40, "b": 10, "c": 50}, "three", 3),
        ({"a": 40, "b": 9, "c": 50}, "two", 2),
        ({"a": 40, "b": 4, "c": 50}, "one", 1),
        ({"a": 0, "b": 10, "c": 40}, "one", 1),
        ({"a": 0, "b": 0, "c": 0}, None, 0),
    ],
)
def test_failing_a_gate_of_a_higher_level_leaves_the_next_lower_one_that_holds(
    answers: dict[str, Any], reached: str | None, stars: int
) -> None:
    scorecard = card(scheme(STARS), answers)
    assert of(scorecard, "level stars") == [reached, stars]


def test_the_level_reached_is_the_highest_whose_requirements_hold_even_where_a_lower_one_does_not() -> None:
    levels = (
        "levels: [{id: low, title: t, requires: {criteria: {b: 5}}}, {id: high, title: t, requires: {total: 50}}]\n"
    )
    assert card(scheme(BODY + levels), {"a": 40, "b": 0, "c": 50}).level == "high"
    tied = levels.replace("{total: 50}", "{total: 50, level: low}")
    assert card(scheme(BODY + tied), {"a": 40, "b": 0, "c": 50}).level is None


@rows(
    ("answers", "following"),
    [
        ({"a": 0, "b": 0, "c": 0}, "one"),
        ({"a": 0, "b": 10, "c": 40}, "two"),
        ({"a": 40, "b": 9, "c": 50}, "three"),
        ({"a": 40, "b": 10, "c": 50}, None),
    ],
)
def test_the_next_level_is_the_one_above_that_reached(answers: dict[str, Any], following: str | None) -> None:
    level_after = card(scheme(STARS), answers).next_level
    assert (level_after.id if level_after is not None else None) == following


def test_a_lower_level_that_does_not_hold_is_not_the_next() -> None:
    levels = "levels: [" + ", ".join(
        f"{{id: {name}, title: t, requires: {requires}}}"
        for name, requires in (("low", "{criteria: {b: 5}}"), ("high", "{total: 50}"), ("top", "{total: 95}"))
    )
    result = card(scheme(f"{BODY}{levels}]\n"), {"a": 40, "b": 0, "c": 50})
    assert result.level == "high"
    assert result.next_level is not None
    assert result.next_level.id == "top"


def test_level_asks_that_a_lower_level_holds() -> None:
    levels = (
        "levels:\n- {id: low, title: t, requires: {criteria: {b: 5}}}\n- {id: mid, title: t, requires: {total: 90}}\n"
        "- {id: high, title: t, requires: {level: low}}\n"
    )
    assert card(scheme(BODY + levels), {"a": 0, "b": 5, "c": 0}).level == "high"
    assert card(scheme(BODY + levels), {"a": 0, "b": 4, "c": 0}).level is None


def test_for_each_level_what_is_unmet_is_listed_with_needed_actual_and_what_could_close_it() -> None:
    scorecard = card(scheme(STARS), {"a": 10, "b": 4})
    assert [(level_result.id, level_result.holds, level_result.possible) for level_result in scorecard.levels] == [
        ("one", False, True),
        ("two", False, False),
        ("three", False, False),
    ]
    total, criterion = scorecard.levels[1].unmet
    assert of(total, "requirement needed actual percent") == ["total", 60, 14, False]
    assert total.criteria == ("c", "a", "b")  # what is open first, then the largest gain
    assert of(criterion, "requirement subject needed actual criteria") == ["criteria", "b", 5, 4, ("b",)]


def test_every_requirement_that_fails_is_listed_at_once() -> None:
    requires = (
        "total: 50, each_category: 50%, categories: {A: 50%}, criteria: {a: 1}, any_of: {at_least: 1, of: [a]}, "
        "findings: {major: 0}, evidence: 90%, complete: true, when: total > 90"
    )
    body = GATED.replace("id: b,", "id: b, evidence: [photo],")
    made = level(requires, body)
    scorecard = card(made, {"b": 1}, findings=findings("major"))
    keys = "any_of categories complete criteria each_category evidence findings prerequisites total when"
    assert sorted(set(unmet(scorecard))) == keys.split()
    for lack in scorecard.levels[0].unmet:
        for language in LANGUAGES:
            assert Catalogue(language).render(unmet_message(lack, None))


def test_an_actual_figure_never_seems_to_reach_what_it_misses() -> None:
    (lack,) = card(level("total: 60"), {"a": Fraction("9.9999"), "b": 0, "c": 50}).levels[0].unmet
    assert Catalogue("en").render(unmet_message(lack, None)) == "total 59.99, needed 60"


# -- lighthouse, rank keys ---------------------------------------------------------------------------------------

LIGHT = BODY + (
    "levels: [{id: l, title: t, requires: {total: 50}}]\n"
    "lighthouse:\n"
    "  requires: {level: l, categories: {A: 75%}, findings: {major: 0, minor: 0}}\n"
    "  rank_by:\n"
    "    - total\n"
    '    - {id: both, of: \'points("A") + points("B")\', title: t}\n'
    "    - {id: share, of: 'share(\"B\")', title: t}\n"
    "    - {id: least_excluded, of: -not_applicable_points, title: t}\n"
)


def test_a_lighthouse_uses_the_words_of_levels() -> None:
    scorecard = card(scheme(LIGHT), {"a": 40, "b": 0, "c": 20})
    assert of(scorecard, "lighthouse lighthouse_unmet") == [True, ()]
    dim = card(scheme(LIGHT), {"a": 20, "b": 0, "c": 20}, findings=findings("minor"))
    assert not dim.lighthouse
    assert [lack.requirement for lack in dim.lighthouse_unmet] == ["level", "categories", "findings"]


def test_rank_keys_are_figures_of_the_result() -> None:
    scorecard = card(scheme(LIGHT), {"a": 40, "b": 0, "c": 20})
    assert scorecard.keys == {"total": 60, "both": 60, "share": Fraction(2, 5), "least_excluded": 0}


def test_rank_keys_are_as_they_stand_now_even_where_something_is_open() -> None:
    scorecard = card(scheme(LIGHT), {"a": 40}, away="b")
    assert scorecard.keys == {"total": 40, "both": 40, "share": 0, "least_excluded": -10}


def test_an_unknown_rank_key_is_null() -> None:
    assert card(scheme(LIGHT), {"a": 40, "b": 0}, away="c").keys["share"] is None


def test_rank_by_is_the_total_unless_said_otherwise() -> None:
    assert card(scheme(BODY), {"a": 40}).keys == {"total": 40}


def test_a_lighthouse_that_requires_nothing_in_particular_still_needs_its_prerequisites() -> None:
    gated = scheme(GATED + "lighthouse: {requires: {}}\n")
    assert card(gated, {"g": True, "h": True}).lighthouse
    assert not card(gated, {"g": True, "h": False}).lighthouse


@rows("lighthouse", ["", "lighthouse: {}\n", "lighthouse: {rank_by: [total]}\n"])
def test_nobody_is_a_candidate_where_the_scheme_names_no_rule_for_it(lighthouse: str) -> None:
    result = card(scheme(GATED + lighthouse), {"g": True, "h": True})
    assert not result.lighthouse
    assert [lack.requirement for lack in result.lighthouse_unmet] == ["lighthouse_rule"]
    for language in LANGUAGES:
        assert Catalogue(language).render(unmet_message(result.lighthouse_unmet[0], None))
