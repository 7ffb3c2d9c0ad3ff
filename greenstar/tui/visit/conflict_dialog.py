"""Two windows answered the same question: the dialog that asks which answer is to stand."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from typing_extensions import override

from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.options import Choice, OptionField
from greenstar.tui.common.text import Words
from greenstar.tui.visit.two_values import TwoValues


class ConflictDialog(Dialog[bool]):
    """Both values with their times; True: what was typed here is taken. Nothing is picked until one of them is.

    No letter and no digit chooses: somebody may still be typing.
    """

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    ConflictDialog { #panel { border-left: ascii $warning; } }
    """

    def __init__(self, values: TwoValues[Any]) -> None:
        super().__init__()
        self.values = values
        self.question, self.options, self.keys = Words(id="question"), OptionField(), Words(id="hint")

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(self.question, self.options, self.keys, id="panel")

    def on_mount(self) -> None:
        """The cursor stands at neither."""
        self.options.focus()

    @override
    def relabel(self) -> None:
        catalogue, values = self.catalogue, self.values
        self.question.say(catalogue.say("tui.clash_question", what=values.subject(catalogue)))
        choices = [Choice(True, values.say_mine(catalogue)), Choice(False, values.say_theirs(catalogue))]
        self.options.fill(choices, None, several=False, beside=False)
        self.keys.say(catalogue.say("tui.clash_keys"))

    @on(OptionField.Picked)
    def _picked(self, event: OptionField.Picked) -> None:
        event.stop()
        if isinstance(event.value, bool):
            self.dismiss(event.value)

    @on(OptionField.Left)
    def _at_the_edge(self, event: OptionField.Left) -> None:
        event.stop()
