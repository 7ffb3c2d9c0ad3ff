"""The manifest of a backup: what is in it, and the SHA-256 of each piece."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenstar.hashes import is_sha256
from greenstar.record.canonical import canonical_of_plain

DOMAIN, VERSION = "greenstar/backup", 1
MANIFEST, EVIDENCE = "manifest.json", "evidence/"
MOST_BYTES = 64 << 20  # of a manifest: some 500,000 files


@dataclass(frozen=True)
class Piece:
    """What is said of an entry: how many bytes it has, and their SHA-256."""

    bytes: int
    sha256: str


@dataclass
class Manifest:
    """What a backup holds: the database, and evidence by the SHA-256 under which it is kept.

    `damaged`: evidence whose bytes were others when it was backed up, with the SHA-256 that they have. `missing`:
    evidence that the database names and that was not there.
    """

    made_at: str
    program: str
    database: Piece
    evidence: dict[str, int] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """The bytes of all that it holds."""
        return self.database.bytes + sum(self.evidence.values())

    def evidence_piece(self, sha256: str) -> Piece:
        """What is said of an evidence file."""
        return Piece(self.evidence[sha256], self.damaged.get(sha256, sha256))

    @property
    def sha256(self) -> str:
        """The SHA-256 of the manifest, and so of all that it holds: it names the backup."""
        return hashlib.sha256(self.written()).hexdigest()

    def written(self) -> bytes:
        """The manifest as it stands in the file."""
        content = {**vars(self), "database": vars(self.database), "domain": DOMAIN, "version": VERSION}
        return canonical_of_plain(content).encode()


class NewerManifest(ValueError):
    """It is of a version that is not known here."""


def read_manifest(content: bytes) -> Manifest:
    """The manifest that `written` wrote. ValueError: it is none."""
    try:
        plain = json.loads(content)
    except RecursionError as error:
        raise ValueError("nested") from error
    if not isinstance(plain, dict) or plain.pop("domain", None) != DOMAIN:
        raise ValueError("domain")
    if plain.pop("version", None) != VERSION:
        raise NewerManifest
    try:
        read = Manifest(**{**plain, "database": Piece(**plain["database"])})
    except (TypeError, KeyError) as error:
        raise ValueError("keys") from error
    _check(read)
    return read


def _check(read: Manifest) -> None:
    """ValueError: something is of another kind than it should be."""
    hashes: list[Any] = [read.database.sha256]
    for part in (read.evidence, read.damaged):
        if not isinstance(part, Mapping):
            raise ValueError("mapping")  # noqa: TRY004 - whatever is wrong in it, it is no manifest
        hashes += part
    if not isinstance(read.missing, list):
        raise ValueError("list")  # noqa: TRY004 - as above
    hashes += [*read.missing, *read.damaged.values()]
    if not all(map(is_sha256, hashes)):
        raise ValueError("hash")
    sizes = [read.database.bytes, *read.evidence.values()]
    if not all(type(size) is int and size >= 0 for size in sizes) or not read.damaged.keys() <= read.evidence.keys():
        raise ValueError("size")
    if not isinstance(read.made_at, str) or not isinstance(read.program, str):
        raise ValueError("text")  # noqa: TRY004 - as above
