"""Restoring: the old or the new, never half of each; the old is put aside with all that belongs to it."""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from greenstar import __version__
from greenstar.errors import GreenStarError, StorageError
from greenstar.record.journal import chain_of_database
from greenstar.services.stores.stores import edit_store
from greenstar.services.verification.verify import verify
from greenstar.services.workspace import Workspace
from greenstar.storage.backup import putting_aside, restoring
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.files.partial_file import hold
from greenstar.storage.opening import was_interrupted
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.identity import LAST_EVENT
from tests.rows import rows
from tests.services.backup.conftest import Place, dump, files_in
from tests.sql import database_of

OPENS = "import sys; from pathlib import Path; from greenstar.storage.sqlite.connection import Database;"
OPENS += "d = Database.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read(); d.close()"


def why(place: Place) -> str:
    """Why it cannot be restored, by the sentence's key."""
    with pytest.raises(GreenStarError) as caught:
        place.restore()
    return caught.value.message.key


def changed(place: Place) -> list[str]:
    """The database goes on after its backup: a store has another name, and there is another photo."""
    with closing(Database.open(place.database)) as database:
        database.execute("UPDATE store SET name = 'later'")
    photo = place.database.with_name("later.jpg")
    photo.write_bytes(b"later")
    EvidenceStore(place.database).take(photo)
    return dump(place.database)


def last_hash(workspace: Workspace) -> str:
    """The hash of the event that came last."""
    return str(database_of(workspace).value(LAST_EVENT))


def evidence_of(database: Path) -> set[str]:
    """The names of the evidence files beside a database."""
    return {file.name for file in database.with_name(f"{database.name}.evidence").rglob("*") if file.is_file()}


def test_a_restored_database_is_what_was_backed_up_and_the_old_one_lies_beside_it_whole(place: Place) -> None:
    place.back_up()
    backed_up, kept = dump(place.database), evidence_of(place.database)
    later, all_kept = changed(place), evidence_of(place.database)
    restored = place.restore()
    assert dump(place.database) == backed_up
    assert evidence_of(place.database) == kept == {file.name for file in place.evidence}
    assert restored.aside is not None
    assert dump(restored.aside / place.database.name) == later
    assert evidence_of(restored.aside / place.database.name) == all_kept
    assert not was_interrupted(place.database)
    with Workspace.open(place.database) as workspace:
        assert all(workspace.storage.evidence.is_whole(file.name) for file in place.evidence)


def test_it_is_restored_where_there_is_nothing(place: Place, tmp_path: Path) -> None:
    place.back_up()
    new = Place(tmp_path / "new" / "other.db", place.backup, [])
    assert why(new) == "storage.no_folder"
    new.database.parent.mkdir()
    assert new.restore().aside is None
    assert dump(new.database) == dump(place.database)
    assert evidence_of(new.database) == evidence_of(place.database)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux what is open")
