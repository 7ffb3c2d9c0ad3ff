"""The scorecard of a visit: total, level, shares and what the next level needs; and every criterion with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from greenstar.keys import CLOSING, ENTER, ON, RANKING, REPORT, STEPS, UNFOLD, screen_commands
from greenstar.reports.views.course import Course
from greenstar.reports.views.peers import PeersView
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import routes
from greenstar.tui.common import threads
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Line
from greenstar.tui.results.reading_rows import ReadingRows
from greenstar.tui.results.result_screen import ResultScreen
from greenstar.tui.results.scorecard_head import ScorecardHead, visit_course
from greenstar.tui.results.scorecard_lines import ScorecardLine, ScorecardLines, ScorecardText, ScoredCriterion
from greenstar.tui.results.scorecard_peers import read_peers


class ScorecardScreen(ResultScreen):
    """One list that is read from top to bottom and unfolds to the arithmetic; in wide windows its head is beside it."""

    commands = screen_commands(
        ENTER.saying("unfold"), ON.saying("to_criterion"), UNFOLD, CLOSING, STEPS, RANKING, REPORT
    )
    DEFAULT_CSS = """
    ScorecardScreen {
        #page { height: 1fr; padding: 0 1; }
        #result { display: none; width: 46%; margin-right: 1; }
        #result Line { height: auto; }
        Rows { width: 1fr; }
        &.-wide #result, &.-widest #result, &.-vast #result { display: block; }
    }
    """

    @dataclass
    class PeersRead(Message):
        """The stores of its kind are known; None: it has no place in a ranking."""

        peers: PeersView | None

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__(visit)
        self.peers: PeersView | None = None
        self.unfolded: set[str] = set()
        self._lines: ScorecardLines | None = None

    @override
    def body(self) -> Iterable[Widget]:
        with Horizontal(id="page"):
            with VerticalScroll(id="result", can_focus=False):
                yield Line()
            yield ReadingRows(self._draw, id="body")

    def on_mount(self) -> None:
        """The cursor stands in the list."""
        self._panels = PanelWords(self.query_one("#result")), PanelWords(self.query_one(Rows))
        self.query_one(Rows).focus()
        self._read_peers()

    @on(ScreenResume)
    def _came_back(self) -> None:
        self.relabel()

    def _read_peers(self) -> None:
        """The peers of a visit that counts come when they are ready."""
        workspace, row = self.visit.workspace, self.visit.assessment
        if row.counts:
            threads.start_for(self, lambda: self.PeersRead(read_peers(workspace, row)))
        else:
            self.peers = None

    @on(PeersRead)
    def _know_peers(self, event: PeersRead) -> None:
        self.peers = event.peers
        row = self.query_one(Rows).row
        self.lay_out(row if isinstance(row, ScoredCriterion) else None)

    @on(Rows.Measured)
    def _measured(self) -> None:
        """Words are set to the width."""
        self.lay_out()

    @override
    def relabel(self) -> None:
        super().relabel()
        self.say_title(self.catalogue.say("tui.scorecard"))
        self.lay_out()

    # -- the list

    @override
    def lay_out(self, at: ScorecardLine | None = None) -> None:
        rows = self.query_one(Rows)
        self._lines = ScorecardLines(self.visit, self.unfolded, self.catalogue, max(rows.row_width, 20))
        lines = [*self._head(self._lines.width), *self._lines.rows()]
        rows.show(lines, lines.index(at) if at in lines else None)

    def _head(self, width: int) -> Iterable[ScorecardLine]:
        """The first page, on top of the list where there is no room beside it."""
        result, rows = self._panels
        result.title(Content(self.catalogue.say("scorecard.result")))
        rows.title(Content(self.catalogue.say("scorecard.criteria" if self.wide else "scorecard.result")))
        if self.wide:
            beside = self.query_one("#result Line", Line)
            room = self.query_one("#result").content_size
            head = ScorecardHead(self.visit, self._course, self.catalogue, max(room.width, 20), self.peers, self.way)
            beside.say(Content("\n").join(head.filled(room.height)), resizes=True)
            return ()
        head = ScorecardHead(self.visit, self._course, self.catalogue, width, self.peers, self.way)
        return [*map(ScorecardText, head.lines()), ScorecardText(Content(""))]

    @cached_property
    def _course(self) -> Course:
        """How the categories went so far, by the visits of the store."""
        return visit_course(self.visit, past_visits(self.visit.workspace, self.visit.assessment.store))

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
            self.lay_out(ScoredCriterion(criterion))
            rows = self.query_one(ReadingRows)
            last = max(place for place, row in enumerate(rows.rows) if getattr(row, "criterion", None) == criterion)
            self.call_after_refresh(rows.reveal, last)

    def _criterion(self) -> str | None:
        """The criterion that the line at the cursor speaks of."""
        row = self.query_one(Rows).row
        return row.criterion if isinstance(row, ScoredCriterion | ScorecardText) else None

    def do_on(self) -> None:
        """To the criterion under the cursor, in the visit."""
        criterion = self._criterion() if self.query_one(ReadingRows).moved else None  # else to where it was left
        self.host.show_visit(self.visit.visit.store.code, criterion)

    def do_closing(self) -> None:
        """Show the closing meeting of the visit."""
        self.host.show(routes.CLOSING, self.visit)

    @override
    def read_again(self) -> None:
        self.visit.refresh()
        self._read_peers()
        self.relabel()
