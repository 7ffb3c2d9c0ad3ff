"""The leader: `ctrl+g`, then a letter. It does what function and alt keys do, which some terminals keep to themselves.

After half a second a menu shows the letters of the screen; at once after the leader a second time, or f1.
"""

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import App
from textual.content import Content
from textual.events import Key
from textual.keys import key_to_character
from textual.screen import Screen
from textual.timer import Timer

from greenstar.i18n.phrase import Phrase
from greenstar.keys import BACK, KEYS, Command, key_shown
from greenstar.tui.common.clicks import CommandClicked, leading
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.key_line import works_elsewhere
from greenstar.tui.common.lines import fit
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.text import Words
from greenstar.tui.host import host_of

_PATIENCE = 0.5  # seconds until the menu comes by itself
_KEY, _LEAST = 6, 22  # cells of a key in the menu, and of a column


class LeaderMenu(Words):
    """The letters of the screen, over its last lines."""

    DEFAULT_CSS = """
    LeaderMenu {
        layer: cover; dock: bottom; display: block; height: auto; max-height: 100%;
        background: $panel; padding: 0 1; border-top: solid $primary;
    }
    .-plain LeaderMenu { border-top: ascii $primary; }
    .-too-narrow LeaderMenu, .-too-low LeaderMenu { display: none; }
    """

    def __init__(self, forget: Callable[[], None]) -> None:
        super().__init__()
        self._forget = forget

    @on(CommandClicked)
    def _command_clicked(self) -> None:
        """A click is as good as the letter: the screen does the command."""
        self._forget()


class Leader:
    """Whether the next key is one after the leader; and the menu."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._on: Screen[Any] | None = None  # the screen on which the leader was pressed
        self._timer: Timer | None = None

    @property
    def pending(self) -> bool:
        """Whether the next key is one after the leader."""
        return self._on is not None and self._on is self._app.screen

    def takes(self, event: Key) -> bool:
        """See to a key before anything else does; whether it was the leader, or the one after it."""
        keymap = host_of(self._app).keymap
        screen = self._app.screen
        if not isinstance(screen, GreenScreen | Dialog):
            return False
        if not self.pending:
            self._forget()
            if event.key != keymap.leader:
                return False
            self._on = screen
            self._timer = screen.set_timer(_PATIENCE, self._show)
        elif event.key == keymap.leader or event.key in keymap.keys_of(KEYS):
            self._show()
        else:
            self._forget()
            if event.key not in keymap.keys_of(BACK):
                self._do(screen, event.key.lower() if len(event.key) == 1 else event.key)  # as without Caps Lock
        return True

    def _do(self, screen: GreenScreen | Dialog[Any], key: str) -> None:
        host = host_of(self._app)
        command = host.keymap.after_leader(key)
        own = {own.name: own for own in screen.commands}
        if command is None:
            letter = key_to_character(key) or key
            host.notify(Phrase("tui.leader_unknown", key=key_shown(f"{host.keymap.leader} {letter}")))
        elif command.name in own:
            screen.call_later(screen.action_command, command.name)
        else:
            host.notify(works_elsewhere(command, key_shown(f"{host.keymap.leader} {key}")))

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self._on is not None:
            for menu in self._on.query(LeaderMenu):
                _ = menu.remove()
        self._on = self._timer = None

    def _show(self) -> None:
        screen = self._on
        if isinstance(screen, GreenScreen | Dialog) and screen.is_current and not screen.query(LeaderMenu):
            menu = LeaderMenu(self._forget)
            screen.mount(menu)
            menu.say(self._written(screen.live_commands if isinstance(screen, GreenScreen) else screen.commands))

    def _written(self, commands: Sequence[Command]) -> Content:
        """The keys after the leader with their words, in as many columns as there is room for."""
        host = host_of(self._app)
        keymap, say = host.keymap, host.catalogue.say
        entries = []
        for command in commands:
            letter = keymap.letter_of(command)
            if letter:
                key = fit(Content.styled(key_shown(letter), "bold $primary"), _KEY)
                entries.append(leading(Content.assemble(key, say(command.word)), command))
        width = self._app.size.width - 2
        cell = max(_LEAST, *(entry.cell_length + 2 for entry in entries))
        across = max(1, width // cell)
        down = -(-len(entries) // across)
        rows = (entries[line::down] for line in range(down))
        lines = [Content("").join(fit(entry, cell) for entry in row) for row in rows]
        return Content("\n").join(
            [Content.styled(say("tui.leader_menu", key=key_shown(keymap.leader)), "$muted"), *lines]
        )
