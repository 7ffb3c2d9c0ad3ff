"""Who may read what the program makes: its owner alone, unless a database that is there is shared."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenstar.assessment.model import Store
from greenstar.record.event import Change
from greenstar.resources import MIGRATIONS
from greenstar.services.settings import settings
from greenstar.services.stores.stores import add_store
from greenstar.services.workspace import Workspace
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.opening import replace_storage
from greenstar.storage.sqlite.connection import Database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")


@pytest.fixture(autouse=True, params=[0o022, 0o000, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a user's shell takes from every mode."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file to be kept."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"photo")
    return path


def modes(folder: Path) -> dict[str, int]:
    """The modes of all that lies in a folder, by name."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


def test_a_new_data_folder_and_all_in_it_are_its_owners_alone(
    tmp_path: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "share" / "home"))
    settings.configure("assessor", "Ada")
    with Workspace.open(cycle="2026") as workspace:
        add_store(workspace, Store("S-1", "Store"))
        workspace.storage.evidence.take(photo)
        made = modes(tmp_path / "share")
    assert {"home/greenstar.db", "home/greenstar.db-wal", "home/config.toml"} <= set(made)
    assert not {name: oct(mode) for name, mode in made.items() if mode & 0o077}


@pytest.mark.parametrize(
    ("mode", "folder", "file"), [(0o644, 0o700, 0o400), (0o660, 0o770, 0o440), (0o666, 0o777, 0o444)]
)
def test_a_database_that_is_there_keeps_its_mode_and_who_may_write_to_it_gets_its_evidence(
    tmp_path: Path, photo: Path, mode: int, folder: int, file: int
) -> None:
    path = tmp_path / "shared" / "green.db"
    path.parent.mkdir()
    Database.open(path).close()
    path.chmod(mode)
    with Workspace.open(path, cycle="2026") as workspace:
        add_store(workspace, Store("S-1", "Store"))
        stored = EvidenceStore(path).take(photo)
        made = modes(path.parent)
    assert made["green.db"] == made["green.db-wal"] == mode
    start = f"green.db.evidence/{stored.sha256[:2]}"
    assert (made["green.db.evidence"], made[start], made[f"{start}/{stored.sha256}"]) == (folder, folder, file)


def test_a_copy_put_aside_and_a_sample_network_made_again_are_as_open_as_before(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(min(MIGRATIONS.glob("*.sql")), first)
    path = tmp_path / "shared" / "green.db"
    path.parent.mkdir()
    Database.open(path, migrations=first).close()
    path.chmod(0o660)
    Database.open(path).close()
    assert modes(path.parent) == {"green.db": 0o660, "green.db.version-1": 0o660}

    demo = tmp_path / "new" / "demo" / "green.db"
    for mode in (0o600, 0o640):
        with replace_storage(demo, "demo") as storage, storage.transaction():
            storage.events.append([Change("demo", "made")], "2026-05-12T09:30:00Z", "Ada")
        assert modes(tmp_path / "new") == {"demo": 0o700, "demo/green.db": mode}
        demo.chmod(0o640)
