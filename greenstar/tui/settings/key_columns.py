"""All commands with their keys, in as many columns as a width has room for."""

from collections.abc import Iterator

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import ALL, Command
from greenstar.services.settings.keymap import Keymap
from greenstar.tui.common.lines import columns, fit

_KEY, _LEADER, _GAP = 9, 12, 2  # cells of a key, and of one after the leader; between two columns
_LEAST, _ROOMY = 30, 70  # cells of a column at least, and of one that says in a sentence what a command does


def keys_in_columns(keymap: Keymap, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """A line of commands after the other, read down the columns; keys that were changed are bright."""
    least = _ROOMY if width >= 2 * _ROOMY + _GAP else _LEAST
    across = max((width + _GAP) // (least + _GAP), 1)
    size = (width + _GAP) // across - _GAP
    commands = [command for command in ALL if not command.fixed]
    down = -(-len(commands) // across)
    for place in range(down):
        cells = [_command(command, keymap, catalogue, size) for command in commands[place::down]]
        yield columns([(cell, size) for cell in cells], _GAP)


def _command(command: Command, keymap: Keymap, catalogue: Catalogue, width: int) -> Content:
    *keys, leader = keymap.shown(command)
    changed = command.name in keymap.changed or command.name in keymap.letters
    style = "bold $warning" if changed else "bold $primary"
    left = Content.assemble(
        fit(Content.styled("  ".join(keys), style), _KEY), fit(Content.styled(leader, "$muted"), _LEADER)
    )
    words = command.sentence if width >= _ROOMY else command.word
    return Content.assemble(left, fit(catalogue.say(words), width - left.cell_length))
