"""Half-written files: who is writing one holds it, so that those whose writer is gone can be told and removed."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from greenstar.storage.folders import write_all

if sys.platform != "win32":
    import fcntl

_ENDING = ".part"


class PartialFile:
    """A file that is being written, under a passing name in a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{secrets.token_hex(8)}{_ENDING}"
        self._descriptor: int | None = self._start()

    def _start(self) -> int:
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            hold(descriptor)
            if os.fstat(descriptor).st_nlink:
                return descriptor
            os.close(descriptor)  # removed as abandoned between being made and being held

    def write(self, piece: bytes) -> None:
        """Write a piece at the end."""
        assert self._descriptor is not None
        write_all(self._descriptor, piece)

    def sync(self) -> None:
        """Put what is written on disk."""
        assert self._descriptor is not None
        os.fsync(self._descriptor)

    def become(self, path: Path, mode: int) -> None:
        """Give it its own name and a mode. It is held until then, except where a system renames no open files."""
        self.path.chmod(mode)
        if sys.platform == "win32":
            self.close()
        self.path.replace(path)

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def drop(self) -> None:
        """Remove it, if it has no name of its own yet."""
        self.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def remove_abandoned(folder: Path, pattern: str = f"*{_ENDING}") -> None:
    """Remove what writers left that were stopped in the middle: a flat battery, a killed program."""
    for part in folder.glob(pattern):
        if is_abandoned(part):
            with suppress(OSError):  # another window was quicker; or (Windows) it is being written
                part.unlink()


def is_abandoned(file: Path) -> bool:
    """Whether a file is there that nobody holds: its writer was stopped."""
    try:
        descriptor = os.open(file, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return hold(descriptor)
    finally:
        os.close(descriptor)


def hold(descriptor: int) -> bool:
    """Hold an open file until it is closed. False: somebody does already. Windows holds every open file by itself."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
