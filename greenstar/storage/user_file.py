"""Writing a file that a user names: whole or not at all, never through a name that others may have prepared.

The content goes under a fresh name beside the file, is synced, and takes the file's place. Links are followed to what
they lead to, which keeps its mode. What is no ordinary file (a pipe, a device) is written through. A database, and
whatever belongs to one, is never written over, nor is a backup but by a newer one.
"""

import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from greenstar.errors import BadInput, StorageError, reason_of
from greenstar.storage.backup.first_bytes import begins_as_backup
from greenstar.storage.files.partial_file import make_held
from greenstar.storage.folders import sync_folder
from greenstar.storage.sqlite.companions import database_of

PARTS = ".greenstar-*.part"
"""What files are called that are being written, beside those whose place they will take."""


@contextmanager
def user_file(name: str | Path, *, mode: int = 0o666, over_backup: bool = False) -> Iterator[IO[bytes]]:
    """The file of that name, to write into; a new one gets `mode`, less what the user's umask takes from it.

    What was written takes its place when the block ends well, and not before. BadInput: the name is none, is a
    folder's, a database's, or (unless `over_backup`) a backup's. StorageError: it cannot be written; it is as it was.
    """
    text = os.fspath(name)
    if not text.strip():
        raise BadInput("files.no_name")
    try:
        with _opened(text, mode, over_backup=over_backup) as file:
            yield file
    except OSError as error:
        reason = reason_of(error)
        raise StorageError("files.cannot_write", path=text, reason=reason) from error


def make_part(folder: Path, mode: int = 0o600) -> tuple[Path, int]:
    """Make a new file in a folder, named as one of `PARTS`, open and held for as long as it has this name."""
    return make_held(lambda: folder / PARTS.replace("*", secrets.token_hex(8)), mode)


def write_user_file(name: str | Path, content: bytes, *, mode: int = 0o666) -> None:
    """Write `content` into the file of that name, as `user_file` does."""
    with user_file(name, mode=mode) as file:
        file.write(content)


@contextmanager
def _opened(text: str, mode: int, *, over_backup: bool) -> Iterator[IO[bytes]]:
    try:
        status = _status(text)
    except ValueError as error:  # a name with a character that no system has in names
        raise OSError(str(error)) from error
    if (status is not None and stat.S_ISDIR(status.st_mode)) or text.endswith(("/", os.sep)):
        raise BadInput("files.is_a_folder", path=text)
    if status is not None and not stat.S_ISREG(status.st_mode):
        with open(text, "wb") as file:  # noqa: PTH123 - Path would take '' for the folder one is in
            yield file
        return
    target = Path(os.path.realpath(text))
    database = database_of(target)
    if database is not None:
        raise BadInput("files.is_database", path=text, database=str(database))
    if status is not None and not over_backup and begins_as_backup(target):
        raise BadInput("files.is_backup", path=text)
    with _replacing(target, status, mode) as file:
        yield file


def _status(name: str) -> os.stat_result | None:
    """What lies at the end of the name's links; None: nothing yet."""
    try:
        return os.stat(name)  # noqa: PTH116 - Path would take '' for the folder one is in, and drop a last slash
    except FileNotFoundError:
        return None


@contextmanager
def _replacing(target: Path, before: os.stat_result | None, mode: int) -> Iterator[IO[bytes]]:
    """A new file, to be put in the place of `target`. `before`: what is there now."""
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13))  # its folder would let it be replaced all the same
    part, descriptor = make_part(target.parent, mode if before is None else 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if before is not None:
                _take_over(part, before)
            if sys.platform == "win32":
                file.close()  # there nobody renames an open file
            part.replace(target)  # while it is held: else another program could take it for one that was left
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _take_over(part: Path, before: os.stat_result) -> None:
    """Give a new file the group and mode of the one that it replaces; no rights to a group that is another one."""
    mode = stat.S_IMODE(before.st_mode) & 0o777
    if hasattr(os, "chown"):
        try:
            os.chown(part, -1, before.st_gid)
        except OSError:  # only members of a group may give files to it
            mode &= ~0o070
    part.chmod(mode)
