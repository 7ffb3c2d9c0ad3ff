"""Figures of a visit's pages, against bare screens of Textual: stepping, typing, opening, what is left in memory.

All are taken inside the running app, from the event to the painted screen.
"""

import asyncio
import gc
import time
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from textual.app import App
from textual.pilot import Pilot

from bench.bare_screens import Bare, Twin, TwoPanes, first_paint, p95, painted
from bench.measure import Effort, Figure, all_in_turn, in_turn
from bench.visits import SMALL, STORE, WIDE, opened_visit, running, visit_all_answered
from greenstar.services.workspace import Workspace
from greenstar.tui.visit.screen import AssessmentScreen
from greenstar.tui.visit.view import VisitView

_ROUNDS = 3
_SIZES = (SMALL, WIDE)
_DIGITS = "1234567" * 3
_UPDATES = 60  # of the bare screen
_OPENED = 6  # times a round
_REST = 0.3  # seconds between two of them
_PATIENCE = 10.0
_WORK = 4  # times the work of two bare panes, at most: what is reached, nothing that was asked for

_Measure = Callable[[Effort], Coroutine[Any, Any, float]]


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    rounds = effort.most_rounds(_ROUNDS)
    with TemporaryDirectory() as folder, visit_all_answered(Path(folder) / "visit.db") as workspace:
        for size in _SIZES[: effort.of(len(_SIZES))]:
            what, walked = (
                f"next criterion to repainted, p95 over the visit, {size[0]}×{size[1]}",
                partial(_walked, workspace, size),
            )
            yield from _against_panes(what, walked, size, 2, rounds)
        typed = partial(_typed, workspace)
        yield from _against_panes("a typed digit to value and score repainted, p95", typed, WIDE, 1.2, rounds)
        opened = _opened(workspace, effort)
        yield Figure("a visit opened, to first paint", "a bare screen of the same widgets", *opened, 1.3)
        yield Figure(
            "memory after walking through the visit twice (MB)",
            "after the first time",
            *asyncio.run(_memory(workspace, effort)),
            1.05,
            shown_times=1e-6,
        )


def _against_panes(
    what: str, work: _Measure, size: tuple[int, int], at_most: float, effort: Effort
) -> Iterator[Figure]:
    """A figure against two panes as Textual paints them, and against their work alone: see `bare_screens`."""
    beat, soon = (partial(_two_panes, size, soon=soon) for soon in (False, True))
    ours, bare, bare_soon = all_in_turn([partial(_run, each, effort) for each in (work, beat, soon)], effort)
    yield Figure(what, "other texts of 30 lines in two panes of a bare screen", ours, bare, at_most)
    yield Figure(f"the same: {what}", "the two panes, painted without waiting for a beat", ours, bare_soon, _WORK)


def _run(measure: Callable[..., Coroutine[Any, Any, float]], *arguments: object) -> float:
    return asyncio.run(measure(*arguments))


async def _walked(workspace: Workspace, size: tuple[int, int], effort: Effort) -> float:
    """The p95 of the seconds from one criterion to the next."""
    async with opened_visit(workspace, size) as (pilot, screen):
        taken = []
        order = screen.outline.order()
        for criterion in order[: effort.of(len(order))]:
            taken.append(await painted(screen, partial(screen.show_criterion, criterion)))
            await pilot.pause()
    return p95(taken)


async def _two_panes(size: tuple[int, int], effort: Effort, *, soon: bool) -> float:
    """The p95 of the seconds from other texts in two panes to the repainted screen."""
    app, taken = TwoPanes(soon=soon), []
    async with app.run_test(size=size) as pilot:
        await pilot.pause(_REST)
        for number in range(effort.of(_UPDATES)):
            taken.append(await painted(app.screen, partial(app.fill, number)))
            await pilot.pause()
    return p95(taken)


async def _typed(workspace: Workspace, effort: Effort) -> float:
    """The p95 of the seconds from a digit's key to the screen repainted with its value and the score."""
    show_score, shown, stamps = VisitView.show_score, asyncio.Event(), list[float]()

    def stamp() -> None:
        stamps.append(time.perf_counter())
        shown.set()

    def showing(view: VisitView) -> None:
        show_score(view)
        view.page.screen.call_after_refresh(stamp)

    with patch.object(VisitView, "show_score", showing):
        async with opened_visit(workspace) as (pilot, screen):
            screen.go_to("MGT-03", "months_complete_n")
            await pilot.pause(_REST)
            await pilot.press("tab", "tab", "ctrl+u")  # to a field that takes long numbers
            taken = []
            for digit in _DIGITS[: effort.of(len(_DIGITS))]:
                shown.clear()
                start = time.perf_counter()
                pilot.app.simulate_key(digit)
                await asyncio.wait_for(shown.wait(), _PATIENCE)
                taken.append(stamps[-1] - start)
                await pilot.pause()
                if len(taken) % 7 == 0:
                    await pilot.press("ctrl+u")
    return p95(taken)


def _opened(workspace: Workspace, effort: Effort) -> tuple[float, float]:
    """The least seconds to the first paint of a visit, and of a bare screen of the widgets that it has at that paint.

    Widgets that a visit makes only after its first paint are not counted. The two take turns, each in its own app.
    """
    there: list[Twin] = []
    ours, bare = partial(_run, _visit_opened, workspace, there, effort), partial(_run, _bare_opened, there, effort)
    return in_turn(ours, bare, effort.most_rounds(_ROUNDS))


async def _visit_opened(workspace: Workspace, there: list[Twin], effort: Effort) -> float:
    """The least seconds to the first paint of a visit; `there` becomes what is on the screen then."""
    taken = []
    async with running(workspace) as (pilot, app):
        for _ in range(effort.of(_OPENED)):
            taken.append(await first_paint(partial(app.host.show_visit, STORE), AssessmentScreen, there))
            await _closed(pilot)
    return min(taken)


async def _bare_opened(there: list[Twin], effort: Effort) -> float:
    """The least seconds to the first paint of a bare screen of such widgets."""
    app, taken = App[None](), []
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause(_REST)
        for _ in range(effort.of(_OPENED)):
            taken.append(await first_paint(partial(app.push_screen, Bare(there)), Bare))
            await _closed(pilot)
    return min(taken)


async def _closed(pilot: Pilot[Any]) -> None:
    """Back to the screen below, after a rest and before another."""
    await pilot.pause(_REST)
    pilot.app.pop_screen()
    await pilot.pause(_REST)


async def _memory(workspace: Workspace, effort: Effort) -> tuple[float, float]:
    """The bytes that the process holds after the second walk, and after the first."""
    async with opened_visit(workspace) as (pilot, screen):
        held = []
        for _ in range(2):
            order = screen.outline.order()
            for criterion in order[: effort.of(len(order))]:
                screen.go_to(criterion)
                await pilot.pause()
            gc.collect()
            held.append(_resident())
    return held[1], held[0]


def _resident() -> float:
    """The memory of this process in bytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return float(pages * 4096)
