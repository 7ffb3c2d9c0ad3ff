"""Copies of evidence to look at: what a viewer does to one cannot reach the file that is kept."""

import errno
import os
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from greenstar.errors import BadInput, StorageError
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.storage.folders import make_private_folder
from greenstar.storage.protocols.evidence import EvidenceFiles

_FOLDER = Path("greenstar", "evidence")
_OLD = 24 * 3600  # seconds after which nobody looks at a copy any more
_MOST_BYTES = 200  # of a name; most systems take 255
_NOT_IN_NAMES = '/\\:*?"<>|'
_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(1, 10))}
_SHOWN = frozenset(
    (
        *("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif"),
        *("mp4", "m4v", "mov", "avi", "mkv", "webm", "3gp", "mpg", "mpeg", "wmv", "mts"),
        *("mp3", "m4a", "wav", "ogg", "oga", "opus", "flac", "aac", "amr", "wma"),
        *("pdf", "txt", "log", "md", "csv", "tsv", "json", "yaml", "yml"),
        *("docx", "xlsx", "pptx", "odt", "ods", "odp"),
    )
)
"""Kinds of files that are looked at and hold nothing that runs: no macros, no scripts, nothing that a browser opens."""


def copy_to_look_at(files: EvidenceFiles, entry: EvidenceEntry) -> Path:
    """A read-only copy of an entry's file, under its own name, in a folder that only the user can read.

    BadInput: only a name is kept, the file is gone or is not what was attached. StorageError: it cannot be copied.
    """
    if not entry.sha256:
        raise BadInput("evidence.only_named", file=entry.file)
    folder = _new_folder(entry)
    copy = folder / file_name(entry.file)
    try:
        files.copy_out(entry.sha256, copy)
    except (BadInput, StorageError):
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy


def _new_folder(entry: EvidenceEntry) -> Path:
    """An empty folder for one copy, in the user's own for such copies; old ones there are removed."""
    place = ""
    try:
        base = _base()
        place = str(base)
        for folder in (base.parent, base):
            make_private_folder(folder)
            if not _is_own(folder.lstat()):  # somebody else's, or a link
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        _remove_old(base)
        return Path(tempfile.mkdtemp(dir=base))
    except (OSError, RuntimeError) as error:  # RuntimeError: nobody knows the user's home folder
        technical = getattr(error, "strerror", None) or str(error)
        raise StorageError("evidence.no_copy", file=entry.file, folder=place, technical=technical) from error


def _base() -> Path:
    """Where copies lie: in the user's runtime folder, which the system empties, else in the one for caches."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if runtime.is_absolute() and runtime.is_dir() and _is_own(runtime.stat()):
        return runtime / _FOLDER
    return user_cache_path(appauthor=False) / _FOLDER


def _is_own(status: os.stat_result) -> bool:
    """Whether that is a folder in which nobody but the user and the system makes or moves anything."""
    if not stat.S_ISDIR(status.st_mode):
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def file_name(name: str) -> str:
    """A file name that every system accepts, as close to the given one as possible."""
    name = "".join("_" if character in _NOT_IN_NAMES else character for character in name).strip(" .") or "_"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = name, "", ""
    if stem.split(".")[0].casefold() in _DEVICES:
        stem = f"_{stem}"
    stem = stem.encode()[:_MOST_BYTES].decode(errors="ignore")
    return f"{stem}{dot}{ending}"


def may_be_shown(name: str) -> bool:
    """Whether a file of that name is of a kind that is only looked at."""
    _, dot, ending = name.rpartition(".")
    return bool(dot) and ending.casefold() in _SHOWN


def _remove_old(base: Path) -> None:
    """Remove copies that were made to be looked at long ago; links are neither followed nor touched."""
    before = time.time() - _OLD
    for folder in base.iterdir():
        with suppress(OSError):
            status = folder.lstat()
            if stat.S_ISDIR(status.st_mode) and status.st_mtime < before:
                if sys.platform == "win32":  # which removes no file that is read-only
                    for copy in folder.iterdir():
                        copy.chmod(0o600)
                shutil.rmtree(folder)
