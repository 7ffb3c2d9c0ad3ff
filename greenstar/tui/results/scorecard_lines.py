"""The lines of a scorecard, from the total down to the reason of every criterion."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.criteria import criterion_result
from greenstar.reports.views.scorecard import GroupView, away_sentence
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.tree import explain_criterion
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.lines import both_ends, columns, wrapped
from greenstar.tui.common.score_lines import next_lines, score_of, since, since_line, total_lines

_TITLE = 8  # cells that the text under a criterion is set in by
_TOTAL = 72  # cells that the line of the total takes at most


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
class CriterionLine:
    """A criterion, with its points."""

    criterion: str


ScorecardLine = ScorecardText | CategoryLine | CriterionLine


class ScorecardLines:
    """Everything that a scorecard shows, for one language and width; `unfolded`: criteria with their arithmetic."""

    def __init__(self, visit: OpenVisit, unfolded: Container[str], catalogue: Catalogue, width: int) -> None:
        self.visit = visit
        self.unfolded = unfolded
        self.catalogue = catalogue
        self.width = width

    def rows(self) -> Iterator[ScorecardLine]:
        """All lines, from top to bottom."""
        card, scheme = self.visit.scorecard, self.visit.scheme
        score = score_of(scheme, card, self.visit.previous, sealed=self.visit.read_only)
        result = score.result
        for line in total_lines(score, self.catalogue, min(self.width, _TOTAL)):
            yield ScorecardText(line)
        answered = self.catalogue.say("tui.answered_of", answered=str(card.answered), asked=str(card.asked))
        yield ScorecardText(Content.styled(answered, "$muted"))
        away = away_sentence(result)
        if away is not None:
            yield from _wrapped(self.catalogue.render(away), self.width, 0, "$muted")
        yield from self._last_cycle()
        for notice in card.notices:
            yield from _wrapped(f"! {self.catalogue.render(notice)}", self.width, 0, "$warning")
        yield ScorecardText(Content(""))
        for line in next_lines(scheme, result.next_level, self.catalogue, self.width):
            yield ScorecardText(line)
        for group in result.groups:
            yield ScorecardText(Content(""))
            yield from self._group(group, 0)

    def _last_cycle(self) -> Iterator[ScorecardLine]:
        """What is said of the last cycle's visit: how much of it was looked at again, and how far the bars moved."""
        previous, again = self.visit.previous, self.visit.rechecked
        if previous is not None and again is not None and again.asked:
            said = self.catalogue.say(
                "compare.rechecked",
                cycle=previous.cycle,
                count=again.asked,
                same=str(again.same),
                changed=str(again.changed),
                left=str(len(again.left)),
            )
            yield from _wrapped(said, self.width, 0, "")
        if previous is not None and previous.shares:
            yield from (ScorecardText(part) for part in wrapped(since_line(previous, self.catalogue), self.width))

    def _group(self, group: GroupView, depth: int) -> Iterator[ScorecardLine]:
        yield CategoryLine(group, depth)
        for child in group.groups:
            yield from self._group(child, depth + 1)
        for criterion in self.visit.scheme.groups[group.id].criteria:
            yield CriterionLine(criterion.id)
            score = self.visit.scorecard.criteria[criterion.id]
            why = self.catalogue.render(criterion_result(self.visit.scheme, score).reason)
            yield from _wrapped(why, self.width, _TITLE, "$muted", criterion.id)
            if criterion.id in self.unfolded:
                explanation = explain_criterion(self.visit.scheme, self.visit.visit, self.visit.scorecard, criterion.id)
                for part in explanation.parts:
                    yield from self._derivation(part, _TITLE + 2, criterion.id)

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
            return both_ends(left, self.catalogue.say("tui.na_short"), width)
        figures = f"{group.points.text}/{group.available.text}"
        previous = self.visit.previous
        earlier = previous.shares.get(group.id) if previous is not None else None
        bar = share_line(
            float(group.share), 20 if width > 90 else 10, earlier=None if earlier is None else float(earlier)
        )
        cells: list[tuple[Content | str, int]] = [(group.percent.text, -8), (figures, -8)]
        if previous is not None and previous.shares:
            cells.insert(1, (since(self.visit.scheme, self.visit.scorecard, group, previous), -5))
        return both_ends(left, Content.assemble(bar, columns(cells)), width)

    def _draw_criterion(self, row: CriterionLine, width: int) -> Content:
        result = criterion_result(self.visit.scheme, self.visit.scorecard.criteria[row.criterion])
        glyph = glyphs.of_outcome(result.outcome, prerequisite=result.prerequisite)
        fold = glyphs.OPENED.mark if row.criterion in self.unfolded else glyphs.CLOSED.mark
        left = Content.assemble(
            (f"{fold} ", "$muted"),
            glyph.content,
            " ",
            row.criterion,
            "  ",
            self.catalogue.write(result.title),
        )
        return both_ends(left, wording.points_left(result, self.catalogue), width)


def _wrapped(text: str, width: int, indent: int, style: str, criterion: str | None = None) -> Iterator[ScorecardText]:
    for part in wrapped(Content.styled(text, style), width - indent):
        yield ScorecardText(Content.assemble(" " * indent, part), criterion)
