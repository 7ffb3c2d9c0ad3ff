"""What SQLite reports, as a sentence: the one place where its errors become ours.

Each sentence says what happened, that nothing was lost, and what to do.
"""

import os
import shutil
import sqlite3
from pathlib import Path
from types import TracebackType

from greenstar.errors import StorageError, reason_of

# By the first words of SQLite's own names for its errors (https://www.sqlite.org/rescode.html).
_SENTENCES = {
    "SQLITE_BUSY": "storage.locked",
    "SQLITE_LOCKED": "storage.locked",
    "SQLITE_READONLY": "storage.read_only",
    "SQLITE_PERM": "storage.read_only",
    "SQLITE_AUTH": "storage.read_only",
    "SQLITE_CANTOPEN": "storage.cannot_open",
    "SQLITE_FULL": "storage.disk_full",
    "SQLITE_IOERR": "storage.disk_error",
    "SQLITE_NOTADB": "storage.not_a_database",
    "SQLITE_CORRUPT": "storage.damaged",
}


_SHARED_BYTES = 32 << 10
"""The least that SQLite makes of the memory that programs share beside a log (`NAME-shm`)."""


class Translated:
    """`with Translated(path):` around SQLite calls; what they raise leaves as a `StorageError` about that file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:  # as nearly always
            return
        if isinstance(error, sqlite3.Error | UnicodeDecodeError):
            raise translation(error, self.path) from error
        if isinstance(error, OSError):
            key = "storage.not_readable" if _may_not_be_read(self.path) else "storage.failed"
            raise StorageError(key, file=str(self.path), technical=reason_of(error)) from error


_NO_TEXT = "Could not decode to UTF-8"


def translation(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> StorageError:
    """The sentence for an error of SQLite; or of Python, where what SQLite says is no text."""
    if isinstance(error, UnicodeDecodeError) or str(error).startswith(_NO_TEXT):
        return StorageError("storage.damaged", file=str(path))
    name = getattr(error, "sqlite_errorname", None) or ""
    key = next((key for start, key in _SENTENCES.items() if name.startswith(start)), None)
    if key is None:
        return StorageError("storage.failed", file=str(path), technical=f"{error} {name}".strip())
    if key == "storage.cannot_open" and _may_not_be_read(path):
        key = "storage.not_readable"
    elif key == "storage.cannot_open" and _may_not_be_written(path):
        key = "storage.read_only"  # its log cannot be made beside it
    if key == "storage.disk_error" and _is_full(path):
        key = "storage.disk_full"  # SQLite says so of its log, but not of the memory that it shares beside it
    return StorageError(key, file=str(path))


def _is_full(path: Path) -> bool:
    """Whether the disk has no room for the memory that is shared beside a log."""
    try:
        return shutil.disk_usage(path.parent).free < _SHARED_BYTES
    except OSError:
        return False


def _may_not_be_read(path: Path) -> bool:
    """Whether there is something that may not be read, or its folder may not be looked into."""
    try:
        return path.exists() and not os.access(path, os.R_OK)
    except PermissionError:
        return True
    except OSError:  # a name that is none
        return False


def _may_not_be_written(path: Path) -> bool:
    """Whether there is a file, in a folder that takes no other beside it."""
    try:
        return path.is_file() and not os.access(path.parent, os.W_OK)
    except OSError:  # a name that is none
        return False
