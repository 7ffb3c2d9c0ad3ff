"""The screen: one front end over the services. Nothing else in the program imports Textual."""

import sys
from contextlib import suppress

from greenstar.services.workspace import Workspace
from greenstar.text import terminal_line
from greenstar.tui.app import GreenStarApp
from greenstar.tui.textual_compat.terminal_query import ask_terminal

_PATIENCE = 5.0  # seconds for what is left to be written: that the visit was left, and all that was typed if it broke


def run(workspace: Workspace, language: str, store: str | None = None, *, ask_name: bool = True) -> None:
    """Open the screen on `workspace`, at the visit of `store` where one is given; returns when it is closed.

    `ask_name`: who the assessor is is asked first, where nobody has said so yet.
    """
    app = GreenStarApp(workspace, language, store, ask_terminal(), ask_name=ask_name)
    try:
        app.run()
    finally:  # while nothing can be written, whoever left has been told, or has waited
        _tell_lost(app, app.host.saving.close(0 if app.host.saving.trouble is not None else _PATIENCE))
    if app.return_code:  # it broke: whoever called must not take it for done
        sys.exit(app.return_code)


def _tell_lost(app: GreenStarApp, lost: dict[str, str]) -> None:
    """What the disk did not take is printed where the screen was, so that it can be typed in again."""
    if lost:
        lines = [f"! {app.host.catalogue.say('saving.lost', count=len(lost))}"]
        lines += [f"  {terminal_line(f'{field}  {text}')}" for field, text in lost.items()]
        with suppress(OSError):  # the terminal may be gone
            sys.stderr.write("\n".join([*lines, ""]))
            sys.stderr.flush()
