"""Figures of the screen: start to first paint as a whole process, and times taken inside the app."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench.measure import Figure, in_turn, process
from greenstar.assessment.model import Store
from greenstar.services.demo import make_demo
from greenstar.services.stores import add_store
from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp
from greenstar.tui.desk import Desk
from greenstar.tui.screens.assessment import AssessmentScreen

_SHOW_SCORE = AssessmentScreen.show_score


def figures() -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        demo = make_demo(folder / "demo").path
        yield _first_paint(demo)
        yield _many_stores(folder)
        yield _digit(folder / "visit.db")


def _first_paint(database: Path) -> Figure:
    ours, bare = in_turn(process("-m", "bench.apps.ours", str(database)), process("-m", "bench.apps.bare", "121"))
    return Figure("start to first paint with 121 stores", "a bare app with a table of 121 rows", ours, bare, 1.3)


def _many_stores(folder: Path) -> Figure:
    few, many = (_stores(folder / f"{count}.db", count) for count in (10, 1000))
    ours, least = in_turn(process("-m", "bench.apps.ours", str(many)), process("-m", "bench.apps.ours", str(few)))
    return Figure("start to first paint with 1,000 stores", "the same with 10", ours, least, 1.2)


def _stores(path: Path, count: int) -> Path:
    with Workspace.open(path, assessor="bench") as workspace, workspace.database.transaction():
        for number in range(count):
            add_store(workspace, Store(f"S-{number:04}", f"Store {number}", "Wuxi", "East"))
    return path


def _digit(path: Path) -> Figure:
    """Digits typed into one field, with and without scoring; the least seconds of each."""
    with Workspace.open(path, cycle="2026", assessor="bench") as workspace:
        add_store(workspace, Store("S-1", "Store"))
        scored, plain = in_turn(
            lambda: asyncio.run(_typed(workspace, scoring=True)), lambda: asyncio.run(_typed(workspace, scoring=False))
        )
    return Figure("a typed digit to value and score repainted", "the same page without scoring", scored, plain, 1.5)


async def _typed(workspace: Workspace, *, scoring: bool) -> float:
    """The least seconds from a digit's key to the repainted screen."""
    painted = asyncio.Event()
    stamps: list[float] = []

    def stamp() -> None:
        stamps.append(time.perf_counter())
        painted.set()

    def show_score(screen: AssessmentScreen) -> None:
        _SHOW_SCORE(screen)
        screen.call_after_refresh(stamp)

    desk_typed = Desk.typed if scoring else lambda _desk, _name, _value: None
    app = GreenStarApp(workspace, "en", "S-1")
    with patch.object(AssessmentScreen, "show_score", show_score), patch.object(Desk, "typed", desk_typed):
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause(0.5)
            screen = app.screen
            assert isinstance(screen, AssessmentScreen)
            screen.show_criterion("MGT-03", enter=True)
            await pilot.pause(0.5)
            await pilot.press("tab", "tab")  # to a field that takes long numbers
            taken = []
            for digit in "1234567":
                painted.clear()
                start = time.perf_counter()
                app.simulate_key(digit)
                await asyncio.wait_for(painted.wait(), 5)
                taken.append(stamps[-1] - start)
                await pilot.pause()
    return min(taken)
