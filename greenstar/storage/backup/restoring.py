"""Putting a backup in the place of a database: one renaming, before which the old one is whole, and after it the new.

First all of the backup is verified. Then the new database is written beside the old one, as `NAME.restoring`, and its
evidence added to that of the old one: files are known by what they hold, so that both find theirs. What is there is put
aside. Then the new file takes the name. A program that is killed on the way leaves `NAME.restoring`, by which the next
one knows (`interrupted`).
"""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from greenstar.errors import StorageError, reason_of
from greenstar.storage.backup.manifest import Manifest
from greenstar.storage.backup.putting_aside import put_aside
from greenstar.storage.backup.reading import Backup, Step, open_backup
from greenstar.storage.backup.room import check_room, steps
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.files.partial_file import hold, is_abandoned
from greenstar.storage.folders import RESTORING, sync_folder, write_all
from greenstar.storage.protocols.evidence import Keeping
from greenstar.storage.sqlite.companions import beside
from greenstar.storage.sqlite.connecting import peek
from greenstar.storage.sqlite.copying import check_ours, check_whole, look, open_alone
from greenstar.storage.sqlite.error_messages import Translated
from greenstar.storage.sqlite.exclusive import exclusive
from greenstar.storage.sqlite.foreign_log import is_foreign
from greenstar.storage.sqlite.identity import LAST_EVENT, begin_restored

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True)
class Restored:
    """What was restored, when it was backed up, and the folder in which lies what was there; None: nothing was."""

    manifest: Manifest
    aside: Path | None


def interrupted(database: Path) -> bool:
    """Whether somebody began to restore a backup over a database and was stopped: it is what it was before."""
    return is_abandoned(_new_file(database))


def restore(file: Path, database: Path, now: datetime, by: str, progress: Callable[[int, int], None]) -> Restored:
    """Put the backup in `file` in the place of the database at a path, which is put aside with all that belongs to it.

    The restored one notes from which backup it is, and what it replaced; `by`: who restores it.
    BadInput: it is no backup, or damaged. StorageError: the database is in use, or something cannot be written.
    Whenever it raises, the database is what it was.
    """
    database = Path(os.path.realpath(database))
    with open_backup(file) as backup:
        step = steps(progress, 2 * backup.manifest.size)
        backup.verify(step)
        if not database.parent.is_dir():
            raise StorageError("storage.no_folder", file=str(database), folder=str(database.parent))
        try:
            note = _Note(now, by, _replaced(database))
            with exclusive(database), _new_database(backup, database, note, step) as new:
                return Restored(backup.manifest, _put_in_place(backup, database, new, now, step))
        except OSError as error:
            technical = reason_of(error)
            raise StorageError("backup.not_restored", file=str(database), technical=technical) from error


def _new_file(database: Path) -> Path:
    return database.with_name(f"{database.name}{RESTORING}")


class _Note(NamedTuple):
    """What a restored database notes of it: when, by whom, and what was there, as `_replaced`."""

    at: datetime
    by: str
    replaced: dict[str, Any] | None


def _replaced(database: Path) -> dict[str, Any] | None:
    """The identity of the database that is to be replaced, and where its journal ends; None: it does not say."""
    if not database.is_file() or is_foreign(database):  # whoever opens it with another's log harms it
        return None
    identity = peek(database, "SELECT ulid FROM identity")
    if identity is None:
        return None
    events = peek(database, "SELECT count(*) FROM event")
    return {"database": identity, "events": events, "last": peek(database, LAST_EVENT)}


@contextmanager
def _new_database(backup: Backup, database: Path, note: _Note, step: Step) -> Iterator[Path]:
    """The database of the backup beside the one that it is to replace, written and looked through."""
    _check_room(backup, database)
    new = _new_file(database)
    descriptor = os.open(new, _OPEN, 0o600)
    with ExitStack() as held:
        held.callback(os.close, descriptor)
        if not hold(descriptor) or os.fstat(descriptor).st_ino != new.stat().st_ino:  # somebody else restores
            raise StorageError("backup.in_use", file=str(database))
        try:
            os.ftruncate(descriptor, 0)
            for piece in backup.database(step):
                write_all(descriptor, piece)
            with Translated(database):
                _prepare(new, backup.manifest, note)
            new.chmod(stat.S_IMODE(database.stat().st_mode) if database.is_file() else 0o600)
            os.fsync(descriptor)
            if sys.platform == "win32":  # which replaces no open file
                held.close()
            yield new
        except BaseException:
            if sys.platform == "win32":  # and removes none
                held.close()
            for file in (new, *beside(new)):
                with suppress(OSError):
                    file.unlink(missing_ok=True)
            raise


def _check_room(backup: Backup, database: Path) -> None:
    evidence = EvidenceStore(database)
    held = backup.manifest
    added = sum(size for sha256, size in held.evidence.items() if evidence.keeping(sha256) is Keeping.GONE)
    check_room(database.parent, held.database.bytes + added)


def _prepare(new: Path, held: Manifest, note: _Note) -> None:
    """Look through a database that is to be put in place, and let it say that it was restored."""
    with closing(look(new)) as connection:
        check_whole(connection, new)
        check_ours(connection, new)
    with closing(open_alone(new)) as connection:
        says = {"backup": held.sha256, "made_at": held.made_at, "program": held.program, "replaced": note.replaced}
        begin_restored(connection, note.at, note.by, says)


def _put_in_place(backup: Backup, database: Path, new: Path, now: datetime, step: Step) -> Path | None:
    """Add the evidence, put aside what is there, and give the new file its name; the folder of what was put aside."""
    evidence = EvidenceStore(database)
    before = {sha256 for sha256, _ in evidence.kept()}
    aside: Path | None = None
    try:
        _add_evidence(backup, evidence, step)
        aside = put_aside(database, before, now)
        for file in beside(database):  # they lie in the folder by now, and are another's from here on
            file.unlink(missing_ok=True)
        new.replace(database)
    except BaseException:
        if new.exists():  # else it has the name already: ctrl+c came a moment too late
            _undo(evidence, before, aside)
        raise
    sync_folder(database.parent)
    evidence.drop(before - backup.manifest.evidence.keys())  # they lie in the folder, where the old database finds them
    return aside


def _add_evidence(backup: Backup, evidence: EvidenceStore, step: Step) -> None:
    """Add what is not there; a file that was damaged when it was backed up, only where there is none."""
    for sha256, size in backup.manifest.evidence.items():
        is_damaged = sha256 in backup.manifest.damaged
        if evidence.keeping(sha256) is not Keeping.GONE if is_damaged else evidence.is_whole(sha256):
            step(size)
        else:
            evidence.receive(sha256, backup.evidence(sha256, step))
    evidence.sync_names()


def _undo(evidence: EvidenceStore, before: set[str], aside: Path | None) -> None:
    """Take away what was added, so that all is as it was."""
    evidence.drop({sha256 for sha256, _ in evidence.kept()} - before)
    if aside is not None:
        shutil.rmtree(aside, ignore_errors=True)
