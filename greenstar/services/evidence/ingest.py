"""Taking evidence files in: apart from the visit, so that it may run on any thread and be stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from greenstar.errors import BadInput, GreenStarError, StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.path_parsing import MOST_FILES, matching_files, spelled
from greenstar.services.evidence.stored_file import store_file
from greenstar.storage.protocols.evidence import EvidenceFiles, StoredFile
from greenstar.text import clean_line


@dataclass(frozen=True)
class IngestProgress:
    """Which file of how many is being copied, and what share of all bytes is."""

    number: int
    count: int
    name: str
    share: float


@dataclass
class IngestResult:
    """The result: files that are stored now, why others were refused, and the paths that were not taken, as typed."""

    stored: list[StoredFile] = field(default_factory=list)
    refused: list[Phrase] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    stopped: bool = False


class _Stopped(Exception):
    """Somebody called `stop`."""


class Ingest:
    """Takes the files that typed paths stand for, one after the other."""

    def __init__(self, files: EvidenceFiles, paths: Sequence[str], tell: Callable[[IngestProgress], None]) -> None:
        self.files = files
        self.paths = paths
        self.tell = tell
        self._stop = Event()

    def stop(self) -> None:
        """End it, once the file in hand answers; that one is not kept."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it is to end."""
        return self._stop.is_set()

    def run(self) -> IngestResult:
        """Take all files; a file that cannot be taken does not keep the others from being taken."""
        taken = IngestResult()
        sizes = dict(self._sizes(taken))
        done, total = 0, sum(sizes.values())
        try:
            self.files.check_room(total)
        except StorageError as error:
            return _nothing(taken, error.message, list(sizes))
        for number, (path, size) in enumerate(sizes.items(), 1):

            def step(copied: int, number: int = number, path: Path = path, done: int = done) -> None:
                if self._stop.is_set():
                    raise _Stopped
                self.tell(IngestProgress(number, len(sizes), clean_line(path.name), (done + copied) / total))

            try:
                step(0)
                taken.stored.append(store_file(self.files, path, step))
            except _Stopped:
                taken.stopped = True
                taken.left += [spelled(str(path)) for path in list(sizes)[number - 1 :]]
                break
            except GreenStarError as error:
                taken.refused.append(error.message)
                taken.left.append(spelled(str(path)))
            done += size
        return taken

    def _sizes(self, taken: IngestResult) -> list[tuple[Path, int]]:
        """The files that can be taken, with their sizes."""
        sizes: list[tuple[Path, int]] = []
        for typed in self.paths:
            try:
                paths = matching_files(typed)
            except BadInput as error:
                taken.refused.append(error.message)
                taken.left.append(spelled(typed))
                continue
            if len(sizes) + len(paths) > MOST_FILES:
                taken.refused.append(Phrase("evidence.too_many_files", most=str(MOST_FILES)))
                taken.left.append(spelled(typed))
                continue
            for path in paths:
                try:
                    sizes.append((path, self.files.check(path)))
                except BadInput as error:
                    taken.refused.append(error.message)
                    taken.left.append(spelled(str(path) if len(paths) > 1 else typed))
        return sizes


def _nothing(taken: IngestResult, why: Phrase, paths: list[Path]) -> IngestResult:
    taken.refused.append(why)
    taken.left += [spelled(str(path)) for path in paths]
    return taken
