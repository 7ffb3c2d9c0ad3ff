"""Asks for the key that a command is to have: it is pressed."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.keys import Command
from greenstar.services.settings.key_settings import why_not
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.text import Words


class KeyDialog(Dialog[str]):
    """Gives the key; an empty text: the command is to have the key that it came with."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command
        self._why: Phrase | None = None

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(Words(id="question"), Words(id="trouble"), Words(id="hint"), id="panel")

    @override
    def relabel(self) -> None:
        say = self.catalogue.say
        self.query_one("#question", Words).say(say("settings.press_key", command=Phrase(self.command.sentence)))
        trouble = self.catalogue.render(self._why) if self._why is not None else ""
        self.query_one("#trouble", Words).say(Content.styled(trouble, "$error"))
        keys = self.host.keymap.shown(self.command)
        self.query_one("#hint", Words).say(say("settings.press_key_now", keys=keys))

    def on_key(self, event: Key) -> None:
        """Any key but escape is meant for the command, whatever it does elsewhere."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        if event.key == "backspace":
            self.dismiss("")
            return
        self._why = why_not(event.key, self.command, self.host.keymap)
        if self._why is None:
            self.dismiss(event.key)
        else:
            self.relabel()
