"""A visit: the ways through it, from question to question and from criterion to criterion."""

from textual import on

from greenstar.i18n.phrase import Phrase
from greenstar.tui import commands as keys
from greenstar.tui.common.finder import Finder, FinderItem
from greenstar.tui.visit.filter_dialog import FilterDialog
from greenstar.tui.visit.outline import Outline
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.visit_lists import VisitLists

_MAIN = (  # in the order in which they stand in the footer, as many as there is room for
    keys.ROUTE,
    keys.LANGUAGE,
    keys.NOT_APPLICABLE,
    keys.EVIDENCE,
    keys.FINDINGS,
    keys.NOTE,
    keys.NEXT_OPEN,
    keys.FIND,
    keys.LEAVING,
    keys.BACK,
    keys.SCORECARD,
)
_MORE = (
    keys.STILL_SO,
    keys.FLAG,
    keys.FILTER,
    keys.NEEDS,
    keys.UNDO,
    keys.REDO,
    keys.HISTORY,
    keys.TREE,
    keys.NEXT,
    keys.PREVIOUS,
    keys.FACTS,
    keys.RANKING,
    keys.STORES,
)


class AssessmentScreen(VisitLists):
    """One criterion at a time, everything by keyboard, nothing to save."""

    commands = (keys.KEYS, *_MAIN, *_MORE, keys.PALETTE, keys.LIGHT, keys.QUIT)

    @on(Outline.Wanted)
    def _wanted(self, event: Outline.Wanted) -> None:
        if event.enter and event.criterion == self.criterion and not self.page.slots():
            self._walk(1)  # nothing is asked here: on
        else:
            self.show_criterion(event.criterion, enter=event.enter)

    @on(QuestionField.Done)
    def _done(self, event: QuestionField.Done) -> None:
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
            self.host.notify(Phrase("tui.last_one" if by > 0 else "tui.first_one"))

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
            self.host.notify(Phrase("tui.nothing_open"))

    def do_route(self) -> None:
        """By place, or by category."""
        self.outline.switch_order()
        self.show_score()

    def do_filter(self) -> None:
        """Which criteria the tree lists."""
        outline = self.outline
        self.app.push_screen(FilterDialog(outline.counts(), outline.filter), self._filtered)

    def _filtered(self, name: str | None) -> None:
        if name is not None:
            self.outline.show_only(name)

    def do_tree(self) -> None:
        """The cursor into the tree, or back into the page."""
        if self.outline.has_focus:
            self._go_in(last=False)
        else:
            self.outline.focus()

    def do_find(self) -> None:
        """Look for a criterion by its words."""
        self.settle()
        scheme, found = self.desk.scheme, []
        for name in self.outline.order():
            criterion = scheme.criteria[name]
            texts = [text for text in (criterion.guidance, criterion.intent, *criterion.evidence) if text is not None]
            for question in scheme.questions_of[name].values():
                texts += [question.ask, *(option.label for option in scheme.options(question).values())]
            place = self.outline.title_of(self.outline.heading_of(name)) or Phrase("tui.nowhere")
            found.append(FinderItem(name, name, criterion.title, texts, place))
        self.app.push_screen(Finder("tui.find_criterion", found), self._found)

    def _found(self, criterion: str | None) -> None:
        if criterion is not None:
            self.show_criterion(criterion, enter=True)
