"""Before you leave, handing in, and what a level needs: what only the screen can show."""

import os
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

import pytest

from greenstar.assessment.model import Status, Store
from greenstar.cli.plain.pages import opening
from greenstar.errors import StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.record.private_key import read_private_key
from greenstar.services.evidence.evidence import attach, of_criterion
from greenstar.services.laptops.packing import pack
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.signing.key_file import key_file
from greenstar.services.stores.stores import add_store, find_store
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.checklist_item import ChecklistItem, ItemKind
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.sealing import Submission
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.checklist import submit_dialog
from greenstar.tui.checklist.arrangement import ChecklistHeading
from greenstar.tui.checklist.rows import GLYPHS, ChecklistRows
from greenstar.tui.checklist.screen import ChecklistScreen
from greenstar.tui.checklist.submit_dialog import SubmitDialog
from greenstar.tui.common.passphrase_dialog import PassphraseDialog
from greenstar.tui.results.closing_screen import ClosingScreen
from greenstar.tui.results.requirement_rows import Closer, MoreClosers, RequirementRows, RequirementText
from greenstar.tui.results.requirements_screen import RequirementsScreen
from greenstar.tui.visit.next_level_line import NextLevelLine
from greenstar.tui.visit.progress_line import ProgressLine
from greenstar.tui.visit.screen import AssessmentScreen
from tests.record.openssh_vectors import PRIVATE
from tests.services.laptops.team import silent
from tests.tui.conftest import NOON, Open
from tests.tui.driver import Driver


def things(driver: Driver) -> ChecklistRows:
    """The list of what is left."""
    return driver.app.screen.query_one(ChecklistRows)


def below(driver: Driver) -> OpenVisit:
    """The visit on the screen below."""
    return next(screen for screen in driver.app.screen_stack if isinstance(screen, AssessmentScreen)).session.visit


def needs(driver: Driver) -> RequirementRows:
    """The list of what a level needs."""
    return driver.app.screen.query_one(RequirementRows)


async def the_list_is_made_once_enter_goes_to_where_a_thing_is_done_and_the_list_has_it_no_more(driver: Driver) -> None:
    await driver.open_visit("NB-006")
    with patch("greenstar.tui.checklist.screen.checklist_of", wraps=checklist_of) as made:
        await driver.press("f12")
    assert made.call_count == 1
    left = checklist_of(below(driver))
    others = sum(item.kind is not ItemKind.EVIDENCE for item in left)
    assert f"{others} things left to do" in driver.shown
    assert "✦✦✦" in driver.line("MGT-P1")
    await driver.press("home", "enter")
    assert (driver.visit.criterion, driver.field("permits_ok").editor.has_focus) == ("MGT-P1", True)
    for name in driver.visit.session.scheme.questions_of["MGT-P1"]:
        driver.visit.session.visit.answer(name, True)
    await driver.press("f12")
    assert ChecklistItem not in [type(row) for row in things(driver).rows if "MGT-P1" in str(row)]


async def evidence_is_one_line_a_place_that_unfolds_to_its_criteria(driver: Driver) -> None:
    await driver.open_visit("HF-002")
    await driver.press("f12")
    lacking = [item for item in checklist_of(below(driver)) if item.kind is ItemKind.EVIDENCE]
    assert f"Evidence to verify at {len(lacking)} criteria" in driver.shown
    assert len(things(driver).rows) < len(lacking) / 2
    place = things(driver).evidence_place
    assert place is not None
    folded = list(things(driver).rows)
    assert "enter unfold" in driver.shown  # the line of keys says what Enter does at the cursor
    await driver.press("enter")
    assert "enter fold" in driver.shown
    await driver.press("down")
    assert "enter go there" in driver.shown
    assert things(driver).chosen == place.items[0]
    await driver.press("left")
    assert (things(driver).rows, things(driver).evidence_place) == (folded, place)
    await driver.press("right", "down", "down", "enter")
    assert driver.visit.criterion == place.items[1].criterion
    await driver.press("f12")
    assert things(driver).place[1:] == (ItemKind.EVIDENCE, place.items[1].criterion)  # one goes on where one was


async def the_cursor_stands_on_things_only(driver: Driver) -> None:
    await driver.press("f12")
    assert isinstance(things(driver).rows[0], ChecklistHeading)
    assert things(driver).cursor == 1
    await driver.press("up", "home")
    assert things(driver).cursor == 1
    for place, row in enumerate(things(driver).rows):
        if isinstance(row, ChecklistHeading) and place:
            things(driver).put_cursor(place - 1 if row.words is None else place - 2)
            await driver.press("down")
            assert things(driver).chosen is not None
            await driver.press("up")
            assert things(driver).chosen is not None
    await driver.press("pagedown", "pageup", "end")
    assert things(driver).chosen is not None


