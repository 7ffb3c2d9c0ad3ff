"""The criteria of a scorecard, line by line: each with its reason, and unfolded to its arithmetic."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.criteria import criterion_result
from greenstar.reports.views.scorecard import GroupView, summary
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.tree import explain_criterion
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.lines import both_ends, columns, wrapped
from greenstar.tui.common.score_lines import since

_REASON = 4  # cells that the text under a criterion is set in by
_BAR, _LONG_BAR, _LONG = 10, 20, 90


@dataclass(frozen=True)
class ScorecardText:
    """A line of words; `criterion`: the one it speaks of."""

    words: Content
    criterion: str | None = None


@dataclass(frozen=True)
class CategoryLine:
    """A category, with its bar."""

    group: GroupView
    depth: int = 0


@dataclass(frozen=True)
class ScoredCriterion:
    """A criterion, with its points."""

    criterion: str


ScorecardLine = ScorecardText | CategoryLine | ScoredCriterion


class ScorecardLines:
    """The criteria of a visit, for one language and width; `unfolded`: criteria with their arithmetic."""

    def __init__(self, visit: OpenVisit, unfolded: Container[str], catalogue: Catalogue, width: int) -> None:
        self.visit = visit
        self.unfolded = unfolded
        self.catalogue = catalogue
        self.width = width

    def rows(self) -> Iterator[ScorecardLine]:
        """All lines, from top to bottom, with an empty one between the categories."""
        for place, group in enumerate(summary(self.visit.scheme, self.visit.scorecard).groups):
            if place:
                yield ScorecardText(Content(""))
            yield from self._group(group, 0)

    def _group(self, group: GroupView, depth: int) -> Iterator[ScorecardLine]:
        yield CategoryLine(group, depth)
        for child in group.groups:
            yield from self._group(child, depth + 1)
        for criterion in self.visit.scheme.groups[group.id].criteria:
            yield ScoredCriterion(criterion.id)
            score = self.visit.scorecard.criteria[criterion.id]
            why = self.catalogue.render(criterion_result(self.visit.scheme, score).reason)
            yield from _wrapped(why, self.width, _REASON, "$faint", criterion.id)
            if criterion.id in self.unfolded:
                explanation = explain_criterion(self.visit.scheme, self.visit.visit, self.visit.scorecard, criterion.id)
                for part in explanation.parts:
                    yield from self._derivation(part, _REASON + 2, criterion.id)

    def _derivation(self, part: Explanation, indent: int, criterion: str) -> Iterator[ScorecardLine]:
        yield from _wrapped(self.catalogue.render(part.line), self.width, indent, "$secondary", criterion)
        for inner in part.parts:
            yield from self._derivation(inner, indent + 2, criterion)

    def draw(self, row: ScorecardLine, width: int) -> Content:
        """One line in so many cells."""
        match row:
            case ScorecardText():
                return row.words
            case CategoryLine():
                return self._draw_category(row, width)
        return self._draw_criterion(row, width)

    def _draw_category(self, row: CategoryLine, width: int) -> Content:
        group = row.group
        title = self.catalogue.write(group.title)
        left = Content.assemble("  " * row.depth, (group.id, "bold $primary"), "  ", (title, "bold"))
        if group.share is None:
            return both_ends(left, Content.styled(self.catalogue.say("tui.na_short"), "$faint"), width)
        figures = Content.styled(f"{group.points.text}/{group.available.text}", "$muted")
        previous = self.visit.previous
        earlier = previous.shares.get(group.id) if previous is not None else None
        bar = share_line(
            float(group.share),
            _LONG_BAR if width > _LONG else _BAR,
            earlier=None if earlier is None else float(earlier),
        )
        cells: list[tuple[Content | str, int]] = [(Content.styled(group.percent.text, "bold"), -8), (figures, -8)]
        if previous is not None and previous.shares:
            cells.insert(1, (since(self.visit.scheme, self.visit.scorecard, group, previous), -5))
        return both_ends(left, Content.assemble(bar, columns(cells, 1)), width)

    def _draw_criterion(self, row: ScoredCriterion, width: int) -> Content:
        result = criterion_result(self.visit.scheme, self.visit.scorecard.criteria[row.criterion])
        glyph = glyphs.of_outcome(result.outcome, prerequisite=result.prerequisite)
        fold = glyphs.OPENED.mark if row.criterion in self.unfolded else glyphs.CLOSED.mark
        left = Content.assemble(
            (f"{fold} ", "$muted"),
            glyph.content,
            " ",
            (row.criterion, "bold"),
            "  ",
            self.catalogue.write(result.title),
        )
        points = Content.styled(wording.points_left(result, self.catalogue), "$muted")
        return both_ends(left, points, width)


def _wrapped(text: str, width: int, indent: int, style: str, criterion: str | None = None) -> Iterator[ScorecardText]:
    for part in wrapped(Content.styled(text, style), width - indent):
        yield ScorecardText(Content.assemble(" " * indent, part), criterion)
