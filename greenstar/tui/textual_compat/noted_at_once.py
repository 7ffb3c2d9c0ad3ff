"""That something is to be painted, laid out or scrolled is noted at once: no message has to go round for it.

Each widget of Textual that is filled wakes itself by a message, tells the screen by a second one that it is to be
painted, and by a third one that it is to be laid out: seventy messages for a page, a quarter of the time until it is
painted. Here the screen notes the last two when they are sent, and asks the widgets that were filled itself, all of
them in one turn. That a widget has scrolled is noted with them, so that its scroll bar and its text are painted
together. Private parts are at work: `Widget._check_refresh` tells the screen what a widget asks for, which
`Screen._on_update`, `_on_layout` and `_on_update_scroll` take and wait for nothing; `_next_callbacks` are what a widget
is to be woken for all the same.
"""

from collections.abc import Coroutine
from typing import Any

from textual.dom import NoScreen
from textual.geometry import Size
from textual.message import Message
from textual.messages import Layout, Update, UpdateScroll
from textual.screen import Screen, ScreenResultType
from typing_extensions import override

from greenstar.tui.textual_compat.heard import HearsItsOwn
from greenstar.tui.textual_compat.looked_up_once import LookedUpOnce


class NotedAtOnce(Screen[ScreenResultType]):
    """Takes what its widgets ask for as they ask for it."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(name, id, classes)
        self._to_be_asked: dict[AskedByScreen, None] = {}  # in this order
        self._noting_only = False

    @override
    def post_message(self, message: Message) -> bool:
        if not self.is_running:
            return super().post_message(message)
        match message:
            case Update():
                self._take_from_widget(self._on_update(message))
            case Layout():
                self._take_from_widget(self._on_layout(message))
            case UpdateScroll():
                self._take_from_widget(self._on_update_scroll(message))
            case _:
                return super().post_message(message)
        return True

    def _take_from_widget(self, noting: Coroutine[Any, Any, None]) -> None:
        before, self._noting_only = self._noting_only, True
        try:
            _done_at_once(noting)
        finally:
            self._noting_only = before
        if not before:
            self._resume_painting()

    def note(self, widget: "AskedByScreen") -> None:
        """Ask a widget what it wants before the next paint."""
        if widget not in self._to_be_asked:
            self._to_be_asked[widget] = None
            self._resume_painting()

    def _resume_painting(self) -> None:
        if self.is_current and not self.app._batch_count:  # noqa: SLF001 - as the screen looks whether it paints
            self._update_timer.resume()
        else:
            super().check_idle()

    @override
    def check_idle(self) -> None:
        if not self._noting_only:  # else it is seen to at once
            super().check_idle()

    def on_idle(self) -> None:
        """Ask them; Textual's own handler, which has all painted, comes after this one."""
        self._ask_widgets()

    @override
    def _on_timer_update(self) -> None:
        self._ask_widgets()
        super()._on_timer_update()
        self._not_left_alone()

    def _ask_widgets(self) -> None:
        widgets, self._to_be_asked = self._to_be_asked, {}
        self._noting_only = True
        try:
            for widget in widgets:
                widget._check_refresh()  # noqa: SLF001 - nothing public asks it
        finally:
            self._noting_only = False

    @override
    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        super()._refresh_layout(size, scroll)
        self._not_left_alone()

    def _not_left_alone(self) -> None:
        """Both stop the timer; whoever was noted meanwhile is still to be asked."""
        if self._to_be_asked:
            self._resume_painting()


class AskedByScreen(HearsItsOwn, LookedUpOnce):
    """Does not wake itself when it was filled: the screen asks it, where it is one that does."""

    @override
    def check_idle(self) -> None:
        try:
            screen = self.screen if self.is_running and not self._next_callbacks else None
        except NoScreen:
            screen = None
        if isinstance(screen, NotedAtOnce) and screen.is_running:
            screen.note(self)
        else:
            super().check_idle()


def _done_at_once(work: Coroutine[Any, Any, None]) -> None:
    """Do what waits for nothing."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise RuntimeError(work)
