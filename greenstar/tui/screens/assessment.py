"""A visit: the tree, the page of one criterion, and the score that moves with it."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import ScreenResume
from textual.timer import Timer
from textual.widget import Widget

from greenstar.assessment.answers import Refused
from greenstar.assessment.model import Answer
from greenstar.errors import GreenStarError, StorageError
from greenstar.messages import Message
from greenstar.services.visits import OpenVisit
from greenstar.tui import wording
from greenstar.tui.commands import (
    BACK,
    FACTS,
    FIND,
    KEYS,
    LANGUAGE,
    LIGHT,
    NEXT,
    NEXT_OPEN,
    NOT_APPLICABLE,
    NOTE,
    PALETTE,
    PREVIOUS,
    QUIT,
    RANKING,
    ROUTE,
    SCORECARD,
    STORES,
    TREE,
    bindings,
)
from greenstar.tui.desk import Desk
from greenstar.tui.screens.base import GreenScreen
from greenstar.tui.screens.finder import Finder, Found
from greenstar.tui.screens.reason import Reason, ReasonDialog
from greenstar.tui.widgets.band import Band, NextLine
from greenstar.tui.widgets.ends import Ends
from greenstar.tui.widgets.note import NoteField
from greenstar.tui.widgets.outline import Outline
from greenstar.tui.widgets.page import Page
from greenstar.tui.widgets.panel import ScorePanel
from greenstar.tui.widgets.slot import Slot

_MORE = (TREE, NEXT, PREVIOUS, FACTS, RANKING, STORES)
_OWN = (ROUTE, NOT_APPLICABLE, NOTE, NEXT_OPEN, FIND, SCORECARD, *_MORE)
_PASSING = 0.3  # seconds at a criterion until it counts as where one is


class AssessmentScreen(GreenScreen):
    """One criterion at a time, everything by keyboard, nothing to save."""

    commands = (
        KEYS,
        ROUTE,
        LANGUAGE,
        NOT_APPLICABLE,
        NOTE,
        NEXT_OPEN,
        FIND,
        BACK,
        SCORECARD,
        *_MORE,
        PALETTE,
        LIGHT,
        QUIT,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]
    DEFAULT_CSS = """
    AssessmentScreen {
        #outline { width: 24; background: $background; }
        ScorePanel { display: none; }
        &.-low #intent { display: none; }
        &.-wide {
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

    @on(ScreenResume)
    def _came_back(self) -> None:
        """Facts may have changed meanwhile."""
        if self.criterion and self.desk.visit.refresh():
            self.desk.as_recorded()
            self.show_criterion(self.criterion, enter=False)

    def on_unmount(self) -> None:
        """Keep the score for lists and rankings."""
        self.desk.visit.close()

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

    # -- answers

    @on(Slot.Changed)
    def _as_typed(self, event: Slot.Changed) -> None:
        self.desk.typed(event.name, event.value)
        self.show_score()

    @on(Slot.Wrong)
    def _no_answer(self) -> None:
        self.desk.as_recorded()
        self.show_score()

    @on(Slot.Answered)
    def _answered(self, event: Slot.Answered) -> None:
        self.record(event.name, event.value)

    def record(self, name: str, value: Answer | None) -> None:
        """Record one answer, and say what became of it."""
        slot = self.page.slot_of(name)
        try:
            self.desk.record(name, value)
        except Refused as refused:
            self._trouble(slot, refused.message)
        except StorageError as error:
            self._unsaved = True
            if slot is not None:
                slot.was_not_saved(error.message)
            else:
                self.green.tell(error.message, wrong=True)
        else:
            self._unsaved = False
            if slot is not None:
                slot.was_recorded(value)
            self.desk.keep(self.page.half_typed())
            self.page.fill(self.desk.page(self.criterion), self.desk.card, self.catalogue)
        self.show_score()
        self.show_title()

    def _trouble(self, slot: Slot | None, why: Message) -> None:
        if slot is not None:
            slot.was_refused(why)
        else:
            self.green.tell(why, wrong=True)

    def settle(self) -> None:
        """Record what is typed on the page, and keep what is no answer for when one comes back."""
        if not self.criterion:
            return
        for name, value in list(self.page.unsettled()):
            self.record(name, value)
        self.desk.keep(self.page.half_typed())
        note = self.page.query_one(NoteField).unsettled()
        if note is not None:
            self._note(*note)

    @on(NoteField.Noted)
    def _noted(self, event: NoteField.Noted) -> None:
        self._note(event.criterion, event.text)

    def _note(self, criterion: str, text: str) -> None:
        try:
            self.desk.visit.note(criterion, text)
        except StorageError as error:
            self._unsaved = True
            self.green.tell(error.message, wrong=True)
        else:
            self._unsaved = False
            self.page.query_one(NoteField).was_recorded(criterion, text)
        self.show_title()

    # -- going about

    @on(Outline.Wanted)
    def _wanted(self, event: Outline.Wanted) -> None:
        self.show_criterion(event.criterion, enter=event.enter)

    @on(Slot.Done)
    def _done(self, event: Slot.Done) -> None:
        """On to the next question; after the last by Enter to the next criterion, before the first into the tree."""
        if event.entered and event.slot.blocked:
            return
        left_by = self.page.go_on(event.slot, event.by)
        if left_by > 0 and event.entered:
            self._walk(1)
        elif left_by < 0:
            self.outline.focus()

    def _walk(self, by: int) -> None:
        """To the next or previous criterion that applies."""
        order = self.outline.order()
        at = order.index(self.criterion)
        onward = order[at + 1 :] if by > 0 else order[:at][::-1]
        found = next((one for one in onward if self.desk.card.criteria[one].applies), None)
        if found is not None:
            self.show_criterion(found, enter=True)
        else:
            self.green.tell(Message("tui.last_one" if by > 0 else "tui.first_one"))

    def do_next(self) -> None:
        """To the next criterion."""
        self._walk(1)

    def do_previous(self) -> None:
        """To the previous criterion."""
        self._walk(-1)

    def do_next_open(self) -> None:
        """To the next criterion that is open, at this place first."""
        self.settle()
        groups = self.outline.groups()
        here = groups[self.outline.heading_of(self.criterion)]
        found = self.desk.next_open(self.outline.order(), here, self.criterion)
        if found is not None:
            self.show_criterion(found, enter=True)
        elif self.desk.card.criteria[self.criterion].open:
            self.page.go_in()
        else:
            self.green.tell(Message("tui.nothing_open"))

    def do_route(self) -> None:
        """By place, or by category."""
        self.outline.switch_order()
        self.show_score()

    def do_tree(self) -> None:
        """The cursor into the tree, or back into the page."""
        if self.outline.has_focus:
            self._go_in(last=False)
        else:
            self.outline.focus()

    def do_find(self) -> None:
        """Look for a criterion by its words."""
        self.settle()
        scheme, language = self.desk.scheme, self.catalogue.language
        found = []
        for name in self.outline.order():
            criterion = scheme.criteria[name]
            asks = [question.ask for question in scheme.questions_of[name].values()]
            words = " ".join(word for text in (criterion.title, *asks) for word in text.by_language.values())
            found.append(Found(name, name, criterion.title.in_(language), f"{name} {words}"))
        self.app.push_screen(Finder("tui.find_criterion", found), self._found)

    def _found(self, criterion: str | None) -> None:
        if criterion is not None:
            self.show_criterion(criterion, enter=True)

    def do_note(self) -> None:
        """The cursor into the note."""
        field = self.page.query_one(NoteField)
        field.area.focus()
        field.scroll_visible(animate=False)

    def do_not_applicable(self) -> None:
        """Say that the criterion does not apply, and why; or take that back."""
        self.settle()
        visit, scheme = self.desk.visit, self.desk.scheme
        if visit.read_only:
            self.green.tell(Message("tui.is_read_only"))
            return
        marked = visit.visit.not_applicable.get(self.criterion)
        criterion = scheme.criteria[self.criterion]
        if marked is None and scheme.policy(criterion) == "forbid":
            self.green.tell(Message("tui.na_forbidden", id=self.criterion))
        elif marked is None and not self.desk.card.criteria[self.criterion].applies:
            self.green.tell(Message("tui.na_already", id=self.criterion))
        else:
            self.app.push_screen(ReasonDialog(self.criterion, criterion.title, marked), self._reasoned)

    def _reasoned(self, reason: Reason | None) -> None:
        if reason is None:
            return
        try:
            self.desk.visit.mark_not_applicable(self.criterion, reason.text)
        except GreenStarError as error:
            self.green.tell(error.message, wrong=True)
            return
        self.desk.as_recorded()
        self.show_criterion(self.criterion, enter=True)
        self.show_title()

    def do_scorecard(self) -> None:
        """The scorecard of this visit."""
        self.settle()
        self.green.show_scorecard(self.desk.visit)

    def do_facts(self) -> None:
        """The facts of the store."""
        self.settle()
        self.green.show_store(self.desk.visit.visit.store.code)

    def do_ranking(self) -> None:
        """The ranking."""
        self.settle()
        self.green.show_ranking()

    def do_stores(self) -> None:
        """The list of stores."""
        self.settle()
        self.green.show_stores()
