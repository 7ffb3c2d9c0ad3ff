"""What scorecard and closing meeting share: the way ahead in its place, the report, and the steps of the visit."""

from textual import on
from typing_extensions import override

from greenstar.keys import STEPS, Command
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.visit_screen import VisitScreen
from greenstar.tui.results.way_ahead import WayAhead, WayFound
from greenstar.tui.steps.dialogs import ask_step, has_steps, write_report


class ResultScreen(VisitScreen):
    """Shows what a visit came to, and what comes next."""

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__(visit)
        self.way = WayAhead(self)

    def lay_out(self) -> None:
        """Write all of it in the room that there is."""

    def read_again(self) -> None:
        """Show the visit as it is now: a step may have sealed or withdrawn it."""
        self.visit.refresh()
        self.relabel()

    @on(WayFound)
    def _show_way(self, event: WayFound) -> None:
        """The way stands in the place that was kept for it."""
        if self.way.take(event):
            self.lay_out()

    @override
    def does(self, command: Command) -> bool:
        return super().does(command) and (command.name != STEPS.name or has_steps(self.visit))

    def do_report(self) -> None:
        """Ask where the report is to be written."""
        write_report(self, self.visit)

    def do_steps(self) -> None:
        """Ask for the next step in the life of the visit."""
        ask_step(self, self.visit, self.read_again)
