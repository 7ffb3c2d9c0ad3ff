"""Draws the screens: `python -m tools.pictures [FOLDER] [LANGUAGE] [COLUMNS ROWS]`; as the README shows them without.

The clock stands still, so the same program draws the same pictures.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from textual.widgets import Input

from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.demo.network import make_demo
from greenstar.services.demo.sample_files import with_sample_files
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit.answers_files import open_answers
from greenstar.services.visit.import_answers import recorded
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import routes
from greenstar.tui.app import GreenStarApp
from tools.screenshot import screenshot

EXAMPLE, STORE = SHIPPED_SCHEME / "examples" / "leased-4s.yaml", "HF-002"
HALF_DONE, AGAIN = "SYN-038", "SYN-044"  # of the sample network: a draft, and a store that was visited before
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
_SETTLES = 3.0  # seconds until what is worked out beside a screen stands there: ranges, peers, indicators
IN_CHINESE = "assessment"  # what the README shows in Chinese as well


def main(folder: Path, language: str, size: tuple[int, int]) -> None:
    """Make the sample network, open each screen, and keep what it shows."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, patch.object(Input, "cursor_blink", False):
        demo = make_demo(Path(home))
        with Workspace.open(demo.path, assessor="A. Assessor", clock=_clock) as workspace:
            (file,) = open_answers([EXAMPLE], find_scheme)
            with workspace.storage.transaction():
                at = workspace.now()
                recorded(workspace, file.scheme, with_sample_files(file.scheme, file.visit, at), at)
            asyncio.run(_draw(workspace, folder, language, size))


def _clock() -> datetime:
    return datetime(2026, 7, 2, 6, 3, 22, tzinfo=UTC)


async def _draw(workspace: Workspace, folder: Path, language: str, size: tuple[int, int]) -> None:
    app = GreenStarApp(workspace, language)
    async with app.run_test(size=size) as pilot:

        async def keep(name: str) -> None:
            await pilot.wait_for_scheduled_animations()
            await pilot.pause(_SETTLES)
            (folder / f"{name}.svg").write_text(screenshot(app), encoding="utf-8")

        app.host.show_visit(STORE, "WAT-06")
        await keep("assessment")
        app.host.show(routes.CHECKLIST, open_visit(workspace, HALF_DONE))
        await keep("checklist")
        app.host.show(routes.SCORECARD, open_visit(workspace, AGAIN))
        await keep("scorecard")
        app.host.show(routes.RANKING, workspace)
        await keep("ranking")
        await pilot.press("space", "down", "down", "alt+b")
        await keep("compare")


def main_of_readme() -> None:
    """The pictures of the README, in both languages."""
    size = (120, 36)
    main(PICTURES, "en", size)
    with TemporaryDirectory() as folder:
        main(Path(folder), "zh", size)
        (PICTURES / f"{IN_CHINESE}-zh.svg").write_bytes((Path(folder) / f"{IN_CHINESE}.svg").read_bytes())


if __name__ == "__main__":
    given = sys.argv[1:]
    if given:
        language = given[1] if len(given) > 1 else "en"
        main(Path(given[0]), language, (int(given[2]), int(given[3])) if len(given) > 3 else (120, 36))
    else:
        main_of_readme()
