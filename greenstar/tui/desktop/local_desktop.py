"""The machine at which both the program and the person are. The list of stores is painted without what it needs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from greenstar.tui.desktop.viewer import show_in_viewer

if TYPE_CHECKING:
    from greenstar.services.evidence.path_completion import Completion


class LocalDesktop:
    """The system's viewer and files; `copy` asks the terminal to copy a text."""

    def __init__(self, copy: Callable[[str], None]) -> None:
        self._copy = copy

    def show_file(self, path: Path) -> bool:
        """Show a file in the system's viewer."""
        return show_in_viewer(path)

    def complete_path(self, typed: str) -> "Completion":
        """Complete a path from the folders of this machine."""
        from greenstar.services.evidence.path_completion import complete  # noqa: PLC0415 - see above

        return complete(typed)

    def paths_in(self, typed: str) -> list[str]:
        """The paths as this system writes them."""
        from greenstar.services.evidence.path_parsing import wanted  # noqa: PLC0415 - see above

        return wanted(typed)

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard of the terminal."""
        self._copy(text)

    def listen(self, arrived: Callable[[Path], object], redraw: Callable[[], object]) -> None:
        """Nothing comes by itself: files are where they are, and the terminal keeps what is drawn."""
