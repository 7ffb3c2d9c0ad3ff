"""The end of the app where the program is told to end: nobody is asked, and what was typed is put on disk first."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from textual.app import App

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.host import Host

_PATIENCE = 30.0  # seconds that a program told to end waits for the disk


def screens_of(app: App[Any]) -> Iterator[GreenScreen | Dialog[Any]]:
    """Our screens, from the top."""
    return (screen for screen in reversed(app.screen_stack) if isinstance(screen, GreenScreen | Dialog))


class Ending:
    """Ends the app from outside, once."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app, self._host = app, host
        self._begun = False

    def begin(self, return_code: int) -> None:
        """End the app once all is saved, or after a while."""
        if self._begun:
            return
        self._begun = True
        for screen in screens_of(self._app):
            with suppress(GreenStarError):  # nobody is there to be told, and the others keep theirs
                screen.keep_typed()
        if self._host.saving.idle:
            self._app.exit(return_code=return_code)
        else:
            self._host.notify(Phrase("saving.ends"))
            self._host.go_on(self._app, partial(self._once_saved, return_code))

    async def _once_saved(self, return_code: int) -> None:
        await self._host.saving.drained(_PATIENCE)
        self._app.exit(return_code=return_code)
