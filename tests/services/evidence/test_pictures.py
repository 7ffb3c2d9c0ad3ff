"""Photos: what lies in a watched folder, how they look when they are small, and when they were taken."""

import os
import sys
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence import picture
from greenstar.services.evidence.picture import Preview, preview, taken_at
from greenstar.services.evidence.stored_file import store_file
from greenstar.services.evidence.watched_folder import FolderWatch
from greenstar.storage.files.evidence_store import EvidenceStore

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


def photo(path: Path, size: tuple[int, int] = (64, 48), *, taken: str = "", offset: str = "", **options: Any) -> Path:
    """A photograph: red above, blue below; `taken`: what its camera says."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, size[1] // 2, *size))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if offset:
        exif.get_ifd(0x8769)[0x9011] = offset
    if "orientation" in options:
        exif[0x0112] = options.pop("orientation")
    image.save(path, exif=exif, **options)
    return path


def names(watch: FolderWatch) -> list[tuple[str, bool]]:
    """The files of a folder, and whether each is whole."""
    return [(file.name, file.whole) for file in watch.look().files]


# -- the folder


def test_the_newest_file_comes_first_and_what_is_hidden_or_not_finished_does_not_come(tmp_path: Path) -> None:
    for age, name in enumerate(("b.jpg", "a.pdf", ".hidden.jpg", "c.jpg.crdownload", "d.part", "~$e.docx"), 10):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    (tmp_path / "folder").mkdir()
    (tmp_path / "dead.jpg").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert names(FolderWatch(tmp_path)) == [("b.jpg", True), ("a.pdf", True)]


def test_a_file_is_whole_once_its_size_has_stayed(tmp_path: Path) -> None:
    clock = [1000.0]
    watch = FolderWatch(tmp_path, lambda: clock[0])
    growing = tmp_path / "a.jpg"

    def write(text: str, at: float) -> None:
        growing.write_text(text)
        os.utime(growing, (at, at))

    write("half", 1000)
    assert names(watch) == [("a.jpg", False)]
    write("half of it", 1000)  # a disk whose times are coarse
    assert names(watch) == [("a.jpg", False)]
    assert names(watch) == [("a.jpg", True)]
    write("half of it, and more", 5000)  # by another machine's clock
    assert names(watch) == [("a.jpg", False)]
    assert names(watch) == [("a.jpg", True)]
    write("", 900)
    assert names(watch) == [("a.jpg", False)]
    growing.unlink()
    assert names(watch) == []


def test_a_folder_of_too_many_files_is_listed_in_part_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenstar.services.evidence.watched_folder.MOST_LOOKED_AT", 5)
    monkeypatch.setattr("greenstar.services.evidence.watched_folder.MOST_LISTED", 3)
    for number in range(5):
        (tmp_path / f"{number}.jpg").write_text("x")
        os.utime(tmp_path / f"{number}.jpg", (number, number))
    content = FolderWatch(tmp_path).look()
    assert [file.name for file in content.files] == ["4.jpg", "3.jpg", "2.jpg"]
    assert (content.count, content.more) == (5, False)
    (tmp_path / "5.jpg").write_text("x")
    assert FolderWatch(tmp_path).look().more


def test_a_folder_that_is_not_there_says_why(tmp_path: Path) -> None:
    content = FolderWatch(tmp_path / "nowhere").look()
    assert (content.files, content.technical) == ((), "No such file or directory")


# -- the picture


def test_a_photo_is_shown_small_and_upright(tmp_path: Path) -> None:
    small = preview(photo(tmp_path / "a.jpg", (400, 200), orientation=6), (20, 20))
    assert isinstance(small, Preview)
    assert (small.size, small.full) == ((10, 20), (200, 400))
    pixel = 3 * (10 * 10 + 8)  # turned: what was above is at the right
    red, green, blue = small.rgb[pixel : pixel + 3]
    assert red > 200
    assert max(green, blue) < 60
    for name in ("a.png", "a.webp", "a.gif", "a.bmp"):
        assert isinstance(preview(photo(tmp_path / name), (20, 20)), Preview)
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    clear = preview(tmp_path / "clear.png", (4, 4))
    assert isinstance(clear, Preview)
    assert set(clear.rgb) == {128}


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "MOST_PIXELS", 10_000)
    monkeypatch.setattr(picture, "MOST_DECODED", 5_000)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_: pytest.fail("it was decoded"))
    assert preview(photo(tmp_path / "big.jpg", (200, 80)), (20, 20)) == Phrase("evidence.preview_pixels")
    for path in (photo(tmp_path / "a.jpg", (100, 80), progressive=True), photo(tmp_path / "a.png", (100, 80))):
        refused = preview(path, (20, 20))
        assert refused == Phrase("evidence.preview_pixels_of", width="100", height="80")
    bomb = bytearray(photo(tmp_path / "bomb.png").read_bytes())
    bomb[16:24] = (1_000_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    (tmp_path / "bomb.png").write_bytes(bomb)
    assert preview(tmp_path / "bomb.png", (20, 20)) == Phrase("evidence.preview_pixels")


def test_what_is_no_picture_says_what_it_is_or_that_it_cannot_be_shown(tmp_path: Path) -> None:
    lies = tmp_path / "lies.jpg"
    for start in (b"MZ\x90\0", b"\x7fELF", b"#!/bin/sh\n"):
        lies.write_bytes(start + b"\0" * 100)
        assert preview(lies, (20, 20)) == Phrase("evidence.preview_program")
    for content in (b"", b"a text", photo(tmp_path / "whole.jpg").read_bytes()[:300]):
        lies.write_bytes(content)
        assert preview(lies, (20, 20)) == Phrase("evidence.preview_broken")
    assert preview(tmp_path / "gone.jpg", (20, 20)) == Phrase(
        "evidence.preview_unreadable", technical=Phrase("errors.os_no_file")
    )
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(picture.MOST_BYTES + 1)
    assert preview(tmp_path / "huge.jpg", (20, 20)) == Phrase("evidence.preview_big", size="200.0 MB")


# -- when it was taken


def test_a_photo_is_as_old_as_its_camera_says_unless_that_has_not_come_yet(tmp_path: Path) -> None:
    def said(taken: str, offset: str = "") -> datetime | None:
        return taken_at(photo(tmp_path / "a.jpg", taken=taken, offset=offset), NOW)

    local = datetime(2026, 5, 2, 9, 30).astimezone()
    assert said("2026:05:02 09:30:00") == local
    assert said("2026:05:02 09:30:00", "+08:00") == datetime(2026, 5, 2, 1, 30, tzinfo=UTC)
    assert said("2026:05:12 12:00:00", "+00:00") == NOW
    assert said("2026:05:12 12:00:01", "+00:00") is None
    assert said("0000:00:00 00:00:00") is None
    assert said("yesterday") is None
    assert said("") is None
    (tmp_path / "a.jpg").write_text("no picture")
    assert taken_at(tmp_path / "a.jpg", NOW) is None


def test_what_the_camera_says_is_kept_with_the_file(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "green.db")
    path = photo(tmp_path / "a.jpg", taken="2026:05:02 09:30:00", offset="+08:00")
    assert store_file(store, path).taken_at == "2026-05-02T01:30:00.000Z"
    changed = (NOW - timedelta(days=1)).timestamp()
    os.utime(photo(path), (changed, changed))
    assert store_file(store, path).taken_at == "2026-05-11T12:00:00.000Z"


def test_a_preview_without_pillow_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photo(tmp_path / "a.jpg")
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert preview(path, (20, 20)) == Phrase("evidence.preview_impossible")
    assert taken_at(path, NOW) is None


def test_a_photo_in_heic_is_shown_dated_and_without_its_library_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert picture._reads_heic()
    path = photo(tmp_path / "IMG_0001.HEIC", taken="2026:05:02 09:30:00", offset="+08:00", format="HEIF")
    shown = preview(path, (20, 20))
    assert isinstance(shown, Preview)
    assert (shown.full, shown.kind) == ((64, 48), "HEIF")
    assert picture.is_picture(path.name)
    assert taken_at(path, NOW) == datetime(2026, 5, 2, 1, 30, tzinfo=UTC)
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert preview(path, (20, 20)) == Phrase("evidence.preview_heic")
