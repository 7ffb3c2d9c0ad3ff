"""`kill -9` at random moments, and at random system calls, while somebody answers, submits, packs and so on.

`python -m tests.torture.kill 50` kills each of them 50 times. What was acknowledged is there, of what was begun all or
nothing, all of it verified; done again it succeeds, and what is left half-written is known as such.
"""

import time
from random import Random

from tests.torture.blows import Ending, at, calls_of, killed, struck
from tests.torture.operations import OPERATIONS
from tests.torture.outcome import Outcome
from tests.torture.running import alone
from tests.torture.trial import Trial
from tests.torture.workshop import a_folder

_CHANGES = "write,pwrite64,writev,fsync,fdatasync,ftruncate,rename,unlink,rmdir,mkdir,copy_file_range,sendfile"
"""System calls that change what is on the disk: between two of them a moment is like another."""
_LONG = 60  # seconds in which it has ended by itself


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Kill each operation so many times: at a system call and at a moment in turn."""
    chance = Random(seed)
    for operation in OPERATIONS:
        with a_folder() as folder:
            victim = Victim(Trial(operation, folder), chance)
            for run in range(number):
                where = victim.a_moment() if run % 2 else victim.a_call()
                with outcome.run(f"{operation.name}, {where}"):
                    outcome.ended(victim.killed(where))


class Victim:
    """An operation that is killed over and over."""

    def __init__(self, trial: Trial, chance: Random) -> None:
        self._trial, self._chance = trial, chance
        trial.begin()
        self._calls = calls_of(trial.work, _CHANGES)
        trial.begin()
        began = time.perf_counter()
        killed(trial.work, _LONG)
        self._lasts = time.perf_counter() - began

    def a_call(self) -> int:
        """One of its system calls."""
        return self._chance.randrange(len(self._calls))

    def a_moment(self) -> float:
        """A time at which it is probably at work, in seconds."""
        return self._chance.uniform(0, self._lasts)

    def killed(self, where: float) -> str:
        """Kill it, at the call of that number or (a float) after so many seconds; what came of it."""
        self._trial.begin()
        return self._trial.check(self._kill(where))

    def _kill(self, where: float) -> Ending:
        if isinstance(where, int):
            return struck(self._trial.work, *at(self._calls, where, "signal=KILL"))
        ending = killed(self._trial.work, where)
        self._lasts *= 1.02 if ending.way == "killed" else 0.8
        return ending


if __name__ == "__main__":
    alone("kill")
