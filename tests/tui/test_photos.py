"""Photos arrive in a folder: they are listed, looked at and attached, and a folder that is dead holds nobody up."""

import os
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PIL import Image

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.evidence import ingest, watched_folder
from greenstar.services.evidence.evidence import of_criterion
from greenstar.services.evidence.picture import Preview
from greenstar.services.settings.settings import keep
from greenstar.services.settings.settings_file import EVIDENCE_FOLDER
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs, routes
from greenstar.tui.common import threads
from greenstar.tui.evidence import attach_panel
from greenstar.tui.evidence.evidence_text import photo_details
from greenstar.tui.evidence.photo_list import PhotoList
from greenstar.tui.evidence.photo_source import PhotoSource
from greenstar.tui.evidence.picture_preview import strips_of
from greenstar.tui.evidence.screen import EvidenceScreen
from tests.tui.conftest import Open

CRITERION = "WAT-09"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with photos and a document, and a setting that names it."""
    photos = tmp_path / "Photos"
    photos.mkdir()
    for age, (name, colour) in enumerate((("new.jpg", "red"), ("mid.jpg", "green"), ("old.jpg", "blue")), 1):
        Image.new("RGB", (80, 60), colour).save(photos / name)
        os.utime(photos / name, (time.time() - 60 * age,) * 2)
    (photos / "lies.jpg").write_bytes(b"MZ" + bytes(100))
    os.utime(photos / "lies.jpg", (time.time() - 3600,) * 2)
    (tmp_path / "home").mkdir(exist_ok=True)
    keep(EVIDENCE_FOLDER, str(photos))
    return photos


async def test_photos_are_looked_at_and_attached_by_a_key_or_several_at_once_as_they_arrive(
    screen: Open, workspace: Workspace, folder: Path
) -> None:
    visit = open_visit(workspace, "WX-001")
    before = [entry.file for entry in of_criterion(visit, CRITERION)]

    def files() -> list[str]:
        visit.refresh()
        return [entry.file for entry in of_criterion(visit, CRITERION)][len(before) :]

    async with screen(size=(120, 36)) as driver:
        driver.host.show(routes.EVIDENCE, open_visit(workspace, "WX-001"), CRITERION)
        await driver.until(lambda: "new.jpg" in driver.shown)
        await driver.press("alt+q")
        await driver.until(lambda: files() == ["new.jpg"])
        await driver.see("new.jpg is attached.")
        await driver.press("f7", *"meter", "enter")  # the caption stands beside it
        assert of_criterion(open_visit(workspace, "WX-001"), CRITERION)[-1].caption == "meter"

        evidence = driver.app.screen
        assert isinstance(evidence, EvidenceScreen)
        rows = evidence.evidence_list.photos.rows
        rows.focus()
        await driver.press("home", "down")
        await driver.until(lambda: "▀" in driver.shown)
        await driver.press("space", "down", "space")
        assert "2 chosen" in driver.shown
        (folder / "come.jpg").write_bytes((folder / "old.jpg").read_bytes())
        os.utime(folder / "come.jpg", (time.time() - 30,) * 2)
        await driver.until(lambda: "come.jpg" in driver.shown)
        assert evidence.evidence_list.photos.file == rows.rows[3]  # the cursor stays at its file
        await driver.press("enter")
        await driver.until(lambda: files() == ["new.jpg", "old.jpg", "mid.jpg"])
        await driver.press("end")
        await driver.until(lambda: "no picture but a program" in " ".join(driver.shown.split()))
        await driver.press("alt+v")
        assert "not attached yet" in driver.shown

        vanished = rows.rows[0]
        vanished.path.unlink()
        evidence.evidence_list.photos.post_message(PhotoList.Attach([vanished]))  # chosen before it was missed
        await driver.until(lambda: "There is no file" in driver.shown)
        assert len(files()) == 3


async def test_a_folder_that_never_answers_holds_neither_the_screen_nor_quitting(
    screen: Open, workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, never = Event(), Event()
    real = os.scandir

    def dead(path: Any) -> Any:
        if Path(path) == folder:
            asked.set()
            never.wait(30)
        return real(path)

    monkeypatch.setattr(os, "scandir", dead)
    monkeypatch.setattr("greenstar.tui.evidence.photo_source._SILENT", 0)
    began = time.monotonic()
    async with screen(size=(80, 24)) as driver:
        driver.host.show(routes.EVIDENCE, open_visit(workspace, "WX-001"), CRITERION)
        await driver.until(lambda: "does not answer" in driver.shown)
        assert asked.is_set()
        await driver.type("typing goes on")
        assert "typing goes on" in driver.shown
        await driver.press("alt+q")
        assert "Looking into the folder ..." in driver.told
        monkeypatch.setattr(ingest, "matching_files", lambda _typed: [] * never.wait(30))
        monkeypatch.setattr(attach_panel, "_PATIENCE", 0.01)
        await driver.press("enter")
        await driver.until(lambda: "Waiting for the disk" in driver.shown)
        await driver.press("escape")
        assert "esc again leaves" in driver.told
        assert isinstance(driver.app.screen, EvidenceScreen)
        await driver.press("escape")
        assert not isinstance(driver.app.screen, EvidenceScreen)
        await driver.press("ctrl+q")
        assert not driver.app._running
    assert time.monotonic() - began < 20
    assert not never.is_set()
    never.set()


def test_a_folder_is_looked_into_by_one_thread_at_a_time_and_rests_after_a_long_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, looks = [0.0], list[Any]()
    monkeypatch.setattr(threads, "start", looks.append)
    source = PhotoSource(tmp_path, asked_for=True, clock=lambda: clock[0])
    source.look_on()
    source.look_on()
    assert len(looks) == 1
    clock[0] = 3.1
    assert source.silent
    looks[0]()
    assert not source.silent
    assert source.content is not None
    clock[0] = 50
    source.look_on()
    assert len(looks) == 1
    clock[0] = 66
    source.look_on()
    assert len(looks) == 2


def test_what_does_not_come_in_time_is_not_waited_for() -> None:
    never = Event()
    assert threads.within(0.01, never.wait, otherwise=True) is True
    never.set()
    assert threads.within(5, lambda: "at once", "") == "at once"


def test_a_picture_is_drawn_two_pixels_a_cell_and_by_grounds_alone_in_plain_signs() -> None:
    picture = Preview((2, 3), bytes(range(18)), (2, 3), "PNG")
    first, second = strips_of(picture)
    assert first.text == "▀▀"
    style = second._segments[0].style
    assert style is not None
    assert style.color == style.bgcolor  # there is nothing below the last line
    glyphs.use("plain")
    try:
        assert [strip.text for strip in strips_of(picture)] == ["  ", "  "]
    finally:
        glyphs.use("rich")


def test_a_file_from_no_time_at_all_is_told_without_one() -> None:
    odd = watched_folder.WatchedFile(Path("a.b c"), 1, 1e30, whole=True)
    assert photo_details(odd, Catalogue("en"), attached=True).plain == "file   1 B\nattached already"
