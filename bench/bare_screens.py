"""Bare screens of Textual alone: what a page costs where nothing is worked out for it.

A bare screen that is open already is painted to Textual's beat, sixty times a second: after a rest the next paint waits
for one whole beat, or for none, as it happens, so that two panes take 18 ms in most runs and less than 12 ms in others.
The screens of the program wait for no beat. What one sees of a bare app is 18 ms, 8 of which are work; that is what is
asked to compare with, and of several rounds the least is taken, so that a round without the beat counts against us. How
much more work ours is tells the same beat for both: `TwoPanes(soon=True)` is painted by the program's own timer. A
screen that opens is painted with its first layout, to no beat.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from typing_extensions import override

from greenstar.tui.textual_compat.paint_timer import PaintsSoon

_P95 = 0.95
_LINES = 30
_PATIENCE = 10.0  # seconds for a screen to be painted


async def painted(screen: Screen[Any], work: Callable[[], object]) -> float:
    """Seconds from a piece of work to the screen painted with it."""
    done = asyncio.Event()
    start = time.perf_counter()
    work()
    screen.call_after_refresh(done.set)
    await asyncio.wait_for(done.wait(), _PATIENCE)
    return time.perf_counter() - start


async def first_paint(work: Callable[[], object], kind: type[Screen[Any]], there: "list[Twin] | None" = None) -> float:
    """Seconds from a piece of work to the first paint of the screen that it opens; `there` becomes what it has then."""
    shown, stamps, display = asyncio.Event(), list[float](), App._display  # noqa: SLF001 - no public place of all paints

    def noted(painting: App[Any], screen: Screen[Any], renderable: Any) -> None:
        display(painting, screen, renderable)
        if isinstance(screen, kind) and renderable is not None and not stamps:
            stamps.append(time.perf_counter())
            if there is not None:
                there[:] = twins(screen)
            shown.set()

    with patch.object(App, "_display", noted):
        start = time.perf_counter()
        work()
        await asyncio.wait_for(shown.wait(), _PATIENCE)
    return stamps[0] - start


def p95(taken: list[float]) -> float:
    """The least that 95 in 100 stay below."""
    return sorted(taken)[int(len(taken) * _P95)]


class _Soon(PaintsSoon[None]):
    """Textual's default screen, painted as those of the program are."""


class TwoPanes(App[None]):
    """Two panes side by side, each with a text of thirty lines."""

    CSS = "VerticalScroll { width: 1fr; }"

    def __init__(self, *, soon: bool = False) -> None:
        """`soon`: no beat is waited for."""
        super().__init__()
        self._soon = soon

    @override
    def get_default_screen(self) -> Screen[Any]:
        return _Soon(id="_default") if self._soon else super().get_default_screen()

    def compose(self) -> ComposeResult:
        """The panes."""
        with Horizontal():
            for name in ("left", "right"):
                with VerticalScroll():
                    yield Static(_text(name, 0), id=name)

    def fill(self, number: int) -> None:
        """Other texts in both panes."""
        for name in ("left", "right"):
            self.query_one(f"#{name}", Static).update(_text(name, number))


def _text(name: str, number: int) -> str:
    return "\n".join(f"{name} {line}: text number {number} of a page" for line in range(_LINES))


@dataclass
class Twin:
    """What a bare screen has in the place of a widget: one of Textual's own, and what stands in it."""

    kind: type[Widget]
    across: bool
    shown: bool
    inner: "list[Twin]"


def twins(screen: Screen[Any]) -> list[Twin]:
    """The widgets of a screen as Textual has them: containers, fields, and texts for all that is drawn."""
    return [_twin(child) for child in screen.children if not child.has_class("-textual-system")]


def _twin(widget: Widget) -> Twin:
    inner = [_twin(child) for child in widget.children]
    kinds: list[type[Widget]] = [VerticalScroll, Input, TextArea]
    kind = next((kind for kind in kinds if isinstance(widget, kind)), Container if inner else Static)
    return Twin(kind, str(widget.styles.layout) == "<horizontal>", widget.display, inner)


class Bare(Screen[None]):
    """A screen of such widgets, with nothing behind them."""

    CSS = "Bare { Container, Static { height: auto; } .across { layout: horizontal; } }"

    def __init__(self, parts: list[Twin]) -> None:
        super().__init__()
        self._parts = parts

    def compose(self) -> ComposeResult:
        """All of them."""
        yield from map(_made, self._parts)


def _made(twin: Twin) -> Widget:
    inner = list(map(_made, twin.inner))
    widget = Static("a line of text") if twin.kind is Static else twin.kind(*inner) if inner else twin.kind()
    widget.set_class(twin.across, "across")
    widget.display = twin.shown
    return widget
