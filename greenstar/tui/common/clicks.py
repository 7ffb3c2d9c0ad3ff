"""Words that do a command where the mouse clicks on them, as its key does."""

from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style

from greenstar.keys import BACK, ENTER, Command
from greenstar.tui.textual_compat.kept_lines import KeptLines

_COMMAND = "command"
_BETWEEN_KEYS = "   "
_KEYS = {"Enter": ENTER, "esc": BACK}  # as the sentences of all languages call them


@dataclass
class CommandClicked(Message):
    """The name of the command whose words were clicked."""

    name: str


def leading(content: Content, command: Command) -> Content:
    """The words, which do the command where they are clicked."""
    return content.stylize(Style.from_meta({_COMMAND: command.name}))


def leading_keys(sentence: str) -> Content:
    """What the keys of a dialog do, `Enter: keep it   esc: leave`: a click on a part is as good as the key in it."""
    parts = []
    for part in sentence.split(_BETWEEN_KEYS):
        command = next((command for key, command in _KEYS.items() if part.startswith(key)), None)
        parts.append(Content(part) if command is None else leading(Content(part), command))
    return Content(_BETWEEN_KEYS).join(parts)


def press_enter(app: App[Any]) -> None:
    """Enter, by a click on its words: what has the focus knows what that does.

    The app sends it, as it does what is typed: a key that a screen sends never comes up to it, where its binding is.
    """
    app.call_later(app.simulate_key, ENTER.key)


class Clickable(KeptLines):
    """A text of which parts may be `leading`."""

    def on_click(self, event: Click) -> None:
        """Do what the words under the mouse lead to."""
        name = event.style.meta.get(_COMMAND)
        if name:
            self.post_message(CommandClicked(name))
