"""Work on threads that may never come back, as a dead network share makes of any look at a file.

Textual's own are waited for when the program ends. These are not: neither the screen nor quitting waits for them.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

Result = TypeVar("Result")


WITH_A_RESULT = "with a result"
"""The name of all threads whose result somebody waits for."""


class Unwanted(Exception):
    """Nobody waits any more for what is being worked out: raised by what is told how far it is."""


def start(work: Callable[[], object], name: str | None = None) -> Thread:
    """Do it on a thread of its own."""
    thread = Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread


def start_for(node: MessagePump, work: Callable[[], Message]) -> Thread:
    """Do it on a thread of its own, and post to `node` what comes of it; nothing, if the program has ended."""

    def post() -> None:
        message = work()
        with suppress(RuntimeError):
            node.post_message(message)

    return start(post, WITH_A_RESULT)


def within(seconds: float, work: Callable[[], Result], otherwise: Result) -> Result:
    """What comes of it within so many seconds, else `otherwise`."""
    results: list[Result] = []
    start(lambda: results.append(work())).join(seconds)
    return results[0] if results else otherwise
