"""How much work of one kind is spread: over this process and one beside it, or all of it in this one, as `map` does.

Whatever goes wrong with the process beside, its work is done in this one: it only makes things quicker.
"""

import gc
import os
import pickle
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, Protocol, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 3  # pieces of work that wait beside, so that it never waits for us
_LENGTH = 8  # bytes that say how long an answer is
_ROOM = 1 << 20  # bytes that a pipe takes before somebody reads them
_WORK, _JOB = "work", "job"  # what is sent
_THREADS = Path("/proc/self/task")


class Spread(Protocol):
    """Does `work` for each of the jobs; the results come in the order of these, as `map` gives them.

    The next job may be asked for before the result of the last one was given.
    """

    def __call__(self, work: Callable[[Job], Result], jobs: Iterable[Job], /) -> Iterator[Result]:
        """The results."""


def in_this_process(work: Callable[[Job], Result], jobs: Iterable[Job], /) -> Iterator[Result]:
    """Everything here, one after the other."""
    return map(work, jobs)


@contextmanager
def second_process() -> Iterator[Spread]:
    """Work is spread over this process and another, which ends here; over this one alone where that cannot be.

    Best before much is in memory. The other is this process once more, from here on: it knows what was imported, and
    costs a few milliseconds. It is given jobs, and does nothing else: work and jobs are plain values.
    """
    if not _may_fork():
        yield in_this_process
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # none comes until it is seen to that it ends
    beside = None
    try:
        with suppress(OSError):  # the system allows no further process
            beside = _Beside()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield beside or in_this_process
    finally:
        if beside is not None:
            beside.end()


def _may_fork() -> bool:
    """Whether there is a second processor, and no other thread that might hold a lock just now.

    macOS' own libraries do not bear it, and Windows has none. Where whoever started us ignores what becomes of
    children, so do we, and the system gives the number of one that ended to others: it could not be ended by it.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        return False
    with suppress(OSError):
        return len(list(_THREADS.iterdir())) == 1
    return False


class _Piece:
    """A job, and what came out of it."""

    def __init__(self, job: Any) -> None:
        self.job = job
        self.result: Any = None
        self.is_done = False

    def do(self, work: Callable[[Any], Any]) -> None:
        self.put(work(self.job))

    def put(self, result: Any) -> None:
        self.result, self.is_done, self.job = result, True, None


class _Beside:
    """The process beside, as this one sees it."""

    def __init__(self) -> None:
        (asked, self._jobs), (self._answers, answers) = os.pipe(), os.pipe()
        self._number = os.fork()
        if not self._number:
            os.close(self._jobs)  # who still has this end keeps the other from noticing that we are gone
            os.close(self._answers)
            _serve(asked, answers)
        os.close(asked)
        os.close(answers)
        os.set_blocking(self._jobs, False)
        with suppress(OSError):
            _widen(self._jobs)
        self._unsent = bytearray()
        self._given: deque[_Piece] = deque()
        self._is_there = True
        self._waiting = select.poll()
        self._waiting.register(self._answers, select.POLLIN)

    def __call__(self, work: Callable[[Job], Result], jobs: Iterable[Job], /) -> Iterator[Result]:
        """As `Spread`: it is given work as long as it keeps up; what it has no time for is done here meanwhile."""
        self._send(_WORK, work)
        pieces: deque[_Piece] = deque()
        for job in jobs:
            piece = _Piece(job)
            pieces.append(piece)
            self._exchange(wait=False)
            if self._is_there and len(self._given) < _AHEAD:
                self._send(_JOB, job)
                self._given.append(piece)
            else:
                piece.do(work)
            while pieces and pieces[0].is_done:
                yield pieces.popleft().result
        for piece in pieces:
            while self._is_there and not piece.is_done:
                self._exchange(wait=True)
            if not piece.is_done:
                piece.do(work)
            yield piece.result

    def _send(self, kind: str, content: object) -> None:
        self._unsent += pickle.dumps((kind, content), pickle.HIGHEST_PROTOCOL)
        self._exchange(wait=False)

    def _exchange(self, *, wait: bool) -> None:
        """Send what there is room for, and take what has come. `wait`: until there is either."""
        try:
            self._let_through(None if wait else 0)
        except (OSError, EOFError, pickle.PickleError):
            self._is_there = False

    def _let_through(self, patience: float | None) -> None:
        if not self._is_there:
            return
        self._waiting.register(self._jobs, select.POLLOUT if self._unsent else 0)
        ready = dict(self._waiting.poll(patience))
        if ready.get(self._jobs) and self._unsent:
            del self._unsent[: os.write(self._jobs, self._unsent)]
        if ready.get(self._answers):
            length = int.from_bytes(_read(self._answers, _LENGTH), "big")
            self._given[0].put(pickle.loads(_read(self._answers, length)))  # noqa: S301 - of our own process
            self._given.popleft()

    def end(self) -> None:
        """It is no longer needed, however far it is: it holds nothing that would have to be put away."""
        os.kill(self._number, signal.SIGKILL)
        os.waitpid(self._number, 0)
        os.close(self._jobs)
        os.close(self._answers)


def _read(file: int, length: int) -> bytes:
    """So many bytes. EOFError: whoever writes them is gone."""
    parts = bytearray()
    while len(parts) < length:
        part = os.read(file, length - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _widen(pipe: int) -> None:
    from fcntl import F_SETPIPE_SZ, fcntl  # noqa: PLC0415 - not everywhere

    fcntl(pipe, F_SETPIPE_SZ, _ROOM)


# -- in the process beside -------------------------------------------------------------------------------------------


def _serve(asked: int, answers: int) -> NoReturn:
    """Work until nobody asks any more. Anything else, too, ends it without a word."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is for the process that we belong to
        gc.freeze()  # what was there is not looked at again, and so stays shared
        with os.fdopen(asked, "rb") as jobs, os.fdopen(answers, "wb") as results:
            _answer(jobs, results)
    finally:
        os._exit(0)


def _answer(asked: BinaryIO, answers: BinaryIO) -> NoReturn:
    work: Callable[[Any], Any] = _Piece
    while True:
        kind, content = pickle.load(asked)  # noqa: S301 - of our own process
        if kind == _WORK:
            work = content
            continue
        answer = pickle.dumps(work(content), pickle.HIGHEST_PROTOCOL)
        answers.write(len(answer).to_bytes(_LENGTH, "big") + answer)
        answers.flush()
