"""Asks for the text of a setting."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.text import MOST_CHARACTERS, clean_line
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.text import Words


class TextDialog(Dialog[str]):
    """Enter keeps it; an empty text means that nothing is set."""

    def __init__(self, name: Phrase, value: str) -> None:
        super().__init__()
        self.words, self.before = name, value
        self.line = CompactInput(value, max_length=MOST_CHARACTERS)

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(Words(id="question"), self.line, Words(id="hint"), id="panel")

    @override
    def relabel(self) -> None:
        self.query_one("#question", Words).say(self.catalogue.say("settings.type", name=self.words))
        self.hint("settings.type_keys")

    @property
    @override
    def would_lose(self) -> bool:
        return self.line.value != self.before

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.dismiss(clean_line(event.value))
