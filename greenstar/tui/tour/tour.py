"""Plays the tour: says a sentence, types on the keyboard of the app, and listens to space, right and esc.

What it types goes the way of every key, so that it comes out as if a person had typed it. Nobody else types meanwhile:
whoever watches has three keys, and those of the language and of the way out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.screen import Screen

from greenstar.keys import LANGUAGE, QUIT, Command
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.shell.app_host import AppHost
from greenstar.tui.tour.caption import Caption
from greenstar.tui.tour.script import STEPS, Press, TourStep, TranslatedText, Typed

PAUSE, ON, LEAVE, STAY = "space", "right", "escape", "enter"
_CAPS = 5  # so many of the keys that were pressed are shown
_TICK = 0.05  # seconds between two looks whether to go on
_MOMENT = 0.01  # seconds between two looks whether a key has done its work


@dataclass(frozen=True)
class Pace:
    """Seconds of the tour's pauses."""

    letter: float = 0.09
    key: float = 0.8
    cell: float = 0.026  # of a sentence that is to be read
    look: float = 2.5  # at what the keys of a step have done


class _Toured(Protocol):
    """What a tour needs of an app."""

    host: AppHost

    @property
    def screen(self) -> Screen[object]:
        """The screen that has the keys."""

    @property
    def keys_done(self) -> bool:
        """Whether all keys have done their work."""

    def post_message(self, message: Message, /) -> bool:
        """Have a key pressed."""


class Tour:
    """One tour of an app."""

    def __init__(
        self, app: _Toured, pace: Pace = Pace(), wait: Callable[[float], Awaitable[None]] | None = None
    ) -> None:
        """`wait`: how time passes, where nobody is there who could pause it."""
        self.app, self.pace = app, pace
        self.paused = self.over = False
        self.number = 0
        self._wait = wait or self._ticking
        self._hurry = False  # through what is left of the step
        self._own: list[Key] = []  # pressed here, and not yet taken
        self._pressed: list[str] = []
        self._caption: Caption | None = None

    # -- playing

    async def play(self) -> None:
        """From the first step to the last, which stays until somebody goes on."""
        for self.number, step in enumerate(STEPS, 1):
            self._hurry, self._pressed = False, []
            await self._say()
            await self._wait(self.pace.cell * cell_width(self._sentence(step)))
            await self._type(step.presses)
            await self._wait(self.pace.look)
            await self._type(step.back)
        self.over = True
        await self._say()

    async def _type(self, presses: Iterable[Press]) -> None:
        for press in presses:
            for key in self._keys(press):
                await self._press(key)
                await self._wait(self.pace.letter if len(key) == 1 else self.pace.key)

    async def _ticking(self, seconds: float) -> None:
        """Let time pass: none while it is paused, and no more once somebody wants to go on."""
        left = seconds
        while self.paused or (left > 0 and not self._hurry):
            await asyncio.sleep(_TICK)
            left -= 0 if self.paused else _TICK

    def _keys(self, press: Press) -> Iterator[str]:
        """The keys of it, as they are set; what it shows of them is noted."""
        host = self.app.host
        if isinstance(press, Command):
            self._pressed.append(host.keymap.pressed[press.name])
            yield from host.keymap.keys_of(press)[0].split(" ")
        elif isinstance(press, Typed | TranslatedText):
            text = host.catalogue.say(f"tour.types_{press}") if isinstance(press, TranslatedText) else press
            self._pressed.append(text)
            yield from text
        else:
            self._pressed.append(host.catalogue.say(f"tour.key_{press}"))
            yield press

    async def _press(self, key: str) -> None:
        event = Key(key, key if len(key) == 1 else None)
        self._own.append(event)
        self.app.post_message(event)
        while self._own or not self.app.keys_done:  # noqa: ASYNC110 - nobody tells when a key has done its work
            await asyncio.sleep(_MOMENT)
        await self._say()

    # -- saying

    def _sentence(self, step: TourStep) -> str:
        return self.app.host.catalogue.say(f"tour.{step.name}")

    async def _say(self) -> None:
        """Say the step on the screen that is on top now."""
        screen = self.app.screen
        if self._caption is None or not self._caption.is_attached or self._caption.screen is not screen:
            if self._caption is not None and self._caption.is_attached:
                await self._caption.remove()
            self._caption = Caption()
            if isinstance(screen, GreenScreen):
                await screen.mount(self._caption, before="#notice")
            elif isinstance(screen, Dialog):
                await screen.mount(self._caption)
        self._write()

    def _write(self) -> None:
        """What there is to say now, in the language in use."""
        if self._caption is None:
            return
        say = self.app.host.catalogue.say
        title = say("tour.title", number=self.number, count=len(STEPS))
        keys = "tour.at_the_end" if self.over else "tour.paused" if self.paused else "tour.keys"
        words = Content(self._sentence(STEPS[self.number - 1]))
        if self._pressed:
            words = Content.assemble(words, "\n", *_caps(self._pressed[-_CAPS:]))
        self._caption.tell(title, words, say(keys))

    # -- whoever watches

    def takes(self, event: Key) -> bool:
        """See to a key before anything else does; whether it is one of somebody who watches."""
        if any(event is own for own in self._own):
            self._own = [own for own in self._own if own is not event]
            return False
        if self.over and self._caption is None:
            return False
        host = self.app.host
        if event.key == LEAVE or event.key in host.keymap.keys_of(QUIT):
            host.quit()
        elif self.over:
            _ = self._caption.remove() if self._caption is not None else None
            self._caption = None
            return event.key == STAY
        elif event.key == PAUSE:
            self.paused = not self.paused
        elif event.key == ON:
            self._hurry, self.paused = True, False
        elif event.key in host.keymap.keys_of(LANGUAGE):
            host.switch_language()
        self._write()
        return True


def _caps(keys: list[str]) -> list[Content]:
    """Keys as they look on a keyboard."""
    left, right = "[]" if glyphs.in_use() == "plain" else "▐▌"
    edge, cap = "$accent", "bold $background on $accent"
    return [Content.assemble((left, edge), (key, cap), (right, edge), " ") for key in keys]
