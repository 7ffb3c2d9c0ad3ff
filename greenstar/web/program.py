"""The program in a pseudo-terminal, and beside it a line on which the two sides tell each other what nobody types.

On the line goes one JSON object a line: `{"show": path}` comes from the program, `{"arrived": path}` and
`{"redraw": true}` go to it. Its number is told to the program in the environment.
"""

import asyncio
import fcntl
import json
import os
import pty
import signal
import socket
import struct
import termios
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, Self

from greenstar.services.settings.browser import VARIABLE

_MOST_READ = 1 << 16
_MOST_TYPED = 1 << 16  # bytes that wait for the program; who types more waits with them
_MOST_TOLD = 1 << 16
_OTHERS_SIZE = ("COLUMNS", "LINES")  # of the terminal in which the server was started
_LAST_WORDS = 1.0  # seconds in which what a program printed last is read


class Size(NamedTuple):
    """Of a terminal, in cells."""

    columns: int
    rows: int


class Program:
    """One process. `printed` is given what it prints, `told` what it says on the line."""

    def __init__(self, process: Process, terminal: int, line: socket.socket) -> None:
        self._process, self._terminal, self._line = process, terminal, line
        self._typed, self._heard = bytearray(), b""
        self._silent, self._room = asyncio.Event(), asyncio.Event()
        self.printed: Callable[[bytes], object] = _nobody
        self.told: Callable[[dict[str, Any]], object] = _nobody

    @classmethod
    async def start(cls, command: Sequence[str], size: Size) -> Self:
        """Start it. OSError: it cannot be."""
        terminal, inner = pty.openpty()
        line, far = socket.socketpair()
        _put_size(terminal, size)
        inherited = {name: value for name, value in os.environ.items() if name not in _OTHERS_SIZE}
        settings = {"TERM": "xterm-256color", "COLORTERM": "truecolor", VARIABLE: str(far.fileno())}
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                preexec_fn=partial(os.login_tty, inner),  # a hang-up reaches it when this process is gone
                pass_fds=[far.fileno()],
                env={**inherited, **settings},
            )
        except OSError:
            os.close(terminal)
            line.close()
            raise
        finally:
            os.close(inner)
            far.close()
        program = cls(process, terminal, line)
        loop = asyncio.get_running_loop()
        for descriptor in (terminal, line.fileno()):
            os.set_blocking(descriptor, False)
        loop.add_reader(terminal, program._read)
        loop.add_reader(line, program._hear)
        return program

    # -- to the program

    async def type(self, keys: bytes) -> None:
        """Give it what somebody typed or pasted, as fast as it reads; nothing of it is dropped."""
        if not self._silent.is_set():
            self._typed += keys
            self._write()
            await self._room.wait()

    def _write(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            del self._typed[: os.write(self._terminal, self._typed)]
        except BlockingIOError:
            pass
        except OSError:
            self._typed.clear()
        if self._typed:
            loop.add_writer(self._terminal, self._write)
        else:
            loop.remove_writer(self._terminal)
        (self._room.set if len(self._typed) <= _MOST_TYPED else self._room.clear)()

    def resize(self, size: Size) -> None:
        """Its window has another size now."""
        if not self._silent.is_set():
            _put_size(self._terminal, size)

    def tell(self, **message: Any) -> None:
        """Say something on the line."""
        with suppress(OSError):  # it hears nothing any more, or has not listened for very long
            self._line.sendall(json.dumps(message).encode() + b"\n")

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    # -- from the program

    def _read(self) -> None:
        try:
            output = os.read(self._terminal, _MOST_READ)
        except BlockingIOError:
            return
        except OSError:
            output = b""
        if output:
            self.printed(output)
        else:
            self._close()

    def _hear(self) -> None:
        try:
            heard = self._line.recv(_MOST_TOLD)
        except BlockingIOError:
            return
        except OSError:
            heard = b""
        if not heard:
            asyncio.get_running_loop().remove_reader(self._line)
        *lines, self._heard = (self._heard + heard).split(b"\n")
        for text in lines:
            with suppress(ValueError):
                message = json.loads(text)
                if isinstance(message, dict):
                    self.told(message)

    async def ended(self) -> int:
        """Wait for its end, and for all that it printed; its exit code, below 0 where a signal ended it."""
        code = await self._process.wait()
        with suppress(TimeoutError):  # somebody else may hold the terminal open
            await asyncio.wait_for(self._silent.wait(), _LAST_WORDS)
        self._close()
        return code

    def _close(self) -> None:
        if self._silent.is_set():
            return
        self._silent.set()
        self._room.set()
        loop = asyncio.get_running_loop()
        for descriptor in (self._terminal, self._line.fileno()):
            loop.remove_reader(descriptor)
        loop.remove_writer(self._terminal)
        os.close(self._terminal)
        self._line.close()


def _put_size(terminal: int, size: Size) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size.rows, size.columns, 0, 0))


def _nobody(_: object) -> None:
    """Nobody listens yet."""
