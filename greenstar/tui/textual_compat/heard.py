"""A widget gets no message that does nothing there: it is not sent, or goes straight on to what the widget stands in.

Textual tells each widget of every layout that it is seen, hidden or has another size, and hands what comes up from a
field to each widget around it: a message, and a turn of the loop, for each. Two dozen a page went to widgets that have
nothing to do with them, a fifth of the time until the page was painted. What a handler sends may so be with the parent
before the message that is being handled, which goes up only when its handlers are done. Private parts are at work:
`_on_show` and `_on_hide` of `Widget` see to scroll bars and to the cursor, and nothing else; decorated handlers stand
in `_decorated_handlers`; `_bubble_to` hands on.
"""

from threading import get_ident

from textual.events import Hide, Resize, Show
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

_OF_A_LAYOUT = (Show, Hide, Resize)

_heard: dict[tuple[type[Widget], type[Message]], bool] = {}


class HearsItsOwn(Widget):
    """Is sent what it has a handler for. What waits in its queue is not overtaken."""

    @override
    def post_message(self, message: Message) -> bool:
        if isinstance(message, _OF_A_LAYOUT):
            return self._unmoved_by(message) or super().post_message(message)
        parent = self._parent
        if (
            message.bubble
            and not message.no_dispatch  # it only wakes the widget
            and not _hears(type(self), type(message))
            and self.is_running
            and not self._closing
            and not self.message_queue_size
            and parent is not None
            and not message._stop_propagation  # noqa: SLF001 - nothing public says so
            and message._sender is not parent  # noqa: SLF001 - it ends there, if it came from there
            and self._thread_id == get_ident()
            and self.check_message_enabled(message)
            and self.is_parent_active
            and self.is_attached
        ):
            message._bubble_to(parent)  # noqa: SLF001 - as it would after it found no handler
            return True
        return super().post_message(message)

    def _unmoved_by(self, message: Message) -> bool:
        """Whether a message about a layout changes nothing here."""
        if _hears(type(self), type(message)):
            return False
        has_bars = self.show_vertical_scrollbar or self.show_horizontal_scrollbar
        return isinstance(message, Resize) or not (has_bars or self.has_focus or self._is_given_focus())

    def _is_given_focus(self) -> bool:
        """Whether the cursor is put here; the widget itself is told of it a turn later."""
        return self.can_focus and self.is_attached and self.screen.focused is self


def _hears(kind: type[Widget], message: type[Message]) -> bool:
    """Whether a widget of this kind has a handler for such a message, beside what every widget does with a layout."""
    heard = _heard.get((kind, message))
    if heard is None:
        heard = _heard[kind, message] = any(_has_handler(cls, message) for cls in kind.__mro__)
    return heard


def _has_handler(cls: type, message: type[Message]) -> bool:
    decorated = vars(cls).get("_decorated_handlers") or {}
    named = {message.handler_name, f"_{message.handler_name}"} & vars(cls).keys()
    if cls is Widget and issubclass(message, _OF_A_LAYOUT):
        return False
    return bool(named) or any(issubclass(message, heard) for heard in decorated)
