"""Whether there is room for what is about to be written, and how far writing it is."""

import shutil
from collections.abc import Callable
from pathlib import Path

from greenstar.errors import StorageError
from greenstar.numbers import size_shown
from greenstar.storage.backup.reading import Step
from greenstar.storage.files.evidence_store import SPARE_BYTES


def check_room(folder: Path, needed: int) -> None:
    """StorageError: the disk of a folder has no room for so many bytes, with some to spare."""
    needed += SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise StorageError("backup.no_room", folder=str(folder), needed=size_shown(needed), free=size_shown(free))


def steps(progress: Callable[[int, int], None], of: int, done: int = 0) -> Step:
    """What is told of each piece how many bytes it has, and tells `progress` how many of all are done."""

    def step(more: int) -> None:
        nonlocal done
        done += more
        progress(min(done, of), of)

    return step
