"""Records the tour as an animated picture, as the README shows it: `python -m tools.tour [FILE] [LANGUAGE]`.

The clock stands still and nothing waits: the same program makes the same file.
"""

import asyncio
import os
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from unittest.mock import patch

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from rich.terminal_theme import DIMMED_MONOKAI
from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.demo.beside import tour_network, tour_workspace
from greenstar.tui.app import GreenStarApp
from greenstar.tui.common import delayed_call, notice
from greenstar.tui.theme import LOOKS
from greenstar.tui.tour.script import STEPS
from greenstar.tui.tour.tour import Pace, Tour
from tools.animation import Picture, animated, lines_of

FILE = Path(__file__).parent.parent / "docs" / "pictures" / "tour.svg"
SIZE = (80, 24)
_GROUND = str(LOOKS["dark"].background)
PACE = Pace(letter=0.12, key=0.8, cell=0.026, look=2.4)
_AT_THE_END = 6.0  # seconds
_STANDS_FOR_ALL = "records"
_LETTERS = 3  # so many are typed from one picture to the next


def main(file: Path, language: str) -> None:
    """Play the tour, and keep what it shows."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as home, ExitStack() as still:
        still.enter_context(patch.dict(os.environ, {"GREENSTAR_HOME": home, "TZ": "UTC"}))
        for kind in (Input, TextArea):
            still.enter_context(patch.object(kind, "cursor_blink", False))
        for name in ("_SECONDS", "_SECONDS_IN_PASSING"):  # what is said stays until the next key
            still.enter_context(patch.object(notice, name, 3600))
        still.enter_context(patch.object(delayed_call, "DRAFT_REST", 0))
        path = tour_network(Path(folder), clock=_clock)
        pictures, for_all = asyncio.run(_played(path, language))
    title = Catalogue(language).say("tour.recorded")
    file.write_text(animated(pictures, title, _GROUND, for_all), encoding="utf-8")


def _clock() -> datetime:
    return datetime(2026, 7, 20, 6, 3, 22, tzinfo=UTC)


async def _played(path: Path, language: str) -> tuple[list[Picture], Picture]:
    """The pictures of the tour, and the one that stands for all."""
    recorder = _Recorder()
    with tour_workspace(path, clock=_clock) as workspace:
        app = GreenStarApp(workspace, language)
        async with app.run_test(size=SIZE) as pilot:
            recorder.pilot = pilot
            app.tour = recorder.tour = Tour(app, PACE, recorder.keep)
            await app.tour.play()
            await recorder.keep(_AT_THE_END)
        app.host.saving.close(10)
    return recorder.pictures, recorder.still


class _Recorder:
    """Keeps what is shown, instead of waiting."""

    pilot: Pilot[None]
    tour: Tour
    still: Picture

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self._letters = 0

    async def keep(self, seconds: float) -> None:
        """Keep what is shown for so long; of letters that are typed only every third."""
        self._letters = self._letters + 1 if seconds == PACE.letter else 0
        if self._letters % _LETTERS:
            return
        await self._rest()
        shown = lines_of(self.pilot.app.screen._compositor.render_strips(), DIMMED_MONOKAI, _GROUND)  # noqa: SLF001
        self.pictures.append(Picture(shown, seconds * (_LETTERS if self._letters else 1)))
        if STEPS[self.tour.number - 1].name == _STANDS_FOR_ALL:
            self.still = self.pictures[-1]

    async def _rest(self) -> None:
        app = cast("GreenStarApp", self.pilot.app)
        while not app.host.saving.idle:  # noqa: ASYNC110 - it is a recording: nothing else is to be done meanwhile
            await asyncio.sleep(0.01)
        await self.pilot.wait_for_scheduled_animations()
        await self.pilot.pause(0.1)
        visible_screen_stack.set(app._background_screens)  # noqa: SLF001 - as Textual does where it paints


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given else FILE, given[1] if len(given) > 1 else "en")
