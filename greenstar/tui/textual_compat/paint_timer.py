"""A paint comes as soon as there is something to paint, and sixty times a second at most.

Textual's timer keeps to a beat: after a rest the next paint but one waits for one to two whole intervals (17 to 33 ms)
although nothing was painted meanwhile. So the letter that was typed was seen at once, and the score late. Two private
parts are at work: a timer runs in `_run`, and `Screen._update_timer` is the one that paints.
"""

from asyncio import sleep
from time import monotonic

from textual.screen import UPDATE_PERIOD, Screen, ScreenResultType
from textual.timer import EventTargetGone, Timer
from typing_extensions import override


class PaintTimer(Timer):
    """Ticks when it is resumed, but no sooner than its interval after the last time."""

    @override
    async def _run(self) -> None:
        before = 0.0
        while True:
            await self._active.wait()
            await sleep(max(0.0, before + self._interval - monotonic()))
            if not self._active.is_set():
                continue
            before = monotonic()
            try:
                await self._tick(next_timer=before, count=0)
            except EventTargetGone:
                break


class PaintsSoon(Screen[ScreenResultType]):
    """A screen that paints by such a timer."""

    _paint_timer: Timer | None = None

    @property
    @override
    def _update_timer(self) -> Timer:
        if self._paint_timer is None:
            self._paint_timer = PaintTimer(
                self, UPDATE_PERIOD, name="screen_update", callback=self._on_timer_update, pause=True
            )
            self._paint_timer._start()  # noqa: SLF001 - as `set_interval` does
            self._timers.add(self._paint_timer)
        return self._paint_timer
