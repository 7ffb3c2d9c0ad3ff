"""Asks which of two it is to be, and takes neither until one of them is picked."""

from collections.abc import Callable
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.options import OptionField, ShownOption
from greenstar.tui.common.text import Words


class Either(NamedTuple):
    """What is asked, the two that there are, and what the keys do."""

    question: str
    first: str
    second: str
    keys: str


class EitherDialog(Dialog[bool]):
    """True: the first of the two. The cursor stands at neither.

    No letter and no digit chooses: somebody may still be typing.
    """

    def __init__(self, words: Callable[[Catalogue], Either]) -> None:
        super().__init__()
        self._words = words
        self.question, self.options, self.keys = Words(id="question"), OptionField(), Words(id="hint")

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(self.question, self.options, self.keys, id="panel")

    def on_mount(self) -> None:
        """Arrows and Enter choose."""
        self.options.focus()

    @override
    def relabel(self) -> None:
        words = self._words(self.catalogue)
        self.question.say(words.question)
        choices = [ShownOption(True, words.first), ShownOption(False, words.second)]
        self.options.fill(choices, None, several=False, beside=False)
        self.keys.say(words.keys)

    @on(OptionField.Picked)
    def _picked(self, event: OptionField.Picked) -> None:
        event.stop()
        if isinstance(event.value, bool):
            self.dismiss(event.value)

    @on(OptionField.OverEdge)
    def _at_the_edge(self, event: OptionField.OverEdge) -> None:
        event.stop()
