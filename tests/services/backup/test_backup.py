"""A backup: all of it as it was at one moment, verified, and never in the place of anything else."""

import json
import os
import random
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.errors import BadInput, GreenStarError, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.spread import in_this_process
from greenstar.services.verification.received_files import verify_file
from greenstar.storage.backup import reading
from greenstar.storage.backup.reading import Backup, open_backup
from greenstar.storage.sqlite import copying
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.user_file import write_user_file
from tests.rows import rows
from tests.services.backup.conftest import Place, dump, files_in, nothing


def why(place: Place, *, restoring: bool = False) -> str:
    """Why it cannot be, by the sentence's key; both languages have a sentence."""
    with pytest.raises(GreenStarError) as caught:
        place.restore() if restoring else place.back_up()
    for language in ("en", "zh"):
        assert Catalogue(language).render(caught.value.message)
    return caught.value.message.key


def test_a_backup_is_a_plain_zip_of_the_database_and_its_evidence_with_their_hashes(place: Place) -> None:
    written = place.back_up()
    assert (written.evidence, written.missing, written.damaged) == (2, [], [])
    with zipfile.ZipFile(place.backup) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.namelist() == [
            "greenstar.db",
            *(f"evidence/{file.name}" for file in place.evidence),
            "manifest.json",
        ]
        for file in place.evidence:
            assert archive.read(f"evidence/{file.name}") == file.read_bytes()
        copy = place.backup.with_name("copy.db")
        copy.write_bytes(archive.read("greenstar.db"))
    assert manifest["evidence"] == {file.name: file.stat().st_size for file in place.evidence}
    assert dump(copy) == dump(place.database)
    assert {file.name for file in place.backup.parent.iterdir()} == {"green.backup", "copy.db"}
    assert place.backup.stat().st_mode & 0o777 == 0o600


def test_what_others_write_meanwhile_is_not_in_it_and_harms_nothing(place: Place) -> None:
    before = dump(place.database)
    with closing(Database.open(place.database)) as other:

        def write(_done: int, _of: int) -> None:
            other.execute("UPDATE store SET city = city || 'x'")

        place.back_up(write)
    assert dump(place.database) != before
    place.restore()
    assert dump(place.database) == before


def test_what_waits_in_the_log_of_a_killed_program_is_in_the_backup(place: Place) -> None:
    child = os.fork()
    if not child:
        Database.open(place.database).execute("UPDATE store SET name = 'from the log'")
        os._exit(0)
    os.waitpid(child, 0)
    place.back_up()
    place.database.unlink()
    place.restore()
    assert any("from the log" in line for line in dump(place.database))


def test_a_later_backup_takes_the_place_of_an_earlier_one_once_it_is_verified(place: Place) -> None:
    place.back_up()
    with closing(Database.open(place.database)) as database:
        database.execute("UPDATE store SET name = 'later'")
    place.back_up()
    place.restore()
    assert any("later" in line for line in dump(place.database))


