"""The panels of a store's page: what is next, its visits, and in a large window open findings and the last changes."""

from textual.content import Content

from greenstar.services.stores.check_visits import check_visits
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.workspace import Workspace
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.text import Line, Words
from greenstar.tui.stores.next_lines import what_is_next
from greenstar.tui.stores.recent_changes import RecentChanges, recent_changes
from greenstar.tui.stores.visit_lines import VisitLines

_TITLES = {
    "facts": "store.facts",
    "lately": "store.lately",
    "next": "store.next",
    "open": "store.findings",
    "visits": "tui.visits",
}
_LEAST = 20  # cells that lines are set to


class StorePanels:
    """Reads what they show, and writes it in the room that there is."""

    def __init__(self, screen: GreenScreen, workspace: Workspace, code: str) -> None:
        self._screen, self._workspace, self._code = screen, workspace, code
        self._borders: dict[str, PanelWords] = {}
        self.read()

    def read(self) -> None:
        """Read it all again; what only large windows show, once it is shown."""
        self.past = past_visits(self._workspace, self._code)
        self.checks = check_visits(self._workspace, self._code)
        self.next = what_is_next(self._workspace, self._code)
        self.recent_changes: RecentChanges | None = None

    def begin(self) -> None:
        """The panels are on the screen."""
        self._borders = {name: PanelWords(self._screen.query_one(f"#{name}")) for name in ("question", *_TITLES)}

    def say_titles(self, at: int, count: int) -> None:
        """Write the titles; of the facts, the one at that place is asked."""
        say = self._screen.catalogue.say
        for name, title in _TITLES.items():
            self._borders[name].title(Content(say(title)))
        self._borders["question"].title(Content(say("store.fact_at", at=at, count=count)))

    def lay_out(self, *, more: bool) -> None:
        """What is next, and the visits; where there is room for `more`, that as well."""
        catalogue = self._screen.catalogue
        visits, following = self._screen.query_one("#visits"), self._screen.query_one("#next")
        room = visits.scrollable_content_region
        lines = VisitLines(self.past, catalogue, max(room.width, _LEAST), room.height, self.checks).lines()
        visits.query_one(Line).say(Content("\n").join(lines), resizes=True)
        lines = self.next.lines(catalogue, max(following.content_size.width, _LEAST))
        following.query_one(Line).say(Content("\n").join(lines), resizes=True)
        if more:
            self._lay_out_more()

    def _lay_out_more(self) -> None:
        """The open findings in full, and the last changes."""
        catalogue = self._screen.catalogue
        findings = self.next.findings_in_full(catalogue)
        self._screen.query_one("#open").query_one(Words).say(findings or catalogue.say("tui.none"))
        last = self._screen.query_one("#lately")
        if last.content_size.width and self.recent_changes is None:
            self.recent_changes = recent_changes(self._workspace, self._code)
        if self.recent_changes is not None:
            lines = self.recent_changes.lines(catalogue, last.content_size.width)
            last.query_one(Line).say(Content("\n").join(lines), resizes=True)
