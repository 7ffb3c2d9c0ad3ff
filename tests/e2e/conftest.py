"""Fixtures of the journeys in a real terminal."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, settings

OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's data folder in which it is known who the assessor is."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "config.toml").write_text('assessor = "A. Assessor"\n', encoding="utf-8")
    return folder


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
