"""Blows that strace deals to a program: a system call that fails, or the last one that it makes."""

import os
import re
import shutil
import signal
import socket
import subprocess
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import NamedTemporaryFile
from typing import NoReturn, Self

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from tests.torture.operations import RefusedError
from tests.torture.outcome import MissingError, SkippedError

_PATIENCE = 60  # seconds in which whatever was begun has ended
_CALL = re.compile(r"^\d+ +(\w+)\(")


Options = tuple[str, ...]


def at(calls: Sequence[str], number: int, what: str) -> Options:
    """What strace is to do at one of these calls: "error=EIO", "signal=KILL"."""
    name = calls[number]
    return "-e", f"trace={name}", "-e", f"inject={name}:{what}:when={_count(calls, number, name)}"


def from_then_on(calls: Sequence[str], number: int, what: str) -> Options:
    """What strace is to do at one of these calls and all that follow; it counts those of each name by themselves."""
    names = sorted(set(calls))
    blows = [("-e", f"inject={name}:{what}:when={_count(calls, number, name)}+") for name in names]
    return "-e", f"trace={','.join(names)}", *(option for blow in blows for option in blow)


def _count(calls: Sequence[str], number: int, name: str) -> int:
    return calls[:number].count(name) + 1


@dataclass(frozen=True)
class Ending:
    """How a program ended, after what it said."""

    acknowledged: int
    way: str  # "done", "killed" or "refused"
    code: int = 0
    said: str = ""


def struck(work: Callable[[], Iterator[None]], *options: str) -> Ending:
    """Do some work in a process of its own, under strace with these options.

    AssertionError: it ended in no sentence. MissingError, SkippedError: there is no strace, or it may not be used.
    """
    with _Child(work) as child, _traced(child.number, *options):
        child.start()
        return child.end()


def killed(work: Callable[[], Iterator[None]], seconds: float) -> Ending:
    """Do some work in a process of its own, and kill it after so many seconds."""
    with _Child(work) as child:
        child.start()
        return child.end(kill_after=seconds)


def calls_of(work: Callable[[], Iterator[None]], names: str) -> list[str]:
    """Which of these system calls some work makes, in their order, where nothing happens to it."""
    with NamedTemporaryFile("r", encoding="utf-8") as file:
        ending = struck(work, "-o", file.name, "-e", f"trace={names}", "-e", "signal=none")
        assert ending.way == "done", ending.said
        return [match[1] for line in file if (match := _CALL.match(line))]


def side_by_side(*works: Callable[[], Iterator[None]]) -> list[Ending]:
    """Do some works at the same time, each in a process of its own."""
    with ExitStack() as stack:
        children = [stack.enter_context(_Child(work)) for work in works]
        for child in children:
            child.start()
        return [child.end() for child in children]


class _Child:
    """A process that waits for a word, works, and says what it has done."""

    def __init__(self, work: Callable[[], Iterator[None]]) -> None:
        self._socket, other = socket.socketpair()
        self.number = os.fork()
        if not self.number:
            self._socket.close()
            _be_child(work, other)
        other.close()
        self._status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        if self._status is None:
            os.kill(self.number, signal.SIGKILL)
            os.waitpid(self.number, 0)

    def start(self) -> None:
        """Let it work."""
        self._socket.send(b"g")

    def end(self, kill_after: float | None = None) -> Ending:
        """Wait until it ends, or kill it after so many seconds."""
        self._socket.settimeout(_PATIENCE if kill_after is None else max(kill_after, 1e-6))
        told = b""
        try:
            while piece := self._piece():
                told += piece
        except TimeoutError:
            os.kill(self.number, signal.SIGKILL)
            assert kill_after is not None, f"it does not end: {told!r}"
            self._socket.settimeout(None)
            while piece := self._piece():
                told += piece
        _, self._status = os.waitpid(self.number, 0)
        return self._ending(told.decode(errors="replace"))

    def _piece(self) -> bytes:
        """What it says next; nothing where it has ended, also where it was killed before it read the word."""
        try:
            return self._socket.recv(1 << 16)
        except ConnectionResetError:
            return b""

    def _ending(self, told: str) -> Ending:
        acknowledged, (way, code, said) = _told(told)
        if os.WIFSIGNALED(self._status or 0):
            assert os.WTERMSIG(self._status or 0) == signal.SIGKILL, f"signal {os.WTERMSIG(self._status or 0)}"
            return Ending(acknowledged, "killed")
        assert way in ("done", "refused"), f"it ends in no sentence: {_last_lines(said)}"
        return Ending(acknowledged, way, int(code), said)


def _last_lines(traceback_: str) -> str:
    """Where an error came from, without all that calls it."""
    lines = [line.strip() for line in traceback_.splitlines() if "greenstar" in line or not line.startswith(" ")]
    return " | ".join(lines[-8:])


def _told(text: str) -> tuple[int, tuple[str, str, str]]:
    acknowledged = len(text) - len(text.lstrip("."))
    way, code, said = [*text[acknowledged:].split("\n", 2), "", "0", ""][:3] if text[acknowledged:] else ("", "0", "")
    return acknowledged, (way, code, said)


def _be_child(work: Callable[[], Iterator[None]], told: socket.socket) -> NoReturn:
    """Wait, work, and say a dot for each thing that is done; how it ended is said by `send`, which no blow meets."""
    try:
        told.recv(1)
        try:
            for _ in work():
                told.send(b".")
            told.send(b"done\n0\n")
        except GreenStarError as error:
            told.send(f"refused\n{error.exit}\n{Catalogue('en').render(error.message)}".encode())
        except RefusedError as error:
            told.send(f"refused\n{error.code}\n{error}".encode())
        except BaseException:  # noqa: BLE001 - it is told, and the process ends
            told.send(f"raised\n1\n{traceback.format_exc()}".encode())
    finally:
        os._exit(0)


class _traced:  # noqa: N801 - used as a function
    """strace at work on a process."""

    def __init__(self, number: int, *options: str) -> None:
        program = shutil.which("strace")
        if program is None:
            raise MissingError("strace is not installed")
        options = options if "-o" in options else ("-o", os.devnull, *options)
        command = [program, "-f", "-p", str(number), *options]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    def __enter__(self) -> None:
        assert self._process.stderr is not None
        said = self._process.stderr.readline()
        if "attached" not in said:
            self.__exit__()
            raise SkippedError(f"no program may trace another one here ({said.strip()})")

    def __exit__(self, *_: object) -> None:
        try:
            self._process.communicate(timeout=_PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
