"""Folders made so that only their owner looks into them, names in them, and putting files and names on disk."""

import os
import stat
from contextlib import suppress
from pathlib import Path

RESTORING = ".restoring"
"""What the name of a database ends with that is to take the place of another one."""
MADE_ANEW = ".new"
"""The same for one that is made anew, not restored."""


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; one that is there stays as it is."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(0o700, exist_ok=True)


def make_shared_folder(folder: Path, mode: int) -> None:
    """Make a folder with that mode, whatever the umask; one that is there stays as it is."""
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        return
    folder.chmod(stat.S_IMODE(folder.stat().st_mode) | mode)  # a group that the system hands on from above stays


def sync_file(path: Path) -> None:
    """Put what a file holds on disk."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of it, however little of it the system takes at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def free_name(wanted: Path) -> Path:
    """That path, or the first with a number behind it (`NAME-2`) where nothing lies yet, not even a broken link."""
    path, number = wanted, 1
    while os.path.lexists(path):
        number += 1
        path = wanted.with_name(f"{wanted.name}-{number}")
    return path


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk, where the system can."""
    with suppress(OSError):  # Windows opens no folders, and some network disks sync none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
