"""All commands of a screen, to be found by their words."""

from collections.abc import Mapping, Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.keys import Command
from greenstar.tui.common.finder import Finder, FinderItem


class Palette(Finder):
    """Gives the name of the command that was chosen."""

    def __init__(self, commands: Sequence[Command], pressed: Mapping[str, str]) -> None:
        super().__init__("tui.find_command", [_command_item(command, pressed[command.name]) for command in commands])


def _command_item(command: Command, key: str) -> FinderItem:
    searched = (Phrase(command.word), key)
    return FinderItem(command.name, "", Phrase(command.sentence), searched, key)
