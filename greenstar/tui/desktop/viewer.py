"""Shows a file in the system's own viewer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

_PATIENCE = 3  # seconds in which a starter says that there is no viewer


def show_in_viewer(path: Path) -> bool:
    """Hand a file to whatever the system shows such files with; whether there is anything. It may take a moment."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - it is the user's own choice what shows a file
        except OSError:
            return False
        return True
    command = _starter()
    return command is not None and _start([command, str(path)])


def _starter() -> str | None:
    """The command that opens files. Without a desktop there is none: others would draw into this terminal."""
    if sys.platform == "darwin":
        return shutil.which("open")
    desktop = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return shutil.which("xdg-open") if desktop else None


def _start(command: list[str]) -> bool:
    try:
        process = subprocess.Popen(  # noqa: S603 - a command of the system, and a path of ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:  # it is the viewer itself, and goes on
        Thread(target=process.wait, daemon=True).start()
        return True
