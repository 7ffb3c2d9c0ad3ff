"""A visit that is open in the running app, for figures that are taken inside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot
from textual.widgets import Input

from greenstar.assessment.answers_file import read_answers_files
from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.recording import Recording
from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp
from greenstar.tui.visit.screen import AssessmentScreen

STORE = "WX-001"
SMALL, WIDE = (80, 24), (120, 36)
_PATIENCE = 5.0  # seconds for what is left to be written
_QUIET = 0.5  # seconds until nothing moves any more


def visit_all_answered(path: Path) -> Workspace:
    """A workspace with the lighthouse store, all answered."""
    workspace = Workspace.open(path, cycle="2026", assessor="bench")
    for file in read_answers_files(SHIPPED_SCHEME / "examples" / "wuxi.yaml", find_scheme):
        record(workspace, file, how=Recording(without_files=True))
    return workspace


@asynccontextmanager
async def running(
    workspace: Workspace, store: str | None = None, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[Pilot[None], GreenStarApp]]:
    """The running app, at the visit of a store where one is given."""
    app = GreenStarApp(workspace, "en", store)
    with patch.object(Input, "cursor_blink", False):
        async with app.run_test(size=size) as pilot:
            await pilot.pause(_QUIET)
            yield pilot, app
    app.host.saving.close(_PATIENCE)


@asynccontextmanager
async def opened_visit(
    workspace: Workspace, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[Pilot[None], AssessmentScreen]]:
    """The running app at the visit of the lighthouse store, and its screen."""
    async with running(workspace, STORE, size) as (pilot, app):
        screen = app.screen
        assert isinstance(screen, AssessmentScreen)
        yield pilot, screen
