"""Timing A against B: in turn, several rounds, the ratio of the two minima."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 9


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


def in_turn(a: Callable[[], object], b: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The least seconds of `a` and of `b`, run in turn after one round that does not count."""
    best_a = best_b = float("inf")
    for round_ in range(rounds + 1):
        seconds_a, seconds_b = timed(a), timed(b)
        if round_:
            best_a, best_b = min(best_a, seconds_a), min(best_b, seconds_b)
    return best_a, best_b


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


def process(*arguments: str) -> Callable[[], None]:
    """The same Python with those arguments, as a whole process that must end well."""
    command: Sequence[str] = [sys.executable, *arguments]

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    return run
