"""A list to choose from by typing a few letters: criteria by their words, and the commands of a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from greenstar.tui.lines import both_ends
from greenstar.tui.screens.dialog import Dialog
from greenstar.tui.widgets.lines import Words
from greenstar.tui.widgets.rows import Rows


@dataclass(frozen=True)
class Found:
    """Something to choose; `searched` is what the typed letters are looked for in."""

    value: str
    name: str
    words: str
    searched: str = ""
    right: str = ""


class Finder(Dialog[str]):
    """Type, look, press Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    Finder {
        Rows {
            height: auto; max-height: 14; margin-top: 1; background: $panel;
            & > .rows--cursor { background: $cursor; }
        }
    }
    """

    def __init__(self, question: str, found: Sequence[Found]) -> None:
        super().__init__()
        self.question, self.found = question, found

    def compose(self) -> ComposeResult:
        """A field, and the list that it narrows."""
        with Vertical(id="panel"):
            yield Words(id="question")
            yield Input(compact=True)
            yield Rows(_draw)
            yield Words(id="hint")

    def on_mount(self) -> None:
        """All of it, to begin with."""
        self._narrow("")
        self.query_one(Input).focus()

    def relabel(self) -> None:
        """Write every word again."""
        self.query_one("#question", Words).say(Content(self.catalogue.say(self.question)))
        self.query_one("#hint", Words).say(Content(self.catalogue.say("tui.find_keys")))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        left = [one for one in self.found if all(word in _searched(one) for word in wanted)]
        rows = self.query_one(Rows)
        rows.show(left, 0)
        rows.styles.height = max(1, min(len(left), 14))

    @on(Input.Submitted)
    def _entered(self) -> None:
        row = self.query_one(Rows).row
        if row is not None:
            self.dismiss(row.value)

    @on(Rows.Chosen)
    def _clicked(self, event: Rows.Chosen) -> None:
        self.dismiss(event.row.value)

    def action_step(self, by: int) -> None:
        """The arrows move in the list while the letters go into the field."""
        self.query_one(Rows).action_step(by)


def _searched(found: Found) -> str:
    return (found.searched or f"{found.name} {found.words}").casefold()


def _draw(found: Found, width: int) -> Content:
    left = Content.assemble((found.name, "bold $primary"), "  " if found.name else "", found.words)
    return both_ends(left, Content.styled(found.right, "$muted"), width)
