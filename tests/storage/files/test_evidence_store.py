"""Evidence files: each kept once, whole or not at all, whatever happens meanwhile."""

import errno
import hashlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from greenstar.errors import BadInput, GreenStarError, StorageError
from greenstar.storage.files import evidence_store
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.files.partial_file import PartialFile
from greenstar.storage.files.source_file import MOST_BYTES
from greenstar.storage.protocols.evidence import Keeping
from tests.rows import rows

TEXT = b"120 m3\n" * 400  # some pieces
PIECE = 1 << 10


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EvidenceStore:
    monkeypatch.setattr(evidence_store, "_PIECE", PIECE)
    return EvidenceStore(tmp_path / "green.db")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "meters.jpg"
    path.write_bytes(TEXT)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def kept(files: EvidenceStore) -> list[Path]:
    """All files in the folder, whole or not."""
    return sorted(path for path in files.folder.rglob("*") if path.is_file())


def why(files: EvidenceStore, path: Path, kind: type[GreenStarError] = BadInput) -> str:
    """Why a file is not taken; nothing of it may stay."""
    with pytest.raises(kind) as caught:
        files.take(path)
    assert not kept(files)
    return caught.value.message.key


def test_a_file_is_kept_under_its_hash_beside_the_database(files: EvidenceStore, photo: Path, tmp_path: Path) -> None:
    stored = files.take(photo)
    sha256 = hashlib.sha256(TEXT).hexdigest()
    assert (stored.name, stored.sha256, stored.bytes) == ("meters.jpg", sha256, len(TEXT))
    assert stored.taken_at == "2023-11-14T22:13:20.000Z"
    path = tmp_path / "green.db.evidence" / sha256[:2] / sha256
    assert kept(files) == [path] == [files.path_of(sha256)]
    assert path.read_bytes() == TEXT
    assert not path.stat().st_mode & 0o222


def test_a_file_of_a_clock_that_ran_ahead_does_not_say_when_it_was_changed(files: EvidenceStore, photo: Path) -> None:
    for ahead, known in ((3600, True), (3 * 86_400, False)):
        at = time.time() + ahead
        os.utime(photo, (at, at))
        assert bool(files.take(photo).taken_at) is known


def test_the_same_content_is_kept_once_and_mended_where_it_was_damaged(files: EvidenceStore, photo: Path) -> None:
    first = files.take(photo)
    (path,) = kept(files)
    number = path.stat().st_ino
    again = photo.rename(photo.with_name("copy.jpg"))
    assert files.take(again).sha256 == first.sha256
    assert [path.stat().st_ino for path in kept(files)] == [number]
    path.chmod(0o600)
    path.write_bytes(b"rotten")
    files.take(again)
    assert [path.read_bytes() for path in kept(files)] == [TEXT]


def test_what_a_killed_program_left_is_removed_and_what_another_one_writes_is_not(
    files: EvidenceStore, photo: Path
) -> None:
    files.folder.mkdir()
    (files.folder / "dead.part").write_bytes(b"half")
    living = PartialFile(files.folder)
    living.write(b"half")
    stored = files.take(photo)
    assert kept(files) == sorted([living.path, files.folder / stored.sha256[:2] / stored.sha256])
    living.drop()
    assert len(kept(files)) == 1


def test_copying_that_is_stopped_leaves_nothing(files: EvidenceStore, photo: Path) -> None:
    told = []

    def step(copied: int) -> None:
        told.append(copied)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.take(photo, step)
    assert told == [PIECE, 2 * PIECE]
    assert not kept(files)


