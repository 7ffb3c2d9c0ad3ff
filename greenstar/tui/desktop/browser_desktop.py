"""The machine of a person who looks in by a browser (`greenstar serve`): files are shown and uploaded there.

A line beside the terminal leads to the server, one JSON object a line: `{"show": path}` goes there, `{"arrived": path}`
and `{"redraw": true}` come from there.
"""

import asyncio
import json
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from greenstar.services.settings.browser import VARIABLE
from greenstar.tui.desktop.desktop import Desktop
from greenstar.tui.desktop.local_desktop import LocalDesktop

if TYPE_CHECKING:
    from greenstar.services.evidence.path_completion import Completion

_MOST_HEARD = 1 << 16


class BrowserDesktop:
    """What the server has the browser do; paths are those of this machine, where the server runs too."""

    def __init__(self, line: socket.socket, local: LocalDesktop) -> None:
        self._line, self._local = line, local
        self._heard = b""

    def show_file(self, path: Path) -> bool:
        """Have the file shown in a tab of its own."""
        try:
            self._line.sendall(json.dumps({"show": str(path)}).encode() + b"\n")
        except OSError:  # the server is gone, and this program soon too
            return False
        return True

    def complete_path(self, typed: str) -> "Completion":
        """Complete a path from the folders of this machine."""
        return self._local.complete_path(typed)

    def paths_in(self, typed: str) -> list[str]:
        """The paths as this system writes them."""
        return self._local.paths_in(typed)

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard: the page takes it from the terminal, as terminals do."""
        self._local.copy_text(text)

    def listen(self, arrived: Callable[[Path], object], redraw: Callable[[], object]) -> None:
        """Hear what the server tells."""
        loop = asyncio.get_running_loop()

        def hear() -> None:
            try:
                heard = self._line.recv(_MOST_HEARD)
            except OSError:
                heard = b""
            if not heard:  # the server is gone; that the terminal is too is seen elsewhere
                loop.remove_reader(self._line)
            *lines, self._heard = (self._heard + heard).split(b"\n")
            for text in lines:
                with suppress(ValueError):  # a line that was cut off, as nothing was read for very long
                    message = json.loads(text)
                    if "arrived" in message:
                        arrived(Path(message["arrived"]))
                    if "redraw" in message:
                        redraw()

        loop.add_reader(self._line, hear)


def desktop_here(copy: Callable[[str], None]) -> Desktop:
    """The browser's, where the program was started for one; else this machine's."""
    local, line = LocalDesktop(copy), os.environ.get(VARIABLE, "")
    if not line.isdigit():
        return local
    try:
        own = os.dup(int(line))  # another screen of the same program, for a sample, closes its own
        return BrowserDesktop(socket.socket(fileno=own), local)
    except OSError:  # it is another program's variable that was handed down to here
        return local
