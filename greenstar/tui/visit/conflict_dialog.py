"""Two windows answered the same question: the dialog that asks which answer is to stand."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.options import Choice, OptionField
from greenstar.tui.common.text import Words


class ConflictDialog(Dialog[bool]):
    """Both values with their times; True: what was typed here is taken. Nothing is picked until one of them is.

    No letter and no digit chooses: somebody may still be typing.
    """

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    ConflictDialog { #panel { border-left: ascii $warning; } }
    """

    def __init__(self, words: Callable[[Catalogue], tuple[str, str, str]]) -> None:
        super().__init__()
        self.words = words  # what it is about, what was typed here, and what the other window has

    def compose(self) -> ComposeResult:
        """What it is about, both values, and what the keys do."""
        with Vertical(id="panel"):
            yield Words(id="question")
            yield OptionField()
            yield Words(id="hint")

    def on_mount(self) -> None:
        """The cursor stands at neither."""
        self.query_one(OptionField).focus()

    def relabel(self) -> None:
        """Write every word again."""
        say = self.catalogue.say
        what, mine, theirs = self.words(self.catalogue)
        self.query_one("#question", Words).say(say("tui.clash_question", what=what))
        choices = [Choice(True, mine), Choice(False, theirs)]
        self.query_one(OptionField).fill(choices, None, several=False, beside=False)
        self.query_one("#hint", Words).say(say("tui.clash_keys"))

    @on(OptionField.Picked)
    def _picked(self, event: OptionField.Picked) -> None:
        event.stop()
        if isinstance(event.value, bool):
            self.dismiss(event.value)

    @on(OptionField.Left)
    def _at_the_edge(self, event: OptionField.Left) -> None:
        event.stop()
