"""Half-written files: who is writing one holds it, so that those whose writer is gone can be told and removed."""

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from greenstar.storage.folders import write_all

if sys.platform != "win32":
    import fcntl

_ENDING = ".part"
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class PartialFile:
    """A file that is being written, under a passing name in a folder."""

    def __init__(self, folder: Path) -> None:
        self._descriptor: int | None
        self.path, self._descriptor = make_held(lambda: folder / f"{secrets.token_hex(8)}{_ENDING}")

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


def make_held(fresh_name: Callable[[], Path], mode: int = 0o600) -> tuple[Path, int]:
    """Make a new file under a passing name, open and held; its path and descriptor."""
    while True:
        path = fresh_name()
        descriptor = os.open(path, _NEW, mode)
        hold(descriptor, wait=True)
        if path.exists():
            return path, descriptor
        os.close(descriptor)  # removed as abandoned, between being made and being held


def remove_abandoned(folder: Path, pattern: str = f"*{_ENDING}") -> None:
    """Remove what writers left that were stopped in the middle: a flat battery, a killed program."""
    for part in folder.glob(pattern):
        remove_if_abandoned(part)


def remove_if_abandoned(file: Path) -> None:
    """Remove a file that nobody holds, while holding it: so its writer, who comes to hold it only now, notices."""
    with suppress(OSError):  # another window was quicker; or (Windows) it is being written
        descriptor = _opened(file)
        try:
            abandoned = hold(descriptor)
            if abandoned and sys.platform != "win32":
                file.unlink()
        finally:
            os.close(descriptor)
        if abandoned and sys.platform == "win32":  # there an open file is removed by nobody
            file.unlink()


def is_abandoned(file: Path) -> bool:
    """Whether a file is there that nobody holds: its writer was stopped."""
    try:
        descriptor = _opened(file)
    except OSError:
        return False
    try:
        return hold(descriptor)
    finally:
        os.close(descriptor)


def _opened(file: Path) -> int:
    return os.open(file, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))


def hold(descriptor: int, *, wait: bool = False) -> bool:
    """Hold an open file until it is closed. False: somebody does already. Windows holds every open file by itself.

    `wait`: until whoever looks just now whether somebody holds it has let go.
    """
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            return False
    return True
