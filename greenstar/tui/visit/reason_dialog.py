"""Asks why a criterion does not apply, or takes that back."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input
from typing_extensions import override

from greenstar.assessment.reasons import says_something
from greenstar.i18n.phrase import Phrase, Text
from greenstar.keys import NOT_APPLICABLE
from greenstar.text import MOST_CHARACTERS, clean_text
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.text import Words
from greenstar.tui.visit.half_typed import HalfTyped, HalfTypedDialog, Keep


@dataclass(frozen=True)
class Reason:
    """What was said; None takes it back."""

    text: str | None


class ReasonDialog(HalfTypedDialog[Reason]):
    """A reason is a must: without one there is no "not applicable".

    `half_typed` is what was typed before and not confirmed; `keep` is told what is typed, and what of it is on disk.
    """

    commands = (*Dialog.commands, NOT_APPLICABLE)

    def __init__(self, criterion: str, title: Text, marked: str | None, half_typed: str | None, keep: Keep) -> None:
        super().__init__()
        self.criterion, self.words, self.marked = criterion, title, marked
        self._wrong: Phrase | None = None
        self.half_typed = HalfTyped(self, self._not_recorded, half_typed, keep)
        self.question, self.trouble = Words(id="question"), Words(id="trouble")
        self.line = CompactInput(half_typed or marked or "")

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(self.question, self.line, self.trouble, Words(id="hint"), id="panel")

    @override
    def relabel(self) -> None:
        self.question.say(self.catalogue.say("tui.na_question", id=self.criterion, title=self.words))
        self.hint("tui.na_keys" if self.marked is None else "tui.na_keys_marked")
        trouble = self.catalogue.render(self._wrong) if self._wrong is not None else ""
        self.trouble.say(Content.styled(trouble, "$error"))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._wrong = None
        self.trouble.say("")
        self.half_typed.keep_soon()

    def _not_recorded(self) -> str | None:
        return None if self.line.value == (self.marked or "") else self.line.value

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        text = clean_text(event.value)
        if not text:
            self._wrong = Phrase("tui.na_needs_reason")
        elif text != self.marked and not says_something(text):
            self._wrong = Phrase("tui.na_says_nothing")
        elif len(text) > MOST_CHARACTERS:
            self._wrong = Phrase("answers.too_long", most=str(MOST_CHARACTERS), found=str(len(text)))
        else:
            self.half_typed.keep()  # whatever becomes of it, it is there
            self.dismiss(Reason(text))
            return
        self.relabel()

    def do_not_applicable(self) -> None:
        """It applies after all."""
        if self.marked is not None:
            self.dismiss(Reason(None))
