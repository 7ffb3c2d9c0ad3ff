"""Typing ahead: a key after Enter goes to where Enter leads, however slow the machine is.

Textual forwards a key at once to whatever has the focus. Only a letter in a text field does its work right there: any
other key goes up from widget to widget before it is known what it does. A letter that comes meanwhile would be in the
field before ctrl+u clears it, or would reach the question that Enter is about to leave. So after such a key, later ones
are held until the focused widget, all it stands in and the app have dealt with their messages, and it is painted.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.widgets import Input, TextArea
from typing_extensions import override

from greenstar.tui.textual_compat.alt_keys import small

_ROUNDS = 3  # what a message causes may be another message
_PATIENCE = 0.5  # seconds for each; a widget that is gone never answers


class TypeAhead(App[None]):
    """An app in which keys keep their order with what they cause."""

    _held: list[Key | Paste] | None = None
    _releasing: asyncio.Task[None] | None = None

    @property
    def keys_done(self) -> bool:
        """Whether no key is held back, as all before it have done their work."""
        return self._held is None

    @override
    async def on_event(self, event: Event) -> None:
        """Hold a key back until the one before it has done its work."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            if isinstance(event, Key) and event.key.startswith("alt+"):
                event.key = small(event.key)
                event.character = None  # else a text field takes alt+r for the letter r
            if self._held is not None:
                self._held.append(event)
                return
            if self.leads_on(event):
                self._held = []
                self._releasing = asyncio.create_task(self._release())
        await self._hand_on(event)

    async def _hand_on(self, event: Event) -> None:
        if not event.is_forwarded:
            if isinstance(event, Paste):
                self.look_through(event)
            elif isinstance(event, Key) and not self.look_at(event):
                return
        await super().on_event(event)

    def look_at(self, event: Key) -> bool:  # noqa: ARG002 - for those who override it
        """See to a key before it does its work; whether it is to do any."""
        return True

    def look_through(self, event: Paste) -> None:
        """See to what is pasted, before the focused field takes it."""

    async def _release(self) -> None:
        """Let the held keys go on in their order, each that leads on only once everything is at rest."""
        assert self._held is not None
        try:
            led_on = True
            while led_on or self._held:
                if led_on:
                    await self._come_to_rest()
                if not self.screen_stack:
                    return  # the program has ended meanwhile
                led_on = bool(self._held) and await self._let_go(self._held.pop(0))
        finally:
            self._held = None

    async def _let_go(self, event: Key | Paste) -> bool:
        leads_on = self.leads_on(event)
        await self._hand_on(event)
        return leads_on

    def leads_on(self, event: Key | Paste) -> bool:
        """Whether what it does comes later than what follows it: only text goes straight into a text field."""
        buttons: Collection[str] = getattr(self.focused, "buttons", ())  # keys that do something else than to type
        at_once = isinstance(event, Paste) or (event.is_printable and event.key not in buttons)
        return not (at_once and isinstance(self.focused, Input | TextArea))

    async def _come_to_rest(self) -> None:
        for _ in range(_ROUNDS):
            await self._round()
        await self.come_about()
        await self._painted()
        await self._round()

    async def come_about(self) -> None:
        """What a key has brought about elsewhere is done, for those who override it."""

    async def _round(self) -> None:
        """The focused widget and all that it stands in have dealt with what they were told."""
        start: Any = (self.focused or self.screen) if self.screen_stack else self
        for node in (start, *start.ancestors):
            await self._done_with(node, node.call_later)

    async def _painted(self) -> None:
        """What waits for the next paint, such as the way into another page, is done."""
        node = self.screen if self.screen_stack else self
        await self._done_with(node, node.call_after_refresh)

    @staticmethod
    async def _done_with(node: Any, calls: Callable[[Callable[[], None]], bool]) -> None:
        done = asyncio.Event()
        if node.is_running and calls(done.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), _PATIENCE)
