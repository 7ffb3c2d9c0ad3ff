"""The screen: one front end over the services. Nothing else in the program imports Textual."""

from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp


def run(workspace: Workspace, language: str, store: str | None = None) -> None:
    """Open the screen on `workspace`, at the visit of `store` where one is given; returns when it is closed."""
    GreenStarApp(workspace, language, store).run()
