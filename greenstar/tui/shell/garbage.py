"""Python looks for garbage when nobody types: in the middle of a paint, a look among all there is takes longer than it.

Reference counts free most of what a screen leaves behind; this is about the rest, objects that refer to each other.
"""

import gc
import time

from textual.app import App
from textual.timer import Timer

_SECONDS = 0.5  # between two looks at whether somebody types
_REST, _LONG_REST = 0.5, 4.0  # seconds of rest until what is new is looked through, and until all is
_WORTH_IT = 2_000  # objects more than at the last look
_MOST = 300_000  # as many are looked through although somebody types: some 100 MB
_LOOKS = 4  # at what was new, until all is looked through


class Garbage:
    """When the collector of a running app does its work. `stop` puts everything back as it was."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._before = gc.get_threshold()
        self._last_work = time.monotonic()
        self._timer: Timer | None = None
        self._frozen = False
        self._screen = 0  # the one that was on top at the last look

    def start(self) -> None:
        """From now on, only in a rest."""
        self._before = gc.get_threshold()
        gc.set_threshold(_MOST, _LOOKS, 1)
        self._timer = self._app.set_interval(_SECONDS, self._look)

    def leave_out(self) -> None:
        """What is there by now, such as all that is imported, stays to the end: it need not be looked through."""
        self._frozen = True
        gc.freeze()

    def at_work(self) -> None:
        """Somebody types, or went to another page."""
        self._last_work = time.monotonic()

    def stop(self) -> None:
        """As it was before."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            gc.set_threshold(*self._before)
        if self._frozen:
            self._frozen = False
            gc.unfreeze()

    def _look(self) -> None:
        screens = self._app.screen_stack
        if not screens:  # the app is ending, and its timers may outlive its screens
            return
        before, self._screen = self._screen, id(screens[-1])
        if self._screen != before:  # it was just opened, and may be about to be painted
            self.at_work()
        rest = time.monotonic() - self._last_work
        new, _, looks = gc.get_count()
        if rest >= _LONG_REST and looks >= _LOOKS:
            gc.collect()
        elif rest >= _REST and new >= _WORTH_IT:
            gc.collect(1)
