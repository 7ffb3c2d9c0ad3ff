"""Files and folders: where they lie, who may read and write them, how much room there is, what was left behind."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from greenstar.errors import StorageError
from greenstar.numbers import size_shown
from greenstar.services.doctor.diagnosis import Diagnosis, warned, well, wrong
from greenstar.services.settings.settings import config_file, home
from greenstar.services.signing.key_file import key_file
from greenstar.services.trust.signer_files import revoked_file, signers_file
from greenstar.storage.file_systems import file_system, network_disk, synchronised_by
from greenstar.storage.strays import copies_of, strays_of
from greenstar.text import first_of

_NO_ROOM, _LITTLE_ROOM = 64 << 20, 1 << 30  # bytes
_OTHERS, _ANYBODY = 0o077, 0o007


def places(database: Path) -> Iterator[Diagnosis]:
    """The disk that the database lies on, and its folder."""
    yield _disk(database)
    program = synchronised_by(database)
    if program is not None:
        yield warned("folder", "synchronised", program=program, folder=str(database.parent))
    yield room(database)
    yield from _rights(database)


def _disk(database: Path) -> Diagnosis:
    kind = network_disk(database)
    if kind is not None:
        return warned("disk", "network", kind=kind, folder=str(database.parent))
    return well("disk", "disk", kind=file_system(database) or "-", folder=str(database.parent))


def room(database: Path) -> Diagnosis:
    """How much room there is on that disk."""
    folder = next(folder for folder in database.absolute().parents if folder.is_dir())
    free = shutil.disk_usage(folder).free
    values = {"folder": str(folder), "free": size_shown(free)}
    if free < _NO_ROOM:
        return wrong("room", "no_room", **values)
    return warned("room", "little_room", **values) if free < _LITTLE_ROOM else well("room", "room", **values)


def _rights(database: Path) -> Iterator[Diagnosis]:
    """Who may read and write. Windows keeps a user's folders by itself."""
    unwritable = [file for file in (database.parent, database) if file.exists() and not os.access(file, os.W_OK)]
    if unwritable:
        yield wrong("rights", "unwritable", files=[str(file) for file in unwritable])
        return
    open_to_others = list(_open_to_others(database)) if sys.platform != "win32" else []
    for file, mode, key in open_to_others:
        give = warned if key == "rights_open" else wrong
        yield give("rights", key, file=str(file), mode=f"{mode:o}", wanted="700" if file.is_dir() else "600")
    if not open_to_others:
        yield well("rights", "rights")


def _open_to_others(database: Path) -> Iterator[tuple[Path, int, str]]:
    """Which files others may read, with their modes, and the key of the sentence about it.

    A database may be shared with a group; what lies in the user's own folder is for nobody else.
    """
    try:
        key = key_file()
        watched = {
            home(): _OTHERS,
            key: _OTHERS,
            **dict.fromkeys((config_file(), signers_file(), revoked_file()), 0o022),
        }
    except StorageError:  # nobody knows where they would be
        key, watched = None, {}
    for file, forbidden in {database: _ANYBODY, **watched}.items():
        try:
            mode = stat.S_IMODE(file.stat().st_mode)
        except OSError:
            continue
        if mode & forbidden:
            yield file, mode, "key_open" if file == key else "rights_open"


def left_behind(database: Path) -> Iterator[Diagnosis]:
    """What killed programs left, and copies that were put aside."""
    strays, copies = strays_of(database), copies_of(database)
    if strays:
        yield warned("strays", "strays", count=len(strays), files=first_of(map(str, strays)))
    else:
        yield well("strays", "no_strays")
    if copies:
        size = size_shown(sum(copies.values()))
        yield well("copies", "copies", count=len(copies), size=size, files=first_of(path.name for path in copies))
