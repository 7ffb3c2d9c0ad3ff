"""When what is typed is seen to: on disk soon after the first key, an answer once nobody types."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

REST = 1.0  # seconds after the last key until what is typed becomes an answer
DRAFT_REST = 0.3  # seconds after the first key until what is typed is on disk


class TypingPauses:
    """The two timers of a text field: `draft` is called while somebody types, `settle` when nobody does any more."""

    def __init__(self, widget: Widget, *, draft: Callable[[], None], settle: Callable[[], None] | None = None) -> None:
        self._widget, self._draft, self._settle = widget, draft, settle
        self._until_draft: Timer | None = None
        self._until_rest: Timer | None = None

    @property
    def resting(self) -> bool:
        """Whether nobody is typing."""
        return self._until_rest is None

    def key(self) -> None:
        """A key was typed."""
        if self._until_draft is None:
            self._until_draft = self._widget.set_timer(DRAFT_REST, self._draft_now)
        self.rest()
        if self._settle is not None:
            self._until_rest = self._widget.set_timer(REST, self._settle)

    def _draft_now(self) -> None:
        self._until_draft = None
        self._draft()

    def rest(self) -> None:
        """Typing is over: nothing has to be settled by itself any more."""
        if self._until_rest is not None:
            self._until_rest.stop()
            self._until_rest = None

    def stop(self) -> None:
        """Something else stands in the field: nothing is left to be seen to."""
        self.rest()
        self.drop_draft()

    def drop_draft(self) -> None:
        """What is typed is recorded, so there is nothing half typed."""
        if self._until_draft is not None:
            self._until_draft.stop()
            self._until_draft = None
