"""Hands and eyes for tests: presses keys, and reads what the terminal shows."""

import asyncio
import time
from typing import cast

from textual.pilot import Pilot

from greenstar.tui.app import GreenStarApp
from greenstar.tui.host import Host
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.screen import AssessmentScreen

PATIENCE, QUIET = 20.0, 4  # seconds at most; looks in a row that find nothing to do


class Driver:
    """One running application."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

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
        found = self.app.screen
        assert isinstance(found, AssessmentScreen)
        return found

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and let everything come to rest after each."""
        for key in keys:
            self.app.simulate_key(key)
            await self.rest()

    async def type(self, text: str) -> None:
        """Type characters."""
        await self.press(*text)

    async def rest(self) -> None:
        """Wait until nothing moves: no message waits, nothing is held back, and nothing is left to be painted.

        Textual's own waiting watches the processor, which takes ten times as long, and errs on a busy machine.
        """
        quiet, deadline = 0, time.monotonic() + PATIENCE
        while quiet < QUIET and time.monotonic() < deadline:
            await asyncio.sleep(0.003)
            quiet = 0 if self._busy else quiet + 1
            if not quiet:
                self.app.screen._on_timer_update()

    @property
    def _busy(self) -> bool:
        app, screen = self.app, self.app.screen
        if app._held is not None or screen._callbacks or screen._layout_required or screen._dirty_widgets:
            return True
        return any(node.message_queue_size for node in (app, *screen.walk_children(with_self=True)))

    async def go_to(self, criterion: str, question: str | None = None) -> None:
        """Stand at a criterion, in one of its questions."""
        self.visit.go_to(criterion)
        await self.rest()
        if question is not None:
            assert self.visit.page.enter(question)
            await self.rest()

    def field(self, question: str) -> QuestionField:
        """Where a question stands."""
        found = self.visit.page.field_of(question)
        assert found is not None, question
        return found

    @property
    def shown(self) -> str:
        """What the terminal shows, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    def line(self, text: str) -> str:
        """The line that holds `text`."""
        return next((line for line in self.shown.splitlines() if text in line), "")
