"""Reading a bundle that may come from anybody: nothing of it is believed before it was looked at.

It is held to what `writing` would have written, byte for byte but for the contents, which have the sizes and SHA-256 of
its manifest. Nothing is unpacked by the names in it, nothing is decompressed, and what is held in memory is bounded.
"""

import hashlib
import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn
from zlib import crc32

from greenstar.errors import BadInput, reason_of
from greenstar.numbers import size_shown
from greenstar.record.canonical import canonical_of_plain
from greenstar.storage.backup.first_bytes import begins_as_backup
from greenstar.storage.bundle.directory import read_directory
from greenstar.storage.bundle.layout import ZipEntry, local_header
from greenstar.storage.bundle.manifest import (
    DOMAIN,
    MANIFEST,
    VERSION,
    ManifestLine,
    belongs,
    is_repeated,
    most_bytes,
    named_hash,
    read_entries,
)
from greenstar.text import clean_line, excerpt

_PIECE = 1 << 20


class NotReadHere(BadInput):
    """It may be whole, and is no bundle that is read here: a backup, or what a newer program packed."""


class Bundle:
    """A bundle that is open for reading. BadInput, wherever something is read: it is not what it says it is."""

    def __init__(self, file: IO[bytes], path: Path, size: int) -> None:
        self._file, self.name = file, clean_line(str(path))
        self._entries = read_directory(file, size, self._refuse)
        plain = self._manifest()
        self.database = str(plain["database"])
        self.listed = self._matched(plain)
        self._check_headers()

    def _refuse(self, problem: str, entry: str = "", **values: Any) -> NoReturn:
        raise BadInput(f"bundle.{problem}", file=self.name, entry=excerpt(clean_line(entry)), **values)

    # -- what it says it is

    def _manifest(self) -> Mapping[str, Any]:
        entry = self._entries.get(MANIFEST)
        if entry is None:
            self._refuse("not_ours")
        if entry.size > most_bytes(MANIFEST):
            self._refuse("manifest_too_large", found=size_shown(entry.size), most=size_shown(most_bytes(MANIFEST)))
        text = b"".join(self._pieces(entry))
        if crc32(text) != entry.crc:
            self._refuse("wrong_hash", MANIFEST)
        try:
            plain = json.loads(text)
        except (ValueError, RecursionError):
            self._refuse("not_ours")
        if not isinstance(plain, dict) or plain.get("domain") != DOMAIN or not _is_version(plain.get("version")):
            self._refuse("not_ours")
        if plain["version"] > VERSION:
            raise NotReadHere("bundle.newer", file=self.name, version=str(plain["version"]), known=str(VERSION))
        self._check_canonical(plain, text)
        return plain

    def _check_canonical(self, plain: Mapping[str, Any], text: bytes) -> None:
        try:
            same = canonical_of_plain(plain).encode() == text
        except (ValueError, RecursionError):
            same = False
        if not same:
            self._refuse("manifest_otherwise")

    def _matched(self, plain: Mapping[str, Any]) -> dict[str, ManifestLine]:
        """What the manifest lists, which is all that lies in the file, in the order in which it lies there."""
        try:
            if is_repeated(plain["entries"]):
                self._refuse("manifest_otherwise")
            listed = read_entries(plain)
        except (ValueError, KeyError, TypeError):
            self._refuse("manifest_otherwise")
        for name, entry in self._entries.items():
            if name == MANIFEST:
                continue
            said = listed.get(name)
            if said is None or not belongs(name):
                self._refuse("extra", name)
            if entry.size > most_bytes(name):
                self._refuse("too_large", name, most=size_shown(most_bytes(name)))
            if said.size != entry.size:
                self._refuse("wrong_size", name)
            if named_hash(name) not in (None, said.sha256):
                self._refuse("wrong_hash", name)
        missing = next((name for name in listed if name not in self._entries), None)
        if missing is not None:
            self._refuse("missing", missing)
        if [*listed, MANIFEST] != [*self._entries]:
            self._refuse("layout")
        return listed

    def _check_headers(self) -> None:
        """The headers before the entries say the same as the directory, and lie where it says."""
        for entry in self._entries.values():
            header = local_header(entry)
            self._file.seek(entry.offset)
            if self._file.read(len(header)) != header:
                self._refuse("layout")

    # -- what lies in it

    def names(self, folder: str) -> list[str]:
        """The names of the entries in a folder."""
        return [name for name in self.listed if name.startswith(f"{folder}/")]

    def read(self, name: str) -> bytes:
        """All bytes of an entry: for those that may be no larger than memory should hold."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of an entry, piece by piece; after the last it is known whether they have their SHA-256."""
        digest = hashlib.sha256()
        for piece in self._pieces(self._entries[name]):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != self.listed[name].sha256:
            self._refuse("wrong_hash", name)

    def _pieces(self, entry: ZipEntry) -> Iterator[bytes]:
        self._file.seek(entry.content)
        left = entry.size
        while left:
            piece = self._file.read(min(left, _PIECE))
            if not piece:
                self._refuse("truncated")
            left -= len(piece)
            yield piece


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """The bundle at `path`. BadInput: it cannot be read, or is none, and why."""
    name = clean_line(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # seen before it is opened: opening a pipe waits for its other end
            raise BadInput("files.is_a_folder" if stat.S_ISDIR(status.st_mode) else "bundle.is_no_file", path=name)
        if begins_as_backup(path):
            raise NotReadHere("bundle.is_backup", file=name)
        with path.open("rb") as file:
            yield Bundle(file, path, status.st_size)
    except (OSError, ValueError) as error:  # a name with a character that no system has in names
        raise BadInput("bundle.cannot_read", file=name, reason=reason_of(error)) from error


def _is_version(version: object) -> bool:
    return isinstance(version, int) and not isinstance(version, bool) and version >= 1
