"""Witnesses: a visit that reaches each level. Warnings: what nobody reaches, and what can never matter."""

from pathlib import Path

import pytest

from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import complaints
from greenstar.scoring.reachability import Reach, reach
from greenstar.scoring.score import score
from greenstar.services.schemes.check import check
from greenstar.services.schemes.sample_visits import save_sample_visits
from greenstar.services.visit.answers_files import open_answers
from tests.builders import category, figure, gate, scheme, scheme_of
from tests.remembering import reach as remembered
from tests.rows import rows
from tests.scheme.plain_yaml import TEST_SCHEMES

LEVELS = "levels:\n- {id: low, title: Low, requires: {total: 30%}}\n- {id: high, title: High, requires: {total: 90%}}\n"
YES = "- {id: A-1, title: t, points: 1, type: boolean, ask: q}\n"


@pytest.fixture(scope="module")
def shipped() -> Reach:
    """What the search comes to for the scheme that ships: searched once for all tests."""
    return remembered(read_scheme(SHIPPED_SCHEME))


def unmet(under: Scheme) -> list[str]:
    """The levels without a witness. Every visit that there is must hold: nothing refused, and its level reached."""
    reached = reach(under)
    for level, visit in reached.levels.items():
        if visit is not None:
            assert next(held.holds for held in score(under, visit).levels if held.id == level)
            assert not [complaint for complaint in complaints(under, visit) if complaint.refuse]
    return [level for level, visit in reached.levels.items() if visit is None]


def warnings(under: Scheme) -> list[str]:
    """The warnings by their catalogue keys; each has a place in the file."""
    problems = reach(under).warnings
    assert all(problem.mark.file.endswith("scheme.yaml") and problem.mark.line > 4 for problem in problems)
    return [problem.message.key.removeprefix("check.") for problem in problems]


