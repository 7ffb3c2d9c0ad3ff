"""Fixtures of the journeys in a real terminal, and in a real browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from greenstar.assessment.answers_file import read_answers_files
from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit.import_answers import record
from greenstar.services.workspace import Workspace
from tests.e2e.terminal import Terminal, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OpenTerminal = Callable[..., Terminal]
STORE = "NB-006"


@pytest.fixture(scope="package")
def browser() -> "Iterator[Browser]":
    """A headless Chromium of the system's, for all tests here; beyond them its loop would keep others from running."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and nothing for the quick tests

    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's data folder in which it is known who the assessor is."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "config.toml").write_text('assessor = "A. Assessor"\n', encoding="utf-8")
    return folder


@pytest.fixture
def unvisited_store(home: Path) -> str:
    """A store whose facts are known, and nothing is answered."""
    (answers,) = read_answers_files(SHIPPED_SCHEME / "examples" / "open.yaml", find_scheme)
    with Workspace.open(home / "greenstar.db", cycle="2026", assessor="A. Assessor") as workspace:
        record(workspace, answers)
    return STORE


@pytest.fixture
def open_terminal(home: Path) -> Iterator[OpenTerminal]:
    """Opens terminals on one home folder, and closes them."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    opened: list[Terminal] = []

    def open_another(columns: int = 80, rows: int = 24, **environment: str) -> Terminal:
        terminal = Terminal(columns, rows, settings(home) | environment)
        opened.append(terminal)
        return terminal

    yield open_another
    for terminal in opened:
        terminal.close()
