"""The rows of the watched folders' files."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message
from typing_extensions import override

from greenstar.tui import glyphs
from greenstar.tui.common.rows import Rows


class PhotoRows(Rows):
    """Space chooses a file, Enter attaches; beyond the ends the cursor leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", show=False)]

    class Ticked(Message):
        """The file under the cursor was chosen, or not any more."""

    class WentUp(Message):
        """Up, from the first line."""

    class WentDown(Message):
        """Down, from the last line."""

    def action_tick(self) -> None:
        """Choose the file under the cursor, or let go of it."""
        self.post_message(self.Ticked())

    @override
    def action_step(self, by: int) -> None:
        """Move the cursor, or leave."""
        if by < 0 and not self.cursor:
            self.post_message(self.WentUp())
        elif by > 0 and self.cursor >= len(self.rows) - 1:
            self.post_message(self.WentDown())
        else:
            super().action_step(by)

    def on_click(self, event: Click) -> None:
        """Go to the line under the mouse; a click on its mark chooses it, a double click attaches."""
        event.prevent_default()
        under_mouse = self.under_mouse(event)
        if under_mouse is None:
            return
        self._go(under_mouse.place)
        if under_mouse.column <= 1 + len(glyphs.TICKED.mark):
            self.action_tick()
        elif event.chain > 1:
            self.post_message(self.Chosen(self.row))
