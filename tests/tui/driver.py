"""Hands and eyes for tests: presses keys, and reads what the terminal shows."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any, cast

from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.screen import Screen

from greenstar.tui.app import GreenStarApp
from greenstar.tui.common import threads
from greenstar.tui.host import Host
from greenstar.tui.textual_compat.noted_at_once import NotedAtOnce
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.screen import AssessmentScreen

PATIENCE, QUIET = 20.0, 4  # seconds at most; looks in a row that find nothing to do
_LOOK, _TURNS = 0.001, 10  # seconds between two looks; of the loop, that a chain of waiting tasks takes to go on
_BEAT_LOOK = 0.005  # seconds, where nobody hurries: all looks together last longer than a paint may wait, a sixtieth


_NO_BORDERS = str.maketrans("", "", "│╭╮╰╯─")


class Driver:
    """One running application."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self._seen: tuple[object, str] = (None, "")  # what was shown, and by which screens

    @property
    def app(self) -> GreenStarApp:
        """The application."""
        return cast("GreenStarApp", self.pilot.app)

    @property
    def host(self) -> Host:
        """The program around the screens."""
        return self.app.host

    @property
    def visit(self) -> AssessmentScreen:
        """The screen of the visit."""
        screen = self.app.screen
        assert isinstance(screen, AssessmentScreen)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and let everything come to rest after each, and after each run of letters."""
        for at, key in enumerate(keys, 1):
            self.app.simulate_key(key)
            in_a_word = len(key) == 1 and any(len(following) == 1 for following in keys[at : at + 1])
            if not in_a_word:
                await self.rest()

    async def type(self, text: str) -> None:
        """Type characters, and let everything come to rest after the last."""
        await self.press(*text)

    async def rest(self, *, hurry: bool = True) -> None:
        """Wait until nothing moves: no message waits, nothing is held back, nothing is left to be written or laid out.

        Textual's own waiting watches the processor, which takes ten times as long, and errs on a busy machine.
        `hurry`: lay out at once what is to be laid out, and not when Textual would. It is drawn when it is looked at.
        """
        quiet, deadline = 0, time.monotonic() + PATIENCE
        while quiet < QUIET and self.app._running:
            assert time.monotonic() < deadline, "it never comes to rest"
            await self._meanwhile(_LOOK if hurry else _BEAT_LOOK)
            quiet = 0 if self._busy else quiet + 1
            if hurry and not quiet:
                for screen in self._visible:
                    screen._on_timer_update()
                    if screen is not self.app.screen:  # what of it lies behind is not painted, and would wait for ever
                        screen._dirty_widgets.clear()

    @staticmethod
    async def _meanwhile(seconds: float) -> None:
        """Let the app go on for a moment; by turns, where another process had the processor for most of it."""
        late = time.monotonic() + 2 * seconds
        await asyncio.sleep(seconds)
        if time.monotonic() > late:
            for _ in range(_TURNS):
                await asyncio.sleep(0)

    async def until(self, holds: Callable[[], bool], *, why: str = "") -> None:
        """Wait until something holds that a timer, a thread or another window brings about."""
        deadline = time.monotonic() + PATIENCE
        await self.rest()
        while not holds():
            assert time.monotonic() < deadline, why or f"it never came about; the screen was:\n{self.shown}"
            await asyncio.sleep(0.02)
            await self.rest()

    async def done(self) -> None:
        """Wait until no thread works on what somebody waits for, and what came of it is shown."""
        await self.rest()
        await self.until(lambda: threads.WITH_A_RESULT not in [thread.name for thread in threading.enumerate()])
        await self.rest()

    async def see(self, *texts: str) -> None:
        """Wait until the terminal shows all the texts: what is said once something is on disk, or a screen is open."""
        await self.until(lambda: all(text in self.shown for text in texts))

    def _look(self) -> None:
        """Draw everything, and remember it for those who look at it before anything moves."""
        compositor = self.app.screen._compositor
        behind = [screen._compositor for screen in self.app._background_screens]
        for drawn in (compositor, *behind):
            drawn._dirty_regions.clear()
        visible_screen_stack.set(self.app._background_screens)
        shown = "\n".join(strip.text for strip in compositor.render_strips())
        self._seen = [compositor, *behind], shown

    @property
    def has_looked(self) -> bool:
        """Whether anything was drawn yet."""
        return self._seen[0] is not None

    @property
    def _busy(self) -> bool:
        app = self.app
        if app._held is not None or app.screen._dirty_widgets:  # of a screen behind, some may be covered: never painted
            return True
        if any(screen._callbacks or screen._layout_required for screen in self._visible):
            return True
        if any(screen._to_be_asked for screen in self._visible if isinstance(screen, NotedAtOnce)):
            return True
        if not self.host.saving.idle and self.host.saving.trouble is None:
            return True
        return any(node.message_queue_size for node in (app, *app._registry))

    @property
    def _visible(self) -> list[Screen[Any]]:
        """The screen that has the keys, and those that are seen behind it: a screen that is covered paints nothing."""
        front = self.app.screen
        return [front] if front.styles.background.a == 1 else [*self.app._background_screens, front]

    async def open_visit(self, store: str) -> None:
        """Open the visit to a store, from wherever one is."""
        self.host.show_visit(store)
        await self.rest()

    async def open_stores(self) -> None:
        """Go back to the list of stores, from wherever one is."""
        self.host.show_stores()
        await self.rest()

    async def go_to(self, criterion: str, question: str | None = None) -> None:
        """Stand at a criterion, in one of its questions."""
        self.visit.go_to(criterion)
        await self.rest()
        if question is not None:
            assert self.visit.page.enter(question)
            await self.rest()

    def field(self, question: str) -> QuestionField:
        """Where a question stands."""
        field = self.visit.page.field_of(question)
        assert field is not None, question
        return field

    @property
    def shown(self) -> str:
        """What the terminal shows, line by line; drawn once for all who look at it before anything moves."""
        compositors = [screen._compositor for screen in (self.app.screen, *self.app._background_screens)]
        dirty = any(compositor._dirty_regions for compositor in compositors)
        if self._seen[0] != compositors or dirty or self._busy:
            self._look()
        return self._seen[1]

    @property
    def told(self) -> str:
        """What the terminal shows as running text, without borders."""
        return " ".join(self.shown.translate(_NO_BORDERS).split())

    @property
    def said(self) -> str:
        """What the page of the visit says, as running text, wherever its lines break."""
        region = self.visit.page.content_region
        strips = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        lines = [strip.crop(region.x, region.right).text.strip("▌ ") for strip in strips]
        return " ".join(line for line in lines if line)

    def place_of(self, text: str) -> int:
        """The first line of the screen that holds `text`, from 0 on; -1: none does."""
        return next((place for place, line in enumerate(self.shown.splitlines()) if text in line), -1)

    def line(self, text: str) -> str:
        """The line that holds `text`."""
        return next((line for line in self.shown.splitlines() if text in line), "")
