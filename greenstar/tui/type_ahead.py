"""Typing ahead: a key after Enter goes to where Enter leads, however slow the machine is.

Textual forwards a key at once to whatever has the focus. Enter moves the focus only after a few messages have gone
from widget to widget; a key that comes meanwhile would still reach the old question, and answer it. So after a key that
leads on, later ones are held until the focused widget, all it stands in and the app have dealt with their messages.
"""

import asyncio
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.events import Event, Key

_LEADS_ON = frozenset(("enter", "tab", "shift+tab", "up", "down", "escape"))
_ROUNDS = 3  # what a message causes may be another message
_PATIENCE = 0.5  # seconds for each; a widget that is gone never answers


class TypeAhead(App[None]):
    """An app in which keys keep their order with what they cause."""

    _held: list[Key] | None = None
    _releasing: asyncio.Task[None] | None = None

    async def on_event(self, event: Event) -> None:
        """Hold a key back until the one before it has done its work."""
        if isinstance(event, Key) and not event.is_forwarded:
            if event.key.startswith("alt+"):
                event.character = None  # else a text field takes alt+r for the letter r
            if self._held is not None:
                self._held.append(event)
                return
            if event.key in _LEADS_ON:
                self._held = []
                self._releasing = asyncio.create_task(self._release())
        await super().on_event(event)

    async def _release(self) -> None:
        """Let the held keys go on in their order, each that leads on only once everything is at rest."""
        assert self._held is not None
        try:
            led_on = True
            while led_on or self._held:
                if led_on:
                    await self._come_to_rest()
                led_on = bool(self._held) and await self._let_go(self._held.pop(0))
        finally:
            self._held = None

    async def _let_go(self, key: Key) -> bool:
        await super().on_event(key)
        return key.key in _LEADS_ON

    async def _come_to_rest(self) -> None:
        for _ in range(_ROUNDS):
            await self._round()

    async def _round(self) -> None:
        start: Any = self.focused or self.screen
        for node in (start, *start.ancestors):
            done = asyncio.Event()
            if node.is_running and node.call_later(done.set):
                with suppress(TimeoutError):
                    await asyncio.wait_for(done.wait(), _PATIENCE)
