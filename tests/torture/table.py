"""All tortures, and how often each is done: by `make torture`, in `make check`, and by whoever has a night for it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from tests.torture.outcome import Outcome

Script = Callable[[Outcome, int, int], None]
"""Is told where to note what comes of it, a number of runs, and a seed for what is left to chance."""


class Length(StrEnum):
    """How long to go on."""

    FULL = "full"
    LONGER = "longer"
    MINUTE = "minute"


@dataclass(frozen=True)
class Torture:
    """A torture: the module `tests.torture.<name>`, whose `torture(outcome, number, seed)` does it so many times."""

    name: str
    what: str
    full: int  # by `make torture`
    longer: int
    minute: int  # in `make check`, where all of them together take a minute

    def number(self, length: Length) -> int:
        """How many times."""
        return int(getattr(self, length))

    @property
    def script(self) -> Script:
        """What does it."""
        script: Script = import_module(f"tests.torture.{self.name}").torture
        return script


TORTURES = (
    Torture("kill", "kill -9 of each of nine operations, at system calls and at moments", 50, 1_000, 6),
    Torture("full_disk", "the disk is full from one write on, at every write (or every so many-th)", 1, 1, 40),
    Torture("small_disk", "a small disk (tmpfs) that becomes full, with room for each number of pages", 1, 1, 60),
    Torture("io_errors", "system calls that fail with an I/O error, once or from then on", 200, 100_000, 27),
    Torture("interleaved", "changes by two processes at the same time", 1_000, 10_000, 120),
    Torture("merge", "three laptops, random histories, any order", 300, 20_000, 10),
    Torture("power_cut", "the power cut: synced is kept, unsynced sectors and names at random", 100, 10_000, 40),
    Torture(
        "hostile_bundle", "bundles that do harm, and changed at random: refused in 2 s and 100 MB", 2_000, 100_000, 100
    ),
    Torture(
        "tampering", "rows changed, chains rewritten, cut, swapped, rolled back, with hashes that fit", 200, 5_000, 20
    ),
    Torture("bit_flip", "one bit flipped in a database, a seal, a bundle, evidence, a backup", 2_000, 1_000_000, 300),
)
