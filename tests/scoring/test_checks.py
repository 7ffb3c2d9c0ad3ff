"""Section 2: checks over the answers, and figures outside what is usual."""

from fractions import Fraction
from typing import Any

from greenstar.scoring.checks import complaints
from tests.builders import scheme_of, visit
from tests.rows import rows

WASH = scheme_of(
    """
    - id: WAT-06
      title: t
      points: 3
      questions:
        fresh: {type: number, ask: q, min: 0}
        used: {type: number, ask: q, min: 0, plausible: [100, 5000]}
      checks:
        - {refuse: fresh > used, because: Fresh water cannot exceed all wash water}
        - {warn: 1 - fresh / used > 0.95, because: Unusually high}
      score: {of: 1 - fresh / used}
    """
)


@rows(
    ("answers", "told"),
    [
        ({"fresh": 120, "used": 900}, []),
        ({"fresh": 901, "used": 900}, [(True, ("fresh", "used"))]),
        ({"fresh": 900, "used": 900}, []),
        ({"fresh": 1, "used": 900}, [(False, ("fresh", "used"))]),
        ({"fresh": 50, "used": 90}, [(False, ("used",))]),
        ({"fresh": 901}, []),
        ({"fresh": 0, "used": 0}, [(False, ("used",))]),
        ({}, []),
    ],
)
def test_refuse_stops_warn_asks_and_what_is_unknown_does_nothing(
    answers: dict[str, Any], told: list[tuple[bool, tuple[str, ...]]]
) -> None:
    assert [(complaint.refuse, complaint.questions) for complaint in complaints(WASH, visit(answers))] == told


@rows(("value", "warned"), [("99.9", True), ("100", False), ("5000", False), ("5000.1", True)])
def test_outside_what_is_plausible_is_a_warning(value: str, warned: bool) -> None:
    warnings = complaints(WASH, visit({"fresh": Fraction(value) / 2, "used": Fraction(value)}))
    assert [complaint.refuse for complaint in warnings] == ([False] if warned else [])


def test_a_criterion_that_does_not_apply_is_not_checked() -> None:
    assert complaints(WASH, visit({"fresh": 901, "used": 900}, away="WAT-06")) == []
