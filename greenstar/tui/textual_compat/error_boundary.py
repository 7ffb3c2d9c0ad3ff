"""What goes wrong for a user's reasons (`GreenStarError`) is told, and ends neither screen nor program.

Textual ends the program at any exception of a handler or a timer, and has no public place to deal with it first:
handlers are wrapped as they are dispatched (`_get_dispatch_methods`), and what a timer raises is caught where it would
end the program (`_handle_exception`).
"""

from collections.abc import Iterable
from types import MethodType
from typing import Any

from textual._callback import invoke
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.tui.host import host_of


class ErrorBoundary(MessagePump):
    """A screen that tells whatever its handlers did not deal with themselves. The other handlers go on."""

    @override
    def _get_dispatch_methods(self, method_name: str, message: Message) -> Iterable[tuple[type, MethodType]]:
        for cls, method in super()._get_dispatch_methods(method_name, message):
            yield cls, MethodType(_guarded, method)  # a method: its parameters are counted once, a partial's each time


async def _guarded(method: MethodType, message: Message) -> None:
    node: Any = method.__self__
    try:
        await invoke(method, message)
    except GreenStarError as error:
        host_of(node.app).notify(error.message, wrong=True)


class AppErrorBoundary(App[None]):
    """An app that tells what a timer or a callback could not do, also for damaged data, and goes on."""

    @override
    def _handle_exception(self, error: Exception) -> None:
        host = host_of(self)
        message = error.message if isinstance(error, GreenStarError) else host.damage()
        if message is not None:
            host.notify(message, wrong=True)
        else:
            super()._handle_exception(error)
