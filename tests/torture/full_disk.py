"""A disk that is full from one write on: every write of every operation, one after another.

`python -m tests.torture.full_disk 1` tries each write, 7 every seventh one. Each operation is done all the same, or
refused in a sentence with exit code 3; what was acknowledged is there, nothing is left half-written, and done again it
succeeds.
"""

from random import Random

from greenstar.errors import Exit
from tests.torture.blows import calls_of, from_then_on, struck
from tests.torture.operations import OPERATIONS
from tests.torture.outcome import Outcome
from tests.torture.running import alone
from tests.torture.trial import Trial
from tests.torture.workshop import a_folder

_WRITES = "write,pwrite64,writev,pwritev,fallocate,copy_file_range,sendfile,mkdir"


def torture(outcome: Outcome, step: int, seed: int) -> None:
    """Try every `step`-th write, from a random one on."""
    chance = Random(seed)
    for operation in OPERATIONS:
        with a_folder() as folder:
            trial = Trial(operation, folder)
            trial.begin()
            writes = calls_of(trial.work, _WRITES)
            for number in range(chance.randrange(step), len(writes), step):
                with outcome.run(f"{operation.name}, write {number} of {len(writes)}"):
                    trial.begin()
                    ending = struck(trial.work, *from_then_on(writes, number, "error=ENOSPC"))
                    assert ending.code in (Exit.DONE, Exit.STORAGE), f"exit code {ending.code}: {ending.said}"
                    outcome.ended(trial.check(ending, clean=True))


if __name__ == "__main__":
    alone("full_disk")
