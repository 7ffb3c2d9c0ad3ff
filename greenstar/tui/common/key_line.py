"""The keys of a screen, on its last line; a click does what the key does."""

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.commands import Command
from greenstar.tui.common.text import Line


class KeyLine(Line):
    """The first of the commands, as many as fit, in their order; the very first is never dropped."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; background: $panel; color: $muted; padding: 0 1; }
    """

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self.commands = [command for command in commands if command.footer]
        self.catalogue: Catalogue | None = None

    def show(self, commands: Sequence[Command]) -> None:
        """Show other commands, where they are others."""
        shown = [command for command in commands if command.footer]
        if shown != self.commands:
            self.commands = shown
            self._write()

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the words of the keys with these sentences."""
        self.catalogue = catalogue
        self._write()

    def on_resize(self) -> None:
        """In another width more or fewer keys have room."""
        self._write()

    def _write(self) -> None:
        if self.catalogue is None or not self.content_size.width:
            return
        left = self.content_size.width
        parts: list[Content] = []
        for command in self.commands:
            part = Content.assemble((command.shown_key, "bold $primary"), " ", self.catalogue.say(command.word))
            needed = part.cell_length + (2 if parts else 0)
            if parts and needed > left:
                break
            left -= needed
            parts.append(part.stylize(Style.from_meta({"command": command.name})))
        self.say(Content("  ").join(parts))

    def on_click(self, event: Click) -> None:
        """Press the key under the mouse."""
        name = event.style.meta.get("command")
        if name:
            self.post_message(self.Pressed(name))
