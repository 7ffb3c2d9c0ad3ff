"""What is typed into a dialog and not taken yet, kept on disk: it is there when one comes back."""

from collections.abc import Callable

from textual.widget import Widget
from typing_extensions import override

from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.dialog import Dialog, Result

Keep = Callable[[str | None, str | None], None]
"""Keeps a text (None: none), in the place of what is on disk of it."""


class HalfTyped:
    """Keeps what `typed` says: when the keys rest, and when it is told to.

    `on_disk` is what was typed before and not taken.
    """

    def __init__(self, dialog: Widget, typed: Callable[[], str | None], on_disk: str | None, keep: Keep) -> None:
        self._typed, self._on_disk, self._keep = typed, on_disk, keep
        self._soon = DelayedCall(dialog, self.keep)

    def keep_soon(self) -> None:
        """Keep it when the keys rest."""
        self._soon.ask()

    def keep(self) -> None:
        """Keep it now."""
        self._soon.cancel()
        text = self._typed()
        self._keep(text, self._on_disk)
        self._on_disk = text


class HalfTypedDialog(Dialog[Result]):
    """A dialog that keeps what is typed in it and not taken, however it is left."""

    half_typed: HalfTyped

    @override
    def action_cancel(self) -> None:
        self.half_typed.keep()
        super().action_cancel()

    @override
    def leave(self) -> None:
        self.half_typed.keep()
