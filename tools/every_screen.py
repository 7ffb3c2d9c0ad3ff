"""Draws every screen in every look: `python -m tools.every_screen FOLDER [LANGUAGE] [COLUMNS ROWS]`, to be looked at.

The clock stands still, so the same program draws the same pictures.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from textual.widgets import Input

from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.demo.network import make_demo
from greenstar.services.demo.sample_files import with_sample_files
from greenstar.services.evidence.hashed import HashedFiles
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit import sealing
from greenstar.services.visit.answers_files import open_answers
from greenstar.services.visit.import_answers import recorded
from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp
from greenstar.tui.theme import LOOKS
from tools.scenes import LONG_STANDING, SCENES, Scene
from tools.screenshot import screenshot

EXAMPLE = SHIPPED_SCHEME / "examples" / "leased-4s.yaml"
CYCLES = {"2023": 22, "2024": 12, "2025": 6, "2026": 0}  # of one store: how many answers less than now
PAUSE, REST = 0.15, 0.6  # seconds after a key that opens something, and before a picture


def main(folder: Path, language: str, size: tuple[int, int]) -> None:
    """Each scene begins with the same database, in which nothing of the one before was typed."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, patch.object(Input, "cursor_blink", False):
        os.environ["GREENSTAR_HOME"] = home
        database = _network(Path(home) / "network")
        for scene in SCENES:
            with _opened(database, scene, Path(home) / "scene") as workspace:
                asyncio.run(_draw(workspace, scene, folder, language, size))


def _clock() -> datetime:
    return datetime(2026, 7, 2, 6, 3, 22, tzinfo=UTC)


def _network(folder: Path) -> Path:
    """The sample network, a draft with many kinds of answers, and a store that was visited in four cycles."""
    path = make_demo(folder).path
    with Workspace.open(path, assessor="A. Assessor", clock=_clock) as workspace:
        (file,) = open_answers([EXAMPLE], find_scheme)
        scheme, visit, at = file.scheme, file.visit, workspace.now()
        hashed = HashedFiles(workspace.storage.evidence)
        with workspace.storage.transaction():
            recorded(workspace, scheme, with_sample_files(scheme, visit, at), at)
            store = replace(visit.store, code=LONG_STANDING, name="Hefei veteran 009 · 合肥老店 009")
            for cycle, less in CYCLES.items():
                answers = dict(list(visit.answers.items())[: len(visit.answers) - less])
                day = date(int(cycle), 4, 1)
                then = replace(visit, store=store, cycle=cycle, answers=answers, findings=(), visited=day)
                opened = recorded(workspace, scheme, with_sample_files(scheme, then, at), at)
                if less:
                    sealing.sealed(workspace, opened, at, hashed)
    return path


@contextmanager
def _opened(database: Path, scene: Scene, folder: Path) -> Iterator[Workspace]:
    shutil.copytree(database.parent, folder)
    path = folder / ("empty.db" if scene.empty else database.name)
    with Workspace.open(path, assessor="A. Assessor", clock=_clock) as workspace:
        yield workspace
    shutil.rmtree(folder)


async def _draw(workspace: Workspace, scene: Scene, folder: Path, language: str, size: tuple[int, int]) -> None:
    app = GreenStarApp(workspace, language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(PAUSE)
        if scene.store is not None:
            app.host.show_visit(scene.store, scene.criterion)
            await pilot.pause(REST)
        for key in scene.keys:
            await pilot.press(key)
            if len(key) > 1:
                await pilot.pause(PAUSE)
        await pilot.pause(REST)
        for look in LOOKS:
            app.theme = look
            await pilot.pause(PAUSE)
            (folder / f"{scene.name}-{look}.svg").write_text(screenshot(app), encoding="utf-8")
    app.host.saving.close(REST)


if __name__ == "__main__":
    given = sys.argv[1:]
    columns, rows = (int(given[2]), int(given[3])) if len(given) > 3 else (120, 36)
    main(Path(given[0]), given[1] if len(given) > 1 else "en", (columns, rows))
