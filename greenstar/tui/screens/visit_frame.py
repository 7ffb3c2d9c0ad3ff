"""The look of a visit: band, tree, page and score, and how they are filled. What one does there comes on top."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.events import ScreenResume
from textual.timer import Timer
from textual.widget import Widget

from greenstar.errors import StorageError
from greenstar.services.visits import OpenVisit
from greenstar.tui import wording
from greenstar.tui.desk import Desk
from greenstar.tui.screens.base import GreenScreen
from greenstar.tui.widgets.band import Band, NextLine
from greenstar.tui.widgets.ends import Ends
from greenstar.tui.widgets.outline import Outline
from greenstar.tui.widgets.page import Page
from greenstar.tui.widgets.panel import ScorePanel

_PASSING = 0.3  # seconds at a criterion until it counts as where one is


class VisitFrame(GreenScreen):
    """Shows one visit, one criterion at a time."""

    DEFAULT_CSS = """
    VisitFrame {
        #outline { width: 24; background: $background; }
        ScorePanel { display: none; }
        &.-low #intent { display: none; }
        &.-wide, &.-widest {
            #outline { width: 30; }
            ScorePanel { display: block; width: 33; }
            NextLine { display: none; }
        }
        &.-widest #outline { width: 40; }
        &.-widest ScorePanel { width: 44; }
    }
    """

    def __init__(self, visit: OpenVisit, criterion: str | None = None) -> None:
        super().__init__()
        self.desk = Desk(visit)
        self.criterion = ""
        self._first = criterion
        self._unsaved = False
        self._passing: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Band, tree, page, score."""
        scheme = self.desk.scheme
        yield Band()
        with Horizontal(id="body"):
            yield Outline(scheme)
            yield Page(scheme)
            yield ScorePanel(scheme)
        yield NextLine()

    def on_mount(self) -> None:
        """Open where the visit was left."""
        self.show_criterion(self._first or self.desk.start(self.outline.order()), enter=True)
        self.relabel()
        if self._first is None and self.desk.visit.assessment.cursor is not None:
            self.tell(self.catalogue.say("tui.resumed", id=self.criterion))

    @on(ScreenResume)
    def _came_back(self) -> None:
        """Facts may have changed meanwhile."""
        if self.criterion and self.desk.visit.refresh():
            self.desk.as_recorded()
            self.show_criterion(self.criterion, enter=False)

    @property
    def visit_of(self) -> str | None:
        """The code of the store."""
        return self.desk.visit.visit.store.code

    def go_to(self, criterion: str) -> None:
        """Show a criterion, and put the cursor into its questions."""
        self.show_criterion(criterion, enter=True)

    @property
    def outline(self) -> Outline:
        """The tree."""
        return self.query_one(Outline)

    @property
    def page(self) -> Page:
        """The page."""
        return self.query_one(Page)

    # -- showing

    def show_criterion(self, criterion: str, *, enter: bool, last: bool = False) -> None:
        """Fill the page with a criterion; `enter`: put the cursor into its questions."""
        self.settle()
        self.criterion = criterion
        self.outline.go_to(criterion)
        self.page.fill(self.desk.page(criterion), self.desk.card, self.catalogue)
        self.show_score()
        if self._passing is not None:
            self._passing.stop()
        self._passing = self.set_timer(_PASSING, self._remember)
        if enter:
            self.call_after_refresh(self._go_in, last)

    def _go_in(self, last: bool) -> None:
        if not self.page.go_in(last=last):
            self.outline.focus()

    def _remember(self) -> None:
        self._passing = None
        try:
            self.desk.visit.remember(self.criterion)
        except StorageError as error:
            self.green.tell(error.message, wrong=True)

    def show_score(self) -> None:
        """Everything that moves with the score."""
        card, scheme, catalogue = self.desk.card, self.desk.scheme, self.catalogue
        self.page.show_score(card, catalogue)
        self.outline.update(card, catalogue)
        if self.wide:
            self.query_one(ScorePanel).update(card, catalogue)
        else:
            self.query_one(NextLine).update_from(scheme, card, catalogue)
        key = self.outline.heading_of(self.criterion)
        title = self.outline.title_of(key)
        place = title.in_(catalogue.language) if title is not None else catalogue.say("tui.nowhere")
        self.query_one(Band).update_from(scheme, card, catalogue, place, list(self.outline.groups()[key]))

    def show_title(self) -> None:
        """Store, cycle, status; when it was saved."""
        visit, catalogue = self.desk.visit, self.catalogue
        store = visit.visit.store
        status = catalogue.say(f"tui.status_{visit.assessment.status}")
        left = Content.assemble(
            (store.code, "bold $primary"), "  ", (store.name, "bold"), f"  {visit.visit.cycle}  ", status
        )
        if self._unsaved:
            saved = Content.styled(catalogue.say("tui.unsaved"), "bold $error")
        elif visit.read_only:
            saved = Content(catalogue.say("tui.read_only"))
        elif visit.saved_at is not None:
            saved = Content.styled(catalogue.say("tui.saved", time=wording.local_time(visit.saved_at)), "$success")
        else:
            saved = Content("")
        self.query_one("#title", Ends).show(left, Content.assemble(saved, f"   {catalogue.say('tui.this_language')}"))

    def relabel(self) -> None:
        """Every word again."""
        super().relabel()
        self.page.relabel(self.desk.card, self.catalogue)
        self.show_title()
        self.show_score()

    def on_resize(self) -> None:
        """Other widths show other things."""
        if self.criterion:
            self.call_after_refresh(self.show_score)
