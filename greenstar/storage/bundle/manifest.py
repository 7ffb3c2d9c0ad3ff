"""The manifest of a bundle: what belongs to it, and what may belong to one at all."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

DOMAIN, VERSION = "greenstar/bundle", 1
MANIFEST = "manifest.json"
MOST_ENTRIES = 50_000
_MIB = 1 << 20
_NAMES = re.compile(
    r"journals/(?:visit|store)-[0-9A-Za-z]{1,64}\.jsonl|(?:seals|statements)/[0-9a-f]{64}\.json"
    r"|schemes/[0-9a-f]{64}-[1-9][0-9]?\.json|signatures/[0-9a-f]{64}/[0-9a-f]{64}\.sig|evidence/[0-9a-f]{64}"
)
# By where an entry lies: how many bytes it may have.
_MOST_BYTES = {
    MANIFEST: 16 * _MIB,
    "journals": 32 * _MIB,
    "seals": 16 * _MIB,
    "schemes": 16 * _MIB,
    "statements": _MIB,
    "signatures": _MIB // 16,
    "evidence": 1024 * _MIB,
}


class ManifestLine(NamedTuple):
    """What the manifest says of an entry."""

    size: int
    sha256: str


def most_bytes(name: str) -> int:
    """How many bytes an entry of that name may have."""
    return _MOST_BYTES[name.partition("/")[0]]


def belongs(name: str) -> bool:
    """Whether an entry of that name may belong to a bundle, beside the manifest."""
    return _NAMES.fullmatch(name) is not None


def named_hash(name: str) -> str | None:
    """The hash that the content of an entry has by its name; None: its name says nothing of it."""
    folder, _, rest = name.partition("/")
    return rest[:64] if folder in ("seals", "statements", "schemes", "evidence") else None


def manifest(database: str, entries: Mapping[str, ManifestLine]) -> dict[str, Any]:
    """The manifest of these entries, as it is written; `database`: the id of the one that they come from."""
    return {
        "domain": DOMAIN,
        "version": VERSION,
        "database": database,
        "entries": [{"name": name, "bytes": size, "sha256": sha256} for name, (size, sha256) in entries.items()],
    }


def read_entries(plain: Mapping[str, Any]) -> dict[str, ManifestLine]:
    """The entries of a manifest, by name. ValueError: it is none."""
    entries = plain.get("entries")
    if not isinstance(plain.get("database"), str) or not isinstance(entries, list):
        raise ValueError("entries")  # noqa: TRY004 - whatever is wrong with it, it is no manifest
    return dict(map(_read, entries))


def _read(entry: Any) -> tuple[str, ManifestLine]:
    match entry:
        case {"name": str(name), "bytes": int(size), "sha256": str(sha256)} if len(entry) == 3:
            return name, ManifestLine(size, sha256)
        case _:
            raise ValueError("entry")


def is_repeated(entries: Iterable[Any]) -> bool:
    """Whether a manifest lists a name twice."""
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in entries]
    return len(set(names)) != len(names)
