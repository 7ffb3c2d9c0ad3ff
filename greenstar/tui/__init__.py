"""The screen: one front end over the services. Nothing else in the program imports Textual."""

import sys

from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp


def run(workspace: Workspace, language: str, store: str | None = None) -> None:
    """Open the screen on `workspace`, at the visit of `store` where one is given; returns when it is closed."""
    app = GreenStarApp(workspace, language, store)
    app.run()
    if app.return_code:  # it broke: whoever called must not take it for done
        sys.exit(app.return_code)
