"""A list of what can be done now: what each action will do, and why the others are not possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.tui import glyphs
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.fitted_rows import FittedRows
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words

_BESIDES, _LEAST_ROWS = 12, 3  # lines that a window has besides the list; of the list


@dataclass(frozen=True)
class Action:
    """Something to do: its name and word, what it will do, and why it is not possible (None: it is)."""

    name: str
    word: Phrase
    does: Phrase
    why_not: Phrase | None = None


class ActionsDialog(Dialog[str]):
    """A list to choose from. Below it stands what the action under the cursor will do, or why it cannot be done."""

    DEFAULT_CSS = """
    ActionsDialog {
        & > #panel { max-height: 100%; padding: 0 1; }
        #about { margin-top: 1; height: 4; }
    }
    """

    def __init__(self, title: Phrase, actions: Sequence[Action]) -> None:
        super().__init__()
        self._title, self._actions = title, actions

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="panel"):
            yield Words(id="question")
            yield FittedRows(self._draw, besides=_BESIDES, least=_LEAST_ROWS, most=len(self._actions))
            yield Words(id="about")
            yield Words(id="hint")

    def on_mount(self) -> None:
        """At the first that is possible."""
        rows = self.query_one(Rows)
        rows.show(self._actions, 0)
        rows.focus()

    def on_resize(self) -> None:
        """As many lines as there is room for."""
        self.query_one(FittedRows).fit()

    @override
    def relabel(self) -> None:
        self.query_one("#question", Words).say(Content.styled(self.catalogue.render(self._title), "bold"))
        self.hint("life.step_keys")
        self.query_one(Rows).refresh()
        self._say_about(self._actions[self.query_one(Rows).cursor])

    def _say_about(self, action: Action) -> None:
        say = self.catalogue.render
        words = Content(say(action.does))
        if action.why_not is not None:
            words = Content.styled(self.catalogue.say("life.not_now", why=action.why_not), "$warning")
        self.query_one("#about", Words).say(words)

    def _draw(self, action: Action, _width: int) -> Content:
        word = self.catalogue.render(action.word)
        if action.why_not is None:
            return Content.assemble("  ", (word, "bold"))
        return Content.assemble(glyphs.NOT_APPLICABLE.content, " ", (word, "$faint"))

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        self._say_about(event.row)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """What is not possible says why, and the list stays."""
        action: Action = event.row
        if action.why_not is None:
            self.dismiss(action.name)
        else:
            self._say_about(action)
