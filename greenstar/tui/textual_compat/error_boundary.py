"""What goes wrong for a user's reasons while a screen is at work is told on it; it ends neither screen nor program."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from textual._callback import invoke
from textual.message import Message
from textual.message_pump import MessagePump

from greenstar.errors import GreenStarError
from greenstar.tui.host import host_of


class ErrorBoundary(MessagePump):
    """A screen that tells whatever its handlers did not deal with themselves. The other handlers go on."""

    def _get_dispatch_methods(
        self, method_name: str, message: Message
    ) -> Iterable[tuple[type, Callable[[Message], Any]]]:
        for cls, method in super()._get_dispatch_methods(method_name, message):
            yield cls, partial(self._guard, method)

    async def _guard(self, method: Callable[[Message], Any], message: Message) -> None:
        try:
            await invoke(method, message)
        except GreenStarError as error:
            host_of(self.app).notify(error.message, wrong=True)
