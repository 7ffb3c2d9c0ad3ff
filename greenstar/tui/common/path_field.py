"""A field for the paths of files: Tab completes them as a shell does, with the names that fit under the field."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.evidence.path_completion import Completion, Match
from greenstar.services.evidence.path_parsing import folder_of, pasted, spelled
from greenstar.tui.common import threads
from greenstar.tui.common.field_input import FieldInput
from greenstar.tui.common.pasting import TakesAll
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Line, Words

MOST_CHARACTERS = 20_000
_MOST_ENTERED = 50  # texts that are brought back
_MUCH_ROOM = 30  # lines of a window
_AT_ONCE = 0.5  # seconds
_NOWHERE = -1  # the cursor of a list that is not gone into


class PathInput(FieldInput, TakesAll):
    """The line itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("down", "leave", show=False),
        Binding("up", "bring_back", show=False),
    ]

    class Complete(Message):
        """Tab was pressed."""

    class WentDown(Message):
        """The arrow down was pressed."""

    class BringBack(Message):
        """The arrow up was pressed."""

    def action_bring_back(self) -> None:
        """Bring back what was entered before."""
        self.post_message(self.BringBack())

    def action_complete(self) -> None:
        """Complete the path."""
        self.post_message(self.Complete())

    def action_leave(self) -> None:
        """On to what stands below."""
        self.post_message(self.WentDown())

    def on_paste(self, event: Paste) -> None:
        """Take all that is pasted, or dropped on the terminal, as one line."""
        event.stop()
        event.prevent_default()
        room = MOST_CHARACTERS - len(self.value)
        self.insert_text_at_cursor(pasted(event.text[:MOST_CHARACTERS])[:room])


class PathField(Vertical):
    """The field, and below it the names that fit what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("shift+tab,escape", "back", show=False)]
    DEFAULT_CSS = """
    PathField {
        height: auto;
        #field { height: 1; }
        #word { width: auto; padding-right: 1; text-style: bold; color: $primary; }
        #matches { display: none; height: auto; background: $panel; }
        #more { display: none; color: $muted; padding-left: 1; background: $panel; }
        &:focus-within.-fits #matches, &:focus-within.-fits.-more #more { display: block; }
    }
    """

    @dataclass
    class Changed(Message):
        """Something was typed."""

        text: str

    @dataclass
    class Entered(Message):
        """Enter was pressed."""

        text: str

    @dataclass
    class Completed(Message):
        """It was looked up how what is typed may go on."""

        completion: Completion

    class WentDown(Message):
        """On to what stands below."""

    def __init__(self, complete: Callable[[str], Completion], entered: list[str]) -> None:
        super().__init__()
        self._complete, self._former = complete, entered
        self._back = 0  # how many entered texts ago what stands here was brought back from; 0: it was not
        self._completion = Completion("", "")
        self._catalogue: Catalogue | None = None

    def compose(self) -> ComposeResult:
        """A line, and a list."""
        with Horizontal(id="field"):
            yield Line(id="word")
            yield PathInput(select_on_focus=False, max_length=MOST_CHARACTERS)
        yield Rows(_draw, id="matches")
        yield Words(id="more")

    @property
    def input(self) -> PathInput:
        """The line itself."""
        return self.query_one(PathInput)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.input.value

    @property
    def matches(self) -> Rows:
        """The names that fit."""
        return self.query_one("#matches", Rows)

    @property
    def offered(self) -> str:
        """The folder that Tab puts into the empty field: the one from which a file was taken last."""
        return folder_of(self._former[-1]) if self._former else ""

    def remember(self, text: str) -> None:
        """Something was taken from the paths in this text: its folder is offered, and the arrow up brings it back."""
        self._former[:] = [*(known for known in self._former if known != text), text][-_MOST_ENTERED:]
        self._back = 0

    @on(PathInput.BringBack)
    def _bring_back(self, event: PathInput.BringBack) -> None:
        event.stop()
        if self._back < len(self._former):
            self._back += 1
            self._put(self._former[-self._back])

    def fill(self, text: str, *, locked: bool = False) -> None:
        """Put a text into the field."""
        field = self.input
        with self.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)
        field.disabled = locked
        self._show(Completion(text, text))

    def add(self, path: Path) -> None:
        """Put a path behind what is typed, with the cursor after it."""
        typed = self.text.rstrip()
        self._put(f"{typed} {spelled(str(path))} ".lstrip())
        self.input.focus()

    def relabel(self, word: str, hint: str, catalogue: Catalogue) -> None:
        """Write the words in another language; what is typed stays."""
        self._catalogue = catalogue
        label = self.query_one("#word", Line)
        label.update(Content(word))
        label.display = bool(word)  # where the label stands before the field, none is beside it
        self.input.placeholder = hint
        self._show(self._completion)

    # -- what fits

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._back = 0
        self.post_message(self.Changed(event.value))
        text = event.value
        threads.start_for(self, lambda: self.Completed(self._complete(text)))

    @on(Completed)
    def _looked(self, event: Completed) -> None:
        event.stop()
        if event.completion.typed == self.text:
            self._show(event.completion)

    def _show(self, completion: Completion) -> None:
        self._completion = completion
        wanted = [match for match in completion.matches if match.text.rstrip() != completion.typed.rstrip()]
        self.matches.show(wanted, 0)
        self.matches.cursor = _NOWHERE
        self.matches.styles.height = max(1, min(len(wanted), 10 if self.app.size.height >= _MUCH_ROOM else 5))
        self.set_class(bool(wanted), "-fits")
        hidden = completion.not_shown and self._catalogue is not None
        self.set_class(bool(hidden), "-more")
        if self._catalogue is not None:
            self.query_one("#more", Words).say(self._catalogue.say("evidence.more_names", count=completion.not_shown))

    @on(PathInput.Complete)
    def _asked_for_more(self, event: PathInput.Complete) -> None:
        """What can be added is added; else into the list of what fits; else on to what stands below."""
        event.stop()
        if not self.text and self.offered:
            self._put(self.offered)
            return
        completion = self._completed(self.text)
        if completion.completed != self.text:
            self._put(completion.completed)
            return
        self._show(completion)
        if self.has_class("-fits"):
            self._go_in()
        else:
            self.post_message(self.WentDown())

    @on(PathInput.WentDown)
    def _down(self, event: PathInput.WentDown) -> None:
        event.stop()
        if self.has_class("-fits"):
            self._go_in()
        else:
            self.post_message(self.WentDown())

    def _go_in(self) -> None:
        """Into the list of what fits."""
        self.matches.put_cursor(0)
        self.matches.focus()

    @on(Rows.Chosen)
    def _taken(self, event: Rows.Chosen) -> None:
        event.stop()
        self._put(event.row.text)
        self.input.focus()

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()

    def _put(self, text: str) -> None:
        """Go on from a longer text."""
        self.fill(text)
        self._show(self._completed(text))
        self.post_message(self.Changed(text))

    def _completed(self, text: str) -> Completion:
        """How a text may go on, as far as that is known at once: a disk that does not answer holds nobody up."""
        return threads.within(_AT_ONCE, lambda: self._complete(text), Completion(text, text))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(event.value))

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Out of the list one goes back into the field; out of the field as from any other."""
        if action == "back":
            return self.matches.has_focus
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Back into the field."""
        self.matches.cursor = _NOWHERE
        self.input.focus()


def _draw(match: Match, _width: int) -> Content:
    return Content.styled(f"{match.shown}/", "bold $primary") if match.folder else Content(match.shown)
