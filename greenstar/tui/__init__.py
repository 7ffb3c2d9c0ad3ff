"""The screen: one front end over the services. Nothing else in the program imports Textual."""

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from greenstar.services.workspace import Workspace
from greenstar.text import terminal_line
from greenstar.tui.app import GreenStarApp
from greenstar.tui.excursion import TOUR_FOLDER, Excursion
from greenstar.tui.textual_compat.terminal_query import Terminal, ask_terminal

_PATIENCE = 5.0  # seconds for what is left to be written: that the visit was left, and all that was typed if it broke


def run(workspace: Workspace, language: str, store: str | None = None, *, ask_name: bool = True) -> None:
    """Open the screen on `workspace`, at the visit of `store` where one is given; returns when it is closed.

    `ask_name`: who the assessor is is asked first, where nobody has said so yet. Whoever goes to a sample from there
    comes back.
    """
    terminal = ask_terminal()
    app = GreenStarApp(workspace, language, store, terminal, ask_name=ask_name)
    while (excursion := _sit(app)) is not None:
        terminal = replace(terminal, typed=b"")
        language = _go(excursion, app.host.catalogue.language, terminal, home=True)
        app = GreenStarApp(workspace, language, terminal=terminal)


def run_tour(language: str) -> None:
    """The tour by itself, without any database of the user's."""
    from greenstar.services.demo.beside import tour_network  # noqa: PLC0415 - the screen opens without

    excursion = Excursion(tour_network(Path(mkdtemp(prefix=TOUR_FOLDER))), tour=True)
    _go(excursion, language, ask_terminal(), home=False)


def _go(excursion: Excursion, language: str, terminal: Terminal, *, home: bool) -> str:
    """Open another database until its screen is left; the language that was spoken at the end.

    `home`: whether one comes back to a database of one's own.
    """
    from greenstar.services.demo.beside import tour_workspace  # noqa: PLC0415 - the screen opens without

    try:
        with tour_workspace(excursion.path) if excursion.tour else Workspace.open(excursion.path) as workspace:
            app = GreenStarApp(workspace, language, terminal=terminal, home=home, tour=excursion.tour)
            following = _sit(app)
    finally:
        excursion.end()
    spoken = app.host.catalogue.language
    return spoken if following is None else _go(following, spoken, terminal, home=home)


def _sit(app: GreenStarApp) -> Excursion | None:
    """Run an app until it is left; where to go from there."""
    try:
        app.run()
    finally:  # while nothing can be written, whoever left has been told, or has waited
        _tell_lost(app, app.host.saving.close(0 if app.host.saving.trouble is not None else _PATIENCE))
    if app.return_code:  # it broke: whoever called must not take it for done
        sys.exit(app.return_code)
    return app.host.excursion


def _tell_lost(app: GreenStarApp, lost: dict[str, str]) -> None:
    """What the disk did not take is printed where the screen was, so that it can be typed in again."""
    if lost:
        lines = [f"! {app.host.catalogue.say('saving.lost', count=len(lost))}"]
        lines += [f"  {terminal_line(f'{field}  {text}')}" for field, text in lost.items()]
        with suppress(OSError):  # the terminal may be gone
            sys.stderr.write("\n".join([*lines, ""]))
            sys.stderr.flush()
