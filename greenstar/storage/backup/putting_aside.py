"""Putting a database aside: a folder beside it in which all that belongs to it lies under its own name."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from glob import escape
from pathlib import Path

from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.folders import free_name, make_private_folder, sync_file, sync_folder
from greenstar.storage.sqlite.companions import beside


def put_aside(database: Path, evidence: Iterable[str], now: datetime) -> Path | None:
    """Have a folder that holds the database at a path, what lies beside it, and these files of its evidence.

    Where they lie they stay: they are linked, which takes no room, or copied, where a disk knows no links. None: there
    is nothing. OSError: it cannot be done; nothing is left of the folder.
    """
    store, hashes = EvidenceStore(database), list(evidence)
    files = [file for file in (database, *beside(database)) if file.is_file()]
    if not files and not hashes:
        return None
    final = free_name(database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}"))
    part = final.with_name(f"{final.name}.part")
    for left in database.parent.glob(f"{escape(database.name)}.before-*.part"):  # by a program that was killed
        shutil.rmtree(left, ignore_errors=True)
    try:
        part.mkdir(0o700)
        for file in files:
            _link(file, part / file.name)
        _link_all(store, hashes, EvidenceStore(part / database.name))
        sync_folder(part)
        part.rename(final)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(database.parent)
    return final


def _link_all(store: EvidenceStore, hashes: Iterable[str], target: EvidenceStore) -> None:
    folders = set()
    for sha256 in hashes:
        file, link = store.path_of(sha256), target.path_of(sha256)
        if file is not None and link is not None:
            make_private_folder(link.parent)
            folders |= {link.parent, link.parent.parent}
            _link(file, link)
    for folder in folders:
        sync_folder(folder)


def _link(file: Path, link: Path) -> None:
    try:
        link.hardlink_to(file)
    except OSError:
        shutil.copy2(file, link)
        with suppress(PermissionError):  # one that may only be read: the folder's names are synced all the same
            sync_file(link)