async def the_cursor_stays_near_where_it_was(driver: Driver) -> None:
    await driver.open_visit("NB-006")
    await driver.press("f12", "down", "down", "down")
    chosen, place = things(driver).chosen, things(driver).cursor
    assert chosen is not None
    await driver.press("enter", "f12")
    assert things(driver).chosen == chosen
    for name in below(driver).worked.questions_at(chosen.criterion):
        below(driver).answer(name, True)
    await driver.press("f1", "escape")
    assert (things(driver).cursor, things(driver).chosen == chosen) == (place, False)


async def what_blocks_says_so_and_where_and_no_question_is_put(driver: Driver, workspace: Workspace) -> None:
    open_visit(workspace, "WX-001").put("answer", "wash_total_m3", '"1"')  # as an older program may have left it
    await driver.open_visit("WX-001")
    await driver.press("f12", "f12")
    assert isinstance(driver.app.screen, ChecklistScreen)
    assert "It cannot be submitted yet: WAT-06 blocks it." in driver.shown
    assert "cannot be submitted before this is settled" in driver.shown
    await driver.press("enter")
    assert driver.visit.criterion == "WAT-06"
    open_visit(workspace, "WX-001").answer("wash_total_m3", Fraction(1680))


async def what_clashes_is_settled_by_choosing_which_side_counts(driver: Driver, workspace: Workspace) -> None:
    code, file = "WX-001", Path(os.environ["GREENSTAR_HOME"]).with_name("laptop.zip")

    def send(source: Workspace, target: Workspace) -> None:
        with file.open("wb") as packed:
            pack(source, [code], packed, silent)
        unpack(target, [file], silent)

    later = NOON + timedelta(minutes=1)
    with Workspace.open(file.with_suffix(".db"), cycle="2026", assessor="Bo", clock=lambda: later) as laptop:
        send(workspace, laptop)
        open_visit(laptop, code).note("WAT-07", "wet")
        open_visit(workspace, code).note("WAT-07", "dry")
        send(laptop, workspace)
    await driver.press("f12")
    assert "changed apart by" in driver.line("WAT-07")
    await driver.press("home")
    assert "enter settle" in driver.shown
    await driver.press("enter")
    assert "WAT-07 (note): which is to count?" in driver.shown
    assert "Bo: WAT-07 note: wet" in driver.shown
    await driver.press("enter")
    await driver.until(lambda: "WAT-07 (note) is settled." in driver.told)
    assert open_visit(workspace, code).visit.notes["WAT-07"] == "dry"
    assert "changed apart by" not in driver.shown
    await driver.press("escape")


async def what_another_began_apart_is_taken_in(driver: Driver, workspace: Workspace) -> None:
    code, file = "WX-001", Path(os.environ["GREENSTAR_HOME"]).with_name("apart.zip")
    later = NOON + timedelta(minutes=2)
    with Workspace.open(file.with_suffix(".db"), cycle="2026", assessor="Cy", clock=lambda: later) as laptop:
        add_store(laptop, find_store(workspace, code))
        open_visit(laptop, code).note("WAT-07", "seen by Cy")
        open_visit(laptop, code).note("WAT-08", "only Cy")
        with file.open("wb") as packed:
            pack(laptop, [code], packed, silent)
        unpack(workspace, [file], silent)
    await driver.press("f12", "home")
    assert "begun by Cy as well" in driver.shown
    assert "enter take in" in driver.shown
    await driver.press("enter")
    assert "Take in what Cy entered" in driver.shown
    await driver.press("enter")
    await driver.until(lambda: "2 changes were taken over into the draft." in driver.told)
    assert "Both said something of WAT-07 (note): the later counts" in driver.told
    notes = open_visit(workspace, code).visit.notes
    assert (notes["WAT-07"], notes["WAT-08"]) == ("seen by Cy", "only Cy")
    assert "begun by Cy" not in driver.shown
    await driver.press("escape")


async def a_single_stray_enter_submits_nothing_and_escape_goes_back(driver: Driver) -> None:
    await driver.press("f3", "f12", "f12")
    assert "将封存：已评 60 条（共 60 条）、90 / 100 分、三星" in driver.shown
    await driver.press("enter")
    assert "再按一次 Enter 即提交" in driver.shown
    await driver.press("x", "enter", "escape", "escape")
    assert driver.visit.session.visit.assessment.status is Status.DRAFT
    await driver.press("f3")


