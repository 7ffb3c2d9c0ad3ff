"""All commands of a screen, to be found by their words."""

from collections.abc import Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.tui.commands import Command
from greenstar.tui.common.finder import Finder, FinderItem


class Palette(Finder):
    """Gives the name of the command that was chosen."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("tui.find_command", [_item(command) for command in commands])


def _item(command: Command) -> FinderItem:
    searched = (Phrase(command.word), command.shown_key)
    return FinderItem(command.name, "", Phrase(command.sentence), searched, command.shown_key)
