"""The score, the rule of a criterion and what is left, drawn in lines."""

from datetime import date
from fractions import Fraction

from textual.content import Content

from greenstar.assessment.model import Finding
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.gates import gates_of, open_ends
from greenstar.tui import glyphs
from greenstar.tui.common.score_lines import end_lines, group_lines, next_lines, score_of, total_lines
from greenstar.tui.visit.outline_filter import OutlineFilter
from greenstar.tui.visit.outline_lines import leaf_line
from greenstar.tui.visit.rule_line import rule_lines
from tests.builders import card, category, figure, gate, scheme, scheme_of, visit
from tests.tui.conftest import Open

EN, WIDTH = Catalogue("en"), 40
LEVELS = """
levels:
  - {id: one, title: One, stars: 1, requires: {total: 12, each_category: {min: 50%, except: [C]}, categories: {B: 8}}}
categories:
"""
THREE = scheme(LEVELS + "".join(category(name, figure(name.lower())) for name in "ABC"))


def styles(line: Content) -> set[str]:
    return {str(span.style) for span in line.spans}


def test_the_gates_of_a_level_are_shares_and_the_higher_of_two_holds() -> None:
    gates = gates_of(THREE, card(THREE, {"a": 10}), "one")
    assert gates.total == Fraction(12, 30)
    assert gates.groups == {"A": Fraction(1, 2), "B": Fraction(8, 10)}


def test_a_category_that_hardly_applies_has_no_gate() -> None:
    where = "levels: [{id: one, title: One, requires: {each_category: {min: 50%, where_applies: 60%}}}]\n"
    under = scheme_of(figure("a") + figure("b", keys="not_applicable: exclude"), where)
    assert list(gates_of(under, card(under, {"a": 10}), "one").groups) == ["A"]
    assert gates_of(under, card(under, {"a": 10}, away="b"), "one").groups == {}


def test_a_category_below_its_gate_has_failed_only_once_nothing_in_it_is_open() -> None:
    def of_b(answers: dict[str, int]) -> Content:
        return list(group_lines(score_of(THREE, card(THREE, answers)), EN, WIDTH))[1]

    assert "$error" not in styles(of_b({"a": 10}))
    assert "bold $error" in styles(of_b({"a": 10, "b": 7}))
    assert "$error" not in styles(of_b({"a": 10, "b": 8}))
    assert glyphs.GATE.mark in of_b({"a": 10}).plain


def test_all_lines_are_as_wide_as_the_column_in_both_sets_of_signs() -> None:
    for signs in reversed(glyphs.SETS):
        glyphs.use(signs)
        score = score_of(THREE, card(THREE, {"a": 4, "b": 10}))
        for width in (20, 31, 46, 60):
            first, line, possible = total_lines(score, EN, width)
            groups = list(group_lines(score, EN, width))
            lacks = list(next_lines(THREE, score.result.next_level, EN, width))
            assert {part.cell_length for part in (first, line, possible, *groups)} == {width}
            assert max(part.cell_length for part in lacks) <= width


def test_nothing_is_possible_any_more_in_a_sealed_visit_or_once_all_is_answered() -> None:
    begun, done = card(THREE, {"a": 4}), card(THREE, {"a": 4, "b": 4, "c": 4})
    assert len(list(total_lines(score_of(THREE, begun), EN, WIDTH))) == 3
    assert len(list(total_lines(score_of(THREE, begun, sealed=True), EN, WIDTH))) == 2
    assert len(list(total_lines(score_of(THREE, done), EN, WIDTH))) == 2


def test_open_findings_are_counted_by_severity_and_evidence_by_criteria_that_list_some() -> None:
    under = scheme_of(figure("a", keys="evidence: [photo]") + figure("b", keys="evidence: [photo]") + figure("c"))
    closed = Finding("a", "major", "x", closed=date(2026, 5, 1))
    answered = visit(
        {"a": 1}, evidence={"a": True, "b": False, "c": True}, findings=(Finding("a", "minor", "y"), closed)
    )
    ends = open_ends(under, answered, card(under, {"a": 1}))
    assert (ends.findings, ends.proved, ends.listing) == ({"minor": 1}, 1, 2)
    first, evidence = (line.plain for line in end_lines(ends, EN, WIDTH))
    assert first.endswith(f"{glyphs.MINOR.mark} 1 minor")
    assert evidence.endswith("1/2")


async def test_the_score_fits_its_column_however_the_window_grows(screen: Open) -> None:
    async with screen("WX-001", size=(80, 24)) as driver:
        for size in ((120, 36), (200, 60), (155, 30)):
            await driver.pilot.resize_terminal(*size)
            await driver.rest()
            panel = driver.visit.view.score_panel
            assert f"90 of 100{' ' * 3}" in driver.shown
            assert driver.line("90 of 100").rstrip(f"{glyphs.STAR.mark} ││").endswith("Three stars")
            assert panel.virtual_size.width == panel.size.width


RULE = "- {{id: a, title: t, points: 3, type: number, ask: q, score: {{unit: {unit}, {steps}}}}}\n"


def rule(unit: str, steps: str, value: object = None) -> list[str]:
    under = scheme_of(RULE.format(unit=unit, steps=steps))
    result = card(under, {} if value is None else {"a": value})
    return [line.plain for line in rule_lines(under, result.criteria["a"], EN, WIDTH)]


def test_the_value_of_a_rule_stands_on_a_line_with_its_steps() -> None:
    steps = "at_most: {15: 3, 30: 2, 40: 1}"
    line, labels = rule("L", steps, 17)
    assert line.endswith(" 17 L")
    assert line.count(glyphs.GATE.mark) == 3
    assert labels.split() == ["15→3", "30→2", "40→1"]
    assert len(rule("L", steps)) == 2  # nothing jumps as the first digit is typed
    assert rule("L", steps)[0].endswith(f" {glyphs.NOT_APPLICABLE.mark}")
    line, labels = rule('"%"', "at_least: {60%: 1, 80%: 2, 90%: 3}", Fraction(867, 1000))
    assert line.endswith(" 86.7 %")
    assert "90 %→3" in labels


def test_a_rule_without_steps_or_unit_has_no_line() -> None:
    under = scheme_of(figure("a") + gate("b"))
    scores = card(under, {"a": 1}).criteria.values()
    assert [line for score in scores for line in rule_lines(under, score, EN, WIDTH)] == []


def test_in_the_tree_a_criterion_of_which_some_is_answered_looks_different_from_an_open_one() -> None:
    marks = OutlineFilter(THREE)
    marks.card, marks.begun = card(THREE, {"a": 4}), {"a", "b"}
    lines = {name: leaf_line(marks, EN, name, 26, here=False).plain for name in ("a", "b", "c")}
    assert [glyph.mark in lines[name] for name, glyph in (("b", glyphs.BEGUN), ("c", glyphs.OPEN))] == [True, True]
    assert glyphs.PARTLY.mark in lines["a"]
    assert {len(line) for line in lines.values()} == {26}
