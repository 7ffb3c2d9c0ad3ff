"""What can be done with a store and its visit now, what each step will do, and why the others are not possible."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.steps import StepNow
from greenstar.tui import glyphs
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words


class StepsDialog(Dialog[StepNow]):
    """A list to choose from. Below it stands what the step under the cursor will do, or why it cannot be done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]
    DEFAULT_CSS = """
    StepsDialog {
        Rows { background: $panel; }
        #about { margin-top: 1; height: 4; }
    }
    """

    def __init__(self, title: Phrase, steps: Sequence[StepNow]) -> None:
        super().__init__()
        self._title, self._steps = title, steps

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="panel"):
            yield Words(id="question")
            yield Rows(self._draw)
            yield Words(id="about")
            yield Words(id="hint")

    def on_mount(self) -> None:
        """At the first step that is possible."""
        rows = self.query_one(Rows)
        rows.styles.height = len(self._steps)
        rows.show(self._steps, 0)
        rows.focus()

    @override
    def relabel(self) -> None:
        self.query_one("#question", Words).say(Content.styled(self.catalogue.render(self._title), "bold"))
        self.hint("life.step_keys")
        self.query_one(Rows).refresh()
        self._say_about(self._steps[self.query_one(Rows).cursor])

    def _say_about(self, step: StepNow) -> None:
        say = self.catalogue.render
        words = Content(say(step.does))
        if step.why_not is not None:
            words = Content.styled(f"{self.catalogue.say('life.not_now')} {say(step.why_not)}", "$warning")
        self.query_one("#about", Words).say(words)

    def _draw(self, step: StepNow, _width: int) -> Content:
        word = self.catalogue.say(f"life.step_{step.step}")
        if step.why_not is None:
            return Content.assemble("  ", (word, "bold"))
        return Content.assemble(glyphs.NOT_APPLICABLE.content, " ", (word, "$faint"))

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        self._say_about(event.row)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """A step that is not possible says why, and the list stays."""
        step: StepNow = event.row
        if step.why_not is None:
            self.dismiss(step)
        else:
            self._say_about(step)
