"""Hands and eyes for tests: presses keys, and reads what the terminal shows."""

from typing import cast

from textual.pilot import Pilot

from greenstar.tui.app import GreenStarApp
from greenstar.tui.screens.assessment import AssessmentScreen
from greenstar.tui.widgets.slot import Slot


class Driver:
    """One running application."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> GreenStarApp:
        """The application."""
        return cast("GreenStarApp", self.pilot.app)

    @property
    def visit(self) -> AssessmentScreen:
        """The screen of the visit."""
        found = self.app.screen
        assert isinstance(found, AssessmentScreen)
        return found

    async def press(self, *keys: str) -> None:
        """Press keys, and let everything come to rest."""
        await self.pilot.press(*keys)
        await self.rest()

    async def type(self, text: str) -> None:
        """Type characters."""
        await self.press(*text)

    async def rest(self) -> None:
        """Wait until nothing moves."""
        await self.pilot.wait_for_scheduled_animations()
        await self.pilot.pause()

    async def go_to(self, criterion: str, question: str | None = None) -> None:
        """Stand at a criterion, in one of its questions."""
        self.visit.show_criterion(criterion, enter=True)
        await self.rest()
        if question is not None:
            assert self.visit.page.go_in(question)
            await self.rest()

    def slot(self, question: str) -> Slot:
        """Where a question stands."""
        found = self.visit.page.slot_of(question)
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