async def test_submitting_seals_the_visit_and_the_screen_below_shows_it(
    screen: Open, workspace: Workspace, tmp_path: Path
) -> None:
    async with screen("WX-001", size=(80, 24)) as driver:
        await the_band_says_as_much_as_fits_and_a_click_says_the_rest(driver)
        await evidence_is_one_line_a_place_that_unfolds_to_its_criteria(driver)
        await what_blocks_says_so_and_where_and_no_question_is_put(driver, workspace)
        await what_clashes_is_settled_by_choosing_which_side_counts(driver, workspace)
        await what_another_began_apart_is_taken_in(driver, workspace)
        await a_single_stray_enter_submits_nothing_and_escape_goes_back(driver)
        lock_own_key()
        await a_passphrase_that_does_not_open_the_key_is_told_and_never_shown(driver)
        a_file_that_nobody_verified_has_other_bytes(workspace, tmp_path / "a.jpg")
        await it_is_submitted_and_sealed(
            driver, "WX-001", "y", passphrase="sesame", result="90 points, Three stars", lost="MGT-01 a.jpg"
        )
        assert len(list(workspace.storage.signatures.all())) == 2  # and that of the template


def a_file_that_nobody_verified_has_other_bytes(workspace: Workspace, photo: Path) -> None:
    """As many as it had: only reading it tells."""
    photo.write_bytes(b"a photo")
    files, visit = workspace.storage.evidence, open_visit(workspace, "WX-001")
    attach(visit, "MGT-01", [files.take(photo)])
    kept = files.path_of(of_criterion(visit, "MGT-01")[-1].sha256)
    assert kept is not None
    kept.chmod(0o600)
    kept.write_bytes(b"a phota")


def lock_own_key() -> None:
    """One's own key has a passphrase."""
    key_file().parent.mkdir(exist_ok=True)
    key_file().touch(0o600)
    key_file().write_bytes(read_private_key(PRIVATE.encode()).unlocked().written("sesame", rounds=1))


async def a_passphrase_that_does_not_open_the_key_is_told_and_never_shown(driver: Driver) -> None:
    await driver.open_visit("HF-002")
    await driver.press("f12", "f12", "enter", "enter")
    await driver.until(lambda: isinstance(driver.app.screen, PassphraseDialog))  # the key is looked for on a thread
    await driver.press(*"xyzzy", "enter")
    await driver.see("this passphrase does not open", "with nothing typed: do not sign")
    assert "xyzzy" not in driver.shown
    assert isinstance(driver.app.screen, PassphraseDialog)
    assert driver.app.screen.line.selected_text == "xyzzy"  # what is typed next takes its place
    await driver.press("escape")
    await driver.see("Submit the visit to HF-002")
    await driver.press("y", "enter")
    await driver.until(lambda: "It is unsigned: the signing key" in driver.told)
    assert "Submitted: 62.5 points, One star. Sealed as" in driver.told
    await driver.press("escape", "escape")


async def it_is_submitted_and_sealed(
    driver: Driver, store: str, *keys: str, result: str, passphrase: str = "", lost: str = ""
) -> None:
    await driver.open_visit(store)
    await driver.press("f12", "f12", *keys)
    if passphrase:
        await driver.until(lambda: isinstance(driver.app.screen, PassphraseDialog))
        await driver.press(*passphrase, "enter")
    await driver.until(lambda: isinstance(driver.app.screen, ClosingScreen))  # once the key is open, on a thread
    told = driver.shown
    await driver.press("escape")
    visit = driver.visit.session.visit
    assert (visit.assessment.status, visit.read_only) == (Status.SUBMITTED, True)
    assert visit.assessment.seal is not None
    assert f"Submitted: {result}. Sealed as {visit.assessment.seal[:12]}…" in told
    assert lost in told
    assert "submitted" in driver.line(store)
    assert "read only" in driver.line(store)
    await driver.press("f12", "f12")
    assert f"This visit has been submitted and can only be read. Sealed as {visit.assessment.seal[:12]}" in driver.told
    assert isinstance(driver.app.screen, ChecklistScreen)


