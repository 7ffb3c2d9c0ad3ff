"""Writing a backup: the database as it was at one moment, then its evidence, then read again before it has its name.

The database is copied while others write into it, and its evidence after that: a file is always there before the
database names it. Where the backup cannot be finished, the file that was there stays as it was.
"""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from greenstar import __version__
from greenstar.errors import BadInput, StorageError, reason_of
from greenstar.hashes import sha256_of_file
from greenstar.record.timestamps import written_time
from greenstar.storage.backup.first_bytes import DATABASE, begins_as_backup
from greenstar.storage.backup.manifest import EVIDENCE, MANIFEST, Manifest, Piece
from greenstar.storage.backup.reading import PIECE, Backup, Step
from greenstar.storage.backup.room import check_room, steps
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.files.partial_file import remove_abandoned
from greenstar.storage.sqlite.companions import beside
from greenstar.storage.sqlite.copying import copy_database, named_in_file
from greenstar.storage.user_file import PARTS, make_part, user_file
from greenstar.text import clean_line

_NO_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class BackedUp:
    """What was backed up: how many bytes and evidence files, and the names of those that are not as they should be.

    `of_copy_in_use`: the database is a copy of one that was in use, so that its last changes may be missing.
    """

    size: int
    evidence: int
    missing: list[str]
    damaged: list[str]
    of_copy_in_use: bool = False


def back_up(database: Path, target: Path, progress: Callable[[int, int], None]) -> BackedUp:
    """Write a backup of the database at a path, and of its evidence, to `target`, in the place of an earlier backup.

    `progress` is told how much of how much is done. BadInput: there is no database, or `target` is something else
    than a backup. StorageError: something cannot be read or written; `target` is what it was.
    """
    _check_target(target)
    folder = Path(os.path.realpath(target)).parent
    remove_abandoned(folder, PARTS)
    with _database_copy(database, folder, progress) as (copy, of_copy_in_use):
        evidence = EvidenceStore(database)
        sizes = _sizes(evidence)
        size = copy.stat().st_size + sum(sizes.values())
        check_room(folder, size)
        with user_file(target, mode=0o600, over_backup=True) as file:
            copied = 2 * size // 9  # the database was copied in the first tenth of the time
            step = steps(progress, 2 * size + copied, copied)
            written = _write(file, copy, evidence, sizes, step)
            sizes.clear()  # of very many files, that is room which reading them again needs
            _read_again(file, target, step)
    return replace(written, of_copy_in_use=of_copy_in_use)


def _sizes(evidence: EvidenceStore) -> dict[str, int]:
    try:
        return dict(evidence.kept())
    except OSError as error:
        folder = clean_line(str(evidence.folder))
        raise StorageError("backup.cannot_read", file=folder, technical=reason_of(error)) from error


def _write(file: IO[bytes], copy: Path, evidence: EvidenceStore, sizes: dict[str, int], step: Step) -> BackedUp:
    held = Manifest(
        made_at=written_time(datetime.now(UTC)),
        program=__version__,
        database=Piece(copy.stat().st_size, sha256_of_file(copy)),
        missing=[each.sha256 for each in named_in_file(copy) if each.sha256 not in sizes],
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, DATABASE, _pieces_of(copy), step)
        _add_evidence(archive, held, evidence, sorted(sizes), step)
        _add(archive, MANIFEST, [held.written()], lambda _: None)
    not_as_it_was = {*held.missing, *held.damaged}
    names = {each.sha256: clean_line(each.name) for each in named_in_file(copy) if each.sha256 in not_as_it_was}
    return BackedUp(held.size, len(held.evidence), _names(held.missing, names), _names(held.damaged, names))


def _check_target(target: Path) -> None:
    """BadInput: what lies there is no backup that a newer one may replace."""
    try:
        if target.exists() and not target.is_dir() and not _may_be_replaced(target):
            from greenstar.storage.sqlite.companions import database_of  # noqa: PLC0415 - only to say it better

            if not target.is_file() or database_of(Path(os.path.realpath(target))) is None:
                raise BadInput("backup.other_file", file=clean_line(str(target)))
    except (OSError, ValueError) as error:
        raise BadInput("backup.cannot_read", file=clean_line(str(target)), technical=reason_of(error)) from error


def _may_be_replaced(target: Path) -> bool:
    return target.is_file() and (not target.stat().st_size or begins_as_backup(target))


@contextmanager
def _database_copy(database: Path, folder: Path, progress: Callable[[int, int], None]) -> Iterator[tuple[Path, bool]]:
    """A copy of the database in a folder, for as long as it is needed; whether that was made of one in use."""
    try:
        copy, descriptor = make_part(folder)
        try:
            yield copy, copy_database(database, copy, lambda done, of: progress(done, 10 * of))
        finally:
            os.close(descriptor)
            for file in (copy, *beside(copy)):
                with suppress(OSError):
                    file.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("files.cannot_write", path=str(folder), reason=reason_of(error)) from error


def _add_evidence(
    archive: zipfile.ZipFile, held: Manifest, evidence: EvidenceStore, hashes: list[str], step: Step
) -> None:
    for sha256 in hashes:
        path = evidence.path_of(sha256)
        assert path is not None
        piece = _add(archive, EVIDENCE + sha256, _readable_pieces_of(path), step)
        held.evidence[sha256] = piece.bytes
        if piece.sha256 != sha256:
            held.damaged[sha256] = piece.sha256


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], step: Step) -> Piece:
    """Add an entry of these bytes, without a date, for its owner alone."""
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=True) as target:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            target.write(piece)
            step(len(piece))
    return Piece(size, digest.hexdigest())


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _readable_pieces_of(path: Path) -> Iterator[bytes]:
    """As much of an evidence file as can be read: one that a disk lost does not keep all others from a backup."""
    with suppress(OSError):
        yield from _pieces_of(path)


def _read_again(file: IO[bytes], target: Path, step: Step) -> None:
    """StorageError: what was written is not what is read, from the disk and not from memory where the system can."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    file.seek(0)
    try:
        Backup(file, str(target)).verify(step)
    except BadInput as error:
        raise StorageError("backup.written_wrong", file=str(target)) from error


def _names(hashes: Iterable[str], names: dict[str, str]) -> list[str]:
    return [names.get(sha256, sha256[:12]) for sha256 in hashes]
