"""The look of a visit: band, tree, page and score, and how they are filled. What one does there comes on top."""

from collections.abc import Iterable
from contextlib import suppress

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus, ScreenResume
from textual.timer import Timer
from textual.widget import Widget

from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common import wording
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.visit_title import visit_title
from greenstar.tui.visit.outline import Outline
from greenstar.tui.visit.page import Page
from greenstar.tui.visit.progress_line import NextLine, ProgressLine
from greenstar.tui.visit.score_panel import ScorePanel
from greenstar.tui.visit.visit_session import VisitSession

_PASSING = 0.3  # seconds at a question until it counts as where one is
_LOOK = 1.0  # seconds between two looks for what another window changed


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

    def __init__(self, visit: OpenVisit, criterion: str | None = None, question: str | None = None) -> None:
        super().__init__()
        self.desk = VisitSession(visit)
        self.criterion = ""
        self.unsaved = False
        self._first = (criterion, question) if criterion is not None else None
        self._passing: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Band, tree, page, score."""
        scheme = self.desk.scheme
        yield ProgressLine()
        with Horizontal(id="body"):
            yield Outline(scheme)
            yield Page(scheme)
            yield ScorePanel(scheme)
        yield NextLine()

    def on_mount(self) -> None:
        """Open where the visit was left."""
        criterion, question = self._first or self.desk.start(self.outline.order())
        self.show_criterion(criterion, enter=True, question=question)
        self.relabel()
        self._say_that_it_goes_on()
        self._enter_visit()
        self.set_interval(_LOOK, self._look)

    def _say_that_it_goes_on(self) -> None:
        row = self.desk.visit.assessment
        if row.entered_at is not None:
            self.host.notify(Phrase("tui.went_on", id=self.criterion))
        elif self._first is None and row.cursor is not None:
            self.host.notify(Phrase("tui.resumed", id=self.criterion))

    def _enter_visit(self) -> None:
        with suppress(StorageError):  # the first answer will say so
            self.desk.visit.enter()

    def on_unmount(self) -> None:
        """Left as one should."""
        with suppress(StorageError):
            self.desk.visit.leave()

    def _look(self) -> None:
        """Take in what another window did; what is being typed here stays."""
        if self.desk.look():
            self.fill_page()
            self.show_score()
            self.show_title()

    @on(ScreenResume)
    def _came_back(self) -> None:
        """Facts, evidence, findings may have changed meanwhile."""
        if self.criterion:
            self.desk.look()
            self.desk.as_recorded()
            self.desk.reread_half_typed()
            self.fill_page()
            self.show_score()
            self.show_title()

    @property
    def visit_of(self) -> str | None:
        """The code of the store."""
        return self.desk.visit.visit.store.code

    def go_to(self, criterion: str, question: str | None = None) -> None:
        """Show a criterion, and put the cursor into its questions."""
        self.show_criterion(criterion, enter=True, question=question)

    @property
    def outline(self) -> Outline:
        """The tree."""
        return self.query_one(Outline)

    @property
    def page(self) -> Page:
        """The page."""
        return self.query_one(Page)

    # -- showing

    def show_criterion(self, criterion: str, *, enter: bool, last: bool = False, question: str | None = None) -> None:
        """Fill the page with a criterion; `enter`: put the cursor into its questions."""
        self.settle()
        self.criterion = criterion
        self.outline.go_to(criterion)
        self.fill_page()
        self.show_score()
        self._pass()
        if enter:
            self.call_after_refresh(self._go_in, question, last)

    def fill_page(self) -> None:
        """The page of the criterion, and the marks in the tree, as they are by now."""
        self.outline.show_marks(self.desk.visit.flags, self.desk.with_findings())
        self.page.fill(self.desk.page(self.criterion), self.desk.card, self.catalogue)

    def _go_in(self, question: str | None = None, last: bool = False) -> None:
        if not self.page.go_in(question, last=last):
            self.outline.focus()

    @on(DescendantFocus)
    def _pass(self) -> None:
        """Where the cursor stays for a moment is where one is."""
        if self._passing is not None:
            self._passing.stop()
        self._passing = self.set_timer(_PASSING, self.remember)

    def remember(self) -> None:
        """Keep the criterion and the question that the cursor is at."""
        if self._passing is not None:
            self._passing.stop()
            self._passing = None
        slot = self.page.slot_with_focus()
        question = slot.asked.name if slot is not None and slot.asked is not None else None
        try:
            self.desk.visit.remember(self.criterion, question)
        except StorageError as error:
            self.host.notify(error.message, wrong=True)

    def show_score(self) -> None:
        """Everything that moves with the score."""
        card, scheme, catalogue = self.desk.card, self.desk.scheme, self.catalogue
        self.page.show_score(card, catalogue)
        self.outline.update(card, catalogue)
        if self.wide:
            self.query_one(ScorePanel).update(card, catalogue, self.desk.visit.previous)
        else:
            self.query_one(NextLine).update_from(scheme, card, catalogue)
        key = self.outline.heading_of(self.criterion)
        title = self.outline.title_of(key)
        place = title.in_(catalogue.language) if title is not None else catalogue.say("tui.nowhere")
        self.query_one(ProgressLine).update_from(scheme, card, catalogue, place, list(self.outline.groups()[key]))

    def show_title(self) -> None:
        """Store, cycle, status; when it was saved."""
        visit, catalogue = self.desk.visit, self.catalogue
        if self.unsaved:
            saved = Content.styled(catalogue.say("tui.unsaved"), "bold $error")
        elif visit.read_only:
            saved = Content(catalogue.say("tui.read_only"))
        elif visit.saved_at is not None:
            saved = Content.styled(catalogue.say("tui.saved", time=wording.local_time(visit.saved_at)), "$success")
        else:
            saved = Content("")
        title, right = (
            self.query_one("#title", SplitLine),
            Content.assemble(saved, f"   {catalogue.say('tui.this_language')}"),
        )
        title.show(visit_title(visit, right, title.content_size.width, catalogue), right)

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
            self.call_after_refresh(self.show_title)
