"""System calls that fail with an I/O error, once or from then on, while somebody answers, submits, packs and so on.

`python -m tests.torture.io_errors 200` lets 200 fail. Each operation is done all the same, or refused in a sentence;
what was acknowledged is there, of what was begun all or nothing, and done again it succeeds.
"""

from random import Random

from tests.torture.blows import at, calls_of, from_then_on, struck
from tests.torture.operations import OPERATIONS
from tests.torture.outcome import Outcome
from tests.torture.running import alone
from tests.torture.trial import Trial
from tests.torture.workshop import a_folder

_CALLS = (
    "openat,read,pread64,write,pwrite64,writev,fsync,fdatasync,ftruncate,rename,unlink,rmdir,mkdir,newfstatat,fstat,"
    "getdents64,lseek,copy_file_range,sendfile"
)


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Let so many system calls fail, spread over all operations; more than there are: each, once and from then on."""
    chance = Random(seed)
    each = -(-number // len(OPERATIONS))
    for operation in OPERATIONS:
        with a_folder() as folder:
            trial = Trial(operation, folder)
            trial.begin()
            calls = calls_of(trial.work, _CALLS)
            points = [(call, blow) for call in range(len(calls)) for blow in (at, from_then_on)]
            for call, blow in chance.sample(points, min(each, len(points))):
                with outcome.run(f"{operation.name}, {calls[call]}, call {call} of {len(calls)}, {blow.__name__}"):
                    trial.begin()
                    ending = struck(trial.work, *blow(calls, call, "error=EIO"))
                    outcome.ended(trial.check(ending))


if __name__ == "__main__":
    alone("io_errors")
