"""The sign of an outcome: filled, half filled, hollow, dashed."""

from typing import Any

from greenstar.reports.svg.drawing import element, picture
from greenstar.scoring.scorecard import Outcome


def mark(outcome: Outcome, says: str) -> str:
    """The sign, with the outcome in words; without words where they stand beside it."""
    ring: dict[str, Any] = {"cx": 6, "cy": 6, "r": 4.4, "fill": "none", "stroke_width": 1.3}
    match outcome:
        case Outcome.MET:
            parts = [element("circle", cx=6, cy=6, r=5, fill="green")]
        case Outcome.PARTLY_MET:
            half = element("path", d="M6 1.6a4.4 4.4 0 0 0 0 8.8z", fill="gold")
            parts = [element("circle", stroke="gold", **ring), half]
        case Outcome.NOT_MET:
            parts = [element("circle", stroke="rust", **ring)]
        case _:
            parts = [element("circle", stroke="mute", stroke_dasharray="2 1.6", **ring)]
    return picture((0, 0, 12, 12), says, parts, css_class="mark")