@pytest.mark.parametrize("fails", [False, True])
def test_where_no_open_file_can_be_renamed_or_removed_the_new_database_is_closed_before(
    place: Place, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    new, taken = place.database.with_name("green.db.restoring"), list[str]()

    def taken_away(path: Path, target: Path | None = None, *, missing_ok: bool = False) -> None:
        if path == new:
            taken.append("removed" if target is None else "renamed")
            assert str(path) not in map(os.path.realpath, Path("/proc/self/fd").iterdir())
        if fails and path == new and target is not None:
            raise OSError(errno.EIO, "no")
        if target is not None:
            path.rename(target)
        elif path.exists() or not missing_ok:
            os.unlink(path)  # noqa: PTH108 - this stands in for Path.unlink

    place.back_up()
    monkeypatch.setattr(restoring, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(Path, "replace", taken_away)
    monkeypatch.setattr(Path, "unlink", taken_away)
    with suppress(StorageError):
        place.restore()
    assert taken == ["renamed", "removed"] if fails else taken == ["renamed"]


def test_restoring_twice_puts_two_aside(place: Place) -> None:
    place.back_up()
    folders = {place.restore().aside for _ in range(2)}
    assert len(folders) == 2
    assert all(folder is not None and (folder / "green.db").is_file() for folder in folders)


@pytest.mark.process
def test_a_database_that_another_program_has_open_is_not_restored(place: Place) -> None:
    place.back_up()
    before = files_in(place.database.parent / "green.db.evidence")
    command = [sys.executable, "-c", OPENS, str(place.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        assert why(place) == "backup.in_use"
        other.stdin.close()
    assert files_in(place.database.parent / "green.db.evidence") == before
    assert not was_interrupted(place.database)
    place.restore()


@rows("end", ["-wal", "-shm", "-journal"])
def test_what_lies_beside_a_database_is_put_aside_with_it_and_never_left_beside_another(place: Place, end: str) -> None:
    place.back_up()
    place.database.write_bytes(b"damaged" * 1000)
    strange = place.database.with_name(f"{place.database.name}{end}")
    strange.write_bytes(b"of another one")
    restored = place.restore()
    assert not strange.exists()
    assert restored.aside is not None
    assert (restored.aside / "green.db").read_bytes() == b"damaged" * 1000
    Database.open(place.database).close()


def test_what_a_killed_program_left_in_the_log_is_put_aside_as_well(place: Place) -> None:
    place.back_up()
    child = os.fork()
    if not child:
        Database.open(place.database).execute("UPDATE store SET name = 'from the log'")
        os._exit(0)
    os.waitpid(child, 0)
    restored = place.restore()
    assert restored.aside is not None
    assert any("from the log" in line for line in dump(restored.aside / "green.db"))
    assert not any("from the log" in line for line in dump(place.database))


def test_another_programs_database_is_not_replaced(place: Place, tmp_path: Path) -> None:
    place.back_up()
    other = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    assert why(Place(other, place.backup, [])) == "storage.not_ours"


@rows("step", ["replace", "put_aside", "evidence"])
def test_where_it_cannot_be_finished_all_is_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    if not place.backup.exists():
        place.back_up()
    place.evidence[0].unlink(missing_ok=True)
    before = dump(place.database), evidence_of(place.database)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        if step == "replace":
            patch.setattr(Path, "replace", full)
        elif step == "put_aside":
            patch.setattr(putting_aside, "_link", full)
        else:
            patch.setattr(EvidenceStore, "receive", full)
        assert why(place) in ("backup.not_restored", "evidence.disk_full")
    assert (dump(place.database), evidence_of(place.database)) == before
    assert {file.name for file in place.database.parent.iterdir() if "green.db" in file.name} == {
        "green.db",
        "green.db.evidence",
    }


def test_a_disk_that_is_full_when_the_identity_is_noted_is_told_and_all_is_as_it_was(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"  # as SQLite does
        raise error

    place.back_up()
    before = changed(place)
    monkeypatch.setattr("greenstar.storage.backup.restoring.begin_restored", fails)
    assert why(place) == "storage.disk_full"
    assert dump(place.database) == before
    assert not list(place.database.parent.glob("*.restoring*"))


def test_a_killed_restore_leaves_what_was_and_is_told_until_the_next_one(place: Place) -> None:
    place.back_up()
    later = changed(place)
    child = os.fork()
    if not child:
        putting_aside._link = lambda *_: os._exit(0)
        place.restore()
    os.waitpid(child, 0)
    assert dump(place.database) == later
    assert was_interrupted(place.database)
    place.restore()
    assert not was_interrupted(place.database)
    assert not list(place.database.parent.glob("*.part"))


def test_ctrl_c_a_moment_after_the_renaming_takes_nothing_back(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.back_up()
    backed_up, later = dump(place.database), changed(place)
    replace = Path.replace

    def too_late(file: Path, target: Path) -> Path:
        replace(file, target)
        if target == place.database:
            raise KeyboardInterrupt
        return target

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", too_late)
        with pytest.raises(KeyboardInterrupt):
            place.restore()
    assert dump(place.database) == backed_up
    (aside,) = place.database.parent.glob("green.db.before-*")
    assert dump(aside / "green.db") == later
    assert {file.name for file in place.evidence} <= evidence_of(place.database)


def test_a_restore_that_somebody_else_has_begun_is_left_alone(place: Place) -> None:
    place.back_up()
    new = place.database.with_name("green.db.restoring")
    with new.open("wb") as file:
        hold(file.fileno())
        assert why(place) == "backup.in_use"
        assert new.exists()


def test_a_disk_without_links_gets_copies(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.back_up()

    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    restored = place.restore()
    assert restored.aside is not None
    assert evidence_of(restored.aside / "green.db") == evidence_of(place.database)


def test_a_restored_database_is_as_open_as_the_one_before(place: Place) -> None:
    place.back_up()
    place.database.chmod(0o660)
    place.restore()
    assert place.database.stat().st_mode & 0o777 == 0o660


def test_a_restored_database_has_an_identity_of_its_own(place: Place) -> None:
    place.back_up()
    with Workspace.open(place.database) as workspace:
        before = workspace.storage.events.database_id()
    place.restore()
    with Workspace.open(place.database) as workspace:
        after = workspace.storage.events.database_id()
        assert workspace.storage.events.first_broken() is None
        (event,) = workspace.storage.events.of_chain(chain_of_database(after))
        assert verify(workspace.storage).problems == []
    assert len(after) == 26
    assert after != before
    assert (event.kind, event.by, event.before) == ("restored", "Ada", f'"{before}"')


def test_a_restored_database_says_from_which_backup_it_is_and_what_it_replaced(place: Place) -> None:
    place.back_up()
    with Workspace.open(place.database) as workspace:
        events = workspace.storage.events
        backed_up = {"database": events.database_id(), "events": events.last_number(), "last": last_hash(workspace)}
        edit_store(workspace, "S-1", name="Suzhou")
        replaced = {**backed_up, "events": events.last_number(), "last": last_hash(workspace)}
    place.restore()
    with zipfile.ZipFile(place.backup) as backup:
        manifest = backup.read("manifest.json")
    with Workspace.open(place.database) as workspace:
        (event,) = workspace.storage.events.of_chain(chain_of_database(workspace.storage.events.database_id()))
    assert json.loads(event.after or "") == {
        "backup": hashlib.sha256(manifest).hexdigest(),
        "made_at": json.loads(manifest)["made_at"],
        "program": __version__,
        "events": backed_up["events"],
        "last": backed_up["last"],
        "replaced": replaced,
    }


def test_a_backup_of_a_newer_program_is_refused(place: Place, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    shutil.copy(place.database, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('greenstar', '0999', 'now')"
        )
        connection.commit()
    Place(newer, place.backup, []).back_up()
    before = dump(place.database)
    assert why(place) == "storage.newer"
    assert dump(place.database) == before
