"""Asks why a criterion does not apply, or takes that back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from greenstar.i18n.phrase import Phrase, Text
from greenstar.text import MOST_CHARACTERS, clean_text
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.text import Words
from greenstar.tui.visit.question_field import DRAFT_REST

Keep = Callable[[str | None], None]


@dataclass(frozen=True)
class Reason:
    """What was said; None takes it back."""

    text: str | None


class ReasonDialog(Dialog[Reason]):
    """A reason is a must: without one there is no "not applicable".

    `half_typed` is what was typed before and not confirmed; `keep` is told what is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4", "take_back", show=False)]

    def __init__(self, criterion: str, title: Text, marked: str | None, half_typed: str | None, keep: Keep) -> None:
        super().__init__()
        self.criterion, self.words, self.marked, self.half_typed, self.keep = criterion, title, marked, half_typed, keep
        self._drafting: Timer | None = None
        self._wrong: Phrase | None = None

    def compose(self) -> ComposeResult:
        """A question, a field, and what the keys do."""
        with Vertical(id="panel"):
            yield Words(id="question")
            yield Input(self.half_typed or self.marked or "", compact=True, select_on_focus=False)
            yield Words(id="trouble")
            yield Words(id="hint")

    def relabel(self) -> None:
        """Write every word again."""
        say = self.catalogue.say
        question = say("tui.na_question", id=self.criterion, title=self.words)
        self.query_one("#question", Words).say(Content(question))
        self.hint("tui.na_keys" if self.marked is None else "tui.na_keys_marked")
        trouble = self.catalogue.render(self._wrong) if self._wrong is not None else ""
        self.query_one("#trouble", Words).say(Content.styled(trouble, "$error"))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._wrong = None
        self.query_one("#trouble", Words).say("")
        if self._drafting is None:
            self._drafting = self.set_timer(DRAFT_REST, self._draft)

    def _draft(self) -> None:
        self._drafting = None
        text = self.query_one(Input).value
        self.keep(None if text == (self.marked or "") else text)

    def action_cancel(self) -> None:
        """Leave without an answer; what is typed is there when one comes back."""
        self._draft()
        super().action_cancel()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        text = clean_text(event.value)
        if not text:
            self._wrong = Phrase("tui.na_needs_reason")
        elif len(text) > MOST_CHARACTERS:
            self._wrong = Phrase("answers.too_long", most=str(MOST_CHARACTERS), found=str(len(text)))
        else:
            self._draft()  # whatever becomes of it, it is there
            self.dismiss(Reason(text))
            return
        self.relabel()

    def action_take_back(self) -> None:
        """It applies after all."""
        if self.marked is not None:
            self.dismiss(Reason(None))
