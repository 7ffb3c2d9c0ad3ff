"""A real terminal: the program in tmux, typed at and read from like a person would."""

import os
import shlex
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

PATIENCE = 20.0  # seconds; a deadline, not a wait
_STILL = 0.5  # seconds
_LOOK = 0.1  # seconds between two looks, each of which is a process
_UNSET = ("-u", "COLUMNS", "-u", "LINES")  # a size that others set would hide the real one


class Terminal:
    """One tmux server of its own, with one window running one command."""

    def __init__(self, columns: int, rows: int, environment: dict[str, str]) -> None:
        self.size = (columns, rows)
        self.environment = environment
        self.server = f"greenstar-{uuid.uuid4().hex[:8]}"

    def start(self, *arguments: str, before: str = "") -> None:
        """Run `greenstar` with the arguments; what it printed at its end, and its exit code, stay on the screen.

        `before`: a line for the shell that starts it.
        """
        command = shlex.join([sys.executable, "-m", "greenstar", *arguments])
        settings = [f"{name}={value}" for name, value in self.environment.items()]
        script = f"{before}\n{command}; echo EXIT-$?; exec cat"
        columns, rows = self.size
        self._tmux(
            "new-session", "-d", "-x", str(columns), "-y", str(rows), "env", *_UNSET, *settings, "sh", "-c", script
        )

    def type(self, text: str) -> None:
        """Type characters as they are."""
        self._tmux("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Press named keys of tmux: Enter, F4, Down, Tab."""
        self._tmux("send-keys", *keys)

    def screen(self) -> str:
        """What the terminal shows."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *texts: str, gone: str = "") -> str:
        """The screen, once it shows all the texts (and `gone` no more). AssertionError after a while."""
        return self.wait(lambda screen: all(text in screen for text in texts) and (not gone or gone not in screen))

    def wait(self, holds: Callable[[str], bool]) -> str:
        """The screen, once `holds` is true of it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            shown = self.screen()
            if holds(shown):
                return shown
            time.sleep(_LOOK)
        raise AssertionError(f"never shown; the screen was:\n{self.screen()}")

    def rest(self) -> None:
        """Wait until nothing has changed for a while: where a key moves nothing but the cursor."""
        before, since = self._tmux("capture-pane", "-pe"), time.monotonic()
        while time.monotonic() - since < _STILL:
            time.sleep(_LOOK)
            shown = self._tmux("capture-pane", "-pe")
            if shown != before:
                before, since = shown, time.monotonic()

    def exit_code(self) -> int:
        """The program's exit code, once it has ended."""
        shown = self.wait_for("EXIT-")
        return int(shown.split("EXIT-")[1].split()[0])

    def kill_program(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send the program a signal; SIGKILL ends it as a flat battery would."""
        os.kill(self.program(), number)

    def program(self) -> int:
        """The number of the program's process."""
        shell = self._tmux("list-panes", "-F", "#{pane_pid}").strip()
        listed = subprocess.run(["pgrep", "-P", shell], check=True, capture_output=True, text=True)
        return int(listed.stdout)

    def modes(self) -> set[str]:
        """What the program made of the terminal: another screen, reports of the mouse, no cursor."""
        flags = ("alternate_on", "mouse_any_flag", "mouse_all_flag", "mouse_standard_flag", "mouse_sgr_flag")
        shown = self._tmux("display-message", "-p", " ".join(f"#{{?{flag},{flag},}}" for flag in flags))
        return set(shown.split())

    def close(self) -> None:
        """End this terminal, and only this one."""
        subprocess.run(["tmux", "-L", self.server, "kill-server"], check=False, capture_output=True)

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self.server, "-f", os.devnull, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def wait_for_the_end(process: int) -> None:
    """Wait until a process is no more. AssertionError after a while."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"process {process} goes on")


def settings(home: Path, *, language: str = "en", term: str = "xterm-256color") -> dict[str, str]:
    """An environment that does not depend on the machine's."""
    return {
        "GREENSTAR_HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TERM": term,
        "TEXTUAL_ANIMATIONS": "none",
        "LANG": language,
    }
