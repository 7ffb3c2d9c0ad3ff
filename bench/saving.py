"""Figures of a screen whose database another process holds: it goes on painting as if nothing were."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from textual.app import App

from bench.measure import Effort, Figure, in_turn
from bench.visits import opened_visit, visit_all_answered
from greenstar.services.workspace import Workspace

SECONDS = 20.0
_BETWEEN_KEYS = 0.05  # seconds: somebody quick
_HOLD = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    seconds = SECONDS / effort.part
    with TemporaryDirectory() as folder, visit_all_answered(Path(folder) / "visit.db") as workspace:
        yield Figure(
            f"longest gap between two paints, typing for {SECONDS:.0f} s while another process holds the database",
            "the same while none does",
            *in_turn(
                lambda: asyncio.run(longest_gap(workspace, seconds, held=True)),
                lambda: asyncio.run(longest_gap(workspace, seconds, held=False)),
                effort.most_rounds(1),
            ),
            1.5,
        )


async def longest_gap(workspace: Workspace, seconds: float, *, held: bool) -> float:
    """The longest seconds without a paint, while figures are typed and recorded one after the other."""
    painted: list[float] = []
    display = App._display  # noqa: SLF001 - there is no public place through which every paint goes

    def noted(app: App[Any], screen: Any, renderable: Any) -> None:
        painted.append(time.perf_counter())
        display(app, screen, renderable)

    async with opened_visit(workspace) as (pilot, screen):
        with _another_process(workspace, seconds, held=held), patch.object(App, "_display", noted):
            start, figure = time.perf_counter(), 1000
            while time.perf_counter() < start + seconds:
                screen.go_to("WAT-06", "wash_total_m3")
                figure += 1
                for key in ("ctrl+u", *str(figure), "enter"):
                    pilot.app.simulate_key(key)
                    await asyncio.sleep(_BETWEEN_KEYS)
            end = time.perf_counter()
    return max(after - before for before, after in pairwise([start, *painted, end]))


@contextmanager
def _another_process(workspace: Workspace, seconds: float, *, held: bool) -> Iterator[None]:
    """While it is entered, another process holds the writer's place in the database, or only sleeps."""
    path = workspace.storage.where if held else ":memory:"
    command = [sys.executable, "-c", _HOLD, path, str(seconds + 1)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.kill()
