"""The list of evidence: files are attached by their paths, and nothing that is typed or kept gets lost."""

import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from greenstar.errors import StorageError
from greenstar.i18n.catalogue import LANGUAGES
from greenstar.services.evidence.evidence import attach, files_of, of_criterion, set_caption
from greenstar.services.visit import drafts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.tui import routes
from greenstar.tui.common import delayed_call
from greenstar.tui.desktop import local_desktop, viewer
from greenstar.tui.evidence import screen as evidence_screen
from greenstar.tui.evidence.screen import EvidenceScreen
from tests.sql import path_of
from tests.tui.conftest import NOON, Open
from tests.tui.driver import Driver

CRITERION = "WAT-06"
HOSTILE = "evil\x1b[31m[red]\u202egpj.exe"


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with photographs, in which the program runs."""
    folder = tmp_path / "photos"
    (folder / "Wash bay").mkdir(parents=True)
    for name in ("IMG_1.jpg", "IMG_2.jpg", "meters.jpg", "水表 五月.jpg", HOSTILE):
        (folder / name).write_text(name, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return folder


class Hands:
    """A driver of the list of evidence."""

    def __init__(self, driver: Driver, visit: OpenVisit) -> None:
        self.driver, self.visit = driver, visit

    @property
    def screen(self) -> EvidenceScreen:
        screen = self.driver.app.screen
        assert isinstance(screen, EvidenceScreen)
        return screen

    @property
    def shown(self) -> str:
        return self.driver.shown

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.screen.path_field.text

    async def press(self, *keys: str) -> None:
        await self.driver.press(*keys)
        await self.done()

    async def done(self) -> None:
        """Wait until no file is copied or looked at any more."""
        await self.driver.done()

    async def afresh(self) -> None:
        """Open the list anew, with nothing typed and nothing attached."""
        self.screen.path_field.fill("")
        await self.driver.rest()
        self.visit.put("evidence", CRITERION, None)
        self.driver.host.show(routes.EVIDENCE, self.visit, CRITERION)
        await self.done()

    async def add(self, text: str) -> None:
        """Name files, and press Enter."""
        self.screen.path_field.fill(text)
        await self.press("enter")

    def files(self, criterion: str = CRITERION) -> list[tuple[str, str, bool]]:
        """File, caption and verified of each, as the database has them."""
        return [(entry.file, entry.caption, entry.verified) for entry in of_criterion(self.visit, criterion)]


@pytest.fixture
def listed(screen: Open, workspace: Workspace, photos: Path) -> Any:  # noqa: ARG001 - it stands in that folder
    """Opens the list of a criterion that has no evidence yet."""

    @asynccontextmanager
    async def open_list(
        store: str = "WX-001", language: str = "en", *, size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[Hands]:
        async with screen(language=language, size=size) as driver:
            visit = open_visit(workspace, store)
            driver.host.show(routes.EVIDENCE, visit, CRITERION)
            await driver.rest()
            yield Hands(driver, visit)

    return open_list


@pytest.fixture(autouse=True)
def bare(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The criterion has no evidence yet, and no desktop is there."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    visit = open_visit(workspace, "WX-001")
    visit.put("evidence", CRITERION, None)


async def a_path_is_completed_with_tab_and_attached_with_enter(hands: Hands) -> None:
    assert "Twelve readings of the meter" in hands.shown
    assert "Nothing is attached yet." in hands.shown
    assert "alt+i" not in hands.shown  # there is none to open
    await hands.press(*"IMG")
    assert all(name in hands.shown for name in ("IMG_1.jpg", "IMG_2.jpg"))
    await hands.press("tab")
    assert hands.text == "IMG_"
    await hands.press("tab", "down", "enter")
    assert hands.text == "IMG_2.jpg "
    await hands.press("enter")
    assert hands.files() == [("IMG_2.jpg", "", False)]
    assert hands.text == ""
    assert "IMG_2.jpg is attached." in hands.shown
    assert "alt+i open" in hands.shown
    assert "saved 12:00:00" in hands.shown
    assert f"SHA-256 {of_criterion(hands.visit, CRITERION)[0].sha256[:16]}" in hands.shown
    assert "A. Assessor" in hands.shown


async def files_that_are_dropped_on_the_terminal_are_attached_together(hands: Hands, photos: Path) -> None:
    await hands.afresh()
    text = f"'{photos}/IMG_1.jpg'\r\n{photos}/水表\\ 五月.jpg\nfile://{photos}/meters.jpg"
    hands.screen.path_field.input.post_message(Paste(text))
    await hands.done()
    await hands.press("enter")
    assert [file[0] for file in hands.files()] == ["IMG_1.jpg", "水表 五月.jpg", "meters.jpg"]
    assert "3 files are attached." in hands.shown


async def a_file_that_is_uploaded_goes_into_the_field_at_once_or_when_it_is_opened_next(
    hands: Hands, photos: Path
) -> None:
    await hands.afresh()
    hands.driver.app.host.file_arrived(photos / "IMG_1.jpg")
    await hands.driver.rest()
    assert hands.text == f"{photos}/IMG_1.jpg "
    await hands.press("enter")
    await hands.press("escape")
    hands.driver.app.host.file_arrived(photos / "meters.jpg")
    await hands.driver.rest()
    assert "meters.jpg has come." in hands.shown
    hands.driver.host.show(routes.EVIDENCE, hands.visit, CRITERION)
    await hands.driver.rest()
    await hands.press("enter")
    assert [file[0] for file in hands.files()] == ["IMG_1.jpg", "meters.jpg"]


async def what_could_not_be_attached_stays_in_the_field_and_says_why(hands: Hands, photos: Path) -> None:
    with (photos / "big.mov").open("wb") as file:
        file.truncate(10 << 30)
    await hands.afresh()
    await hands.add("big.mov IMG_*.jpg nothing.jpg")
    assert [file[0] for file in hands.files()] == ["IMG_1.jpg", "IMG_2.jpg"]
    assert hands.text == "big.mov nothing.jpg"
    assert "big.mov has 10.7 GB; at most 1.1 GB" in hands.shown
    assert "There is no file nothing.jpg" in hands.shown
    await hands.add("IMG_1.jpg")
    assert "attached to WAT-06 already" in hands.shown
    assert len(hands.files()) == 2


async def a_name_full_of_escapes_and_markup_is_attached_and_shown_plainly(hands: Hands) -> None:
    await hands.afresh()
    await hands.press(*"ev", "tab")
    assert hands.text.isprintable()
    await hands.press("enter")
    assert hands.files() == [("evil[31m[red]gpj.exe", "", False)]
    assert "evil[31m[red]gpj.exe" in hands.shown
    assert "\x1b" not in hands.shown
    await hands.press("alt+i")
    assert "may run something" in hands.shown


async def copying_goes_on_beside_the_screen_and_escape_stops_it(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go_on = threading.Event(), threading.Event()
    real = EvidenceStore.take

    def slow(self: EvidenceStore, path: Path, step: Any) -> Any:
        if path.name == "IMG_2.jpg":
            reached.set()
            go_on.wait(10)
        return real(self, path, step)

    monkeypatch.setattr(EvidenceStore, "take", slow)
    monkeypatch.setattr("greenstar.tui.evidence.attach_panel._BETWEEN", 0)
    await hands.afresh()
    hands.screen.path_field.fill("IMG_1.jpg IMG_2.jpg meters.jpg")
    await hands.driver.press("enter")
    assert reached.wait(10)
    await hands.driver.rest()
    assert "Copying 2 of 3" in hands.shown
    await hands.driver.press("enter")
    assert "Files are still being copied" in hands.shown
    await hands.driver.press("escape")
    go_on.set()
    await hands.done()
    assert hands.files() == [("IMG_1.jpg", "", False)]
    assert "Stopped. 1 file was attached" in hands.shown
    assert hands.text == "IMG_2.jpg meters.jpg"
    assert "Copying" not in hands.shown
    assert not list(EvidenceStore(path_of(hands.visit.workspace)).folder.glob("*.part"))


async def leaving_the_program_ends_the_copying_and_keeps_what_was_typed(
    hands: Hands, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, ended = threading.Event(), threading.Event()

    def endless(_self: EvidenceStore, _path: Path, step: Any) -> None:
        reached.set()
        try:
            while True:
                step(0)
                time.sleep(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(EvidenceStore, "take", endless)
    await hands.afresh()
    hands.screen.path_field.input.value = "IMG_1.jpg"
    await hands.driver.press("enter")
    assert reached.wait(5)
    await hands.driver.press("ctrl+q")
    assert ended.wait(5)
    visit = open_visit(workspace, "WX-001")
    kept = drafts.kept(workspace, "WX-001", visit.assessment.id)
    assert kept[drafts.field("evidence", CRITERION)] == "IMG_1.jpg"


async def a_caption_is_recorded_by_enter_or_by_leaving_it_and_verified_is_ticked(hands: Hands) -> None:
    await hands.afresh()
    await hands.add("IMG_1.jpg meters.jpg")
    await hands.press("f7", *"both", "enter", "up")
    assert hands.files()[1] == ("meters.jpg", "both", False)
    await hands.press("space")
    assert hands.files()[0] == ("IMG_1.jpg", "", True)
    assert "▣ IMG_1.jpg" in hands.shown
    assert "2 files (1 verified)" in hands.shown
    await hands.press("alt+v", "f7", *"lid", "alt+a")
    assert hands.files() == [("IMG_1.jpg", "lid", False), ("meters.jpg", "both", False)]
    assert hands.screen.path_field.input.has_focus


async def a_file_is_removed_brought_back_and_moved_to_another_criterion(hands: Hands) -> None:
    await hands.afresh()
    await hands.add("IMG_1.jpg")
    await hands.press("down", "delete")
    assert hands.files() == []
    assert "alt+z brings it back" in " ".join(hands.shown.split())
    await hands.press("alt+z")
    assert hands.files() == [("IMG_1.jpg", "", False)]
    await hands.press("alt+j", *"WAT-07", "enter")
    assert (hands.files(), hands.files("WAT-07")[-1]) == ([], ("IMG_1.jpg", "", False))
    await hands.press("alt+w", "down", "down")
    assert "Evidence of the whole visit" in hands.shown
    assert "WAT-07" in hands.driver.line("IMG_1.jpg")


async def a_copy_is_handed_to_the_systems_viewer(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Path] = []

    def show(path: Path) -> bool:
        given.append(path)
        return len(given) > 1

    monkeypatch.setattr(local_desktop, "show_in_viewer", show)
    await hands.afresh()
    await hands.add("meters.jpg")
    await hands.press("alt+i")
    assert "Nothing here can show meters.jpg. A copy lies at" in hands.shown
    await hands.press("down", "enter")
    assert "A copy of meters.jpg is open" in hands.shown
    assert [(path.name, path.read_text()) for path in given] == [("meters.jpg", "meters.jpg")] * 2
    path = files_of(hands.visit).path_of(of_criterion(hands.visit, CRITERION)[0].sha256)
    assert path is not None
    path.chmod(0o600)
    path.write_text("rotten")
    await hands.press("alt+i")
    assert "is not what was attached" in hands.shown
    assert len(given) == 2


async def a_database_that_cannot_be_written_to_says_so_and_the_path_stays_until_it_can(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hands.afresh()
    with monkeypatch.context() as patched:

        def fails(*_: Any, **__: Any) -> None:
            raise StorageError("storage.read_only", file="green.db")

        patched.setattr(OpenVisit, "put", fails)
        await hands.add("meters.jpg")
        assert "green.db cannot be written to" in hands.shown
        assert hands.text == "meters.jpg"
        assert hands.files() == []
    await hands.driver.until(lambda: hands.files() == [("meters.jpg", "", False)])
    await hands.driver.until(lambda: hands.text == "")


async def what_another_window_does_is_seen_and_its_caption_is_not_overwritten(
    hands: Hands, database: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_screen, "LOOK_SECONDS", 0.05)
    await hands.afresh()
    await hands.add("meters.jpg")
    with Workspace.open(database, cycle="2026", assessor="Bob", clock=lambda: NOON) as other:
        theirs = open_visit(other, "WX-001")
        await hands.press("f7", *"mine")
        set_caption(theirs, of_criterion(theirs, CRITERION)[0], "theirs")
        await hands.press("enter")
        assert hands.files() == [("meters.jpg", "theirs", False)]
        assert "Bob changed meters.jpg in another window" in hands.shown
        assert hands.screen.evidence_list.panel.caption.value == "mine"
        await hands.press("enter")
        assert hands.files() == [("meters.jpg", "mine", False)]
        attach(theirs, CRITERION, [files_of(theirs).take(photos / "IMG_1.jpg")])
    await hands.driver.until(lambda: "IMG_1.jpg" in hands.shown)


async def the_mouse_chooses_ticks_and_takes(hands: Hands) -> None:
    await hands.afresh()
    await hands.press(*"IMG")
    await hands.driver.pilot.click("#matches", offset=(3, 1))
    await hands.done()
    assert hands.text == "IMG_2.jpg "
    await hands.press("enter")
    await hands.add("meters.jpg")
    await hands.driver.pilot.click("#entries", offset=(10, 0))
    await hands.done()
    assert "╭─ IMG_2.jpg ─" in hands.shown
    await hands.driver.pilot.click("#entries", offset=(2, 0))
    await hands.done()
    assert hands.files() == [("IMG_2.jpg", "", True), ("meters.jpg", "", False)]


async def the_language_is_switched_without_losing_text_or_focus(hands: Hands) -> None:
    await hands.afresh()
    await hands.add("meters.jpg")
    await hands.press(*"IM", "f3")
    assert hands.text == "IM"
    assert hands.screen.path_field.input.has_focus
    assert all(part in hands.shown for part in ("应收集的佐证材料", "WAT-06 的佐证材料", "未核实", "添加"))
    await hands.press("f3")


async def test_files_are_attached_captioned_moved_and_removed_and_nothing_of_it_is_lost(
    listed: Any, photos: Path, monkeypatch: pytest.MonkeyPatch, database: Path, workspace: Workspace
) -> None:
    async with listed() as hands:
        await a_path_is_completed_with_tab_and_attached_with_enter(hands)
        await files_that_are_dropped_on_the_terminal_are_attached_together(hands, photos)
        await a_file_that_is_uploaded_goes_into_the_field_at_once_or_when_it_is_opened_next(hands, photos)
        await what_could_not_be_attached_stays_in_the_field_and_says_why(hands, photos)
        await a_name_full_of_escapes_and_markup_is_attached_and_shown_plainly(hands)
        await a_caption_is_recorded_by_enter_or_by_leaving_it_and_verified_is_ticked(hands)
        await a_file_is_removed_brought_back_and_moved_to_another_criterion(hands)
        await a_copy_is_handed_to_the_systems_viewer(hands, monkeypatch)
        await a_database_that_cannot_be_written_to_says_so_and_the_path_stays_until_it_can(hands, monkeypatch)
        await the_mouse_chooses_ticks_and_takes(hands)
        await the_language_is_switched_without_losing_text_or_focus(hands)
        await what_another_window_does_is_seen_and_its_caption_is_not_overwritten(hands, database, photos, monkeypatch)
        await copying_goes_on_beside_the_screen_and_escape_stops_it(hands, monkeypatch)
        await leaving_the_program_ends_the_copying_and_keeps_what_was_typed(hands, workspace, monkeypatch)


async def the_folder_of_the_last_file_is_offered_and_an_arrow_brings_back_what_was_entered(
    hands: Hands, photos: Path
) -> None:
    (photos / "it's.jpg").write_text("it's", encoding="utf-8")
    hands.screen.path_field.input.post_message(Paste(f"{photos}/it's.jpg"))
    await hands.done()
    await hands.press("enter")
    assert [file[0] for file in hands.files()] == ["it's.jpg"]
    assert f"tab: {photos}/" in hands.shown
    await hands.press("tab")
    assert hands.text == f"{photos}/"
    await hands.press(*"IMG_1.jpg", "enter")
    assert len(hands.files()) == 2
    await hands.press("up")
    assert hands.text == f"{photos}/IMG_1.jpg"
    await hands.press("up", "up")
    assert hands.text == f"{photos}/it's.jpg"
    await hands.press("ctrl+u", "up")
    assert hands.text == f"{photos}/IMG_1.jpg"
    await hands.press("ctrl+u", "escape")
    hands.driver.host.show(routes.EVIDENCE, hands.visit, "WAT-07")
    await hands.done()
    assert f"tab: {photos}/" in hands.shown  # another criterion, the same folder


async def half_typed_text_is_on_disk_within_half_a_second(hands: Hands, workspace: Workspace) -> None:
    assert delayed_call.DRAFT_REST < 0.5
    await hands.add("IMG_1.jpg")
    await hands.press(*"me")
    await hands.press("f7", *"both")
    identifier = hands.visit.assessment.id
    await hands.driver.until(lambda: sorted(drafts.kept(workspace, "WX-001", identifier).values()) == ["both", "me"])
    hands.driver.app.exit()  # as if the window were closed
    assert open_visit(workspace, "WX-001").visit.evidence[CRITERION][0].caption == ""


async def half_typed_text_and_the_folder_are_back_after_a_restart(
    hands: Hands, workspace: Workspace, photos: Path
) -> None:
    assert hands.text == "me"
    assert hands.screen.evidence_list.panel.caption.value == "both"
    await hands.press("f7", "enter")
    assert hands.files() == [("IMG_1.jpg", "both", False)]
    assert list(drafts.kept(workspace, "WX-001", hands.visit.assessment.id).values()) == ["me"]
    await hands.press("alt+a", "ctrl+u")
    assert f"tab: {photos}/" in hands.shown


async def a_sealed_visit_can_be_looked_at_and_every_editing_key_says_why_not(
    hands: Hands, workspace: Workspace, photos: Path
) -> None:
    await hands.afresh()
    attach(hands.visit, CRITERION, [files_of(hands.visit).take(photos / "meters.jpg")])
    submit(workspace, "WX-001")
    hands.driver.host.show(routes.EVIDENCE, open_visit(workspace, "WX-001"), CRITERION)
    await hands.done()
    assert "read only" in hands.shown
    assert hands.screen.evidence_list.rows.has_focus
    for key in ("alt+a", "alt+v", "f7", "alt+j", "alt+d", "alt+z", "space", "delete"):
        await hands.press(*["f3"] * len(LANGUAGES))  # what was told is gone
        await hands.press(key)
        assert "has been handed in and can only be read" in hands.shown, key
    assert hands.files() == [("meters.jpg", "", False)]
    await hands.press("alt+i")
    assert "A copy lies at" in hands.shown


async def test_the_folder_and_what_is_half_typed_come_back_after_a_restart_and_a_sealed_visit_is_only_looked_at(
    listed: Any, workspace: Workspace, photos: Path
) -> None:
    async with listed(size=(140, 36)) as hands:
        await the_folder_of_the_last_file_is_offered_and_an_arrow_brings_back_what_was_entered(hands, photos)
        await hands.afresh()
        await half_typed_text_is_on_disk_within_half_a_second(hands, workspace)
    # the same database, another start
    async with listed(size=(140, 36)) as hands:
        await half_typed_text_and_the_folder_are_back_after_a_restart(hands, workspace, photos)
        await a_sealed_visit_can_be_looked_at_and_every_editing_key_says_why_not(hands, workspace, photos)


@pytest.mark.parametrize(("script", "shown"), [("exit 0", True), ("exit 3", False), ("sleep 1", True)])
def test_the_viewer_is_started_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, *, shown: bool
) -> None:
    monkeypatch.setattr(viewer, "_PATIENCE", 0.3)
    for name in ("xdg-open", "open"):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("DISPLAY", ":0")
    assert viewer.show_in_viewer(tmp_path / "meters.jpg") is shown


@pytest.mark.skipif(sys.platform == "darwin", reason="there is always a desktop")
def test_without_a_desktop_nothing_is_started_that_would_draw_into_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xdg-open").write_text("#!/bin/sh\nexit 0\n")
    (tmp_path / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not viewer.show_in_viewer(tmp_path / "meters.jpg")
