"""Timing A against B: in turn, several rounds, the ratio of the two minima."""

import resource
import runpy
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from unittest.mock import patch

from greenstar.cli.main import run


@dataclass(frozen=True)
class Effort:
    """How much is done for a figure: rounds that count after one that does not, and one part in so many of all sizes.

    The figures of `make bench` are those of `FULL`; `TRIAL` only shows that the bench itself works.
    """

    rounds: int = 9
    part: int = 1
    processes: bool = True  # each program in a process of its own, whose start is what is measured

    def most_rounds(self, rounds: int) -> "Effort":
        """The same with fewer rounds, for what takes long."""
        return replace(self, rounds=min(self.rounds, rounds))

    def of(self, size: int) -> int:
        """What is left of a size, at least one."""
        return max(1, size // self.part)


FULL, TRIAL = Effort(), Effort(rounds=0, part=10_000, processes=False)


@dataclass(frozen=True)
class Figure:
    """One row of the table: seconds (or bytes) of A and of B, and the most their ratio should be."""

    what: str
    against: str
    seconds: float
    baseline: float
    at_most: float
    shown_times: float = 1000  # seconds as milliseconds

    @property
    def ratio(self) -> float:
        """How many times as long as its baseline."""
        return self.seconds / self.baseline


def in_turn(a: Callable[[], object], b: Callable[[], object], effort: Effort) -> tuple[float, float]:
    """The least seconds of `a` and of `b`, run in turn."""
    ours, bare = all_in_turn([a, b], effort)
    return ours, bare


def all_in_turn(works: Sequence[Callable[[], object]], effort: Effort) -> list[float]:
    """The least seconds of each work, all in turn after one round that counts only where it is the only one."""
    taken = [[timed(work) for work in works] for _ in range(effort.rounds + 1)]
    return [min(seconds) for seconds in zip(*(taken[1:] or taken), strict=True)]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes; a call that returns a float has measured itself."""
    start = time.perf_counter()
    result = work()
    return result if isinstance(result, float) else time.perf_counter() - start


def repeated(work: Callable[[], object], times: int) -> Callable[[], None]:
    """`work` done so many times in a row, for what is too quick to time alone."""

    def run() -> None:
        for _ in range(times):
            work()

    return run


def processor_time(work: Callable[[], object]) -> Callable[[], float]:
    """`work`, which takes no longer on a busy machine: the seconds of the processor are counted."""

    def run() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return run


def process(*arguments: str) -> Callable[[], None]:
    """The same Python with those arguments, as a whole process that must end well."""
    command: Sequence[str] = [sys.executable, *arguments]

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    return run


def command(effort: Effort, *arguments: str) -> Callable[[], object]:
    """A command of ours: as a whole process, or in a trial within this one."""
    return process("-m", "greenstar", *arguments) if effort.processes else partial(_within, *arguments)


def peak_memory(effort: Effort, *arguments: str) -> float:
    """The most kilobytes that a command of ours held, in processes of its own; in a trial, this one."""
    if effort.processes:
        done = subprocess.run([sys.executable, "-c", _PEAK, *arguments], check=True, capture_output=True, text=True)
        return float(done.stderr.split()[-1])
    _within(*arguments)
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _within(*arguments: str) -> None:
    if run(list(arguments)):
        raise subprocess.CalledProcessError(1, arguments)


_PEAK = """
import resource
import sys
from pathlib import Path
from greenstar.cli.main import run
code = run(sys.argv[1:])
status = Path("/proc/self/status").read_text().splitlines()
ours = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(ours + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def program(effort: Effort, module: str, *arguments: str) -> Callable[[], object]:
    """A module that is run as a program: as a whole process, or in a trial within this one."""
    if effort.processes:
        return process("-m", module, *arguments)

    def within() -> None:
        with patch.object(sys, "argv", [module, *arguments]):
            runpy.run_module(module, run_name="__main__")

    return within
