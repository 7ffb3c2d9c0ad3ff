"""Folders: made so that only their owner looks into them, and written to disk with the names in them."""

import os
from contextlib import suppress
from pathlib import Path


def make_private_folder(folder: Path, mode: int = 0o700) -> None:
    """Make a folder, and those above it that are missing, each with that mode; one that is there stays as it is."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent, mode)
    folder.mkdir(mode, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk, where the system can."""
    with suppress(OSError):  # Windows opens no folders, and some network disks sync none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
