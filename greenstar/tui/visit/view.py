"""What is shown of a visit: the tree, the page of one criterion, and the score around it."""

from collections.abc import Iterable
from typing import Protocol

from textual.widget import Widget

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.visit.next_level_line import NextLevelLine
from greenstar.tui.visit.outline import Outline
from greenstar.tui.visit.page import Page
from greenstar.tui.visit.progress_line import ProgressLine
from greenstar.tui.visit.score_panel import ScorePanel
from greenstar.tui.visit.visit_session import VisitSession

LAYOUT = """
AssessmentScreen {
    #outline { width: 26; padding: 0; }
    &.-roomy #outline { width: 32; }
    ScorePanel { display: none; }
    &.-low .intent { display: none; }
    &.-low #name { margin-bottom: 0; }
    &.-high #body { margin-top: 1; }
    &.-wide, &.-widest, &.-vast {
        #outline { width: 35; }
        ScorePanel { display: block; width: 35; }
        #page { margin: 0 1; }
        ProgressLine, NextLevelLine { display: none; }
    }
    &.-widest #outline { width: 40; }
    &.-widest ScorePanel { width: 42; }
    &.-vast #outline { width: 48; }
    &.-vast ScorePanel { width: 54; }
    &.-vast #aside { display: block; }
    &.-plain QuestionField:focus-within { border-left: ascii $primary; }
}
"""
"""How wide the columns are, and what is shown at all, in windows of each size."""


class Surroundings(Protocol):
    """What a view asks of the screen that it is on."""

    @property
    def catalogue(self) -> Catalogue:
        """What the view writes its words with."""

    @property
    def wide(self) -> bool:
        """Whether the score stands beside the page."""


class VisitView:
    """The widgets of a visit, and what they are filled with. `criterion` is the one on the page."""

    def __init__(self, session: VisitSession, setting: Surroundings, first: str | None) -> None:
        """`first`: the criterion to begin at, if not where the visit was left."""
        self.session, self._setting = session, setting
        self.criterion = ""
        self._language = ""
        self.progress = ProgressLine()
        self.outline = Outline(session.scheme)
        first = first or session.start(self.outline.order())[0]
        self.page = Page(session.scheme, len(session.visit.worked.questions_at(first)))
        self.score_panel = ScorePanel()
        self.next_level = NextLevelLine()

    @property
    def columns(self) -> tuple[Widget, ...]:
        """What stands beside each other."""
        return self.outline, self.page, self.score_panel

    def widgets(self, desk: Widget) -> Iterable[Widget]:
        """The desk with the columns, between the lines of the score that are shown where its column has no room."""
        yield self.progress
        yield desk
        yield self.next_level

    def show_criterion(self, criterion: str) -> None:
        """Another criterion."""
        self.criterion = criterion
        self.outline.go_to(criterion)
        self.show_recorded()

    def show_recorded(self) -> None:
        """All of it, as it is recorded now; what is being typed stays."""
        session = self.session
        self.outline.show_marks(session.visit.flags, session.with_findings(), session.begun())
        self.page.fill(self.session.page(self.criterion), self._setting.catalogue)
        self.show_score()

    def show_score(self) -> None:
        """Everything that moves with the score, as typed."""
        card, scheme, catalogue = self.session.card, self.session.scheme, self._setting.catalogue
        self._language = catalogue.language
        self.page.show_score(card, catalogue)
        self.outline.update(card, catalogue)
        if self._setting.wide:
            self.score_panel.update(self.session.visit, card, catalogue)
            return
        sealed = self.session.visit.read_only
        self.next_level.update_from(scheme, card, catalogue, sealed=sealed)
        heading = self.outline.heading_of(self.criterion)
        title = self.outline.title_of(heading)
        place = title.in_(catalogue.language) if title is not None else catalogue.say("tui.nowhere")
        here = self.outline.groups()[heading]
        self.progress.update_from(scheme, card, catalogue, place, here, sealed=sealed)

    def relabel(self) -> None:
        """Every word again, in the language in use."""
        if self._language != self._setting.catalogue.language:
            self.page.relabel(self._setting.catalogue)
            self.show_score()

    def refill(self, question: str) -> None:
        """Show what is recorded and half typed for a question in the place of what stands in its field."""
        field = self.page.field_of(question)
        if field is not None:
            field.fill(self.session.view(question), self._setting.catalogue)
