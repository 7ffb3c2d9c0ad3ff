"""Bundles for tests: a right one, and forged ones, which differ from a right one in what a row says."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from greenstar.record.canonical import canonical
from greenstar.storage.bundle.layout import CENTRAL, CENTRAL_SIGN, END, END_SIGN, LOCAL, LOCAL_SIGN
from greenstar.storage.bundle.manifest import MANIFEST, Listed, manifest
from greenstar.storage.bundle.writing import BundleWriter

DATABASE = "01J0000000000000000000000A"
JOURNAL = f"journals/visit-{DATABASE}.jsonl"
PHOTO = b"\xff\xd8 a photo of two meters"


def evidence_name(content: bytes) -> str:
    """What a photo is called in a bundle."""
    return f"evidence/{hashlib.sha256(content).hexdigest()}"


STORE = "journals/store-1a2b.jsonl"
CONTENT = {STORE: b"{}", JOURNAL: b"", evidence_name(PHOTO): PHOTO}


def packed(content: Mapping[str, bytes] = CONTENT) -> bytes:
    """A right bundle."""
    file = io.BytesIO()
    writer = BundleWriter(file, DATABASE)
    for name, entry in content.items():
        writer.add(name, entry)
    writer.close()
    return file.getvalue()


@dataclass
class Forged:
    """An entry of a zip file as anybody may write it; what is None is as it should be."""

    name: str
    content: bytes = b""
    flags: int = 0
    method: int = 0
    size: int | None = None
    mode: int = 0o100644
    listed: bool = True
    sha256: str | None = None
    offset: int | None = None
    crc: int | None = None

    @property
    def said(self) -> Listed:
        """What the manifest says of it."""
        size = len(self.content) if self.size is None else self.size
        return Listed(size, self.sha256 or hashlib.sha256(self.content).hexdigest())


def forged(*entries: Forged, comment: bytes = b"", **values: Any) -> bytes:
    """A zip file of these entries and a manifest that lists them; `values`: what it says otherwise."""
    listed = {entry.name: entry.said for entry in entries if entry.listed}
    text = canonical({**manifest(DATABASE, listed), **values}).encode()
    return zipped([*entries, Forged(MANIFEST, text)], comment)


def zipped(entries: Sequence[Forged], comment: bytes = b"") -> bytes:
    """A zip file of these entries."""
    body, directory = bytearray(), bytearray()
    for entry in entries:
        name, crc = entry.name.encode(), crc32(entry.content) if entry.crc is None else entry.crc
        size, offset = entry.said.size, len(body) if entry.offset is None else entry.offset
        common = (20, entry.flags, entry.method, 0, 33, crc, len(entry.content), size, len(name), 0)
        body += LOCAL.pack(LOCAL_SIGN, *common) + name + entry.content
        places = (0, 0, 0, entry.mode << 16, offset)
        directory += CENTRAL.pack(CENTRAL_SIGN, 3 << 8 | 20, *common, *places) + name
    ends = (0, 0, len(entries), len(entries), len(directory), len(body), len(comment))
    return bytes(body + directory) + END.pack(END_SIGN, *ends) + comment
