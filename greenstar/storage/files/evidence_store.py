"""Evidence files: kept beside the database under their SHA-256, each once, and whole or not at all.

The files of `green.db` lie in `green.db.evidence/ab/ab12…`. A file is written under a passing name, synced, and only
then given its own, so that what carries a hash for a name is all there. Nothing here touches the database: it may run
on any thread.
"""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from typing_extensions import override

from greenstar.errors import BadInput, StorageError, reason_of
from greenstar.hashes import is_sha256, sha256_of_file
from greenstar.numbers import size_shown
from greenstar.storage.files.partial_file import PartialFile, remove_abandoned
from greenstar.storage.files.receiving import ReceivingFolder, remove_left
from greenstar.storage.files.source_file import check_kind, check_unchanged, reading, time_of
from greenstar.storage.folders import make_shared_folder, sync_folder
from greenstar.storage.protocols.evidence import EvidenceFiles, Keeping, Receiving, Step, StoredFile
from greenstar.text import clean_line

SPARE_BYTES = 16 << 20  # stay free on the disk: the database needs some of it
_PIECE = 1 << 20
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class EvidenceStore(EvidenceFiles):
    """The files beside one database."""

    def __init__(self, database: Path) -> None:
        database = database.resolve()
        self._database = database
        self.folder = database.with_name(f"{database.name}.evidence")

    @override
    def path_of(self, sha256: str) -> Path | None:
        return self.folder / sha256[:2] / sha256 if is_sha256(sha256) else None

    # -- in

    @override
    def check(self, path: Path) -> int:
        with reading(path):
            status = path.stat()
        check_kind(path, status)
        return status.st_size

    @override
    def check_room(self, size: int) -> None:
        with self._writing():
            existing = next(folder for folder in (self.folder, *self.folder.parents) if folder.exists())
            free = shutil.disk_usage(existing).free
        needed = size + SPARE_BYTES
        if needed > free:
            raise StorageError(
                "evidence.no_room", folder=str(self.folder), needed=size_shown(needed), free=size_shown(free, [needed])
            )

    @override
    def take(self, path: Path, step: Step = lambda _: None) -> StoredFile:
        self.check_room(self.check(path))
        with reading(path):
            source = os.open(path, _READ)
        try:
            with reading(path):
                before = os.fstat(source)
            check_kind(path, before)
            with self._part() as part:
                sha256 = self._copy(path, source, part, before.st_size, step)
                with reading(path):
                    after = os.fstat(source)
                check_unchanged(path, before, after)
                with self._writing():
                    is_new = self._settle(part, sha256)
        finally:
            os.close(source)
        with reading(path):
            link_to = clean_line(os.path.realpath(path)) if path.is_symlink() else ""
        name = clean_line(path.name) or sha256[:12]
        return StoredFile(name, sha256, before.st_size, time_of(before.st_mtime), link_to, is_new)

    def receive(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """Keep what comes piece by piece, verified by whoever sends it, under its hash. StorageError: it cannot be.

        It is on disk under its name once `sync_names` is called, after many.
        """
        with self._part() as part:
            for piece in pieces:
                with self._writing():
                    part.write(piece)
            with self._writing():
                self._name(part, sha256)

    def sync_names(self) -> None:
        """Put the names of all files on disk."""
        for folder in self.folder.glob("??"):
            sync_folder(folder)
        sync_folder(self.folder)

    @contextmanager
    def _part(self) -> Iterator[PartialFile]:
        """A file to write into: it is gone afterwards, unless it was given its own name."""
        with self._writing():
            self._make_folder()
            remove_abandoned(self.folder)
            part = PartialFile(self.folder)
        try:
            yield part
        finally:
            part.drop()

    def _make_folder(self) -> None:
        if not self.folder.exists():
            make_shared_folder(self.folder, 0o700 | self._shared_with())
            sync_folder(self.folder.parent)

    @override
    @contextmanager
    def receiving(self) -> Iterator[Receiving]:
        with self._writing():
            self._make_folder()
            remove_left(self.folder)
        receiving = ReceivingFolder(self.folder, self._give_name, self._writing)
        try:
            yield receiving
        finally:
            receiving.drop()

    def _give_name(self, file: Path, sha256: str) -> None:
        """Give a file that lies on the same disk its name; one of that name that is damaged is replaced."""
        final, shared_with = self.folder / sha256[:2] / sha256, self._shared_with()
        make_shared_folder(final.parent, 0o700 | shared_with)
        with suppress(FileNotFoundError):
            final.chmod(0o600)  # some systems would not replace it while it is read-only
        file.chmod(0o400 | shared_with & 0o044)
        file.replace(final)

    def _copy(self, path: Path, source: int, part: PartialFile, size: int, step: Step) -> str:
        """Copy piece by piece; the SHA-256 of all of it."""
        digest, copied = hashlib.sha256(), 0
        while True:
            with reading(path):
                piece = os.read(source, _PIECE)
            if not piece:
                return digest.hexdigest()
            copied += len(piece)
            if copied > size:
                raise BadInput("evidence.changed", file=clean_line(str(path)))
            digest.update(piece)
            with self._writing():
                part.write(piece)
            step(copied)

    def _settle(self, part: PartialFile, sha256: str) -> bool:
        """Give a written file its name, and put that on disk, unless (False) it is there and still what it was."""
        if not self._name(part, sha256):
            return False
        sync_folder(self.folder / sha256[:2])
        sync_folder(self.folder)
        return True

    def _name(self, part: PartialFile, sha256: str) -> bool:
        final = self.folder / sha256[:2] / sha256
        with suppress(FileNotFoundError):
            if sha256_of_file(final) == sha256:
                return False
            final.chmod(0o600)  # a damaged one is replaced; some systems would not, while it is read-only
        part.sync()
        shared_with = self._shared_with()
        make_shared_folder(final.parent, 0o700 | shared_with)
        part.become(final, 0o400 | shared_with & 0o044)
        return True

    def _shared_with(self) -> int:
        """The bits of a mode that give everything to those who, besides its owner, may write to the database."""
        try:
            mode = self._database.stat().st_mode
        except FileNotFoundError:
            return 0
        return sum(everything for write, everything in ((0o020, 0o070), (0o002, 0o007)) if mode & write)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            key = "disk_full" if error.errno in _FULL else "folder_refused" if error.errno in _REFUSED else "not_stored"
            technical = reason_of(error)
            raise StorageError(f"evidence.{key}", folder=str(self.folder), technical=technical) from error

    # -- out

    @override
    def keeping(self, sha256: str, size: int = 0, *, strict: bool = False) -> Keeping:
        path = self.path_of(sha256)
        if path is None:
            return Keeping.GONE if sha256 else Keeping.NAMED
        status = None
        try:
            status = path.stat()
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            pass  # one that may not be looked at is not here either
        except OSError:
            if strict:
                with reading(path):
                    raise
        if status is None or not stat.S_ISREG(status.st_mode):
            return Keeping.GONE
        return Keeping.KEPT if status.st_size == (size or status.st_size) else Keeping.DAMAGED

    @override
    def is_whole(self, sha256: str) -> bool:
        path = self.path_of(sha256)
        try:
            return path is not None and sha256_of_file(path) == sha256
        except OSError:
            return False

    def kept(self) -> Iterator[tuple[str, int]]:
        """The hash and the size of every file here. OSError: a folder cannot be looked into."""
        with suppress(FileNotFoundError, NotADirectoryError):
            for folder in os.scandir(self.folder):
                if folder.is_dir():
                    yield from self._kept_in(folder)

    def _kept_in(self, folder: os.DirEntry[str]) -> Iterator[tuple[str, int]]:
        for file in os.scandir(folder):
            if file.name.startswith(folder.name) and is_sha256(file.name) and file.is_file():
                with suppress(FileNotFoundError):  # it was removed this very moment
                    yield file.name, file.stat().st_size

    def drop(self, hashes: Iterable[str]) -> None:
        """Remove files that are kept elsewhere, or were here by mistake."""
        for sha256 in hashes:
            path = self.path_of(sha256)
            if path is not None:
                with suppress(OSError):
                    path.unlink()
                with suppress(OSError):  # others lie there
                    path.parent.rmdir()

    @override
    def pieces(self, sha256: str) -> Iterator[bytes]:
        path = self.path_of(sha256)
        assert path is not None, "it was looked for"
        with reading(path), path.open("rb", buffering=0) as file:
            while piece := file.read(_PIECE):
                yield piece

    @override
    def copy_out(self, sha256: str, copy: Path) -> None:
        path = self.path_of(sha256)
        if path is None or not path.is_file():
            raise BadInput("evidence.file_gone", file=copy.name, folder=str(self.folder))
        try:
            copy.unlink(missing_ok=True)
            shutil.copyfile(path, copy)
            fits = sha256_of_file(copy) == sha256
            if not fits:
                copy.unlink()
        except OSError as error:
            technical = reason_of(error)
            raise StorageError(
                "evidence.no_copy", file=copy.name, folder=str(copy.parent), technical=technical
            ) from error
        if not fits:
            raise BadInput("evidence.damaged", file=copy.name, folder=str(self.folder))
        copy.chmod(0o400)