@rows("at", [1, 3, 6])
def test_ctrl_c_leaves_the_earlier_backup_and_no_parts(place: Place, at: int) -> None:
    place.back_up()
    earlier = place.backup.read_bytes()
    calls = 0

    def stop(_done: int, _of: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place.back_up(stop)
    assert files_in(place.backup.parent) == {"green.backup": earlier}


def test_what_the_disk_gives_back_otherwise_is_no_backup(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.back_up()
    earlier = place.backup.read_bytes()

    def lies(backup: Backup, _step: reading.Step) -> None:
        raise BadInput("backup.damaged", file=backup.name)

    with monkeypatch.context() as patch:
        patch.setattr(Backup, "verify", lies)
        assert why(place) == "backup.written_wrong"
    assert files_in(place.backup.parent) == {"green.backup": earlier}


def test_a_copy_that_the_disk_does_not_give_back_is_a_sentence(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(copying, "named_in", fails)
    assert why(place) == "storage.failed"
    assert not place.backup.exists()


def test_a_damaged_database_is_not_backed_up_as_if_it_were_well(place: Place) -> None:
    content = bytearray(place.database.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    place.database.write_bytes(content)
    assert why(place) == "storage.damaged"
    assert not place.backup.exists()


def test_parts_that_a_killed_backup_left_are_removed_by_the_next_one(place: Place) -> None:
    left = place.backup.with_name(".greenstar-0123456789abcdef.part")
    left.write_bytes(b"half a backup")
    place.back_up()
    assert not left.exists()


def test_it_is_never_written_over_a_database_or_anything_else_that_is_no_backup(place: Place) -> None:
    for target, key in (
        (place.database, "files.is_database"),
        (place.database.with_name(f"{place.database.name}.evidence") / "x", "files.is_database"),
        (place.database.parent / "first.jpg", "backup.other_file"),
        (place.backup.parent, "files.is_a_folder"),
        (Path("/dev/null"), "backup.other_file"),
    ):
        before = files_in(place.database.parent)
        assert why(Place(place.database, target, [])) == key
        assert files_in(place.database.parent) == before


def test_nothing_else_is_written_over_a_backup_and_none_is_taken_for_a_damaged_bundle(place: Place) -> None:
    place.back_up()
    before = place.backup.read_bytes()
    for read_or_write, key in (
        (lambda: write_user_file(place.backup, b"scores"), "files.is_backup"),
        (
            lambda: verify_file(place.backup, evidence=False, receipts=(), step=nothing, spread=in_this_process),
            "bundle.is_backup",
        ),
    ):
        with pytest.raises(BadInput) as refused:
            read_or_write()
        assert refused.value.message.key == key
    assert place.backup.read_bytes() == before


def test_evidence_that_is_missing_or_damaged_is_named_and_what_is_there_of_it_is_kept(place: Place) -> None:
    first, second = place.evidence
    names = {file.name: file.read_bytes()[:5].decode() for file in place.evidence}
    first.unlink()
    second.chmod(0o600)
    second.write_bytes(b"damaged")
    written = place.back_up()
    assert [name[:5] for name in written.missing] == [names[first.name]]
    assert [name[:5] for name in written.damaged] == [names[second.name]]
    second.unlink()
    assert place.restore().manifest.missing == [first.name]
    assert second.read_bytes() == b"damaged"


def test_a_link_that_leads_nowhere_keeps_no_other_file_from_the_backup(place: Place) -> None:
    for prefix in {file.name[:2] for file in place.evidence}:
        (place.evidence[0].parent.parent / prefix / (prefix + "0" * 62)).symlink_to("nowhere")
    assert place.back_up().evidence == len(place.evidence)


def test_a_whole_file_that_is_there_is_not_replaced_by_a_damaged_one(place: Place) -> None:
    whole = place.evidence[0].read_bytes()
    place.evidence[0].chmod(0o600)
    place.evidence[0].write_bytes(b"damaged")
    place.back_up()
    place.evidence[0].write_bytes(whole)
    place.restore()
    assert place.evidence[0].read_bytes() == whole


def test_a_bit_that_is_flipped_anywhere_in_a_backup_is_noticed_or_has_no_meaning(place: Place) -> None:
    place.back_up()
    content, flips = place.backup.read_bytes(), int(os.environ.get("BACKUP_FLIPS", "60"))
    with open_backup(place.backup) as backup:
        said = backup.manifest
    chance = random.Random(13)
    noticed = 0
    places = [*range(len(content) - 40, len(content), 4), *(chance.randrange(len(content)) for _ in range(flips))]
    for at in places:
        flipped = bytearray(content)
        flipped[at] ^= 1 << chance.randrange(8)
        place.backup.write_bytes(flipped)
        try:
            with open_backup(place.backup) as backup:
                backup.verify(lambda _: None)
                assert backup.manifest == said
        except GreenStarError:
            noticed += 1
    assert noticed >= len(places) * 0.8  # dates and rights of entries mean nothing


@rows("share", [0, 0.001, 0.5, 0.98, 0.9999])
def test_a_backup_that_is_cut_off_is_refused_and_nothing_changes(place: Place, share: float) -> None:
    place.back_up()
    whole, before = place.backup.read_bytes(), files_in(place.database.parent / "green.db.evidence")
    place.backup.write_bytes(whole[: int(len(whole) * share)])
    database = place.database.read_bytes()
    assert why(place, restoring=True) == "backup.no_backup"
    assert place.database.read_bytes() == database
    assert files_in(place.database.parent / "green.db.evidence") == before
    place.backup.write_bytes(whole)


def test_backups_that_are_none_are_refused_in_a_sentence(place: Place) -> None:
    def packed(*entries: tuple[str, bytes], compressed: bool = False) -> str:
        method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        with zipfile.ZipFile(place.backup, "w", method) as archive:
            for name, content in entries:
                archive.writestr(name, content)
        return why(place, restoring=True)

    place.back_up()
    with zipfile.ZipFile(place.backup) as archive:
        held = [(name, archive.read(name)) for name in archive.namelist()]
    newer = json.dumps(json.loads(held[-1][1]) | {"version": 2}).encode()
    assert packed(("a.txt", b"x")) == "backup.no_backup"
    assert packed(*held[:-1], ("manifest.json", b"[" * 100_000)) == "backup.no_backup"
    assert packed(*held[:-1], ("manifest.json", b'{"domain": "greenstar/backup", "version": 1}')) == "backup.no_backup"
    assert packed(*held[:-1], ("manifest.json", newer)) == "backup.newer"
    assert packed(*held[1:]) == "backup.damaged"
    assert packed(*held, ("../outside", b"x")) == "backup.damaged"
    assert packed(*held, compressed=True) == "backup.no_backup"
    assert packed((held[0][0], b"no database"), *held[1:]) == "backup.damaged"
    with closing(sqlite3.connect(place.backup.with_name("other.db"))) as other:
        other.execute("CREATE TABLE a (b)")
    shutil.copy(place.backup.with_name("other.db"), place.backup)
    assert why(place, restoring=True) == "backup.no_backup"


def test_there_is_no_backup_of_nothing(place: Place) -> None:
    assert why(Place(place.database.with_name("nowhere.db"), place.backup, [])) == "storage.no_database"
    assert list(place.backup.parent.iterdir()) == []


def test_progress_goes_to_its_end(place: Place) -> None:
    told: list[tuple[int, int]] = []
    place.back_up(lambda done, of: told.append((done, of)))
    shares = [done / of for done, of in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1, abs=0.01)
    told.clear()
    place.restore(lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]


def test_there_must_be_room_for_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.back_up()
    before = files_in(place.backup.parent)
    usage = shutil.disk_usage(place.backup)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
    assert why(place) == "backup.no_room"
    assert why(place, restoring=True) == "backup.no_room"
    assert files_in(place.backup.parent) == before
    with pytest.raises(StorageError):
        place.back_up(nothing)
