"""The lines of the tree: a place or category, a criterion, or something said; and how each looks."""

from dataclasses import dataclass

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.criteria import criterion_result
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import progress_line
from greenstar.tui.common.lines import both_ends
from greenstar.tui.visit.outline_filter import OutlineFilter

_ROOMY = 26  # cells: from here a place has a line for its progress, and criteria stand further in
_WIDE = 40  # cells: from here that line is long
_LINE, _LONG_LINE = 4, 8
_COUNT = 5  # cells of `12/15`


@dataclass(frozen=True)
class OutlineHeading:
    """A place or category."""

    key: str


@dataclass(frozen=True)
class OutlineLeaf:
    """A criterion."""

    criterion: str


@dataclass(frozen=True)
class OutlineText:
    """A line that says something."""

    words: str


OutlineRow = OutlineHeading | OutlineLeaf | OutlineText


def heading_line(words: str, progress: tuple[int, int], width: int, *, opened: bool) -> Content:
    """A heading: whether it is open, its words, and how many of its criteria are answered."""
    done, all_of_them = progress
    fold = glyphs.OPENED.mark if opened else glyphs.CLOSED.mark
    style = "bold" if opened else "$muted" if done == all_of_them else ""
    left = Content.assemble((f"{fold} ", "$primary" if opened else "$faint"), (words, style))
    count = f"{done}/{all_of_them}"
    if width < _ROOMY:
        return both_ends(left, Content.styled(count, "$muted"), width)
    line = progress_line(done, all_of_them, _LONG_LINE if width >= _WIDE else _LINE)
    return both_ends(left, Content.assemble(line, " ", (count.rjust(_COUNT), "$muted")), width)


def leaf_line(outline_filter: OutlineFilter, catalogue: Catalogue, name: str, width: int, *, here: bool) -> Content:
    """A criterion: its state, its number, its title where there is room, what is put on it, and its points."""
    scheme, card = outline_filter.scheme, outline_filter.card
    if card is None:
        return Content("")
    score, criterion = card.criteria[name], scheme.criteria[name]
    glyph = glyphs.of_outcome(score.outcome, prerequisite=criterion.prerequisite)
    if score.open and name in outline_filter.begun:
        glyph = glyphs.BEGUN
    style = "bold" if here else "" if score.applies else "$faint"
    title = criterion.title.in_(catalogue.language)
    left = Content.assemble(
        "  " if width >= _ROOMY else "", glyph.content, " ", (name, style), " ", (title, style or "$muted")
    )
    marks = [
        glyphs.FLAG.content if name in outline_filter.flagged else "",
        glyphs.FINDING.content if name in outline_filter.with_findings else "",
    ]
    right = wording.points_left(criterion_result(scheme, score), catalogue)
    space = " " if any(marks) and right else ""
    return both_ends(left, Content.assemble(*marks, space, (right, "$faint")), width)
