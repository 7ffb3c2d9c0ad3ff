"""What programs left behind that were killed in the middle: told by nobody's holding it, or by its age."""

import os
import shutil
import time
from contextlib import suppress
from glob import escape
from pathlib import Path

from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.files.partial_file import is_abandoned, remove_if_abandoned
from greenstar.storage.folders import MADE_ANEW, RESTORING
from greenstar.storage.sqlite.companions import beside
from greenstar.storage.user_file import PARTS

_OLD = 3600  # seconds: nothing that is written without being held takes so long


def strays_of(database: Path) -> list[Path]:
    """Half-written files and folders of a database that nobody is writing any more."""
    database = Path(os.path.realpath(database))
    folder, name = database.parent, escape(database.name)
    restored, made_anew = (database.with_name(f"{database.name}{end}") for end in (RESTORING, MADE_ANEW))
    held = [
        *folder.glob(PARTS),
        restored,
        *EvidenceStore(database).folder.glob("*.part"),
    ]
    unheld = [
        *folder.glob(f"{name}.version-*.part"),
        *folder.glob(f"{name}.before-*.part"),
        *beside(restored),
        *(made_anew, *beside(made_anew)),
    ]
    return sorted([file for file in held if is_abandoned(file)] + [file for file in unheld if _is_old(file)])


def remove_strays(strays: list[Path]) -> list[Path]:
    """Remove them; those that could not be removed."""
    for stray in strays:
        if stray.is_dir() and not stray.is_symlink():
            shutil.rmtree(stray, ignore_errors=True)
        elif stray.is_symlink() or not os.access(stray, os.W_OK):  # nobody holds what cannot be opened to write
            with suppress(OSError):
                stray.unlink()
        else:
            remove_if_abandoned(stray)
    return [stray for stray in strays if os.path.lexists(stray)]


def copies_of(database: Path) -> dict[Path, int]:
    """What was put aside beside a database, by migrations and before restoring, with the bytes that it has."""
    database = Path(os.path.realpath(database))
    name = escape(database.name)
    paths = [*database.parent.glob(f"{name}.version-*"), *database.parent.glob(f"{name}.before-*")]
    return {path: _size_of(path) for path in sorted(paths) if path.suffix != ".part"}


def _size_of(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _is_old(path: Path) -> bool:
    try:
        return path.lstat().st_mtime < time.time() - _OLD
    except OSError:
        return False
