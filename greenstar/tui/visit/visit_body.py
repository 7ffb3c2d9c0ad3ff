"""Tree, page and score beside each other; what is entered on the page goes from here to be recorded."""

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from greenstar.tui.common.panel import Frame
from greenstar.tui.visit.entry_taker import EntryTaker
from greenstar.tui.visit.note_field import NoteField
from greenstar.tui.visit.question_field import QuestionField


class VisitBody(Horizontal, Frame):
    """Hands every entry to its taker."""

    def __init__(self, *columns: Widget, entry_taker: EntryTaker) -> None:
        super().__init__(*columns, id="body")
        self._taker = entry_taker

    @on(QuestionField.Typed)
    def _typed(self, event: QuestionField.Typed) -> None:
        event.stop()
        if event.field.state is not None:
            self._taker.session.typed(event.field.state)
            self._taker.view.show_score()

    @on(QuestionField.Drafted)
    def _half_typed(self, event: QuestionField.Drafted) -> None:
        event.stop()
        self._taker.keep_half_typed(event.field)

    @on(QuestionField.Answered)
    def _answered(self, event: QuestionField.Answered) -> None:
        event.stop()
        self._taker.record(event.entry)

    @on(NoteField.Drafted)
    def _half_written(self, event: NoteField.Drafted) -> None:
        event.stop()
        self._taker.keep_half_written()

    @on(NoteField.Noted)
    def _noted(self, event: NoteField.Noted) -> None:
        event.stop()
        self._taker.record_note(event.entry)
