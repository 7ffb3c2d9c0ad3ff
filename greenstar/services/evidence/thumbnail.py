"""Pictures of evidence made small enough for a report: a JPEG of some thousand bytes, or why there is none."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.evidence.picture import is_picture, preview
from greenstar.storage.protocols.evidence import EvidenceFiles, Keeping

MOST_SIZE = (300, 220)
"""Pixels: sharp in print at a third of a column."""
_QUALITY = 72


@dataclass(frozen=True)
class Thumbnail:
    """A small upright picture; the same bytes for the same file."""

    jpeg: bytes
    width: int
    height: int


def thumbnail_of(files: EvidenceFiles, entry: EvidenceEntry) -> Thumbnail | Phrase:
    """What an entry's file shows; where it is no picture, is gone or cannot be shown, a sentence that says so."""
    if entry.keeping is Keeping.NAMED:
        return Phrase("report.only_named")
    path = files.path_of(entry.sha256)
    if entry.keeping is not Keeping.KEPT or path is None:
        return Phrase(f"report.file_{'damaged' if entry.keeping is Keeping.DAMAGED else 'gone'}")
    if not is_picture(entry.file):
        return Phrase("report.no_picture")
    return thumbnail(path)


def thumbnail(path: Path) -> Thumbnail | Phrase:
    """The picture of a file, or why it cannot be shown. No file makes it take more than a moment."""
    small = preview(path, MOST_SIZE)
    if isinstance(small, Phrase):
        return small
    from PIL import Image  # noqa: PLC0415 - it takes a while to load, and most reports have few pictures

    content = BytesIO()
    Image.frombytes("RGB", small.size, small.rgb).save(content, "JPEG", quality=_QUALITY, optimize=True)
    return Thumbnail(content.getvalue(), *small.size)
