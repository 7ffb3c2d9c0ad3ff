"""The copy of an older database that is put aside before it is changed: there whole, or not at all."""

import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path

from greenstar.storage.folders import free_name, sync_file, sync_folder
from greenstar.storage.sqlite.companions import beside
from greenstar.storage.sqlite.in_use import unmark


def put_aside(path: Path, version: int) -> Path:
    """Copy the database at `path` to `NAME.version-N` beside it, or with a number behind where that name is taken.

    To be called with the writer's place taken and nothing changed yet: so nobody else copies it at the same time, and
    what lies under the temporary name was left by a program that was killed.
    """
    part = path.with_name(f"{path.name}.version-{version}.part")
    _remove(part)
    make_file(part, path.stat().st_mode)
    try:
        # A connection that is about to write cannot be copied from; another one reads what was there before.
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
            unmark(target)
        sync_file(part)
        copy = free_name(path.with_name(f"{path.name}.version-{version}"))
        part.rename(copy)
    except BaseException:
        _remove(part)
        raise
    sync_folder(path.parent)
    return copy


def make_file(path: Path, mode: int) -> bool:
    """Make an empty file with a mode, whatever the umask: SQLite gives it to what lies beside. False: there is one."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    path.chmod(stat.S_IMODE(mode))
    return True


def _remove(part: Path) -> None:
    for file in (part, *beside(part)):
        with suppress(OSError):
            file.unlink()
