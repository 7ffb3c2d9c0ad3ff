"""A level is explained by each of its requirements, with what it needs and what there is, whether it holds or not."""

from typing import Any

import pytest

from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.tree import explain
from greenstar.scoring.score import score
from tests.builders import category, figure, gate, scheme, visit

GATES = gate("p") + gate("q", "applies_if: has_wash")
BODY = (
    "facts: {has_wash: {type: boolean, ask: q}}\ncategories:\n"
    + category("A", figure("a", 40, "evidence: [photo]") + GATES)
    + category("B", figure("b", 60))
)
LEVELS = """
levels:
  - {id: low, title: Low, stars: 1, requires: {prerequisites: none}}
  - id: high
    title: High
    stars: 2
    requires:
      level: low
      total: 50
      each_category: 25%
      criteria: {a: 10}
      any_of: {at_least: 1, of: [a, b]}
      findings: {major: 0, repeated: 2}
      evidence: 50%
      complete: true
      when: total > 40
"""
ANSWERS = {"a": 40, "b": 20, "p": True}


@pytest.fixture(scope="module")
def small() -> Scheme:
    """A scheme with a level that asks for everything."""
    return scheme(BODY + LEVELS)


def lines(under: Scheme, level: str, answers: dict[str, Any], **visit_parts: Any) -> list[str]:
    """The lines under a level, in English."""
    made = visit(answers, **visit_parts)
    whole = explain(under, made, score(under, made))
    (part,) = [part for part in whole.parts if part.subject == level]
    return [Catalogue("en").render(requirement.line) for requirement in part.parts]


def test_a_level_that_holds_says_each_requirement_with_what_it_needs_and_what_there_is(small: Scheme) -> None:
    assert lines(small, "high", ANSWERS, facts={"has_wash": False}, evidence={"a": True}) == [
        "✓ Low reached",
        "✓ total 60, needed 50",
        "✓ t (A) 100 %, needed 25 %",
        "✓ t (B) 33.3 %, needed 25 %",
        "✓ a t: 40, needed 10",
        "✓ 1 of the listed criteria met in full, needed 1",
        "✓ open major findings: 0, at most 0 allowed",
        "✓ open findings taken over from the last visit: 0, at most 2 allowed",
        "✓ criteria with verified evidence 100 %, needed 50 %",
        "✓ criteria still open: 0",
        "✓ prerequisite met: p t",
        "✓ prerequisite that does not apply: q t",
        "✓ the rule holds: total > 40",
    ]


def test_a_level_that_does_not_hold_says_which_of_them_are_lacking(small: Scheme) -> None:
    told = lines(small, "high", {**ANSWERS, "b": 10}, facts={"has_wash": True}, evidence={"a": True})
    assert [line for line in told if line.startswith("✗")] == [
        "✗ t (B) 16.7 %, needed 25 %",
        "✗ criteria still open: 1",
        "✗ prerequisite not met: q t",
    ]
    assert "✓ total 50, needed 50" in told
    assert len(told) == 13


def test_a_level_that_asks_for_nothing_has_nothing_to_say(small: Scheme) -> None:
    assert lines(small, "low", {}) == []