async def a_full_disk_is_said_and_the_visit_is_handed_in_once_there_is_room(
    driver: Driver, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Submission:
        raise StorageError("storage.disk_full", file="greenstar.db")

    await driver.open_visit("WX-001")
    with monkeypatch.context() as disk:
        disk.setattr(submit_dialog, "submit", full)
        await driver.press("f12", "f12", "y")
        assert isinstance(driver.app.screen, SubmitDialog)
        assert "Not saved yet: the disk with greenstar.db is full." in driver.shown
        assert not open_visit(workspace, "WX-001").read_only
    await driver.until(lambda: "submitted" in driver.line("WX-001"))
    await driver.press("escape")
    assert driver.visit.session.visit.read_only


async def before_a_visit_is_sealed_and_where_it_is_read_aloud_a_store_has_its_name_in_the_readers_language(
    driver: Driver, workspace: Workspace
) -> None:
    add_store(workspace, Store("BI-001", "Wuxi store · 无锡门店", "", ""))
    assert "BI-001，无锡门店，" in next(opening(open_visit(workspace, "BI-001"), Catalogue("zh")))
    await driver.open_visit("BI-001")
    await driver.press("f12", "f12")
    assert "Submit the visit to BI-001  Wuxi store?" in driver.shown


async def test_every_kind_of_thing_has_a_mark_of_its_own() -> None:
    assert len({glyph.mark for glyph in GLYPHS.values()}) == len(GLYPHS)


# -- what a level needs ------------------------------------------------------------------------------------------


async def a_level_lists_all_it_lacks_or_why_it_is_out_of_reach_and_enter_goes_to_what_could_bring_it(
    driver: Driver,
) -> None:
    await driver.open_visit("HF-002")
    await driver.pilot.resize_terminal(100, 50)
    await driver.rest()
    card = driver.visit.session.card
    await driver.press("alt+n")
    for digit, level in enumerate(card.levels, 1):
        await driver.press(str(digit))
        sentences = [row.words.plain for row in needs(driver).rows if isinstance(row, RequirementText)]
        assert sum(line.startswith("✗ ") for line in sentences) == len(level.unmet)
    assert "Three stars is out of reach in this visit" in driver.shown
    assert "! total" in driver.shown
    await driver.press("left")
    assert needs(driver).at == len(card.levels) - 2
    while not isinstance(needs(driver).row, Closer):
        await driver.pilot.press("down")
    row = needs(driver).row
    await driver.press("enter")
    assert driver.visit.criterion == row.criterion


async def more_criteria_than_a_few_are_listed_when_asked_for(driver: Driver) -> None:
    await driver.open_visit("NB-006")
    await driver.press("alt+n")
    rows = needs(driver)
    total = next(unmet for unmet in below(driver).scorecard.levels[0].unmet if unmet.requirement == "total")
    at = next(index for index, row in enumerate(rows.rows) if isinstance(row, MoreClosers))
    rows.put_cursor(at)
    await driver.press("enter")
    listed = [row.criterion for row in rows.rows if isinstance(row, Closer)][: len(total.criteria)]
    assert sorted(listed) == sorted(total.criteria)
    gains = [row.brings for row in rows.rows if isinstance(row, Closer)][: len(total.criteria)]
    assert gains == sorted(gains, key=lambda gain: -(gain or Fraction(0)))


async def test_what_is_left_and_what_a_level_lacks_are_listed_and_lead_to_where_it_is_done(
    screen: Open, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen("NB-006") as driver:
        await the_cursor_stands_on_things_only(driver)
        await more_criteria_than_a_few_are_listed_when_asked_for(driver)
        await the_cursor_stays_near_where_it_was(driver)
        await the_list_is_made_once_enter_goes_to_where_a_thing_is_done_and_the_list_has_it_no_more(driver)
        await before_a_visit_is_sealed_and_where_it_is_read_aloud_a_store_has_its_name_in_the_readers_language(
            driver, workspace
        )
        await a_full_disk_is_said_and_the_visit_is_handed_in_once_there_is_room(driver, workspace, monkeypatch)
        await a_level_lists_all_it_lacks_or_why_it_is_out_of_reach_and_enter_goes_to_what_could_bring_it(driver)


async def the_band_says_as_much_as_fits_and_a_click_says_the_rest(driver: Driver) -> None:
    await driver.open_visit("NB-006")
    for line in (
        "0 of 100   next ✦✧✧  needs 60, 10 prerequisites, MGT 30 % (is 0 %), 7 more",
        "0 / 100 分   下一级 ✦✧✧  须达 60 分，10 个控制项，另有 8 项",
    ):
        assert driver.line("✦✧✧").strip() == line
        await driver.press("f3")
    for band in (ProgressLine, NextLevelLine):
        await driver.pilot.click(band)
        await driver.rest()
        assert isinstance(driver.app.screen, RequirementsScreen)
        await driver.press("escape")
