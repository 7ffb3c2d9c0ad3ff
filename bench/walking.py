"""Figures of a walk through a whole visit: from criterion to criterion, digit by digit, and what it leaves in memory.

All are taken inside the running app, from the event to the repainted screen.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from bench.measure import Effort, Figure, in_turn
from greenstar.assessment.answers_file import read_answers_files
from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.recording import Recording
from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Line, Words
from greenstar.tui.visit.note_field import NoteField
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.screen import AssessmentScreen
from greenstar.tui.visit.view import VisitView
from greenstar.tui.visit.visit_session import VisitSession

STORE, SIZE = "WX-001", (120, 36)
_P95 = 0.95
_DIGITS = "1234567" * 3
_PATIENCE = 5.0  # seconds for what is left to be written
Call = tuple[Any, tuple[Any, ...], dict[str, Any]]
_WRITES = (  # all that puts text on the page: the same calls without what works them out are the baseline
    (Words, "say"),
    (Line, "say"),
    (QuestionField, "fill"),
    (NoteField, "fill"),
    (Rows, "show"),
    (Rows, "touch"),
)


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as folder, visit_all_answered(Path(folder) / "visit.db") as workspace:
        yield Figure(
            "next criterion to repainted, p95 over the visit",
            "the same page filled with the same text",
            *in_turn(
                lambda: asyncio.run(_walked(workspace, effort)),
                lambda: asyncio.run(_replayed(workspace, effort)),
                effort,
            ),
            1.5,
        )
        yield Figure(
            "a typed digit to value and score repainted, p95",
            "the same page without scoring",
            *in_turn(
                lambda: asyncio.run(_typed(workspace, effort, scoring=True)),
                lambda: asyncio.run(_typed(workspace, effort, scoring=False)),
                effort,
            ),
            1.5,
        )
        yield Figure(
            "memory after walking through the visit twice (MB)",
            "after the first time",
            *asyncio.run(_memory(workspace, effort)),
            1.05,
            shown_times=1e-6,
        )


def visit_all_answered(path: Path) -> Workspace:
    """A workspace with the lighthouse store, all answered."""
    workspace = Workspace.open(path, cycle="2026", assessor="bench")
    for file in read_answers_files(SHIPPED_SCHEME / "examples" / "wuxi.yaml", find_scheme):
        record(workspace, file, how=Recording(without_files=True))
    return workspace


@asynccontextmanager
async def opened_visit(workspace: Workspace) -> AsyncIterator[tuple[Pilot[None], AssessmentScreen]]:
    """The running app at that visit, and its screen."""
    app = GreenStarApp(workspace, "en", STORE)
    with patch.object(Input, "cursor_blink", False):
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.5)
            screen = app.screen
            assert isinstance(screen, AssessmentScreen)
            yield pilot, screen
    app.host.saving.close(_PATIENCE)


async def _painted(screen: AssessmentScreen, work: Callable[[], object]) -> float:
    """Seconds from a piece of work to the screen painted with it."""
    painted = asyncio.Event()
    start = time.perf_counter()
    work()
    screen.call_after_refresh(painted.set)
    await asyncio.wait_for(painted.wait(), 10)
    return time.perf_counter() - start


def _some(screen: AssessmentScreen, effort: Effort) -> list[str]:
    """The criteria to walk through: all of them, or only the first."""
    order = list(screen.outline.order())
    return order[: effort.of(len(order))]


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * _P95)]


async def _walked(workspace: Workspace, effort: Effort) -> float:
    """The p95 of the seconds from one criterion to the next."""
    async with opened_visit(workspace) as (pilot, screen):
        taken = []
        for criterion in _some(screen, effort):
            taken.append(await _painted(screen, partial(screen.show_criterion, criterion)))
            await pilot.pause()
    return _p95(taken)


async def _replayed(workspace: Workspace, effort: Effort) -> float:
    """The p95 of the seconds for the same writes on the same page, with nothing behind them."""
    async with opened_visit(workspace) as (pilot, screen):
        order = _some(screen, effort)
        recorded = []
        for criterion in order:
            with _recording() as calls:
                screen.show_criterion(criterion)
            recorded.append(list(calls))
            await pilot.pause()
        shown = [_displayed(screen, criterion) for criterion in order]
        taken = []
        for calls, slots in zip(recorded, shown, strict=True):
            taken.append(await _painted(screen, partial(_replay, screen, calls, slots)))
            await pilot.pause()
    return _p95(taken)


def _displayed(screen: AssessmentScreen, criterion: str) -> int:
    return len(screen.session.visit.worked.questions_at(criterion))


def _replay(screen: AssessmentScreen, calls: list[Call], slots: int) -> None:
    for index, slot in enumerate(screen.page.query(QuestionField)):
        slot.display = index < slots
    for method, arguments, named in calls:
        method(*arguments, **named)


class _recording:  # noqa: N801 - a context manager, used as one
    """Notes every outermost call that writes on the page, with the widget it was made on."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._depth = 0
        self._patches = [patch.object(kind, name, self._noting(getattr(kind, name))) for kind, name in _WRITES]

    def _noting(self, method: Any) -> Any:
        def noting(widget: Widget, *arguments: Any, **named: Any) -> Any:
            if not self._depth:
                self.calls.append((method, (widget, *arguments), named))
            self._depth += 1
            try:
                return method(widget, *arguments, **named)
            finally:
                self._depth -= 1

        return noting

    def __enter__(self) -> list[Call]:
        for patched in self._patches:
            patched.start()
        return self.calls

    def __exit__(self, *_: object) -> None:
        for patched in self._patches:
            patched.stop()


async def _typed(workspace: Workspace, effort: Effort, *, scoring: bool) -> float:
    """The p95 of the seconds from a digit's key to the repainted screen."""
    show_score, painted, stamps = VisitView.show_score, asyncio.Event(), []

    def stamp() -> None:
        stamps.append(time.perf_counter())
        painted.set()

    def showing(view: VisitView) -> None:
        show_score(view)
        view.page.screen.call_after_refresh(stamp)

    typed = VisitSession.typed if scoring else lambda _session, _state: None
    with patch.object(VisitView, "show_score", showing), patch.object(VisitSession, "typed", typed):
        async with opened_visit(workspace) as (pilot, screen):
            screen.go_to("MGT-03", "months_complete_n")
            await pilot.pause(0.5)
            await pilot.press("tab", "tab", "ctrl+u")  # to a field that takes long numbers
            taken = []
            for digit in _DIGITS[: effort.of(len(_DIGITS))]:
                painted.clear()
                start = time.perf_counter()
                pilot.app.simulate_key(digit)
                await asyncio.wait_for(painted.wait(), 5)
                taken.append(stamps[-1] - start)
                await pilot.pause()
                if len(taken) % 7 == 0:
                    await pilot.press("ctrl+u")
    return _p95(taken)


async def _memory(workspace: Workspace, effort: Effort) -> tuple[float, float]:
    """The bytes that the process holds after the second walk, and after the first."""
    async with opened_visit(workspace) as (pilot, screen):
        held = []
        for _ in range(2):
            for criterion in _some(screen, effort):
                screen.go_to(criterion)
                await pilot.pause()
            gc.collect()
            held.append(_resident())
    return held[1], held[0]


def _resident() -> float:
    """The memory of this process in bytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return float(pages * 4096)
