"""A visit with evidence, and a backup of it."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import pytest

from greenstar.services.evidence.evidence import attach
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.backup.restoring import Restored, restore
from greenstar.storage.backup.writing import BackedUp, back_up
from tests.services.conftest import Clock, Template

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


@pytest.fixture(scope="session")
def made_place(
    with_visit: Callable[[Path], Template], shared_scheme_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a database with a visit to which two photos are attached, made once."""
    folder = tmp_path_factory.mktemp("place")
    source, at = with_visit(shared_scheme_file)
    shutil.copy(source, folder / "green.db")
    with Workspace.open(folder / "green.db", clock=Clock(at), cycle="2026", assessor="Ada") as workspace:
        for name in ("first.jpg", "second.jpg"):
            photo = folder / name
            photo.write_bytes(name.encode() * 5000)
            attach(open_visit(workspace, "S-1"), "W1", [workspace.storage.evidence.take(photo)])
    return folder


@pytest.fixture
def place(made_place: Path, tmp_path: Path) -> Place:
    """Two photos are attached to a visit; the program is left."""
    shutil.copytree(made_place, tmp_path, dirs_exist_ok=True)
    database, backups = tmp_path / "green.db", tmp_path / "usb"
    backups.mkdir()
    kept = sorted(path for path in database.with_name(f"{database.name}.evidence").rglob("*") if path.is_file())
    return Place(database, backups / "green.backup", kept)
