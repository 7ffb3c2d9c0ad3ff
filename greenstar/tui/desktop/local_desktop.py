"""The machine at which both the program and the person are."""

from collections.abc import Callable
from pathlib import Path

from greenstar.services.evidence import path_completion, path_parsing
from greenstar.services.evidence.path_completion import Completion
from greenstar.tui.desktop.viewer import show_in_viewer


class LocalDesktop:
    """The system's viewer and files; `copy` asks the terminal to copy a text."""

    def __init__(self, copy: Callable[[str], None]) -> None:
        self._copy = copy

    def show_file(self, path: Path) -> bool:
        """Show a file in the system's viewer."""
        return show_in_viewer(path)

    def complete_path(self, typed: str) -> Completion:
        """Complete a path from the folders of this machine."""
        return path_completion.complete(typed)

    def paths_in(self, typed: str) -> list[str]:
        """The paths as this system writes them."""
        return path_parsing.wanted(typed)

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard of the terminal."""
        self._copy(text)
