"""Has the answer to a question measured in the window of its helper, and records what comes of it."""

from functools import partial

from greenstar.assessment.model import Answer
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import drafts
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.entry_taker import EntryTaker, Front
from greenstar.tui.visit.helper_dialog import HelperDialog
from greenstar.tui.visit.open_dialog import OpenDialog
from greenstar.tui.visit.question_field import QuestionField


class Measuring:
    """Opens the window of the question at the cursor."""

    def __init__(self, entry_taker: EntryTaker, front: Front, open_dialog: OpenDialog) -> None:
        self._entry_taker, self._front, self._open_dialog = entry_taker, front, open_dialog

    def measure(self, field: QuestionField | None) -> None:
        """Ask for the figures that the answer in a field is calculated from."""
        state = field.state if field is not None else None
        if state is None or state.view.question.helper is None:
            self._front.host.notify(Phrase("helper.none_here"))
            return
        if state.view.locked:
            self._front.host.notify(Phrase("tui.is_read_only"))
            return
        view = self._entry_taker.session.view(state.view.name)
        place = drafts.field(drafts.HELPER, view.name)
        half_typed = self._entry_taker.session.half_typed.get(place)
        dialog = HelperDialog(view, half_typed, partial(self._entry_taker.keep, place))
        self._open_dialog.ask(dialog, partial(self._measured, view.name, state.recorded))

    def _measured(self, name: str, seen: Answer | None, formula: str | None) -> None:
        """`seen`: the answer when the window was opened; what another session gave meanwhile is asked about."""
        if formula is None:
            return
        field = self._entry_taker.page.field_of(name)
        if field is not None:
            field.write(formula)
        self._entry_taker.record(AnswerEntry(name, self._entry_taker.session.view(name).read(formula), seen))
        self._entry_taker.recorder.draft(drafts.field(drafts.HELPER, name), None)