# -- witnesses ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_level_of_the_shipped_scheme_is_reached_and_is_the_highest_one(shipped: Reach) -> None:
    assert shipped.warnings == []
    for level, visit in shipped.levels.items():
        assert visit is not None
        assert score(read_scheme(SHIPPED_SCHEME), visit).level == level


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(TEST_SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_level_of_every_published_system_is_reached(path: Path) -> None:
    assert unmet(read_scheme(path)) == []


@pytest.mark.slow
def test_the_same_scheme_always_gives_the_same_witnesses(shipped: Reach) -> None:
    again = reach(read_scheme(SHIPPED_SCHEME))
    assert {level: visit.answers for level, visit in shipped.levels.items() if visit} == {
        level: visit.answers for level, visit in again.levels.items() if visit
    }


def test_a_witness_gives_only_answers_to_what_is_asked() -> None:
    under = scheme_of(
        """
        - id: A-1
          title: t
          points: 1
          questions:
            none_kept: {type: boolean, ask: q}
            litres: {type: number, ask: q, min: 0, max: 9, ask_if: not none_kept}
          score: {of: 1 if none_kept else 0}
        """,
        header=LEVELS,
    )
    visit = reach(under).levels["high"]
    assert visit is not None
    assert visit.answers == {"none_kept": True}


def test_numbers_that_only_fit_together_are_found() -> None:
    under = scheme_of(
        """
        - id: A-1
          title: t
          points: 3
          questions:
            fresh_m3: {type: number, min: 0, max: 9000, ask: q}
            total_m3: {type: number, min: 100, max: 9000, ask: q}
          checks: [{refuse: fresh_m3 > total_m3, because: no}, {refuse: fresh_m3 < 10, because: no}]
          score: {of: 1 - fresh_m3 / total_m3, unit: "%", at_least: {60%: 1, 80%: 2, 99%: 3}}
        """,
        header=LEVELS,
    )
    assert unmet(under) == []


def test_a_level_that_needs_a_store_of_another_kind_is_found() -> None:
    facts = "facts: {has_wash: {type: boolean, ask: q}}\n"
    body = (
        YES
        + "- {id: A-2, title: t, points: 9, type: number, ask: q, min: 0, max: 2, applies_if: has_wash, score: {}}\n"
    )
    assert unmet(scheme_of(body, header=facts + LEVELS)) == []


def test_a_level_that_needs_a_criterion_marked_as_not_applicable_is_found() -> None:
    body = YES + "- {id: A-2, title: t, points: 9, type: number, ask: q, min: 0, max: 2, score: {}}\n"
    assert unmet(scheme_of(body, header=LEVELS)) == []
    assert unmet(scheme_of(body, header=LEVELS + "scoring: {not_applicable: forbid}\n")) == ["high"]


def test_a_level_that_lists_its_own_criteria_is_found_as_the_highest() -> None:
    gates = "".join(gate(name) for name in ("P-1", "P-2", "G-1"))
    levels = """
    levels:
      - {id: passing, title: t, requires: {prerequisites: [P-1, P-2]}}
      - {id: gold, title: t, requires: {level: passing, prerequisites: [G-1], complete: true}}
    """
    under = scheme(levels.replace("\n    ", "\n") + "categories:\n" + category("A", gates + YES))
    assert unmet(under) == []
    visit = reach(under).levels["passing"]
    assert visit is not None


def test_a_level_that_contradicts_itself_is_a_warning_and_not_an_error() -> None:
    levels = "levels: [{id: odd, title: Odd, requires: {total: 90%, when: total < 1}}]\n"
    under = scheme_of(YES, header=levels)
    assert unmet(under) == ["odd"]
    assert warnings(under) == ["no_witness"]


def test_a_level_of_verified_evidence_is_reached() -> None:
    levels = "levels: [{id: proven, title: t, requires: {total: 90%, evidence: 100%}}]\n"
    body = "- {id: A-1, title: t, points: 1, type: boolean, ask: q, evidence: [Photo]}\n"
    assert unmet(scheme_of(body, header=levels)) == []


def test_texts_and_dates_that_rules_name_are_found() -> None:
    under = scheme_of(
        """
        - id: A-1
          title: t
          points: 1
          questions:
            grade: {type: text, ask: q, min: 3}
            tested: {type: date, ask: q}
          score: {of: 1 if grade == "gold" and tested >= "2026-05-01" else 0}
        """,
        header=LEVELS,
    )
    assert unmet(under) == []


@pytest.mark.slow
def test_a_scheme_of_a_thousand_criteria_is_searched_too() -> None:
    body = "".join(figure(f"A-{number}", 10, "min: 0, max: 10") for number in range(1000))
    assert unmet(scheme_of(body, header=LEVELS)) == []


@pytest.mark.slow
def test_saved_witnesses_are_answers_files_that_reach_their_levels(tmp_path: Path) -> None:
    checked = check(SHIPPED_SCHEME)
    assert checked.scheme is not None
    files = save_sample_visits(checked, tmp_path / "made")
    assert list(files) == [level.id for level in checked.scheme.levels]
    for level, path in files.items():
        (file,) = open_answers([path], lambda _name, _base: read_scheme(SHIPPED_SCHEME))
        assert score(file.scheme, file.visit).level == level


# -- warnings ----------------------------------------------------------------------------------------------------


def test_a_sound_scheme_has_no_warnings() -> None:
    assert warnings(scheme_of(YES, header=LEVELS)) == []


NUMBER = "type: number, points: 2, "
OPTIONS = "options: {a: {label: a, points: 0}, b: {label: b, points: 1}}"
SAME = "options: {a: {label: a, points: 1}, b: {label: b, points: 1}}"


@rows(
    ("criterion", "expected"),
    [
        ("points: 0, type: boolean", ["worth_nothing"]),
        ("points: 1, type: boolean, applies_if: 1 > 2", ["always_false", "never_applies"]),
        ("points: 1, type: boolean, applies_if: share_ok >= 0", ["always_true"]),
        ("points: 1, type: boolean, applies_if: share_ok > 0", []),
        (NUMBER + "min: 5, max: 9, score: {at_least: {5: 2}}", ["changes_nothing"]),
        (NUMBER + "min: 0, max: 9, score: {at_least: {5: 1, 10: 2}}", ["never_in_full", "step_unreached"]),
        (NUMBER + "min: 6, max: 9, score: {at_least: {5: 1, 6: 2}}", ["changes_nothing", "step_unreached"]),
        (NUMBER + "min: 6, max: 9, score: {at_most: {5: 2, 8: 1}}", ["never_in_full", "step_unreached"]),
        (NUMBER + "min: 0, max: 9, score: {at_most: {5: 2, 9: 1, 12: 0}}", ["step_unreached"]),
        (NUMBER + "min: 0, max: 9, score: {linear: {0: 0, 9: 2}}", []),
        (NUMBER + "min: 0, max: 9, score: {linear: {0: 0, 9: 1, 12: 2}}", ["never_in_full", "step_unreached"]),
        (NUMBER + "min: 0, max: 1, score: {}", ["never_in_full"]),
        (NUMBER + "min: 1, score: {at_least: {5: 2}}", []),
        ("points: 2, type: choice, " + SAME, ["changes_nothing"]),
        ("points: 3, type: multiple, " + SAME, ["never_in_full"]),
        (
            'points: 1, type: choice, checks: [{refuse: answer("A-1") == "b", because: no}], ' + OPTIONS,
            ["option_refused"],
        ),
        ('points: 1, type: boolean, checks: [{refuse: not answer("A-1"), because: no}]', ["option_refused"]),
        ("points: 1, type: boolean, checks: [{warn: 2 > 1, because: no}]", ["always_true"]),
        ("prerequisite: true, type: boolean, met_if: 1 > 2", ["always_false"]),
    ],
)
def test_what_can_never_matter_is_told(criterion: str, expected: list[str]) -> None:
    header = 'facts: {share_ok: {type: number, unit: "%", ask: q}}\n'
    told = warnings(scheme_of(f"- {{id: A-1, title: t, ask: q, {criterion}}}", header=header))
    assert sorted(told) == expected


def test_a_named_quantity_carries_the_bounds_of_its_questions() -> None:
    header = "facts: {roof_m2: {type: number, min: 10, max: 100, ask: q}}\n"
    header += "values: {rain_m3: {of: roof_m2 * 2, title: Rain}}\n"
    body = "- {id: A-1, title: t, points: 1, type: boolean, ask: q, applies_if: rain_m3 > 200}\n"
    assert sorted(warnings(scheme_of(body, header=header))) == ["always_false", "never_applies"]


@rows(("when", "expected"), [("total < 0", ["always_false", "no_witness"]), ("total >= 100", [])])
def test_a_level_that_no_total_reaches_is_told(when: str, expected: list[str]) -> None:
    header = f"scoring: {{points: 100}}\nlevels: [{{id: one, title: One, requires: {{when: {when}}}}}]\n"
    assert sorted(warnings(scheme_of(YES, header=header))) == expected


# -- unknown for good --------------------------------------------------------------------------------------------

WASH = "facts: {has_wash: {type: boolean, ask: q}}\n"
RECYCLING = (
    "- {id: W, title: t, points: 4, applies_if: has_wash, questions: {recycles: {type: boolean, ask: q}, "
    "fresh: {type: number, min: 1, max: 9, ask: q, ask_if: recycles}}, "
    "score: {of: fresh if recycles else 0, at_most: {5: 4}}}\n"
)


@rows(
    ("criterion", "warned"),
    [
        ("score: {of: fresh / 2}", True),
        ("applies_if: has_wash, score: {of: fresh / 2}", True),
        ("applies_if: has_wash and recycles, score: {of: fresh / 2}", False),
        ("applies_if: recycles, score: {of: 4 if recycles else 0}", True),
        ("score: {of: fresh / 2 if has_wash else 1}", False),
        ("applies_if: fresh > 2, type: boolean, ask: q", False),
    ],
)
def test_a_rule_that_needs_an_answer_which_some_are_never_asked_for_is_told(criterion: str, warned: bool) -> None:
    made = scheme_of(RECYCLING + f"- {{id: X, title: t, points: 4, {criterion}}}\n", WASH)
    assert ("may_stay_unknown" in warnings(made)) is warned


def test_a_level_that_needs_such_an_answer_is_told() -> None:
    made = scheme_of(RECYCLING, WASH + "levels: [{id: l, title: t, requires: {when: fresh < 5}}]\n")
    assert "may_stay_unknown" in warnings(made)