def test_a_file_of_ten_gigabytes_is_refused_before_it_is_read(files: EvidenceStore, tmp_path: Path) -> None:
    big = tmp_path / "big.mov"
    with big.open("wb") as file:
        file.truncate(10 << 30)
    assert why(files, big) == "evidence.too_big"
    with big.open("wb") as file:
        file.truncate(MOST_BYTES)
    assert files.check(big) == MOST_BYTES


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Path]:
    """A folder with things that are no files."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)  # an address is short
        listening.bind("socket")
        os.chdir(here)
        yield tmp_path


@rows(
    ("name", "key"),
    [
        ("pipe", "is_no_file"),
        ("socket", "is_no_file"),
        ("/dev/zero", "is_no_file"),
        (".", "is_folder"),
        ("empty", "is_empty"),
        ("dangling", "no_such_file"),
        ("round", "cannot_read"),
        ("missing.jpg", "no_such_file"),
        ("empty/below.jpg", "no_such_file"),
        ("a\0b", "no_such_file"),
        ("x" * 300, "name_too_long"),
    ],
)
def test_what_is_no_file_is_refused_at_once_and_in_words(files: EvidenceStore, odd: Path, name: str, key: str) -> None:
    assert why(files, odd / name) == f"evidence.{key}"


def test_a_file_that_may_not_be_read_says_so(
    files: EvidenceStore, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuses(path: Any, flags: int, *more: Any) -> int:
        if Path(path) == photo:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, flags, *more)

    monkeypatch.setattr(os, "open", refuses)
    assert why(files, photo) == "evidence.not_readable"


@pytest.mark.parametrize("change", ["grows", "shrinks", "touched"])
def test_a_file_that_changes_while_it_is_copied_is_not_kept(files: EvidenceStore, photo: Path, change: str) -> None:
    def step(_copied: int) -> None:
        if change == "touched":
            os.utime(photo, (1, 1))
        else:
            with photo.open("ab" if change == "grows" else "r+b") as file:
                if change == "grows":
                    file.write(b"more" * 300)
                else:
                    file.truncate(5)

    with pytest.raises(BadInput) as caught:
        files.take(photo, step)
    assert caught.value.message.key == "evidence.changed"
    assert not kept(files)


def test_a_file_that_vanishes_while_it_is_copied_is_kept_whole(files: EvidenceStore, photo: Path) -> None:
    stored = files.take(photo, lambda _: photo.unlink(missing_ok=True))
    assert stored.bytes == len(TEXT)
    assert [path.read_bytes() for path in kept(files)] == [TEXT]


def test_a_link_is_followed_and_keeps_its_own_name(files: EvidenceStore, photo: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest.jpg"
    link.symlink_to(photo)
    stored = files.take(link)
    assert (stored.name, stored.link_to) == ("latest.jpg", str(photo))
    assert files.take(photo).link_to == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x1b[31m\u202egpj.exe", "a[31mgpj.exe"),
        ("two\nlines.jpg", "two lines.jpg"),
        ("[red]洗车 🚿.jpg", "[red]洗车 🚿.jpg"),
        (os.fsdecode(b"caf\xe9.jpg"), "caf.jpg"),
    ],
)
def test_a_name_is_cleaned_and_its_file_still_kept(files: EvidenceStore, tmp_path: Path, name: str, shown: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert files.take(tmp_path / name).name == shown


def test_a_name_of_which_nothing_can_be_seen_is_replaced_by_its_hash(files: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "\u202e\u200f").write_bytes(b"x")
    stored = files.take(tmp_path / "\u202e\u200f")
    assert stored.name == stored.sha256[:12]


def test_too_little_room_is_said_before_anything_is_copied(
    files: EvidenceStore, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = evidence_store.SPARE_BYTES + len(TEXT)
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(free - 1))
    assert why(files, photo, StorageError) == "evidence.no_room"
    assert not files.folder.exists()
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(free))
    assert files.take(photo)


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


@rows(
    ("number", "key"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "folder_refused"),
        (errno.EIO, "not_stored"),
    ],
)
@rows("when", ["write", "sync", "become"])
def test_a_disk_that_fails_on_the_way_leaves_nothing_and_is_named(
    files: EvidenceStore, photo: Path, monkeypatch: pytest.MonkeyPatch, *, number: int, key: str, when: str
) -> None:
    def fails(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(PartialFile, when, fails)
    assert why(files, photo, StorageError) == f"evidence.{key}"


def test_a_folder_that_cannot_be_made_is_said_in_words(files: EvidenceStore, photo: Path) -> None:
    files.folder.write_text("a file in its place")
    with pytest.raises(StorageError) as caught:
        files.take(photo)
    assert caught.value.message.key == "evidence.not_stored"


# -- out


def test_a_copy_to_look_at_cannot_reach_the_kept_file(files: EvidenceStore, photo: Path, tmp_path: Path) -> None:
    stored = files.take(photo)
    copy = tmp_path / "look.jpg"
    files.copy_out(stored.sha256, copy)
    assert copy.read_bytes() == TEXT
    assert not copy.stat().st_mode & 0o222
    copy.chmod(0o600)
    copy.write_bytes(b"drawn on")
    assert kept(files)[0].read_bytes() == TEXT


def test_a_damaged_or_lost_file_is_told_and_never_shown(files: EvidenceStore, photo: Path, tmp_path: Path) -> None:
    stored = files.take(photo)
    (path,) = kept(files)
    path.chmod(0o600)
    path.write_bytes(TEXT[:-1])
    copy = tmp_path / "look.jpg"
    for key in ("damaged", "file_gone"):
        with pytest.raises(BadInput) as caught:
            files.copy_out(stored.sha256, copy)
        assert not files.is_whole(stored.sha256)
        assert caught.value.message.key == f"evidence.{key}"
        assert not copy.exists()
        path.unlink(missing_ok=True)
    assert files.keeping(stored.sha256, stored.bytes) is Keeping.GONE


def test_whether_a_file_is_kept_is_told_by_its_size_and_whether_it_is_whole_by_its_bytes(
    files: EvidenceStore, photo: Path
) -> None:
    stored = files.take(photo)
    size, (path,) = stored.bytes, kept(files)
    assert (files.keeping(stored.sha256, size), files.is_whole(stored.sha256)) == (Keeping.KEPT, True)
    path.chmod(0o600)
    path.write_bytes(b"x" * size)
    assert (files.keeping(stored.sha256, size), files.is_whole(stored.sha256)) == (Keeping.KEPT, False)
    path.write_bytes(b"x" * (size - 1))
    assert [files.keeping(stored.sha256, size), files.keeping(stored.sha256)] == [Keeping.DAMAGED, Keeping.KEPT]
    assert files.keeping("") is Keeping.NAMED


@rows("sha256", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_hash_leads_to_no_file(files: EvidenceStore, sha256: str) -> None:
    assert files.path_of(sha256) is None
    assert files.keeping(sha256) is (Keeping.GONE if sha256 else Keeping.NAMED)
    assert not files.is_whole(sha256)


def test_a_disk_that_fails_when_a_file_was_read_is_told(
    files: EvidenceStore, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Path) -> bool:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(type(photo), "is_symlink", fails)
    with pytest.raises(BadInput) as caught:
        files.take(photo)
    assert caught.value.message.key == "evidence.cannot_read"
