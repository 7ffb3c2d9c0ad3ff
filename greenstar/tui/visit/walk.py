"""The ways through a visit: from question to question and from criterion to criterion."""

from greenstar.i18n.phrase import Phrase
from greenstar.scoring.scorecard import CriterionScore
from greenstar.tui.common import wording
from greenstar.tui.common.finder import Finder
from greenstar.tui.visit.criterion_items import criterion_items
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.entry_taker import EntryTaker, Front
from greenstar.tui.visit.new_warnings import NewWarnings
from greenstar.tui.visit.outline_filter_dialog import OutlineFilterDialog
from greenstar.tui.visit.question_field import QuestionField


class Walk:
    """Finds out where to go, and has the screen go there."""

    def __init__(self, entry_taker: EntryTaker, front: Front) -> None:
        self._entry_taker, self._front = entry_taker, front
        self._session, self._view = entry_taker.session, entry_taker.view
        self._outline, self._page = entry_taker.view.outline, entry_taker.view.page
        self._warnings = NewWarnings(entry_taker.session)
        self._before: CriterionScore | None = None  # what the criterion on the page had when it was gone to

    def arrived(self) -> None:
        """Another criterion is on the page, with all its warnings."""
        self._warnings.see(self._view.criterion)
        self._before = self._session.card.criteria[self._view.criterion]

    def _go_on_to(self, criterion: str, *, entered: bool = False) -> None:
        """To another criterion; what was earned at the one that is left by Enter, or changed, is said in passing."""
        left, before = self._view.criterion, self._before
        self._front.go_to(criterion)
        score = self._session.card.criteria[left]
        if left != criterion and (entered or score != before) and score.applies and not score.open:
            words = wording.left_with(self._session.scheme, score, self._front.host.catalogue)
            self._front.notice.tell_in_passing(words)

    def enter(self, question: str | None = None) -> None:
        """The cursor to a question, else to the first that is open; into the tree where nothing is asked."""
        if not self._page.enter(question):
            self._outline.focus()

    def enter_from_tree(self, criterion: str) -> None:
        """Into a criterion that was chosen in the tree; on, where it is the one on the page and nothing is asked."""
        if criterion == self._view.criterion and not self._page.fields():
            self.step(1)
        else:
            self._go_on_to(criterion)

    def leave_field(self, field: QuestionField, by: int, *, entered: bool) -> None:
        """On to the next question; after the last by Enter to the next criterion, before the first into the tree.

        A new warning is shown first: Enter leads away from it at the second press.
        """
        if entered and field.blocked:
            return
        left_by = self._page.go_on(field, by)
        warned = self._warnings.see(self._view.criterion)
        if left_by > 0 and entered:
            if warned:
                self._page.show_warnings(field)
                self._front.host.notify(Phrase("tui.enter_again"))
            else:
                self.step(1, entered=True)
        elif left_by < 0:
            self._outline.focus()

    def still_so(self) -> None:
        """The last cycle's answer to the question at the cursor is this one's as well; on to the next."""
        field = self._page.focused_field()
        state = field.state if field is not None else None
        if field is None or state is None or state.view.previous is None or state.view.locked:
            self._front.host.notify(Phrase("tui.no_previous"))
        elif not state.view.stays:
            key = "tui.new_choice" if state.view.by_picking else "tui.new_figure"
            self._front.host.notify(Phrase(key, cycle=state.view.cycle))
        else:
            self._entry_taker.record(AnswerEntry(state.view.name, state.view.previous, state.recorded))
            self.leave_field(field, 1, entered=True)

    def step(self, by: int, *, entered: bool = False) -> None:
        """To the next criterion that applies, or (`by` below 0) to the one before."""
        criterion = self._session.next_applying(self._outline.order(), self._view.criterion, by)
        if criterion is not None:
            self._go_on_to(criterion, entered=entered)
        else:
            self._front.host.notify(Phrase("tui.last_one" if by > 0 else "tui.first_one"))

    def next_open(self) -> None:
        """To the next criterion that is open, at this place first."""
        self._entry_taker.settle()
        outline, current = self._outline, self._view.criterion
        here = outline.groups()[outline.heading_of(current)]
        criterion = self._session.next_open(outline.order(), here, current)
        if criterion is not None:
            self._go_on_to(criterion)
        elif self._session.card.criteria[current].open:
            self._page.enter()
        else:
            self._front.host.notify(Phrase("tui.nothing_open"))

    def find(self) -> None:
        """Look for a criterion by its words."""
        self._entry_taker.settle()
        items = list(criterion_items(self._session.scheme, self._outline))
        self._front.ask(Finder("tui.find_criterion", items, "tui.find_keys"), self._chosen)

    def _chosen(self, criterion: str | None) -> None:
        if criterion is not None:
            self._go_on_to(criterion)

    def choose_filter(self) -> None:
        """Ask which criteria the tree lists."""
        self._front.ask(OutlineFilterDialog(self._outline.counts(), self._outline.filter), self._filtered)

    def _filtered(self, name: str | None) -> None:
        if name is not None:
            self._outline.show_only(name)
