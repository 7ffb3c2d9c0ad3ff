"""The scorecard of a visit: level, what the next one needs, categories as bars, and every criterion with its reason."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.keys import ENTER, ON, RANKING, STEPS, UNFOLD, screen_commands
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.visit_title import visit_words
from greenstar.tui.results.scorecard_lines import CriterionLine, ScorecardLine, ScorecardLines, ScorecardText


class ScorecardScreen(GreenScreen):
    """One list: it is read from top to bottom, and unfolds to the arithmetic."""

    commands = screen_commands(ENTER.saying("unfold"), ON.saying("to_criterion"), UNFOLD, STEPS, RANKING)
    DEFAULT_CSS = """
    ScorecardScreen Rows { margin: 1 1 0 1; }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__()
        self.visit = visit
        self.unfolded: set[str] = set()
        self._lines: ScorecardLines | None = None

    @override
    def body(self) -> Iterable[Widget]:
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

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        right = f"{say('tui.scorecard')}   {self.catalogue.sign}"
        self.query_one("#title", SplitLine).show(visit_words(self.visit, self.catalogue), right)
        self._lay_out()

    @property
    @override
    def store_shown(self) -> str | None:
        return self.visit.visit.store.code

    # -- the list

    def _lay_out(self, at: ScorecardLine | None = None) -> None:
        rows = self.query_one(Rows)
        self._lines = ScorecardLines(self.visit, self.unfolded, self.catalogue, max(rows.row_width, 20))
        lines = list(self._lines.rows())
        rows.show(lines, lines.index(at) if at in lines else None)

    def _draw(self, row: ScorecardLine, width: int) -> Content:
        assert self._lines is not None
        return self._lines.draw(row, width)

    # -- keys

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.do_unfold()

    def do_unfold(self) -> None:
        """The arithmetic of the criterion under the cursor, or away with it."""
        criterion = self._criterion()
        if criterion is not None:
            self.unfolded ^= {criterion}
            self._lay_out(CriterionLine(criterion))

    def _criterion(self) -> str | None:
        """The criterion that the line at the cursor speaks of."""
        row = self.query_one(Rows).row
        return row.criterion if isinstance(row, CriterionLine | ScorecardText) else None

    def do_on(self) -> None:
        """To the criterion under the cursor, in the visit."""
        self.host.show_visit(self.visit.visit.store.code, self._criterion())

    def do_steps(self) -> None:
        """Ask for the next step in the life of the visit."""
        from greenstar.tui.steps.taking import Steps  # noqa: PLC0415 - only where a step is asked for

        row = self.visit.assessment
        Steps(self, self.visit.workspace.in_cycle(row.cycle), row.store, self._read_again).ask()

    def _read_again(self) -> None:
        """The visit as it is now: a step may have sealed or withdrawn it."""
        self.visit.refresh()
        self.relabel()
