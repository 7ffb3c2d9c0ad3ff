"""Where a visit is: the criterion and the question at which the cursor stays for a moment."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

PASSING = 0.3  # seconds at a question until it counts as where one is


class CursorMemory:
    """Calls `keep` once the cursor has stayed; going through ten questions keeps the last."""

    def __init__(self, widget: Widget, keep: Callable[[], None]) -> None:
        self._widget, self._keep = widget, keep
        self._staying: Timer | None = None

    def moved(self) -> None:
        """The cursor is somewhere else."""
        self._stop()
        self._staying = self._widget.set_timer(PASSING, self.keep_now)

    def keep_now(self) -> None:
        """It is left where it is."""
        self._stop()
        self._keep()

    def _stop(self) -> None:
        if self._staying is not None:
            self._staying.stop()
            self._staying = None
