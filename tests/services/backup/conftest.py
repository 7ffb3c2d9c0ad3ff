"""A visit with evidence, and a backup of it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import pytest

from greenstar.services.evidence.evidence import attach
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.backup.restoring import Restored, restore
from greenstar.storage.backup.writing import BackedUp, back_up
from tests.sql import path_of

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def nothing(_done: int, _of: int) -> None:
    """Nobody watches."""


def dump(path: Path) -> list[str]:
    """All that a database holds, as SQL, but for its identity and its own chain: that it began, or was restored."""
    with closing(connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return [
            line
            for line in connection.iterdump()
            if not line.startswith('INSERT INTO "identity"') and "'database:" not in line
        ]


def files_in(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their names."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@dataclass
class Place:
    """A database with its evidence, closed, and where a backup of it goes."""

    database: Path
    backup: Path
    evidence: list[Path]

    def back_up(self, progress: Callable[[int, int], None] = nothing) -> BackedUp:
        """Write the backup."""
        return back_up(self.database, self.backup, progress)

    def restore(self, progress: Callable[[int, int], None] = nothing) -> Restored:
        """Put it back."""
        return restore(self.backup, self.database, NOW, "Ada", progress)


@pytest.fixture
def place(workspace: Workspace, visit: OpenVisit, tmp_path: Path) -> Place:
    """Two photos are attached to a visit; the program is left."""
    evidence = workspace.storage.evidence
    for name in ("first.jpg", "second.jpg"):
        photo = tmp_path / name
        photo.write_bytes(name.encode() * 5000)
        attach(visit, "W1", [evidence.take(photo)])
    database, backups = path_of(workspace), tmp_path / "usb"
    backups.mkdir()
    workspace.close()
    kept = sorted(path for path in database.with_name(f"{database.name}.evidence").rglob("*") if path.is_file())
    return Place(database, backups / "green.backup", kept)
