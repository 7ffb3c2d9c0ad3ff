"""Evidence files, each known by its SHA-256."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

Step = Callable[[int], None]
"""Is told how many bytes are copied; what it raises ends the copying, and nothing is kept."""


@dataclass(frozen=True)
class StoredFile:
    """A file that is kept: what it was called, and when it was last changed; `link_to`: where its name led.

    `is_new`: its bytes were not here before, or not whole.
    """

    name: str
    sha256: str
    bytes: int
    taken_at: str = ""
    link_to: str = ""
    is_new: bool = False


class Keeping(Enum):
    """Whether a file is here: kept, only a name, gone (kept elsewhere, or lost), or not of the size that it had."""

    KEPT = "kept"
    NAMED = "named"
    GONE = "gone"
    DAMAGED = "damaged"


class Receiving(Protocol):
    """Files that come from elsewhere: they are kept together, or not at all."""

    def take(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """Write a file that has that hash, once; whoever gives the pieces makes sure of it. StorageError: no room."""

    def settle(self) -> None:
        """From now on all that were taken are kept. StorageError: they cannot be kept here."""


class EvidenceFiles(Protocol):
    """The files that support answers: each kept once, and whole or not at all. They may be used on any thread."""

    def path_of(self, sha256: str) -> Path | None:
        """Where the file with that hash lies on this machine, or would; None: it is no hash, or lies elsewhere."""

    def check(self, path: Path) -> int:
        """How many bytes a file has. BadInput: it cannot be taken, and why."""

    def check_room(self, size: int) -> None:
        """StorageError: there is no room for so many bytes more."""

    def take(self, path: Path, step: Step = ...) -> StoredFile:
        """Keep a file. BadInput: it cannot be read, or changes meanwhile. StorageError: it cannot be kept here."""

    def receiving(self) -> AbstractContextManager[Receiving]:
        """Take files from elsewhere; those that were not settled are gone when it ends."""

    def keeping(self, sha256: str, size: int = 0, *, strict: bool = False) -> Keeping:
        """Whether the file with that hash is there, of that size (0: whatever it has). Its bytes are not read.

        `strict`: BadInput where the disk fails; else one that it does not give just now is gone.
        """

    def is_whole(self, sha256: str) -> bool:
        """Whether the bytes of the file with that hash are there and still have it. All of them are read."""

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """The bytes of the file with that hash, which is kept, piece by piece. BadInput: it cannot be read."""

    def copy_out(self, sha256: str, copy: Path) -> None:
        """Copy a kept file to a path, to be looked at there. BadInput: it is gone, or not what was kept."""
