"""Writing a bundle: entry after entry, never more than a piece of one in memory."""

import hashlib
from collections.abc import Iterable
from typing import IO
from zlib import crc32

from greenstar.errors import BadInput
from greenstar.numbers import size_shown
from greenstar.record.canonical import canonical_of_plain
from greenstar.storage.bundle.layout import ZipEntry, central_header, ending, local_header
from greenstar.storage.bundle.manifest import MANIFEST, MOST_ENTRIES, ManifestLine, manifest, most_bytes


class BundleWriter:
    """A bundle that is being written into a file, which must be empty and can be gone back in."""

    def __init__(self, file: IO[bytes], database: str) -> None:
        self._file, self._database = file, database
        self._entries: list[ZipEntry] = []
        self._listed: dict[str, ManifestLine] = {}
        self._end = 0

    def add(self, name: str, content: bytes) -> None:
        """Add an entry, unless it is there. BadInput: it is larger than a bundle may hold, or there are too many."""
        self.add_pieces(name, [content])

    def add_pieces(self, name: str, pieces: Iterable[bytes], sha256: str | None = None) -> bool:
        """Add an entry of these bytes, unless it is there. BadInput: as for `add`.

        False: they have not the hash that they should have, and no entry was added.
        """
        if name in self._listed:
            return True
        if len(self._listed) == MOST_ENTRIES:
            raise BadInput("bundle.too_many_to_pack", most=str(MOST_ENTRIES))
        listed = self._write(name, pieces, sha256)
        if listed is not None:
            self._listed[name] = listed
        return listed is not None

    def _write(self, name: str, pieces: Iterable[bytes], sha256: str | None) -> ManifestLine | None:
        start, digest, crc, size, most = self._end, hashlib.sha256(), 0, 0, most_bytes(name)
        self._file.seek(start)
        self._file.write(local_header(ZipEntry(name, 0, 0, start)))
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise BadInput("bundle.too_large_to_pack", entry=name, most=size_shown(most))
            digest.update(piece)
            crc = crc32(piece, crc)
            self._file.write(piece)
        if sha256 is not None and digest.hexdigest() != sha256:
            self._file.seek(start)
            self._file.truncate()
            return None
        entry = ZipEntry(name, size, crc, start)
        self._file.seek(start)
        self._file.write(local_header(entry))
        self._entries.append(entry)
        self._end = entry.end
        return ManifestLine(size, digest.hexdigest())

    def close(self) -> None:
        """Write the manifest and the directory: the bundle is whole."""
        self._write(MANIFEST, [canonical_of_plain(manifest(self._database, self._listed)).encode()], None)
        self._file.seek(self._end)
        size = sum(self._file.write(central_header(entry)) for entry in self._entries)
        self._file.write(ending(len(self._entries), size, self._end))
