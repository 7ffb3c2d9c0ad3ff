"""Copies of evidence to look at: what a viewer does to one cannot reach the file that is kept."""

import re
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from greenstar.errors import BadInput, StorageError
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.storage.protocols.evidence import EvidenceFiles

_START = "greenstar-evidence-"
_OLD = 24 * 3600  # seconds after which nobody looks at a copy any more
_MOST_BYTES = 200  # of a name; most systems take 255
_NOT_IN_NAMES = '/\\:*?"<>|'
_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(1, 10))}
_PROGRAMS = re.compile(
    r"app|appimage|application|bat|chm|cmd|com|command|cpl|desktop|exe|hta|jar|jse?|lnk|ms[cip]|pif|ps1|pyw?|reg|"
    r"sc[frt]|scpt|sh|url|vb[es]?|ws[fh]?",
    re.IGNORECASE,
)


def copy_to_look_at(files: EvidenceFiles, entry: EvidenceEntry) -> Path:
    """A read-only copy of an entry's file, under its own name, in a folder that only the user can read.

    BadInput: only a name is kept, the file is gone or is not what was attached. StorageError: it cannot be copied.
    """
    if not entry.sha256:
        raise BadInput("evidence.only_named", file=entry.file)
    _remove_old()
    try:
        folder = Path(tempfile.mkdtemp(prefix=_START))
    except OSError as error:
        technical = error.strerror or ""
        raise StorageError(
            "evidence.no_copy", file=entry.file, folder=tempfile.gettempdir(), technical=technical
        ) from error
    copy = folder / file_name(entry.file)
    try:
        files.copy_out(entry.sha256, copy)
    except (BadInput, StorageError):
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy


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


def is_program(name: str) -> bool:
    """Whether a system would run a file of that name instead of showing it."""
    return _PROGRAMS.fullmatch(name.rpartition(".")[2]) is not None


def _remove_old() -> None:
    """Remove copies that were made to be looked at long ago; those of others are left to them."""
    before = time.time() - _OLD
    for folder in Path(tempfile.gettempdir()).glob(f"{_START}*"):
        with suppress(OSError):
            if folder.lstat().st_mtime < before:
                for copy in folder.iterdir():
                    copy.chmod(0o600)
                shutil.rmtree(folder)
