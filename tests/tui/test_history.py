"""The history on the screen: every change in words, what it moved, and Enter to take it back."""

from fractions import Fraction
from unittest.mock import Mock

import pytest

from greenstar.scoring.score import score
from greenstar.services.visit import history
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import routes
from greenstar.tui.history.screen import HistoryScreen
from tests.tui.conftest import Open
from tests.tui.driver import Driver


async def a_change_is_told_with_its_points_and_enter_takes_that_very_one_back(
    driver: Driver, workspace: Workspace
) -> None:
    visit = open_visit(workspace, "WX-001")
    visit.answer("wash_total_m3", Fraction(400))
    visit.note("WAT-06", "Read twice [/x] " + "long " * 40)
    driver.host.show(routes.HISTORY, visit)
    await driver.until(lambda: "-2" in driver.line("400 m³"))
    await driver.press("down")
    line = driver.line("400 m³")
    assert ("05-12 12:00  A. Assessor  WAT-06: 400 m³ (was 1 680 m³)" in line, line.rstrip("│ ")[-2:]) == (
        True,
        "-2",
    )
    assert "It moved the total by -2 points." in driver.shown
    await driver.press("enter")
    assert "Taken back: WAT-06" in driver.shown
    assert visit.visit.answers["wash_total_m3"] == 1680
    assert visit.visit.notes["WAT-06"].startswith("Read twice")
    assert "↶" in driver.line("A. Assessor  WAT-06: 400 m³")
    await driver.press("enter")
    assert "Done again: WAT-06" in driver.shown
    assert visit.visit.answers["wash_total_m3"] == 400


async def undo_and_redo_and_the_way_to_the_criterion(driver: Driver, workspace: Workspace) -> None:
    visit = open_visit(workspace, "WX-001")
    visit.flag("WAT-06", on=True)
    driver.host.show(routes.HISTORY, visit)
    await driver.rest()
    await driver.press("f3")
    assert "WAT-06 已标记" in driver.shown
    await driver.press("alt+z")
    assert "已撤销：WAT-06 已标记" in driver.shown
    assert visit.flags == frozenset()
    await driver.press("alt+y")
    assert visit.flags == {"WAT-06"}
    await driver.press("f3", "home", "f8")
    assert driver.visit.criterion == "WAT-06"


async def of_a_hundred_and_fifty_changes_only_those_in_view_are_scored(
    driver: Driver, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = open_visit(workspace, "WX-001")
    with workspace.storage.transaction():
        for number in range(75):
            visit.answer("wash_total_m3", Fraction(1000 + number))
            visit.flag("WAT-06", on=number % 2 == 0)
    scored = Mock(wraps=score)
    monkeypatch.setattr(history, "score", scored)
    driver.host.show(routes.HISTORY, visit)
    await driver.until(lambda: "WAT-06 flag" in driver.shown and "?" not in driver.shown)
    assert 0 < scored.call_count < 40
    await driver.press("end")
    await driver.until(lambda: "Visit started" in driver.shown and "?" not in driver.shown)
    assert scored.call_count < 80


async def a_click_shows_an_entry_and_takes_nothing_back(driver: Driver, workspace: Workspace) -> None:
    visit = open_visit(workspace, "WX-001")
    for text in ("one", "two", "three"):
        visit.note("WAT-06", text)
    driver.host.show(routes.HISTORY, visit)
    await driver.rest()
    await driver.pilot.click("#changes", offset=(30, 2))
    await driver.rest()
    assert driver.shown.count("WAT-06 note: one") == 2  # in the list, and below it
    assert visit.visit.notes["WAT-06"] == "three"


async def the_history_of_a_sealed_visit_is_only_looked_at(driver: Driver, workspace: Workspace) -> None:
    submit(workspace, "HF-002")
    visit = open_visit(workspace, "HF-002")
    driver.host.show(routes.HISTORY, visit)
    await driver.rest()
    assert "Submitted and sealed" in driver.shown
    for key in ("enter", "alt+z", "alt+y"):
        await driver.press(key)
        assert "can only be read" in driver.shown
    assert isinstance(driver.app.screen, HistoryScreen)


async def test_what_changed_is_told_and_taken_back_and_in_a_sealed_visit_only_looked_at(
    screen: Open, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen(size=(80, 24)) as driver:
        await a_change_is_told_with_its_points_and_enter_takes_that_very_one_back(driver, workspace)
        await undo_and_redo_and_the_way_to_the_criterion(driver, workspace)
        await a_click_shows_an_entry_and_takes_nothing_back(driver, workspace)
        await the_history_of_a_sealed_visit_is_only_looked_at(driver, workspace)
        await of_a_hundred_and_fifty_changes_only_those_in_view_are_scored(driver, workspace, monkeypatch)
