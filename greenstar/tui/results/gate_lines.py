"""What a level asks for as lines: the total and each category against its gate, and how far one requirement is."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.gates import gates_of
from greenstar.reports.views.requirements import RequirementView
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.lines import both_ends
from greenstar.tui.common.score_lines import group_lines, score_of, since_line

_AT_LEAST = ("total", "each_category", "categories", "evidence")


def gate_lines(visit: OpenVisit, level: str, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """The total and the categories of a visit, each against the gate of this level."""
    score = score_of(visit.scheme, visit.scorecard, visit.previous, sealed=visit.read_only)
    score = replace(score, gates=gates_of(visit.scheme, visit.scorecard, level))
    total, gate = visit.scorecard.share, score.gates.total
    if total is not None:
        of_all = catalogue.say("tui.total_of", total=score.result.total.text, available=score.result.available.text)
        yield both_ends(
            Content.styled(catalogue.say("checklist.gate_total"), "bold"), Content.styled(of_all, "bold"), width
        )
        yield _line(total, gate, width)
        yield Content("")
    yield from group_lines(score, catalogue, width)
    if visit.previous is not None and visit.previous.shares:
        yield since_line(visit.previous, catalogue)


def _line(share: Fraction, gate: Fraction | None, width: int) -> Content:
    falls_short = gate is not None and share < gate
    return share_line(
        float(share),
        width,
        "$error" if falls_short else "$success",
        gate=None if gate is None else float(gate),
        gate_style="$error" if falls_short else "$foreground",
    )


def requirement_line(view: RequirementView, card: Scorecard, width: int) -> Content:
    """How far a requirement is that asks for a share at least; nothing for others."""
    needed, actual = view.needed.value, view.actual.value
    if view.requirement not in _AT_LEAST or needed is None or actual is None:
        return Content("")
    if view.needed.percent:
        return _line(actual, needed, width)
    if view.requirement == "total" and card.available:
        return _line(actual / card.available, needed / card.available, width)
    return Content("")
