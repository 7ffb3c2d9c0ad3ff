"""What is half typed is on disk within half a second, back after a restart, and nothing until it is whole."""

import pytest
from textual.events import AppBlur, AppFocus
from textual.widgets import Input

from greenstar.errors import StorageError
from greenstar.services.visit import drafts, window
from greenstar.services.visit.history import history
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui.common import delayed_call
from greenstar.tui.visit.note_field import NoteField
from tests.tui.conftest import Open
from tests.tui.driver import Driver


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second is long for a test."""
    monkeypatch.setattr(delayed_call, "DRAFT_REST", 0.02)


def half_typed(workspace: Workspace, store: str = "WX-001") -> dict[str, str]:
    """What the database holds of half-typed text."""
    return drafts.kept(workspace, store, open_visit(workspace, store).assessment.id)


async def half_typed_text_is_on_disk_and_is_no_answer_and_no_event(driver: Driver, workspace: Workspace) -> None:
    before = len(history(open_visit(workspace, "WX-001")))
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("end", "5")
    await driver.until(lambda: half_typed(workspace) == {"wash_total_m3": "16805"})
    assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 1680
    assert len(history(open_visit(workspace, "WX-001"))) == before
    await driver.press("backspace")
    await driver.until(lambda: half_typed(workspace) == {})  # it says again what is recorded
    await driver.type("6")
    await driver.press("enter")
    await driver.until(lambda: half_typed(workspace) == {})
    assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 16806


async def a_look_elsewhere_makes_no_answer_of_half_a_figure_and_no_event_of_half_a_note(
    driver: Driver, workspace: Workspace
) -> None:
    before = len(history(open_visit(workspace, "WX-001")))
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u", *"40")
    driver.app.post_message(AppBlur())  # the keyboard goes to another window, and comes back
    await driver.until(lambda: half_typed(workspace) == {"wash_total_m3": "40"})
    driver.app.post_message(AppFocus())
    await driver.rest()
    await driver.press("0", "enter")
    assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 400
    await driver.press("f7", *"half")
    driver.app.post_message(AppBlur())
    note = drafts.field("note", driver.visit.criterion)
    await driver.until(lambda: half_typed(workspace) == {note: "half"})
    driver.app.post_message(AppFocus())
    await driver.rest()
    await driver.press(*" a note", "tab")
    assert len(history(open_visit(workspace, "WX-001"))) == before + 2


async def test_a_window_that_was_killed_opens_at_the_same_question_with_what_was_half_typed(
    screen: Open, workspace: Workspace
) -> None:
    visit = open_visit(workspace, "WX-001")
    visit.remember("WAT-06", "wash_total_m3")
    window.enter(visit)  # and never left
    drafts.keep(workspace, "WX-001", visit.assessment.id, "wash_total_m3", "999")
    async with screen() as driver:
        assert driver.visit.criterion == "WAT-06"
        assert "goes on at WAT-06" in driver.shown
        field = driver.field("wash_total_m3").editor
        assert isinstance(field, Input)
        assert field.has_focus
        assert field.value == "999"
        assert "Not recorded yet (recorded: 1 680 m³" in driver.shown
        assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 1680
        await driver.press("ctrl+u", *"400", "enter")
        assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 400
    async with screen() as driver:  # left and not cut off: the list comes first again
        assert driver.app.screen is driver.app.screen_stack[0]


async def what_waits_half_typed_behind_another_key_is_said_on_the_page(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("POL-02")
    await driver.press("f4", *"done by")
    await driver.until(lambda: half_typed(workspace) == {"exemption:POL-02": "done by"})
    await driver.press("escape")
    assert "is half written" in driver.said
    await driver.press("f4", *" others", "enter")
    assert open_visit(workspace, "WX-001").visit.not_applicable["POL-02"] == "done by others"
    assert half_typed(workspace) == {}


async def a_half_written_note_is_kept_too(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("WAT-06")
    await driver.press("f7", *"half")
    await driver.until(lambda: half_typed(workspace) == {"note:WAT-06": "half"})
    driver.app.screen.query_one(NoteField).fill("WAT-07", "")  # what follows is another window's business


async def a_half_written_note_is_back_after_a_restart(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("WAT-06")
    assert "half a note" in driver.shown
    await driver.press("f7", "!", "tab")
    assert open_visit(workspace, "WX-001").visit.notes["WAT-06"].startswith("half a note")
    assert "note:WAT-06" not in half_typed(workspace)


async def a_refused_value_says_why(driver: Driver) -> None:
    await driver.go_to("WAT-01", "catch_roof_m2")
    await driver.press("end", "9")
    await driver.press("enter")
    assert "More roof is drained than there is" in driver.said
    await driver.press("ctrl+q")


async def a_refused_value_says_why_after_a_restart_too(driver: Driver, workspace: Workspace) -> None:
    assert driver.visit.criterion == "WAT-01"
    assert "45009" in driver.line("│") or "45009" in driver.shown
    assert "More roof is drained than there is" in driver.said
    assert open_visit(workspace, "WX-001").visit.answers["catch_roof_m2"] == 4500


async def told_to_end_from_outside_the_program_keeps_what_is_typed(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u", *"12x")
    driver.app.ending.begin(128 + 15)
    driver.app.ending.begin(128 + 1)  # the terminal goes as well, while it ends
    await driver.until(lambda: driver.app.return_code is not None)
    assert half_typed(workspace)["wash_total_m3"] == "12x"
    assert driver.app.return_code == 128 + 15


async def test_what_is_half_typed_comes_back_however_the_program_ended(screen: Open, workspace: Workspace) -> None:
    async with screen("WX-001") as driver:
        await half_typed_text_is_on_disk_and_is_no_answer_and_no_event(driver, workspace)
        await a_look_elsewhere_makes_no_answer_of_half_a_figure_and_no_event_of_half_a_note(driver, workspace)
        await what_waits_half_typed_behind_another_key_is_said_on_the_page(driver, workspace)
        await a_half_written_note_is_kept_too(driver, workspace)
        await a_refused_value_says_why(driver)
    visit = open_visit(workspace, "WX-001")
    drafts.keep(workspace, "WX-001", visit.assessment.id, "note:WAT-06", "half a note")
    async with screen("WX-001") as driver:
        await a_refused_value_says_why_after_a_restart_too(driver, workspace)
        await a_half_written_note_is_back_after_a_restart(driver, workspace)
        await told_to_end_from_outside_the_program_keeps_what_is_typed(driver, workspace)
    async with screen() as driver:
        assert driver.visit.criterion == "WAT-06"
        assert "12x" in driver.shown
        await told_to_end_half_a_figure_stays_half_typed(driver, workspace)


async def told_to_end_half_a_figure_stays_half_typed(driver: Driver, workspace: Workspace) -> None:
    recorded = open_visit(workspace, "WX-001").visit.answers["wash_total_m3"]
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u", *"17")
    driver.app.ending.begin(128 + 15)
    await driver.until(lambda: driver.app.return_code is not None)
    assert half_typed(workspace)["wash_total_m3"] == "17"
    assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == recorded != 17


async def test_told_to_end_the_program_ends_even_if_a_screen_cannot_keep_what_is_typed(
    screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: object) -> None:
        raise StorageError("storage.damaged", file="greenstar.db")

    async with screen("WX-001") as driver:
        monkeypatch.setattr(type(driver.visit), "keep_typed", damaged)
        driver.app.ending.begin(128 + 15)
    assert driver.app.return_code == 128 + 15
