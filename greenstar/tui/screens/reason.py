"""Asks why a criterion does not apply, or takes that back."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from greenstar.assessment.answers import clean_text
from greenstar.messages import Text
from greenstar.tui.screens.dialog import Dialog
from greenstar.tui.widgets.lines import Words


@dataclass(frozen=True)
class Reason:
    """What was said; None takes it back."""

    text: str | None


class ReasonDialog(Dialog[Reason]):
    """A reason is a must: without one there is no "not applicable"."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4", "take_back", show=False)]

    def __init__(self, criterion: str, title: Text, marked: str | None) -> None:
        super().__init__()
        self.criterion, self.words, self.marked = criterion, title, marked

    def compose(self) -> ComposeResult:
        """A question, a field, and what the keys do."""
        with Vertical(id="panel"):
            yield Words(id="question")
            yield Input(self.marked or "", compact=True, select_on_focus=False)
            yield Words(id="trouble")
            yield Words(id="hint")

    def relabel(self) -> None:
        """Write every word again."""
        say = self.catalogue.say
        question = say("tui.na_question", id=self.criterion, title=self.words)
        self.query_one("#question", Words).say(Content(question))
        self.query_one("#hint", Words).say(Content(say("tui.na_keys" if self.marked is None else "tui.na_keys_marked")))

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#trouble", Words).say("")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        text = clean_text(event.value)
        if text:
            self.dismiss(Reason(text))
        else:
            self.query_one("#trouble", Words).say(Content.styled(self.catalogue.say("tui.na_needs_reason"), "$error"))

    def action_take_back(self) -> None:
        """It applies after all."""
        if self.marked is not None:
            self.dismiss(Reason(None))
