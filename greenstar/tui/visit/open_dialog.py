"""The dialog in which something about a visit is typed, as long as it is open."""

from collections.abc import Callable
from typing import Any, TypeVar

from greenstar.tui.common.dialog import Dialog
from greenstar.tui.visit.entry_taker import Front

Answer = TypeVar("Answer")


class OpenDialog:
    """Shows one at a time, and closes it where the visit is handed in meanwhile."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._dialog: Dialog[Any] | None = None

    def ask(self, dialog: Dialog[Answer], answered: Callable[[Answer | None], object]) -> None:
        """Show a dialog, and hand over its answer."""

        def close(answer: Answer | None) -> None:
            self._dialog = None
            answered(answer)

        self._dialog = dialog
        self._front.ask(dialog, close)

    def stop(self) -> None:
        """The visit was handed in: what is typed stays half typed."""
        if self._dialog is not None:
            self._dialog.action_cancel()
