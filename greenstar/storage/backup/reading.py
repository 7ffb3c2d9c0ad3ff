"""Reading a backup: nothing of it is believed before its bytes have the SHA-256 that its manifest says."""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from greenstar.errors import BadInput, StorageError, reason_of
from greenstar.storage.backup.first_bytes import DATABASE
from greenstar.storage.backup.manifest import (
    EVIDENCE,
    MANIFEST,
    MOST_BYTES,
    NewerManifest,
    Piece,
    read_manifest,
)
from greenstar.text import clean_line

PIECE = 1 << 20
Step = Callable[[int], None]
"""Is told how many bytes more are done."""

_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def open_backup(path: Path) -> "Iterator[Backup]":
    """The backup in a file. BadInput: it is none, or cannot be read."""
    name = clean_line(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput("backup.no_file", file=name)
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise BadInput("backup.cannot_read", file=name, technical=reason_of(error)) from error
    with file:
        yield Backup(file, name)


class Backup:
    """An open backup. BadInput, wherever it is read: it is not what it should be."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.name = name
        with self._reading():
            self._zip = zipfile.ZipFile(file)
        held = self._zip.NameToInfo.get(MANIFEST)
        if held is None or held.file_size > MOST_BYTES or not _is_plain(held):
            raise BadInput("backup.no_backup", file=name)
        with self._reading():
            content = self._zip.read(held)
        try:
            self.manifest = read_manifest(content)
        except NewerManifest as error:
            raise BadInput("backup.newer", file=name) from error
        except ValueError as error:
            raise BadInput("backup.no_backup", file=name) from error
        self._check_entries()

    def _check_entries(self) -> None:
        """The file holds what the manifest says, each once, and nothing else."""
        evidence, count = self.manifest.evidence, 0
        sizes = {DATABASE: self.manifest.database.bytes}
        for entry in self._zip.filelist:
            name = entry.filename
            said = evidence.get(name.removeprefix(EVIDENCE)) if name.startswith(EVIDENCE) else sizes.get(name)
            if not _is_plain(entry) or (name != MANIFEST and said != entry.file_size):
                raise BadInput("backup.damaged", file=self.name)
            count += 1
        if not count == len(self._zip.NameToInfo) == len(evidence) + 2:
            raise BadInput("backup.damaged", file=self.name)

    def verify(self, step: Step) -> None:
        """Read all of it. BadInput: some of its bytes are others than the manifest says."""
        for _ in self.database(step):
            pass
        for sha256 in self.manifest.evidence:
            for _ in self.evidence(sha256, step):
                pass

    def database(self, step: Step) -> Iterator[bytes]:
        """The database, piece by piece; at the end it is known to be what it should be."""
        return self._pieces(DATABASE, self.manifest.database, step)

    def evidence(self, sha256: str, step: Step) -> Iterator[bytes]:
        """An evidence file, piece by piece; at the end it is known to be what was backed up."""
        return self._pieces(EVIDENCE + sha256, self.manifest.evidence_piece(sha256), step)

    def _pieces(self, name: str, said: Piece, step: Step) -> Iterator[bytes]:
        digest = hashlib.sha256()
        with self._reading():
            entry = self._zip.open(name)
        with entry:
            while True:
                with self._reading():
                    piece = entry.read(PIECE)
                if not piece:
                    break
                digest.update(piece)
                yield piece
                step(len(piece))
        if digest.hexdigest() != said.sha256:
            raise BadInput("backup.damaged", file=self.name)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError("backup.cannot_read", file=self.name, technical=reason_of(error)) from error
        except _BROKEN as error:
            key = "backup.damaged" if hasattr(self, "manifest") else "backup.no_backup"
            raise BadInput(key, file=self.name) from error


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is stored as it is: nothing to decompress or to decrypt."""
    stored = entry.compress_type == zipfile.ZIP_STORED and entry.compress_size == entry.file_size
    return stored and not entry.flag_bits & 0x1
