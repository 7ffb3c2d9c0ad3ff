"""`greenstar keys`: all keys of the screen, as the settings file has them. Opens no database and no screen."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json
from greenstar.cli.session import Session
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.json.keys import keys_json
from greenstar.reports.text.keys import keys_table
from greenstar.services.settings.settings import load_settings


@command("keys", about="settings.about_keys", examples=("greenstar keys", "greenstar keys --json"))
@as_json()
def keys(session: Session, *, as_json: bool) -> None:
    """Print every command with its keys; what is wrong in the settings file goes to standard error."""
    settings = load_settings()
    catalogue = Catalogue(session.lang, pressed=settings.keymap.pressed)
    for problem in settings.problems:
        output.note(catalogue.render(problem))
    if as_json:
        output.document(keys_json(settings, catalogue))
    else:
        output.draw([keys_table(settings.keymap, catalogue)])
