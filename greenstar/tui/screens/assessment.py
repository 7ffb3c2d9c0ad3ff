"""A visit: the ways through it, from question to question, criterion to criterion, and out."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from greenstar.messages import Message
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
from greenstar.tui.screens.finder import Finder, Found
from greenstar.tui.screens.visit_answers import VisitAnswers
from greenstar.tui.widgets.outline import Outline
from greenstar.tui.widgets.slot import Slot

_MORE = (TREE, NEXT, PREVIOUS, FACTS, RANKING, STORES)
_OWN = (ROUTE, NOT_APPLICABLE, NOTE, NEXT_OPEN, FIND, SCORECARD, *_MORE)


class AssessmentScreen(VisitAnswers):
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

    def do_scorecard(self) -> None:
        """The scorecard of this visit."""
        self.leave()
        self.green.show_scorecard(self.desk.visit)

    def do_facts(self) -> None:
        """The facts of the store."""
        self.leave()
        self.green.show_store(self.desk.visit.visit.store.code)

    def do_ranking(self) -> None:
        """The ranking."""
        self.leave()
        self.green.show_ranking()

    def do_stores(self) -> None:
        """The list of stores."""
        self.leave()
        self.green.show_stores()
