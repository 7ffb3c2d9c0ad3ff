"""The doctor: each thing that may be wrong is told, with what to do; nothing is changed but where that is asked for."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from greenstar.assessment.model import Store
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.doctor import files, machine
from greenstar.services.doctor.diagnosis import Diagnosis, Verdict
from greenstar.services.doctor.doctor import look_at_all, mend
from greenstar.services.evidence.evidence import attach
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage import file_systems, mounts, strays
from greenstar.storage.files.partial_file import hold
from greenstar.storage.library import has_reset_bug
from tests.rows import rows
from tests.services.conftest import Clock
from tests.sql import path_of

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture
def database(workspace: Workspace) -> Path:
    """A database with two stores, closed."""
    path = path_of(workspace)
    workspace.close()
    return path


def told(path: Path, *, full: bool = False) -> dict[str, str]:
    """What is not well: the verdict and the sentence's key, by what was looked at; each has a sentence and advice."""
    not_well: dict[str, str] = {}
    for diagnosis in look_at_all(path, NOW, full=full):
        for language in ("en", "zh"):
            for phrase in (diagnosis.says, diagnosis.advice):
                assert phrase is None or Catalogue(language).render(phrase)
        if diagnosis.verdict is not Verdict.OK and diagnosis.subject not in ("sqlite", "room"):
            not_well[diagnosis.subject] = f"{diagnosis.verdict.value} {diagnosis.says.key.partition('.')[2]}"
    return not_well


def key_of(diagnosis: Diagnosis) -> str:
    """The sentence's key, within the doctor's."""
    return diagnosis.says.key.removeprefix("doctor.")


