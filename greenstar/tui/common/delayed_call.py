"""Something that is done a while after it was first asked for, once for all who asked meanwhile."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget


class DelayedCall:
    """A call that `widget` makes, `seconds` after `ask`."""

    def __init__(self, widget: Widget, seconds: float, call: Callable[[], object]) -> None:
        self._widget, self._seconds, self._call = widget, seconds, call
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
