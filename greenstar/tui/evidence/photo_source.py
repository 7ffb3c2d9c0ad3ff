"""Folders into which photos arrive, looked into again and again on threads of their own."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from greenstar.errors import StorageError
from greenstar.services.evidence.watched_folder import FolderContent, FolderWatch
from greenstar.services.settings.browser import uploads
from greenstar.services.settings.settings import configured, expand_home
from greenstar.services.settings.settings_file import EVIDENCE_FOLDER
from greenstar.tui.common import threads
from greenstar.tui.host import Host

_LEAST_REST, _REST_SHARE = 1.0, 20.0  # seconds between looks, and how many times as long as a look took
_SILENT = 3.0  # seconds without an answer after which a folder is said to give none


@dataclass
class _Look:
    began: float
    ended: float | None = None


class PhotoSource:
    """One folder. No second look begins before the first has ended, which it need not ever do."""

    def __init__(self, folder: Path, *, asked_for: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """`asked_for`: whether a person named the folder, and wants to know what is wrong with it."""
        self.folder, self.asked_for = folder, asked_for
        self.content: FolderContent | None = None
        self._watch, self._clock = FolderWatch(folder), clock
        self._look: _Look | None = None

    def look_on(self) -> None:
        """Have another look begun, if it is time for one."""
        look = self._look
        if look is not None and look.ended is None:
            return
        if look is not None and look.ended is not None:
            rest = max(_LEAST_REST, _REST_SHARE * (look.ended - look.began))
            if self._clock() < look.ended + rest:
                return
        look = self._look = _Look(self._clock())
        threads.start(lambda: self._end(look))

    def _end(self, look: _Look) -> None:
        content = self._watch.look()
        if content != self.content:
            self.content = content
        look.ended = self._clock()

    @property
    def silent(self) -> bool:
        """Whether the folder gives no answer."""
        look = self._look
        return look is not None and look.ended is None and self._clock() > look.began + _SILENT


def sources_of(host: Host) -> list[PhotoSource]:
    """The folder of the settings, and the one for what comes by a browser; each is looked into by one thread only."""
    known: dict[Path, PhotoSource] = host.places.setdefault("photo_sources", {})
    chosen = configured(EVIDENCE_FOLDER.name)
    folders = [] if chosen is None else [(expand_home(chosen), True)]
    with suppress(StorageError):  # nothing comes by a browser where there is no home
        folders.append((uploads(), False))
    return [known.setdefault(folder, PhotoSource(folder, asked_for=asked_for)) for folder, asked_for in folders]
