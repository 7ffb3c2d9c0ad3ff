"""An operation that is tried over and over in the same folder, and what must hold of it however it was interrupted."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from greenstar.i18n.catalogue import read_all
from greenstar.storage.strays import remove_strays, strays_of
from tests.torture.blows import Ending
from tests.torture.operations import Operation, database_in

_AGE = 7_200  # seconds after which nobody writes a file any more that is left half-written
_VARIES = re.compile(r"(before|version)-[^/]*?(?=/|\.part|$)")  # what an attempt puts aside is named by time or number


class Trial:
    """An operation in a folder of its own, which begins anew each time."""

    def __init__(self, operation: Operation, folder: Path) -> None:
        read_all()  # the program's own files are on another disk, which works
        self.operation = operation
        self._kept, self.folder = folder / "kept", folder / "tried"
        self._kept.mkdir(parents=True)
        operation.prepare(self._kept)
        self.begin()
        self._states = [operation.state(self.folder)]
        names = _names(self.folder)
        for _ in operation.work(self.folder):
            self._states.append(operation.state(self.folder))
        self._names = names | _names(self.folder)

    def begin(self) -> None:
        """Bring the folder back to where it began."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._kept, self.folder)

    def work(self) -> Iterator[None]:
        """Do it."""
        return self.operation.work(self.folder)

    def check(self, ending: Ending, *, clean: bool = False) -> str:
        """All that was acknowledged is there, nothing is there by halves, and it can be done again.

        `clean`: nothing is left half-written even before. What came of it, in words.
        AssertionError: something of that does not hold.
        """
        state = self.operation.state(self.folder)
        possible = self._states[ending.acknowledged : ending.acknowledged + 2]
        assert state in possible, f"{ending}: {self._which(state)} is there"
        assert ending.way != "done" or state == self._states[-1], f"{ending}: not all of it is there"
        if clean:
            self._check_names("left behind")
        self._finish(complete=state == self._states[-1])
        return ending.way if state == self._states[ending.acknowledged] else f"{ending.way} though done"

    def _which(self, state: object) -> str:
        return f"state {self._states.index(state)}" if state in self._states else f"none of all states ({state})"

    def _finish(self, *, complete: bool) -> None:
        if not complete:
            for _ in self.work():
                pass
            assert self.operation.state(self.folder) == self._states[-1], "done again, not all of it is there"
        for path in self.folder.rglob("*"):
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - _AGE))
        remaining = remove_strays(strays_of(database_in(self.folder)))
        assert not remaining, f"cannot be removed: {remaining}"
        self._check_names("left behind, and the doctor does not know it")

    def _check_names(self, what: str) -> None:
        left = _names(self.folder) - self._names
        assert not left, f"{what}: {sorted(left)}"


def _names(folder: Path) -> set[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return {_VARIES.sub(r"\1-N", path) for path in paths}
