"""The keys of a screen, on its last line; a click does what the key does."""

from collections.abc import Sequence

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.keys import Command
from greenstar.tui.common.clicks import leading
from greenstar.tui.common.text import Line

_GAP = 2  # cells


class KeyLine(Line):
    """The ways out and on, and of the other commands as many as fit; the very first is never dropped."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; background: $panel; color: $muted; padding: 0 0 0 1; }
    """

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
        parts = {command: self._part(command, self.catalogue) for command in self.commands}
        first, *others = self.commands
        left = self.content_size.width - parts[first].cell_length
        chosen = {first}
        for command in sorted(others, key=lambda command: not command.way):
            needed = _GAP + parts[command].cell_length
            if needed <= left:
                left -= needed
                chosen.add(command)
        self.say(Content(" " * _GAP).join(part for command, part in parts.items() if command in chosen))

    def _part(self, command: Command, catalogue: Catalogue) -> Content:
        key = catalogue.pressed[command.name]
        return leading(Content.assemble((key, "bold $primary"), " ", catalogue.say(command.word)), command)


def works_elsewhere(command: Command, key: str) -> Phrase:
    """That a key does something on other screens, and on which."""
    where = [Phrase(f"tui.where_{place}") for place in command.where]
    return Phrase("tui.works_elsewhere", key=key, word=Phrase(command.word), where=where)
