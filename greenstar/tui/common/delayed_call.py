"""Something that is done a while after it was first asked for, once for all who asked meanwhile."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

DRAFT_REST = 0.3  # seconds after the first key until what is half typed is put on disk


class DelayedCall:
    """A call that `widget` makes, `seconds` after `ask`; by default as soon as half-typed text is put on disk."""

    def __init__(self, widget: Widget, call: Callable[[], object], seconds: float | None = None) -> None:
        self._widget, self._call = widget, call
        self._seconds = DRAFT_REST if seconds is None else seconds
        self._timer: Timer | None = None

    def ask(self) -> None:
        """Have it called; asking again before it was changes nothing."""
        if self._timer is None:
            self._timer = self._widget.set_timer(self._seconds, self._make)

    def cancel(self) -> None:
        """It need not be called any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _make(self) -> None:
        self._timer = None
        self._call()