def changed(path: Path, *statements: str) -> None:
    """Somebody changes the database with another program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_database_that_is_well_is_well_and_not_touched(database: Path) -> None:
    before = database.read_bytes()
    assert told(database) == {}
    assert told(database, full=True) == {}
    assert database.read_bytes() == before
    assert [file.name for file in database.parent.iterdir() if "green.db" in file.name] == ["green.db"]


def test_where_there_is_no_database_yet_all_is_well(tmp_path: Path) -> None:
    assert told(tmp_path / "green.db") == {}
    assert not (tmp_path / "green.db").exists()


def test_what_is_damaged_is_told_in_words(database: Path) -> None:
    content = bytearray(database.read_bytes())
    with closing(sqlite3.connect(database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'draft'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content[(page - 1) * size : page * size] = b"\xff" * size
    database.write_bytes(content)
    assert told(database)["integrity"] == "bad damaged"
    content[8192:16384] = b"\xff" * 8192  # where the tables are named
    database.write_bytes(content)
    assert told(database)["database"] == "bad damaged"
    database.write_bytes(b"no database" * 1000)
    assert told(database) == {"database": "bad not_a_database"}


def test_an_index_that_lacks_a_row_is_seen_and_in_a_large_database_by_the_full_look(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, writable = "name = 'store_folded'", "PRAGMA writable_schema = ON"
    keep = f"CREATE TABLE kept AS SELECT * FROM sqlite_master WHERE {index}"
    changed(database, keep, writable, f"DELETE FROM sqlite_master WHERE {index}")
    changed(database, "INSERT INTO store (code, name, added_at) VALUES ('X', 'x', 'now')")
    changed(database, writable, "INSERT INTO sqlite_master SELECT * FROM kept")
    assert told(database)["integrity"] == "bad damaged"
    monkeypatch.setattr("greenstar.storage.sqlite.examination._SMALL", 0)
    assert "integrity" not in told(database)
    assert told(database, full=True)["integrity"] == "bad damaged"


def test_a_change_with_another_program_is_told(database: Path) -> None:
    changed(
        database, "DROP TRIGGER IF EXISTS event_is_never_changed", "UPDATE event SET by = 'somebody else' WHERE id = 1"
    )
    assert told(database)["journal"] == "bad broken"
    changed(database, "INSERT INTO fact (store, name, value, at, by) VALUES ('nobody', 'x', '1', 'now', 'me')")
    assert told(database)["references"] == "bad dangling"


def test_a_log_of_another_database_is_told_and_left(database: Path, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "other.db", assessor="Bob") as other:
        add_store(other, Store("OTHER", "Other"))
        for end in ("-wal", "-shm"):
            shutil.copy(tmp_path / f"other.db{end}", database.with_name(f"{database.name}{end}"))
    assert told(database)["database"] == "bad foreign_log"


def test_versions_of_tables_are_told(database: Path) -> None:
    changed(database, "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('greenstar', '9', 'x')")
    assert told(database) == {"database": "bad newer"}
    changed(database, "DELETE FROM _sqlite_migrations WHERE id > 9")
    assert told(database) == {"database": "warn older"}


def test_what_killed_programs_left_is_told_and_removed_only_where_that_is_asked_for(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [
        database.with_name(f"{database.name}.restoring"),
        database.with_name(".greenstar-0011223344556677.part"),
        database.with_name(f"{database.name}.version-3.part"),
        *(database.with_name(f"{database.name}{end}") for end in (".restoring-wal", ".new", ".new-wal", ".new-shm")),
    ]
    for file in left:
        file.write_bytes(b"half")
    folder = database.with_name(f"{database.name}.before-20261129-120000.part")
    folder.mkdir()
    (folder / "green.db").write_bytes(b"half")
    database.with_name(f"{database.name}.version-4.part").symlink_to(folder)
    database.with_name(f"{database.name}.version-5.part").touch(mode=0o400)
    aside = database.with_name(f"{database.name}.version-3")
    aside.write_bytes(b"whole")
    notes = database.with_name(f"{database.name}.restoring-notes.txt")
    notes.write_bytes(b"whole")
    assert set(strays.strays_of(database)) == set(left[:2])  # the others may be written this very moment
    monkeypatch.setattr(strays, "_OLD", -1)
    assert told(database) == {"strays": "warn strays"}
    assert mend(database) == (10, [])
    assert told(database) == {}
    assert aside.read_bytes() == notes.read_bytes() == b"whole"


def test_a_part_that_somebody_is_writing_is_left(database: Path) -> None:
    part = database.with_name(".greenstar-0011223344556677.part")
    with part.open("wb") as file:
        hold(file.fileno())
        assert mend(database) == (0, [])
    assert part.exists()


@rows(
    ("newest", "now", "key"),
    [
        ("2026-11-29T11:00:00.000Z", NOW, "clock"),
        ("", NOW, "clock"),
        ("no time", NOW, "clock"),
        ("2026-11-29T12:04:00.000Z", NOW, "clock"),
        ("2026-11-30T12:00:00.000Z", NOW, "clock_behind"),
        ("2026-11-29T11:00:00.000Z", datetime(1970, 1, 1, tzinfo=UTC), "clock_stood"),
        ("2026-11-29T11:00:00.000Z", NOW + timedelta(days=1000), "clock_ahead"),
    ],
)
def test_a_clock_that_is_off_is_told(newest: str, now: datetime, key: str) -> None:
    assert key_of(machine.clock(now, newest)) == key


def test_the_clock_is_held_against_the_newest_change(workspace: Workspace, clock: Clock) -> None:
    path = path_of(workspace)
    behind = clock.at - timedelta(days=1)
    subjects = {diagnosis.subject: key_of(diagnosis) for diagnosis in look_at_all(path, behind, full=False)}
    assert subjects["clock"] == "clock_behind"


@rows(
    ("version", "has_it"),
    [
        ("3.6.23", False),
        ("3.7.0", True),
        ("3.40.1", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.45.0", True),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.0", True),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.52.0", False),
    ],
)
def test_an_sqlite_with_the_bug_is_known_by_its_version(version: str, has_it: bool) -> None:
    assert has_reset_bug(version) is has_it


@rows(
    ("folder", "program"),
    [
        ("OneDrive - Car Maker", "OneDrive"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Mobile Documents", "iCloud"),
        ("我的坚果云", "坚果云"),
        ("Nutstore Files", "坚果云"),
        ("dropboxes", None),
        ("home", None),
    ],
)
def test_a_folder_that_a_program_synchronises_is_told(tmp_path: Path, folder: str, program: str | None) -> None:
    inner = tmp_path / folder / "audits"
    inner.mkdir(parents=True)
    assert file_systems.synchronised_by(inner / "green.db") == program


def test_a_network_disk_and_a_synchronised_folder_are_told(
    database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mounts, "mount_table", lambda: f"1 1 0:1 / {tmp_path} rw - cifs //server/share rw\n")
    (tmp_path / ".stfolder").mkdir()
    assert told(database) == {"disk": "warn network", "folder": "warn synchronised"}


@rows(("free", "key"), [(1 << 20, "no_room"), (500 << 20, "little_room"), (5 << 30, "room")])
def test_little_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, key: str) -> None:
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
        assert key_of(files.room(tmp_path / "nowhere" / "green.db")) == key


def test_what_others_may_read_is_told(database: Path, tmp_path: Path) -> None:
    database.chmod(0o660)
    assert told(database) == {}  # shared with a group
    database.chmod(0o666)
    assert told(database) == {"rights": "warn rights_open"}
    database.chmod(0o600)
    home = tmp_path / "home"
    home.mkdir(mode=0o700, exist_ok=True)
    key = home / "signing_key"
    key.write_text("secret", encoding="utf-8")
    key.chmod(0o640)
    assert told(database) == {"rights": "bad key_open"}
    key.chmod(0o600)
    home.chmod(0o755)
    assert told(database) == {"rights": "warn rights_open"}
    home.chmod(0o700)
    signers = home / "allowed_signers"  # whoever may write there says whose signatures count
    signers.touch(0o644)
    assert told(database) == {}
    signers.chmod(0o666)
    assert told(database) == {"rights": "warn rights_open"}


def test_what_cannot_be_written_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    assert told(database) == {"rights": "bad unwritable"}


def test_a_mistake_in_the_settings_is_told(database: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text('look = "pink"\n', encoding="utf-8")
    assert told(database) == {"settings": "warn problem"}


def test_evidence_that_is_missing_or_damaged_is_told(workspace: Workspace, visit: OpenVisit, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo" * 100)
    file = workspace.storage.evidence.take(photo)
    attach(visit, "W1", [file])
    database, kept = path_of(workspace), workspace.storage.evidence.path_of(file.sha256)
    assert kept is not None
    assert told(database, full=True) == {}
    kept.chmod(0o600)
    content = bytearray(kept.read_bytes())
    content[7] ^= 1
    kept.write_bytes(content)
    assert told(database) == {}  # only its bytes say so
    assert told(database, full=True) == {"evidence": "bad evidence_damaged"}
    kept.unlink()
    assert told(database) == {"evidence": "warn evidence_missing"}
