"""A visit: one criterion at a time, everything by keyboard, nothing to save."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual import on
from textual.css.query import QueryType
from textual.events import DescendantFocus, ScreenResume
from textual.screen import ModalScreen
from textual.widget import Widget
from typing_extensions import override

from greenstar import keys
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import routes
from greenstar.tui.common.screen import LOOK_SECONDS
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.visit_screen import VisitScreen
from greenstar.tui.common.visit_title import both_sides
from greenstar.tui.textual_compat.ending import SIGNALLED
from greenstar.tui.visit.criterion_marks import CriterionMarks
from greenstar.tui.visit.entry_taker import EntryTaker
from greenstar.tui.visit.filling import Filling
from greenstar.tui.visit.measuring import Measuring
from greenstar.tui.visit.open_dialog import OpenDialog
from greenstar.tui.visit.outline import Outline
from greenstar.tui.visit.outside_changes import OutsideChanges
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.reading_dialog import ReadingDialog
from greenstar.tui.visit.recorder import Recorder
from greenstar.tui.visit.resume_point import ResumePoint
from greenstar.tui.visit.undoing import Undoing
from greenstar.tui.visit.view import LAYOUT, VisitView
from greenstar.tui.visit.visit_body import VisitBody
from greenstar.tui.visit.visit_links import leads_to
from greenstar.tui.visit.visit_session import VisitSession
from greenstar.tui.visit.walk import Walk

Answer = TypeVar("Answer")


class AssessmentScreen(VisitScreen):
    """Takes keys and messages to the recorder, and has the view show what became of them."""

    commands = (
        *(keys.KEYS, keys.NOT_APPLICABLE, keys.EVIDENCE, keys.FINDINGS, keys.NOTE, keys.ON.saying("next_open")),
        *(keys.FIND, keys.LEAVE, keys.BACK, keys.LANGUAGE, keys.ROUTE, keys.SCORECARD, keys.STILL_SO, keys.FLAG),
        *(keys.FILL, keys.FILTER.saying("filter_criteria"), keys.NEEDS, keys.UNDO, keys.REDO, keys.HISTORY, keys.TREE),
        *(keys.NEXT, keys.PREVIOUS, keys.FACTS, keys.RANKING, keys.STORES, keys.PALETTE, keys.LIGHT),
        *(keys.HELPER, keys.SETTINGS, keys.QUIT),
    )
    AUTO_FOCUS = ""
    DEFAULT_CSS = LAYOUT

    def __init__(self, visit: OpenVisit, criterion: str | None = None, question: str | None = None) -> None:
        super().__init__(visit)
        self.session = VisitSession(visit)
        self.recorder = Recorder(self.session, self.host.saving)
        self.view = VisitView(self.session, self, criterion)
        self.entry_taker = EntryTaker(self.recorder, self.view, self)
        self.outline, self.page = self.view.outline, self.view.page
        self._first = (criterion, question) if criterion is not None else None
        self._resume_point = ResumePoint(self.view, self, self)
        open_dialog = OpenDialog(self)
        self._marks = CriterionMarks(self.entry_taker, self, open_dialog)
        self._measuring = Measuring(self.entry_taker, self, open_dialog)
        self._walk = Walk(self.entry_taker, self)
        self._outside_changes = OutsideChanges(self.entry_taker, self, open_dialog)
        self._filling = Filling(self.session, self.outline, self, self._outside_changes.come_back)
        self._undoing = Undoing(self.session, self, self._outside_changes)
        self._asked: str | None = None  # the question that the note was gone to from
        self._shown = False  # whether it has been on top before

    @override
    def body(self) -> Iterable[Widget]:
        return self.view.widgets(VisitBody(*self.view.columns, entry_taker=self.entry_taker))

    @override
    def on_mount(self) -> None:
        """Open where the visit was left."""
        self._resume_point.begin(self._first)
        self.set_interval(LOOK_SECONDS, self._outside_changes.look)

    def on_unmount(self) -> None:
        """Note that the window was left, unless the program was told to end: then the next start goes on here."""
        if (self.app.return_code or 0) <= SIGNALLED:
            self._resume_point.end()

    @property
    def visit_of(self) -> str:
        """The code of the store whose visit is open here."""
        return self.visit.visit.store.code

    @property
    def criterion(self) -> str:
        """The criterion on the page."""
        return self.view.criterion

    # -- showing

    def go_to(self, criterion: str, question: str | None = None) -> None:
        """Show a criterion, with the cursor at a question of it, by default at the first."""
        self.show_criterion(criterion)
        self._walk.enter(question)

    def show_criterion(self, criterion: str) -> None:
        """Show a criterion; the cursor stays where it is."""
        self.settle()
        if criterion != self.criterion:
            self.page_changes()
        self.view.show_criterion(criterion)
        self._walk.arrived()
        self._resume_point.moved()

    def show_title(self) -> None:
        """Store, cycle, status; when it was saved."""
        self.show_keys()
        title = self.query_one("#title", SplitLine)
        title.show(*both_sides(self.session.visit, self.host.saving, title.content_size.width, self.catalogue))

    @override
    def relabel(self) -> None:
        super().relabel()
        if self.criterion:
            self.view.relabel()
            self.show_title()

    def on_resize(self) -> None:
        """Other widths show other things."""
        if self.criterion:
            self.call_after_refresh(self.view.show_score)
            self.call_after_refresh(self.show_title)

    def ask(self, dialog: ModalScreen[Answer], answered: Callable[[Answer | None], None]) -> None:
        """Show a dialog, and hand over its answer."""
        self.app.push_screen(dialog, answered)

    # -- what happens elsewhere

    @override
    def saving_changed(self) -> None:
        if self.criterion:
            self._outside_changes.saving_changed()

    @on(ScreenResume)
    def _came_up(self) -> None:
        if self._shown:
            self._outside_changes.come_back()
        self._shown = True

    @on(DescendantFocus)
    def _cursor_moved(self) -> None:
        self._resume_point.moved()

    # -- typing and recording

    @on(QuestionField.Doubted)
    def _doubted(self, event: QuestionField.Doubted) -> None:
        if event.field.state is not None:
            self.ask(ReadingDialog(event.field.state), event.field.read_as)  # the keys that follow wait for the screen

    @override
    def settle(self) -> None:
        if self.criterion:
            self.entry_taker.settle()

    @override
    def leave(self) -> None:
        """Record all that is typed, and keep the place, and the score for lists and rankings."""
        self.settle()
        self._resume_point.keep_place()

    @override
    def keep_typed(self) -> None:
        """What is half typed stays so: half a figure is no answer because the terminal is gone."""
        if self.criterion:
            self.entry_taker.keep_all_half_typed()
        self._resume_point.keep_place()

    # -- what is put on a criterion

    def do_still_so(self) -> None:
        """The last cycle's answer to the question at the cursor is this one's as well; on to the next."""
        self._walk.still_so()

    @override
    def do_back(self) -> None:
        """From the note to its question; else back to where one came from."""
        if self.page.note.area.has_focus:
            self._walk.enter(self._asked)
        else:
            super().do_back()

    @override
    def focus_next(self, selector: str | type[QueryType] = "#page *") -> Widget | None:  # the tree has its own key
        return super().focus_next(selector)

    @override
    def focus_previous(self, selector: str | type[QueryType] = "#page *") -> Widget | None:
        return super().focus_previous(selector)

    def do_helper(self) -> None:
        """Measure the answer to the question at the cursor."""
        self._measuring.measure(self.page.focused_field())

    def do_note(self) -> None:
        """The cursor into the note."""
        field = self.page.focused_field()
        self._asked = field.question if field is not None else self._asked
        self.page.note.enter()

    def do_not_applicable(self) -> None:
        """Say that the criterion does not apply, and why; or take that back."""
        self.settle()
        self._marks.ask_why_not_applicable()

    def do_flag(self) -> None:
        """Flag the criterion to come back to, or take the flag away."""
        self._marks.flag()

    def do_fill(self) -> None:
        """Fill in much of this place at once."""
        self.settle()
        self._filling.ask(self.criterion)

    async def do_undo(self) -> None:
        """Take the last change back, and go to where it was."""
        await self._undoing.undo()

    async def do_redo(self) -> None:
        """Take the last undo back, and go to where it was."""
        await self._undoing.redo()

    # -- from criterion to criterion

    @on(Outline.Wanted)
    def _wanted(self, event: Outline.Wanted) -> None:
        if event.enter:
            self._walk.enter_from_tree(event.criterion)
        else:
            self.show_criterion(event.criterion)

    @on(QuestionField.Done)
    def _done(self, event: QuestionField.Done) -> None:
        self._walk.leave_field(event.field, event.by, entered=event.entered)

    def do_next(self) -> None:
        """To the next criterion."""
        self._walk.step(1)

    def do_previous(self) -> None:
        """To the previous criterion."""
        self._walk.step(-1)

    def do_on(self) -> None:
        """To the next criterion that is open, at this place first."""
        self._walk.next_open()

    def do_find(self) -> None:
        """Look for a criterion by its words."""
        self._walk.find()

    def do_route(self) -> None:
        """By place, or by category."""
        self.outline.switch_order()
        self.view.show_score()

    def do_filter(self) -> None:
        """Which criteria the tree lists."""
        self._walk.choose_filter()

    def do_tree(self) -> None:
        """The cursor into the tree, or back into the page."""
        if self.outline.has_focus:
            self._walk.enter()
        else:
            self.outline.focus()

    # -- to other screens

    do_evidence = leads_to(routes.EVIDENCE, of_criterion=True)
    do_findings = leads_to(routes.FINDINGS, of_criterion=True)
    do_leave = leads_to(routes.CHECKLIST)
    do_needs = leads_to(routes.REQUIREMENTS)
    do_history = leads_to(routes.HISTORY)
    do_scorecard = leads_to(routes.SCORECARD)

    def do_facts(self) -> None:
        """The facts of the store."""
        self.leave()
        code, visit = self.visit_of, self.session.visit
        self.host.when_saved(lambda: self.host.show(routes.STORE, self.host.workspace, code, visit))
