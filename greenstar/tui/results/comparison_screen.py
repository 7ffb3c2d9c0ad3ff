"""Two visits side by side: levels, totals, categories, and the criteria that make the difference."""

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.keys import ENTER, ON, RANKING, REPORT, SWAP, screen_commands
from greenstar.reports.views.comparison import ComparisonView, comparison_view
from greenstar.services.results.comparison import compare, side_of
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.results.comparison_lines import ComparisonLine, ComparisonLines
from greenstar.tui.results.reading_rows import ReadingRows
from greenstar.tui.steps.dialogs import write_comparison_report


class CompareScreen(GreenScreen):
    """One list, read from top to bottom: what both have, what they differ in, and the sum of that.

    In a very wide window it stands in the middle: a figure is not too far from what it is of.
    """

    commands = screen_commands(
        ENTER.saying("go_there"), ON.saying("first_visit"), SWAP, RANKING, REPORT.saying("report_two")
    )
    DEFAULT_CSS = """
    CompareScreen { #body { align-horizontal: center; } Rows { margin: 0 1; max-width: 160; } }
    """

    def __init__(self, workspace: Workspace, first: int, second: int) -> None:
        super().__init__()
        self.workspace = workspace
        self.numbers = (first, second)
        self.comparison: ComparisonView = self._compared()
        self._lines: ComparisonLines | None = None

    def _compared(self) -> ComparisonView:
        first, second = (side_of(self.workspace, number) for number in self.numbers)
        return comparison_view(compare(first, second))

    @override
    def body(self) -> Iterable[Widget]:
        yield Vertical(ReadingRows(self._draw), id="body")

    def on_mount(self) -> None:
        """The cursor stands in the list."""
        self._panel = PanelWords(self.query_one(Rows))
        self.query_one(Rows).focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        self._read()

    @on(Rows.Measured)
    def _measured(self) -> None:
        """Words are set to the width."""
        self._lay_out()

    def _read(self) -> None:
        """Read both again: a draft may have changed."""
        try:
            self.comparison = self._compared()
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)
        self.relabel()

    @override
    def relabel(self) -> None:
        super().relabel()
        say, (first, second) = self.catalogue.say, self._names()
        name = Content.styled(say("compare.title"), "bold $primary")
        left = Content.assemble(glyphs.STAR.content, " ", name, "   ", (first, "bold"), "  ", (second, "bold"))
        self.query_one("#title", SplitLine).show(left, self.catalogue.sign)
        scheme = self.comparison.visits[0].scheme
        self._panel.title(Content(f"{self.catalogue.write(scheme.title)} {scheme.version}"))
        self._lay_out()

    @property
    @override
    def store_shown(self) -> str | None:
        return self.comparison.visits[0].store

    def _names(self) -> tuple[str, str]:
        """What tells the two apart: the code; of one store the cycle as well, and of one cycle the status."""
        first, second = (
            (visit.store, visit.cycle, self.catalogue.say(f"tui.status_{visit.status}"))
            for visit in self.comparison.visits
        )
        few = next((count for count in (1, 2) if first[:count] != second[:count]), 3)
        return " ".join(first[:few]), " ".join(second[:few])

    def _lay_out(self) -> None:
        rows = self.query_one(Rows)
        self._lines = ComparisonLines(self.comparison, self._names(), self.catalogue, max(rows.row_width, 20))
        rows.show(list(self._lines.rows()))

    def _draw(self, row: ComparisonLine, width: int) -> Content:
        assert self._lines is not None
        return self._lines.draw(row, width)

    # -- keys

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        if event.row.criterion is not None:
            self.do_on()

    def do_on(self) -> None:
        """To the criterion under the cursor, in the visit of the first store."""
        row = self.query_one(Rows).row
        store, cycle = self.comparison.visits[0].store, self.comparison.visits[0].cycle
        if cycle == self.workspace.cycle:
            self.host.show_visit(store, row.criterion if row is not None else None)
        else:
            self.host.notify(Phrase("compare.other_cycle", cycle=cycle, now=self.workspace.cycle))

    def do_swap(self) -> None:
        """The two change sides."""
        self.numbers = (self.numbers[1], self.numbers[0])
        self._read()

    def do_report(self) -> None:
        """Ask where the report on the two is to be written."""
        first = self.comparison.visits[0]
        names = "-".join(name.replace(" ", "-") for name in self._names())
        write_comparison_report(self, self.workspace.in_cycle(first.cycle), self.numbers, names)
