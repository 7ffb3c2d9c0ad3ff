"""What screens ask of the machine that a person sits at. With the program on another machine, it may be a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from greenstar.services.evidence.path_completion import Completion


class Desktop(Protocol):
    """Its viewer, its files and its clipboard."""

    def show_file(self, path: Path) -> bool:
        """Show a file in whatever shows such files; whether there is anything. It may take a moment."""

    def complete_path(self, typed: str) -> "Completion":
        """How the last of the typed paths may go on."""

    def paths_in(self, typed: str) -> list[str]:
        """The paths (they may be patterns) in what is typed: each once."""

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard."""

    def listen(self, arrived: Callable[[Path], object], redraw: Callable[[], object]) -> None:
        """From now on have `arrived` told of files that come, and `redraw` called when all must be drawn again.

        Called within the running app.
        """
