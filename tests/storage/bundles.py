"""Bundles for tests: a right one, and forged ones, which differ from a right one in what a row says."""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from greenstar.record.canonical import canonical
from greenstar.storage.bundle import layout
from greenstar.storage.bundle.layout import CENTRAL, CENTRAL_SIGN, END, END_SIGN, LOCAL, LOCAL_SIGN
from greenstar.storage.bundle.manifest import MANIFEST, ManifestLine, manifest
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
    def said(self) -> ManifestLine:
        """What the manifest says of it."""
        size = len(self.content) if self.size is None else self.size
        return ManifestLine(size, self.sha256 or hashlib.sha256(self.content).hexdigest())


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


RIGHT = [Forged(name, content) for name, content in CONTENT.items()]
A_HASH = "ab" * 32
_PLAIN_RIGHT = manifest(DATABASE, {entry.name: entry.said for entry in RIGHT})["entries"]

HOSTILE = [
    ("no_bundle", b""),
    ("no_bundle", b"# a text"),
    ("no_bundle", b"%PDF-1.7" + packed()),
    ("not_ours", zipped([Forged("photo.jpg", PHOTO)])),
    ("not_ours", zipped([Forged(MANIFEST, b'{"manifest_version": 3}')])),
    ("not_ours", zipped([Forged(MANIFEST, b"[" * 100_000)])),
    ("not_ours", zipped([Forged(MANIFEST, b"1" * 100_000)])),
    ("not_ours", zipped([Forged(MANIFEST, b"\xff")])),
    ("not_ours", packed()[:-2] + b"\4\0abcd"),
    ("newer", forged(*RIGHT, version=2)),
    ("truncated", packed()[:-1]),
    ("truncated", packed()[: len(packed()) // 2]),
    ("layout", b"PK\3\4" + packed()),
    ("layout", forged(*RIGHT[::-1], entries=_PLAIN_RIGHT)),
    ("layout", packed().replace(b"PK\3\4\x14\0", b"PK\3\4\x15\0", 1)),
    ("layout", packed().replace(b"PK\1\2\x14\3", b"PK\1\2\x14\0", 1)),
    ("layout", forged(replace(RIGHT[0], offset=1), *RIGHT[1:])),
    ("leads_out", forged(*RIGHT, Forged("../greenstar.db"))),
    ("leads_out", forged(*RIGHT, Forged("evidence/../../x"))),
    ("leads_out", forged(*RIGHT, Forged("..\\x"))),
    ("leads_out", forged(*RIGHT, Forged("/etc/passwd"))),
    ("leads_out", forged(*RIGHT, Forged("C:\\x"))),
    ("leads_out", forged(*RIGHT, Forged("C:x"))),
    ("leads_out", forged(*RIGHT, Forged("\\\\server\\x"))),
    ("leads_out", forged(*RIGHT, Forged("journals/store-1\0.exe"))),
    ("link", forged(*RIGHT, Forged(f"evidence/{A_HASH}", b"/etc/passwd", mode=0o120777))),
    ("compressed", forged(*RIGHT, Forged(f"evidence/{A_HASH}", b"\3\0", method=8, size=1 << 30))),
    ("wrong_size", forged(*RIGHT, Forged(f"evidence/{A_HASH}", b"", size=1 << 31))),
    ("layout", forged(*RIGHT, Forged(JOURNAL.replace("A", "B"), b"", offset=0))),
    ("twice", forged(*RIGHT, RIGHT[0])),
    ("twice", forged(*RIGHT, Forged("Journals/store-1a2b.jsonl"))),
    ("twice", forged(*RIGHT, Forged("journals/ſtore-1a2b.jsonl"))),
    ("encrypted", forged(*RIGHT, Forged(f"evidence/{A_HASH}", b"x", flags=1))),
    ("extra", forged(*RIGHT, Forged("inner.zip", packed()))),
    ("extra", forged(*RIGHT, Forged(f"evidence/{A_HASH}.exe", b"x"))),
    ("extra", forged(*RIGHT, Forged("journals/visit-X.jsonl", b"{}", listed=False))),
    ("extra", forged(*RIGHT, Forged("evidence/"))),
    ("missing", forged(*RIGHT[1:], entries=_PLAIN_RIGHT)),
    ("wrong_hash", packed().replace(PHOTO[-9:], b"!" * 9)),
    ("wrong_hash", forged(Forged(f"evidence/{A_HASH}", PHOTO))),
    ("wrong_hash", forged(replace(RIGHT[0], sha256=A_HASH))),
    ("wrong_hash", packed().replace(DATABASE.encode(), DATABASE.replace("A", "B").encode())),
    ("manifest_otherwise", forged(*RIGHT, entries="all")),
    ("manifest_otherwise", forged(*RIGHT, entries=[[]])),
    ("manifest_otherwise", forged(*RIGHT, entries=[{"name": [], "bytes": 0, "sha256": ""}])),
    ("manifest_otherwise", forged(*RIGHT, database=1)),
    ("manifest_otherwise", zipped([Forged(MANIFEST, b'{"version": 1, "domain": "greenstar/bundle"}')])),
    ("too_large", forged(Forged("signatures/" + A_HASH + f"/{A_HASH}.sig", bytes(70_000)))),
]
"""Files that are no bundle, or not a right one, each with why it is refused."""


def claims(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Files that claim to be more than there is memory for."""
    huge = tmp_path / "manifest.zip"
    start = layout.ZipEntry(MANIFEST, 1 << 30, 0, 0)
    with huge.open("wb") as file:  # a gigabyte of nothing, which takes no room on a disk
        file.write(layout.local_header(start))
        file.seek(start.end)
        directory = layout.central_header(start)
        file.write(directory + layout.ending(1, len(directory), start.end))
    yield "manifest_too_large", huge
    many = tmp_path / "many.zip"
    many.write_bytes(packed()[: -END.size] + END.pack(END_SIGN, 0, 0, 65_000, 65_000, 1 << 31, 0, 0))
    yield "too_many", many
    names = tmp_path / "names.zip"
    names.write_bytes(zipped([Forged(f"evidence/{number:064x}") for number in range(2_000)]))
    yield "not_ours", names
