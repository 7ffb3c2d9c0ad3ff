"""A small disk that becomes really full, so that writes end half-way: with room for so many pages more, of each number.

`python -m tests.torture.small_disk 1` tries each number of pages, 7 every seventh one. Each operation is done all the
same, or refused in a sentence with exit code 3; what was acknowledged is there, nothing is left half-written, and with
more room it succeeds. The disk is a tmpfs in a namespace of its own, for which nobody needs rights; where that is
forbidden, the torture says so.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from unittest.mock import patch

from greenstar.errors import Exit
from greenstar.storage.backup import room
from greenstar.storage.files import evidence_store
from tests.torture.blows import side_by_side
from tests.torture.operations import OPERATIONS, Operation
from tests.torture.outcome import MOST_FAULTS, MissingError, Outcome, SkippedError, TooManyError
from tests.torture.running import alone
from tests.torture.trial import Trial
from tests.torture.workshop import a_folder

_PAGE = 4096
_LARGE = 1 << 28
_MOUNTED = "mounted"


def torture(outcome: Outcome, step: int, seed: int) -> None:
    """Try every `step`-th number of pages, from a random one on."""
    program = shutil.which("unshare")
    if program is None:
        raise MissingError("unshare (util-linux) is not installed")
    with a_folder() as folder:
        inside = f"from tests.torture.small_disk import inside; inside({str(folder)!r}, {step}, {seed})"
        done = subprocess.run(
            [program, "--user", "--map-root-user", "--mount", sys.executable, "-c", inside],
            capture_output=True,
            text=True,
            check=False,
        )
    if _MOUNTED not in done.stdout:
        raise SkippedError(f"nobody may mount a disk of their own here ({done.stderr.strip()[-200:]})")
    said = done.stdout.partition(_MOUNTED)[2].strip()
    runs, faults, ways = json.loads(said) if said else (0, [], {})
    outcome.runs += runs
    outcome.ways.update(ways)
    outcome.faults += faults
    assert not done.returncode, done.stderr
    if len(outcome.faults) >= MOST_FAULTS:
        raise TooManyError


def inside(name: str, step: int, seed: int) -> None:
    """Do it, in a namespace of its own; what came of it is written as JSON."""
    disk, outcome, chance = _Disk(Path(name)), Outcome(), Random(seed)
    print(_MOUNTED, flush=True)
    try:
        # As where another program fills the disk meanwhile: nothing is refused beforehand.
        with patch.object(evidence_store, "SPARE_BYTES", 0), patch.object(room, "SPARE_BYTES", 0):
            for operation in OPERATIONS:
                _try(operation, disk, outcome, range(chance.randrange(step), _LARGE // _PAGE, step))
    except TooManyError:
        pass  # all of it is noted
    finally:
        print(json.dumps([outcome.runs, outcome.faults, outcome.ways]), flush=True)


def _try(operation: Operation, disk: "_Disk", outcome: Outcome, rooms: range) -> None:
    """Give an operation more and more room, until it is done."""
    trial = Trial(operation, disk.emptied())
    for pages in rooms:
        way = ""
        with outcome.run(f"{operation.name}, with room for {pages} pages"):
            trial.begin()
            disk.leave(pages)
            try:
                (ending,) = side_by_side(trial.work)
            finally:
                disk.enlarge()
            way = ending.way
            assert ending.code in (Exit.DONE, Exit.STORAGE), f"exit code {ending.code}: {ending.said}"
            outcome.ended(trial.check(ending, clean=True))
        if way == "done":
            break


class _Disk:
    """A tmpfs, whose size is what one likes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mount(f"size={_LARGE}")

    def emptied(self) -> Path:
        """The folder that it is, with nothing in it."""
        for path in self._folder.iterdir():
            shutil.rmtree(path)
        return self._folder

    def leave(self, pages: int) -> None:
        """Let there be room for so many pages, and no more."""
        status = os.statvfs(self._folder)
        used = (status.f_blocks - status.f_bfree) * status.f_frsize
        self._mount(f"remount,size={max(used + pages * _PAGE, _PAGE)}")

    def enlarge(self) -> None:
        """Let there be room for everything."""
        self._mount(f"remount,size={_LARGE}")

    def _mount(self, options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(self._folder)], check=True)


if __name__ == "__main__":
    alone("small_disk")
