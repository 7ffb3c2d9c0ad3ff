"""The list of evidence."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message
from typing_extensions import override

from greenstar.tui import glyphs
from greenstar.tui.common.rows import Rows


class EvidenceRows(Rows):
    """A click chooses a line, another one on its mark ticks it; up from the first line leaves the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "ask('verified')", show=False),
        Binding("delete", "ask('remove')", show=False),
    ]

    @dataclass
    class Asked(Message):
        """Something is to be done with the line under the cursor: the name of a command."""

        command: str

    class WentUp(Message):
        """Up, from the first line."""

    def action_ask(self, command: str) -> None:
        """Ask for a command."""
        self.post_message(self.Asked(command))

    @override
    def action_step(self, by: int) -> None:
        """Move the cursor, or leave."""
        if by < 0 and not self.cursor:
            self.post_message(self.WentUp())
        else:
            super().action_step(by)

    def on_click(self, event: Click) -> None:
        """Go to the line under the mouse; a double click chooses it."""
        event.prevent_default()
        under_mouse = self.under_mouse(event)
        if under_mouse is None:
            return
        here = under_mouse.place == self.cursor
        self._go(under_mouse.place)
        if event.chain > 1:
            self.post_message(self.Chosen(self.row))
        elif here and under_mouse.column <= 1 + len(glyphs.TICKED.mark):  # of the cursor, and of the mark
            self.action_ask("verified")
