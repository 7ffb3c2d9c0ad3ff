"""`greenstar keys`: the commands of the screen with their keys."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import ALL
from greenstar.reports.text.page import Table
from greenstar.services.settings.keymap import Keymap


def keys_table(keymap: Keymap, catalogue: Catalogue) -> Table:
    """A line a command: its name in the settings file, its keys, what it does and where."""
    table = Table([catalogue.say(f"settings.column_{name}") for name in ("command", "keys", "does", "where")])
    for command in ALL:
        where = [catalogue.say(f"tui.where_{place}") for place in command.where]
        table.rows.append(
            (
                command.name,
                "  ".join(keymap.shown(command)),
                catalogue.say(command.sentence),
                catalogue.write(where) if where else catalogue.say("settings.everywhere"),
            )
        )
    return table
