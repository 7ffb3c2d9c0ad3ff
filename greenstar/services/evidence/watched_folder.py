"""A folder into which photos arrive: what lies in it, the newest first, and whether it is whole.

Reading it may take as long as its disk or network likes, or for ever: it is done on a thread (`FolderWatch.look`).
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest
from itertools import islice
from pathlib import Path

from greenstar.text import clean_line

MOST_LOOKED_AT = 50_000  # files of one folder; a folder with more says so
MOST_LISTED = 500  # of them, the newest
_RESTS = 2.0  # seconds after which a file that has not changed is whole
_PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".filepart", ".opdownload")


@dataclass(frozen=True)
class WatchedFile:
    """A file in a watched folder. `changed`: seconds since 1970; `whole`: whether it has stopped growing."""

    path: Path
    size: int
    changed: float
    whole: bool

    @property
    def name(self) -> str:
        """What it is called, as it can be shown."""
        return clean_line(self.path.name) or "?"

    @property
    def changed_at(self) -> datetime | None:
        """When it was last changed; None where that is no time at all."""
        try:
            return datetime.fromtimestamp(self.changed, UTC)
        except (OverflowError, ValueError, OSError):
            return None


@dataclass(frozen=True)
class FolderContent:
    """What a look came to: the newest files first, how many there are, `more`: that others were not looked at.

    `technical`: why the folder cannot be read, in the words of the system; empty where it can.
    """

    files: tuple[WatchedFile, ...] = ()
    count: int = 0
    more: bool = False
    technical: str = ""


class FolderWatch:
    """Remembers from look to look how large each file was, as one that still grows is not to be attached yet."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._now = now
        self._before: dict[str, tuple[int, float]] = {}

    def look(self) -> FolderContent:
        """What lies in the folder now. A file that vanishes meanwhile is not there, and one that is not ours is not."""
        try:
            with os.scandir(self.folder) as entries:
                sizes = dict(_files(islice(entries, MOST_LOOKED_AT)))
                more = next(entries, None) is not None
        except (OSError, ValueError) as error:
            self._before = {}
            return FolderContent(technical=getattr(error, "strerror", None) or str(error))
        newest = nlargest(MOST_LISTED, sizes.items(), key=lambda item: (item[1][1], item[0]))
        files = tuple(self._file(name, size, changed) for name, (size, changed) in newest)
        self._before = dict(newest)
        return FolderContent(files, len(sizes), more)

    def _file(self, name: str, size: int, changed: float) -> WatchedFile:
        """A file is whole when it was the same at the look before, or has rested; a wrong clock only costs a look."""
        rested = 0 <= changed <= self._now() - _RESTS
        whole = size > 0 and (rested or self._before.get(name) == (size, changed))
        return WatchedFile(self.folder / name, size, changed, whole)


def _files(entries: Iterator[os.DirEntry[str]]) -> Iterator[tuple[str, tuple[int, float]]]:
    """The files that are seen and finished, by name, with size and time."""
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.lower().endswith(_PARTIAL):
            continue
        with suppress(OSError):
            if entry.is_file():
                status = entry.stat()
                yield entry.name, (status.st_size, status.st_mtime)
