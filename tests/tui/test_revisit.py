"""A re-visit: the last cycle's answers stand beside the fields, and count only when they are confirmed or changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.tui.conftest import NOON, Open
from tests.tui.driver import Driver


@pytest.fixture
def next_year(database: Path) -> Iterator[Workspace]:
    """The cycle after one in which Wuxi was visited and submitted."""
    with Workspace.open(database, cycle="2026", assessor="A. Assessor", clock=lambda: NOON) as before:
        submit(before, "WX-001")
    with Workspace.open(database, cycle="2027", assessor="Li", clock=lambda: NOON) as workspace:
        yield workspace


async def the_answer_before_is_confirmed_by_one_key_and_a_figure_of_a_period_is_asked_for_anew(
    driver: Driver, next_year: Workspace
) -> None:
    await driver.go_to("WAT-06")
    await driver.press("alt+p")  # how the water is known: now the figure is asked for
    assert "as in 2026" in driver.shown
    assert driver.field("wash_total_m3").editor.has_focus
    assert "2026: 1 680 m³   type the new figure" in driver.shown
    await driver.press("alt+p")
    assert "Type the new one" in driver.shown
    assert driver.field("wash_total_m3").editor.has_focus
    assert driver.visit.session.card.criteria["WAT-06"].open
    await driver.press(*"2000", "enter")
    kept = open_visit(next_year, "WX-001")
    assert kept.visit.answers["wash_total_m3"] == 2000
    checked = kept.rechecked
    assert checked is not None
    assert (checked.same, checked.changed) == (2, 1)
    await driver.go_to("WAT-06", "wash_total_m3")
    assert "2026: 1 680 m³" in driver.shown


async def options_are_confirmed_as_well_and_what_has_no_answer_before_says_so(
    driver: Driver, next_year: Workspace
) -> None:
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("alt+p")
    assert open_visit(next_year, "WX-001").visit.answers["permits_ok"] is True
    await driver.press("alt+p")
    assert driver.visit.criterion == "MGT-P2"  # it was the last question there
    await driver.go_to("POL-01", "ww_test")  # of the months before a visit, as a figure may be, but picked
    assert "choose anew" in driver.shown
    await driver.press("alt+p")
    assert "Choose anew." in driver.told
    assert "ww_test" not in open_visit(next_year, "WX-001").visit.answers


async def test_all_that_is_still_so_at_a_place_is_filled_in_at_once_and_taken_back_by_one_undo(
    screen: Open, next_year: Workspace
) -> None:
    async with screen("WX-001", where=next_year, size=(80, 24)) as driver:
        await driver.go_to("WAT-06")
        await driver.press("alt+equals_sign")
        assert "Takes over the answers of 2026 to" in driver.shown
        await driver.press("down", "enter")
        assert "Not now: no file here waits to be verified." in driver.shown
        await driver.press("up", "enter")
        filled = open_visit(next_year, "WX-001").visit.answers
        assert f"{len(filled)} answers taken over; alt+z takes them all back." in driver.shown
        assert "wash_total_m3" not in filled  # a figure of a period is a new one
        await driver.press("alt+z")
        assert f"Taken back: {len(filled)} answers that were still so" in driver.shown
        assert open_visit(next_year, "WX-001").visit.answers == {}


async def a_criterion_is_flagged_to_come_back_to(driver: Driver, next_year: Workspace) -> None:
    await driver.go_to("WAT-06")
    await driver.press("alt+g")
    assert "WAT-06 is flagged" in driver.shown
    assert open_visit(next_year, "WX-001").flags == {"WAT-06"}
    await driver.press("alt+o", "6")
    assert driver.visit.outline.visible_order() == ["WAT-06"]
    await driver.press("alt+g")
    assert open_visit(next_year, "WX-001").flags == frozenset()


async def an_answer_that_was_confirmed_stands_in_its_field_and_enter_goes_on_from_it(
    driver: Driver, next_year: Workspace
) -> None:
    await driver.go_to("ENG-01", "staff_n")
    await driver.type("9")  # half of something else
    await driver.press("alt+p")
    assert driver.field("staff_n").line.value == "110"
    assert driver.visit.page.enter("staff_n")
    await driver.press("enter")
    assert driver.field("staff_trained_n").editor.has_focus
    assert open_visit(next_year, "WX-001").visit.answers["staff_n"] == 110


async def a_store_that_was_not_visited_before_has_no_answer_of_the_last_cycle(driver: Driver) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("alt+p")
    assert "no answer of the last cycle" in driver.shown


async def test_answers_of_the_last_cycle_are_confirmed_taken_over_or_asked_for_anew(
    screen: Open, next_year: Workspace
) -> None:
    visit = open_visit(next_year, "WX-001")
    assert visit.previous is not None
    visit.answer("wash_method", visit.previous.answers["wash_method"])
    left = [Catalogue("en").render(item.message) for item in checklist_of(visit) if item.criterion == "WAT-07"]
    assert left == ["2 meters or figures to read"]  # nothing of the last cycle to confirm
    async with screen("WX-001", where=next_year) as driver:
        await the_answer_before_is_confirmed_by_one_key_and_a_figure_of_a_period_is_asked_for_anew(driver, next_year)
        await options_are_confirmed_as_well_and_what_has_no_answer_before_says_so(driver, next_year)
        await an_answer_that_was_confirmed_stands_in_its_field_and_enter_goes_on_from_it(driver, next_year)
        await a_criterion_is_flagged_to_come_back_to(driver, next_year)
        await a_store_that_was_not_visited_before_has_no_answer_of_the_last_cycle(driver)
