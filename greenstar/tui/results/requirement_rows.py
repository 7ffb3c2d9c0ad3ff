"""What a level needs, as a list: each requirement that is unmet, and under it the criteria that could close it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.criteria import criterion_result
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.requirements import RequirementView, requirement_views
from greenstar.scheme.model import Scheme
from greenstar.scoring.impact import Impact
from greenstar.scoring.scorecard import LevelResult, Unmet
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.lines import both_ends, columns, fit, shortened, wrapped
from greenstar.tui.common.rows import Rows
from greenstar.tui.results.gate_lines import gate_lines, requirement_line

_INDENT = 4
_POINTS, _BRINGS = 8, 9
_LINE, _LONG_LINE, _WIDE = 10, 20, 90  # cells of a line to a gate
_MISSING = 15
_FEW = 6  # criteria of one requirement, until one asks for the others


@dataclass(frozen=True)
class RequirementText:
    """A line of words, with something at its right end."""

    words: Content
    right: Content | str = ""


@dataclass(frozen=True)
class Closer:
    """A criterion that could close what is unmet: how much nearer it brings it, and whether that alone is enough."""

    criterion: str
    brings: Fraction | None
    percent: bool
    enough: bool


@dataclass(frozen=True)
class MoreClosers:
    """The criteria of one requirement that are not listed yet."""

    unmet: int
    count: int


RequirementLine = RequirementText | Closer | MoreClosers


class RequirementRows(Rows):
    """The needs of one level."""

    def __init__(self, visit: OpenVisit, impact: Impact, catalogue: Catalogue) -> None:
        super().__init__(self._draw, id="body")
        self.visit, self.impact, self.catalogue = visit, impact, catalogue
        self.with_gates = False  # whether they stand below the needs, as there is no room beside them
        self.at = 0
        self._unfolded: set[tuple[int, int]] = set()  # levels and requirements whose criteria are all listed

    @property
    def scheme(self) -> Scheme:
        """The scheme of the visit."""
        return self.impact.scheme

    def lay_out(self, impact: Impact, catalogue: Catalogue, at: int, *, cursor: int | None = None) -> None:
        """Show the needs of another level, of another standing, or in another language."""
        self.impact, self.catalogue = impact, catalogue
        self.at = at
        if self.row_width > 1:
            self.show(list(self._rows(max(self.row_width, 20))), cursor)

    def unfold(self, row: MoreClosers) -> None:
        """List all criteria of a requirement."""
        self._unfolded.add((self.at, row.unmet))
        self.lay_out(self.impact, self.catalogue, self.at)

    @property
    def criterion(self) -> str | None:
        """The criterion under the cursor, or the first below."""
        below = (row.criterion for row in self.rows[self.cursor :] if isinstance(row, Closer))
        return next(below, None)

    def _rows(self, width: int) -> Iterator[RequirementLine]:
        levels = self.impact.card.levels
        if not levels:
            yield RequirementText(Content(self.catalogue.say("checklist.no_levels")))
            return
        level = levels[self.at]
        words = wording.level_words(self.scheme, level.id, self.catalogue)
        if level.holds:
            holds = self.catalogue.say("checklist.level_holds", level=words)
            yield RequirementText(Content.assemble(glyphs.MET.content, " ", holds))
            yield from self._gates(level, width)
            return
        if not level.possible and not self.visit.read_only:
            yield from self._beyond(level, words, width)
        lacking = self.catalogue.say("checklist.level_lacks", level=words, count=len(level.unmet))
        yield RequirementText(
            Content.styled(lacking, "bold"), self.catalogue.say("checklist.needs_columns", met=glyphs.MET.mark)
        )
        for index, (unmet, view) in enumerate(zip(level.unmet, self._views(level.unmet), strict=True)):
            yield RequirementText(Content(""))
            mark = glyphs.OPEN if level.possible and not self.visit.read_only else glyphs.NOT_MET
            yield from self._sentence(view, mark, width, self._how_far(view, width))
            closers = self._closers(unmet)
            few = len(closers) if (self.at, index) in self._unfolded or len(closers) == _FEW + 1 else _FEW
            yield from closers[:few]
            if closers[few:]:
                yield MoreClosers(index, len(closers) - few)
        yield from self._gates(level, width)

    def _how_far(self, view: RequirementView, width: int) -> Content:
        """A line up to the gate, and what is missing."""
        missing = self.catalogue.say("checklist.missing", gap=view.missing.text) if view.missing.value else ""
        cells = _LONG_LINE if width >= _WIDE else _LINE if self.with_gates else 0  # else the gates stand beside them
        line = requirement_line(view, self.impact.card, cells)
        if not (line or missing):
            return Content("")
        return Content.assemble(line, " " if line else "", fit(Content.styled(missing, "$muted"), _MISSING))

    def _gates(self, level: LevelResult, width: int) -> Iterator[RequirementLine]:
        """The total and every category against the gates of the level."""
        if self.with_gates:
            yield RequirementText(Content(""))
            for line in gate_lines(self.visit, level.id, self.catalogue, width):
                yield RequirementText(line)

    def _beyond(self, level: LevelResult, words: str, width: int) -> Iterator[RequirementLine]:
        """Why a level is out of reach."""
        for line in wrapped(
            Content.styled(self.catalogue.say("checklist.beyond", level=words), "bold $warning"), width
        ):
            yield RequirementText(line)
        for view in self._views(self.impact.out_of_reach(level.id)):
            yield from self._sentence(view, glyphs.BLOCKED, width)
        yield RequirementText(Content(""))

    def _views(self, unmet: tuple[Unmet, ...]) -> tuple[RequirementView, ...]:
        return requirement_views(self.scheme, self.impact.card, unmet)

    def _sentence(
        self, requirement: RequirementView, glyph: glyphs.Glyph, width: int, right: Content | str = ""
    ) -> Iterator[RequirementLine]:
        words = self.catalogue.render(requirement.sentence)
        for at, line in enumerate(wrapped(words, width - 3 - Content.assemble(right).cell_length)):
            start = Content.assemble(glyph.content, " ") if at == 0 else Content("  ")
            yield RequirementText(Content.assemble(start, line.stylize("bold")), right if at == 0 else "")

    def _closers(self, unmet: Unmet) -> list[Closer]:
        """The criteria that could close it: those still open first, the largest gain first."""
        missing = (unmet.needed or Fraction(0)) - (unmet.actual or Fraction(0))
        closers = []
        for criterion in unmet.criteria:
            brings = self.impact.brings(unmet, criterion)
            enough = len(unmet.criteria) == 1 if brings is None else brings >= missing
            closers.append(Closer(criterion, brings, unmet.percent, enough))
        return sorted(
            closers, key=lambda closer: (not self.impact.scores[closer.criterion].open, -(closer.brings or 0))
        )

    def _draw(self, row: RequirementLine, width: int) -> Content:
        if isinstance(row, RequirementText):
            right = Content.styled(row.right, "$muted") if isinstance(row.right, str) else row.right
            return both_ends(row.words, right, width)
        if isinstance(row, MoreClosers):
            words = self.catalogue.say("checklist.needs_more", count=row.count)
            return Content.assemble(" " * _INDENT, (f"{glyphs.CLOSED.mark} {words}", "$muted"))
        scheme, score = self.scheme, self.impact.scores[row.criterion]
        criterion = scheme.criteria[row.criterion]
        glyph = glyphs.of_outcome(score.outcome, prerequisite=criterion.prerequisite)
        title = criterion.title.in_(self.catalogue.language)
        name = Content.assemble(" " * _INDENT, glyph.content, " ", (row.criterion, "bold"), "  ", title)
        brings = Figure(row.brings, percent=row.percent).signed
        points = Content.styled(wording.points_left(criterion_result(scheme, score), self.catalogue), "$muted")
        closes = glyphs.MET.mark if row.enough else " "
        right = Content.assemble(columns([(points, -_POINTS), (brings, -_BRINGS)]), f" {closes}")
        room = width - right.cell_length - 1
        return both_ends(shortened(name, room), right, width)
