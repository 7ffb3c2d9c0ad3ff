"""`greenstar keys --json`."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import ALL, key_shown
from greenstar.services.settings.settings import Settings


def keys_json(settings: Settings, catalogue: Catalogue) -> dict[str, Any]:
    """The commands in their order; `where` is empty for one that works everywhere, `fixed` cannot be changed."""
    keymap = settings.keymap
    return {
        "leader": key_shown(keymap.leader),
        "commands": [
            {
                "command": command.name,
                "keys": list(keymap.shown(command)),
                "where": list(command.where),
                "fixed": command.fixed,
                "does": catalogue.say(command.sentence),
            }
            for command in ALL
        ],
        "problems": [catalogue.render(problem) for problem in settings.problems],
    }
