"""Keeping a file as evidence: a photograph is as old as its camera says, any other file as its disk does."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from greenstar.record.timestamps import written_time
from greenstar.services.evidence.picture import is_picture, taken_at
from greenstar.storage.protocols.evidence import EvidenceFiles, Step, StoredFile


def store_file(files: EvidenceFiles, path: Path, step: Step = lambda _: None) -> StoredFile:
    """Keep a file. BadInput, StorageError: as with `EvidenceFiles.take`."""
    stored = files.take(path, step)
    kept = files.path_of(stored.sha256)
    if kept is None or not is_picture(path.name):
        return stored
    taken = taken_at(kept, datetime.now(UTC))
    return stored if taken is None else replace(stored, taken_at=written_time(taken))
