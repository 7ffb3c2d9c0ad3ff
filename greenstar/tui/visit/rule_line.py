"""The value that a criterion's points depend on, as a line with the steps of its rule marked on it."""

from fractions import Fraction

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Quantity
from greenstar.reports.views.figures import Figure
from greenstar.scheme.document import Criterion, Score
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import of_value
from greenstar.scoring.scorecard import CriterionScore
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import ruler
from greenstar.tui.common.lines import both_ends
from greenstar.tui.glyphs import Sign

_BEYOND = Fraction(5, 4)  # of the last step: as far as a line without an end of its own goes
_HALF, _ALL = Fraction(1, 2), Fraction(1)
_MOST = 64  # cells of a line
_VALUE = 10  # cells for the value where it stands beside the line
_EARNS = Sign("→", ">")


def rule_value(scheme: Scheme, criterion: Criterion) -> str | None:
    """The named value that the points depend on alone, if it is one."""
    score = criterion.score
    name = score.of.text if score is not None and score.of is not None else None
    return name if name in scheme.values else None


def rule_lines(scheme: Scheme, score: CriterionScore, catalogue: Catalogue, width: int) -> list[Content]:
    """The value on the line of its rule, with what each step earns; nothing where the rule has no steps in a unit.

    The lines are as many before there is a value.
    """
    criterion = scheme.criteria[score.id]
    rule = criterion.score
    if rule is None or rule.unit is None or not score.applies:
        return []
    steps = rule.at_least or rule.at_most or rule.linear or ()
    if not steps or not steps[-1][0]:
        return []
    value = score.value if isinstance(score.value, Fraction) and not score.open else None
    shown = glyphs.NOT_APPLICABLE.mark if value is None else catalogue.write(Quantity(value, rule.unit, of_value(rule)))
    figure = Content.styled(shown, "bold" if value is not None else "$faint")
    name, width = rule_value(scheme, criterion), min(width, _MOST)
    room = width - (0 if name is not None else max(_VALUE, figure.cell_length + 1))
    top = _end(rule, steps[-1][0])
    marks = [(float(edge / top), _label(rule, edge, points, catalogue)) for edge, points in steps]
    share = 0.0 if value is None else float(max(value, Fraction(0)) / top)
    line, labels = ruler(marks, room, share=share, style="$error" if not score.earned else "$success")
    if name is not None:
        title = Content.styled(scheme.values[name].title.in_(catalogue.language), "$muted")
        return [both_ends(title, figure, width), line, labels]
    return [both_ends(line, figure, width), labels]


def _end(rule: Score, last: Fraction) -> Fraction:
    """Where the line ends: at all of it where that is near, else some way after the last step."""
    if _in_percent(rule) and _HALF < last <= _ALL:
        return _ALL
    return last * _BEYOND


def _label(rule: Score, edge: Fraction, points: Fraction, catalogue: Catalogue) -> str:
    unit = rule.unit if _in_percent(rule) else None
    return f"{catalogue.write(Quantity(edge, unit))}{_EARNS.mark}{Figure(points).text}"


def _in_percent(rule: Score) -> bool:
    return rule.unit is not None and set(rule.unit.by_language.values()) == {"%"}
