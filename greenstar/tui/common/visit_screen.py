"""What the screens about one visit share: their first line, and a look at what other windows do to it."""

from collections.abc import Callable

from textual.content import Content
from typing_extensions import override

from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.screen import LOOK_SECONDS, GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.undo import look_again
from greenstar.tui.common.visit_title import visit_title


class VisitScreen(GreenScreen):
    """`visit`: the one that it is about."""

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__()
        self.visit = visit

    @property
    @override
    def read_only(self) -> bool:
        return self.visit.read_only

    @property
    @override
    def store_shown(self) -> str | None:
        return self.visit.visit.store.code

    def say_title(self, words: str) -> None:
        """Write the first line: which visit it is, and at the right end what is shown of it."""
        right = Content.assemble((words, "bold"), f"   {self.catalogue.sign}")
        left = visit_title(self.visit, right, self.size.width, self.catalogue)
        self.query_one("#title", SplitLine).show(left, right)

    def look_out(self, show: Callable[[], object]) -> None:
        """From now on have `show` called whenever another window has changed the visit."""

        def look() -> None:
            if self.on_top and look_again(self.host, self.visit):  # else the screen above looks at the same visit
                show()

        self.set_interval(LOOK_SECONDS, look)
