"""Evidence files that come from elsewhere, many at once: all of them get their names, or none is here.

They are written into a folder of their own below that of the evidence, which whoever writes there holds: so one whose
writer is gone (a flat battery, a killed program) can be told, and is removed by the next.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from typing_extensions import override

from greenstar.storage.files.partial_file import PartialFile, remove_abandoned
from greenstar.storage.folders import sync_file, sync_folder, write_all
from greenstar.storage.protocols.evidence import Receiving

_COMING = "coming-"
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class ReceivingFolder(Receiving):
    """The folder in which files lie until they are given their names.

    `give_name`: gives a file its name. `writing`: what goes wrong inside is told as an error of the storage.
    """

    def __init__(
        self,
        folder: Path,
        give_name: Callable[[Path, str], object],
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._folder, self._give_name, self._writing = folder, give_name, writing
        self._held: PartialFile | None = None
        self._coming: list[str] = []
        self._place = folder

    @override
    def take(self, sha256: str, pieces: Iterable[bytes]) -> None:
        with self._writing():
            if self._held is None:
                self._begin()
            descriptor = os.open(self._place / sha256, _WRITE, 0o600)
        try:
            for piece in pieces:
                with self._writing():
                    write_all(descriptor, piece)
        finally:
            os.close(descriptor)
        self._coming.append(sha256)

    def _begin(self) -> None:
        self._held = PartialFile(self._folder)
        self._place = self._held.path.with_name(f"{_COMING}{self._held.path.stem}")
        self._place.mkdir(0o700)

    @override
    def settle(self) -> None:
        with self._writing():
            for sha256 in self._coming:  # all are written by now: most of them are on the disk already
                sync_file(self._place / sha256)
            for sha256 in self._coming:
                self._give_name(self._place / sha256, sha256)
        for start in {sha256[:2] for sha256 in self._coming}:
            sync_folder(self._folder / start)
        sync_folder(self._folder)
        self._coming.clear()

    def drop(self) -> None:
        """Remove what was given no name."""
        if self._held is not None:
            shutil.rmtree(self._place, ignore_errors=True)
            self._held.drop()


def remove_left(folder: Path) -> None:
    """Remove what others left there that were stopped in the middle."""
    remove_abandoned(folder)
    for place in folder.glob(f"{_COMING}*"):
        if not (folder / f"{place.name.removeprefix(_COMING)}.part").exists():
            shutil.rmtree(place, ignore_errors=True)
