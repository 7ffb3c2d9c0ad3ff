"""A paint comes as soon as all that belongs to it is there, and sixty times a second at most.

Textual's timer keeps to a beat: after a rest the next paint but one waits for one to two whole intervals (17 to 33 ms)
although nothing was painted meanwhile. So the letter that was typed was seen at once, and the score late. And the first
paint does not wait for messages: what is typed is told from widget to widget up to the screen, a turn of the loop each,
and what that changes came with another paint. Two private parts are at work: a timer runs in `_run`, and
`Screen._update_timer` is the one that paints.
"""

from asyncio import sleep
from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.screen import UPDATE_PERIOD, Screen, ScreenResultType
from textual.timer import EventTargetGone, Timer
from textual.widget import Widget
from typing_extensions import override

_QUIET, _MOST = 2, 24  # turns of the loop without a message until it paints; turns that it waits for that


class PaintTimer(Timer):
    """Ticks when it is resumed, but no sooner than its interval after the last time, and when nothing is under way."""

    def __init__(self, *arguments: Any, under_way: Callable[[], bool], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._under_way = under_way

    async def _messages_arrive(self) -> None:
        quiet = 0
        for _ in range(_MOST):
            quiet = 0 if self._under_way() else quiet + 1
            if quiet == _QUIET:
                break
            await sleep(0)

    @override
    async def _run(self) -> None:
        before = 0.0
        while True:
            await self._active.wait()
            await sleep(max(0.0, before + self._interval - monotonic()))
            await self._messages_arrive()
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
                self,
                UPDATE_PERIOD,
                name="screen_update",
                callback=self._on_timer_update,
                pause=True,
                under_way=self._messages_under_way,
            )
            self._paint_timer._start()  # noqa: SLF001 - as `set_interval` does
            self._timers.add(self._paint_timer)
        return self._paint_timer

    def _messages_under_way(self) -> bool:
        """Whether a message waits anywhere between the cursor and the screen."""
        nodes = (self.focused or self).ancestors_with_self
        return any(node.message_queue_size for node in nodes if isinstance(node, Widget))
