"""The program is told to end from outside: by a signal, or by its terminal, which is gone.

Textual sees to neither. A signal would end the program with the terminal as the screen left it. Without a terminal its
thread that reads the keyboard runs in circles, and its thread that writes ends at the first error: thirty writes later
the program waits for ever for room in that thread's queue. The driver makes the thread by a name in its own module
(`WriterThread`). And whoever closes a terminal sends a hang-up and then "go on" (SIGCONT), which Textual takes for the
end of a pause that never began (`_sigcont_application`): a second thread reads the keyboard, and nobody ends that one.
On Windows there is nothing of all this.
"""

import asyncio
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.drivers._writer_thread import WriterThread

SIGNALLED = 128
"""Exit codes from here on say that the program was told to end; the number of the signal is added."""

_LOOK = 1.0  # seconds between two looks for the terminal; the queue for the output is full after about six
_SIGNALS = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM")


def outlive_output(driver: type[Driver]) -> None:
    """From now on the driver drops what no terminal takes any more."""
    module: Any = sys.modules[driver.__module__]
    if hasattr(module, "WriterThread"):  # the driver that the tests use writes nothing
        module.WriterThread = _Output


@cache  # once for each driver
def resume_only_after_a_pause(driver: type[Driver]) -> None:
    """From now on a signal to go on means something only to a screen that was suspended (ctrl+z of a shell)."""
    resume: Any = getattr(driver, "_sigcont_application", None)

    def go_on(self: Any, *arguments: Any) -> None:
        if self._must_signal_resume:
            resume(self, *arguments)

    if resume is not None:
        setattr(driver, "_sigcont_application", go_on)  # noqa: B010 - no driver but one declares it


def watch_for_the_end(app: App[Any], end: Callable[[int], None]) -> None:
    """Have `end` called with the exit code once the program is told to end. Call it within the running app."""
    if sys.platform == "win32" or app.is_headless or sys.__stdin__ is None:
        return
    loop = asyncio.get_running_loop()
    for number in (getattr(signal, name) for name in _SIGNALS):
        if signal.getsignal(number) != signal.SIG_IGN:  # whoever started it under `nohup` wants it so
            loop.add_signal_handler(number, end, SIGNALLED + number)
    keyboard = sys.__stdin__.fileno()
    app.set_interval(_LOOK, lambda: end(SIGNALLED + signal.SIGHUP) if is_gone(keyboard) else None)


def is_gone(keyboard: int) -> bool:
    """Whether nothing will ever come from a terminal (its file descriptor) any more."""
    poll = select.poll()
    poll.register(keyboard, 0)  # that it hung up is told unasked
    return bool(poll.poll(0))


class _Output(WriterThread):
    """Textual's thread that writes, which outlives its terminal."""

    def __init__(self, file: Any) -> None:
        super().__init__(_Forgiving(file))  # type: ignore[arg-type] # it uses no more of a file than is there


class _Forgiving:
    """A terminal that takes everything, also when it is gone."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        """Write it, if there is still a terminal."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Have it shown, if there is still a terminal."""
        with suppress(OSError):
            self._file.flush()
