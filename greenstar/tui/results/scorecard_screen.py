"""The scorecard of a visit: level, what the next one needs, categories as bars, and every criterion with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget

from greenstar.reports.views.criteria import criterion_result
from greenstar.reports.views.scorecard import GroupView, summary
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.tree import explain_criterion
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs, routes
from greenstar.tui.commands import RANKING, UNFOLD, VISIT, screen_commands
from greenstar.tui.common import wording
from greenstar.tui.common.lines import both_ends, columns, wrapped
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.visit.score_panel import mark_of, next_lines, since, since_line, total_lines

_TITLE = 8  # cells that the text under a criterion is set in by


@dataclass(frozen=True)
class Said:
    """A line of words; `criterion`: the one it speaks of."""

    words: Content
    criterion: str | None = None


@dataclass(frozen=True)
class Category:
    """A category, with its bar."""

    group: GroupView
    depth: int = 0


@dataclass(frozen=True)
class Earned:
    """A criterion, with its points."""

    criterion: str


ScorecardLine = Said | Category | Earned


class ScorecardScreen(GreenScreen):
    """One list: it is read from top to bottom, and unfolds to the arithmetic."""

    commands = screen_commands(UNFOLD, VISIT, RANKING)
    DEFAULT_CSS = """
    ScorecardScreen Rows { margin: 1 1 0 1; }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__()
        self.visit = visit
        self.unfolded: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Rows(self._draw, id="body")

    def on_mount(self) -> None:
        """The cursor stands in the list."""
        self.query_one(Rows).focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        self.relabel()

    @on(Rows.Measured)
    def _measured(self) -> None:
        """Words are set to the width."""
        self._lay_out()

    def relabel(self) -> None:
        """Write every word again."""
        super().relabel()
        say, visit = self.catalogue.say, self.visit.visit
        left = Content.assemble((visit.store.code, "bold $primary"), "  ", (visit.store.name, "bold"))
        status = say(f"tui.status_{self.visit.assessment.status}")
        self.query_one("#title", SplitLine).show(
            Content.assemble(left, f"  {visit.cycle}  {status}"), f"{say('tui.scorecard')}   {say('tui.this_language')}"
        )
        self._lay_out()

    # -- the list

    def _lay_out(self, at: ScorecardLine | None = None) -> None:
        rows = list(self._rows(max(self.query_one(Rows).row_width, 20)))
        self.query_one(Rows).show(rows, rows.index(at) if at in rows else None)

    def _rows(self, width: int) -> Iterator[ScorecardLine]:
        card, scheme = self.visit.scorecard, self.visit.scheme
        result = summary(scheme, card)
        for line in total_lines(scheme, result, self.catalogue):
            yield Said(line)
        answered = self.catalogue.say("tui.answered_of", answered=str(card.answered), asked=str(card.asked))
        yield Said(Content.styled(answered, "$muted"))
        yield from self._last_cycle(width)
        for notice in card.notices:
            yield from _wrapped(f"! {self.catalogue.render(notice)}", width, 0, "$warning")
        yield Said(Content(""))
        for line in next_lines(scheme, result.next_level, self.catalogue):
            yield from (Said(part) for part in wrapped(line, width))
        for group in result.groups:
            yield Said(Content(""))
            yield from self._group(group, width, 0)

    def _last_cycle(self, width: int) -> Iterator[ScorecardLine]:
        """What is said of the last cycle's visit: how much of it was looked at again, and how far the bars moved."""
        previous, again = self.visit.previous, self.visit.rechecked
        if previous is not None and again is not None and again.asked:
            said = self.catalogue.say(
                "compare.rechecked",
                cycle=previous.cycle,
                asked=str(again.asked),
                same=str(again.same),
                changed=str(again.changed),
                left=str(len(again.left)),
            )
            yield from _wrapped(said, width, 0, "")
        if previous is not None and previous.shares:
            yield from (Said(part) for part in wrapped(since_line(previous, self.catalogue), width))

    def _group(self, group: GroupView, width: int, depth: int) -> Iterator[ScorecardLine]:
        yield Category(group, depth)
        for child in group.groups:
            yield from self._group(child, width, depth + 1)
        for criterion in self.visit.scheme.groups[group.id].criteria:
            yield Earned(criterion.id)
            score = self.visit.scorecard.criteria[criterion.id]
            why = self.catalogue.render(criterion_result(self.visit.scheme, score).reason)
            yield from _wrapped(why, width, _TITLE, "$muted", criterion.id)
            if criterion.id in self.unfolded:
                whole = explain_criterion(self.visit.scheme, self.visit.visit, self.visit.scorecard, criterion.id)
                for part in whole.parts:
                    yield from self._derivation(part, width, _TITLE + 2, criterion.id)

    def _derivation(self, part: Explanation, width: int, indent: int, criterion: str) -> Iterator[ScorecardLine]:
        yield from _wrapped(self.catalogue.render(part.line), width, indent, "$secondary", criterion)
        for inner in part.parts:
            yield from self._derivation(inner, width, indent + 2, criterion)

    def _draw(self, row: ScorecardLine, width: int) -> Content:
        match row:
            case Said():
                return row.words
            case Category():
                return self._draw_category(row, width)
        return self._draw_criterion(row, width)

    def _draw_category(self, row: Category, width: int) -> Content:
        group = row.group
        title = self.catalogue.write(group.title)
        left = Content.assemble("  " * row.depth, (group.id, "bold $primary"), "  ", (title, "bold"))
        if group.share is None:
            return both_ends(left, self.catalogue.say("tui.na_short"), width)
        figures = f"{group.points.text}/{group.available.text}"
        previous = self.visit.previous
        earlier = previous.shares.get(group.id) if previous is not None else None
        bar = glyphs.bar(float(group.share), 20 if width > 90 else 10, mark=mark_of(earlier))
        cells: list[tuple[Content | str, int]] = [(group.percent.text, -8), (figures, -8)]
        if previous is not None and previous.shares:
            cells.insert(1, (since(self.visit.scheme, self.visit.scorecard, group, previous), -5))
        return both_ends(left, Content.assemble(bar, columns(cells)), width)

    def _draw_criterion(self, row: Earned, width: int) -> Content:
        result = criterion_result(self.visit.scheme, self.visit.scorecard.criteria[row.criterion])
        glyph = glyphs.of_outcome(result.outcome, prerequisite=result.prerequisite)
        fold = glyphs.OPENED if row.criterion in self.unfolded else glyphs.CLOSED
        left = Content.assemble(
            (f"{fold} ", "$muted"),
            glyph.content,
            " ",
            row.criterion,
            "  ",
            self.catalogue.write(result.title),
        )
        return both_ends(left, wording.points_left(result, self.catalogue), width)

    # -- keys

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.do_unfold()

    def do_unfold(self) -> None:
        """The arithmetic of the criterion under the cursor, or away with it."""
        criterion = self._criterion()
        if criterion is not None:
            self.unfolded ^= {criterion}
            self._lay_out(Earned(criterion))

    def _criterion(self) -> str | None:
        """The criterion that the line at the cursor speaks of."""
        row = self.query_one(Rows).row
        return row.criterion if isinstance(row, Earned | Said) else None

    def do_visit(self) -> None:
        """To the criterion under the cursor, in the visit."""
        self.host.show_visit(self.visit.visit.store.code, self._criterion())

    def do_ranking(self) -> None:
        """The ranking."""
        self.host.show(routes.RANKING, self.host.workspace)


def _wrapped(text: str, width: int, indent: int, style: str, criterion: str | None = None) -> Iterator[Said]:
    for part in wrapped(Content.styled(text, style), width - indent):
        yield Said(Content.assemble(" " * indent, part), criterion)
