"""That something is to be painted or laid out is noted at once: no message has to go round for it.

Each widget of Textual that is filled wakes itself by a message, tells the screen by a second one that it is to be
painted, and by a third one that it is to be laid out: seventy messages for a page, a quarter of the time until it is
painted. Here the screen notes the last two when they are sent. Private parts are at work: `Screen._on_update` and
`Screen._on_layout` take those messages, and wait for nothing.
"""

from collections.abc import Coroutine
from typing import Any

from textual.message import Message
from textual.messages import Layout, Update
from textual.screen import Screen, ScreenResultType
from typing_extensions import override


class NotedAtOnce(Screen[ScreenResultType]):
    """Takes what its widgets ask for as they ask for it."""

    @override
    def post_message(self, message: Message) -> bool:
        if not self.is_running:
            return super().post_message(message)
        match message:
            case Update():
                _done_at_once(self._on_update(message))
            case Layout():
                _done_at_once(self._on_layout(message))
            case _:
                return super().post_message(message)
        return True


def _done_at_once(work: Coroutine[Any, Any, None]) -> None:
    """Do what waits for nothing."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise RuntimeError(work)
