"""A typed figure shows how it is read; one that can be read in two ways waits until one of them is chosen."""

from fractions import Fraction

from textual.widgets import Input

from greenstar.assessment.model import Answer
from greenstar.services.stores.stores import store_facts
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import routes
from greenstar.tui.common.rows import Rows
from greenstar.tui.visit.reading_dialog import ReadingDialog
from tests.tui.conftest import Open
from tests.tui.driver import Driver

IN_DOUBT = "1.500 can be 1.5 m³ or 1 500 m³; Enter asks which"


def kept(workspace: Workspace) -> Answer | None:
    """What the database holds for the question in doubt."""
    return open_visit(workspace, "WX-001").visit.answers["wash_makeup_m3"]


async def test_a_figure_in_doubt_waits_until_one_of_its_two_readings_is_chosen(
    screen: Open, workspace: Workspace
) -> None:
    async with screen("WX-001") as driver:
        for keys, before, recorded in (
            (("up", "enter"), "196", "1500"),
            (("down", "enter", "enter"), "1500", "1.5"),  # past a warning
        ):
            await driver.go_to("WAT-07", "wash_makeup_m3")
            await driver.press("ctrl+u", *"1.500")
            assert IN_DOUBT in driver.said
            await driver.press("enter", "1", "2", "enter")  # somebody is still typing: nothing is chosen by that
            assert isinstance(driver.app.screen, ReadingDialog)
            assert kept(workspace) == Fraction(before)
            await driver.press(*keys)
            assert kept(workspace) == Fraction(recorded)
            assert driver.visit.criterion != "WAT-07"  # Enter went on
            await driver.go_to("WAT-07", "wash_makeup_m3")
            assert driver.field("wash_makeup_m3").query_one(Input).value == recorded


async def a_reading_shows_while_it_is_typed_and_what_is_in_doubt_is_never_recorded_by_leaving_it(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.open_visit("WX-001")
    await driver.go_to("WAT-07", "wash_makeup_m3")
    assert "= 196 m³" not in driver.shown
    await driver.press("ctrl+u", *"12345,5")
    assert "= 12 345.5 m³" in driver.shown
    await driver.press(" ", "x")
    assert "= 12" not in driver.shown
    await driver.press("ctrl+u", *"1.500", "enter", "escape")
    field = driver.field("wash_makeup_m3")
    assert field.editor.has_focus
    assert field.query_one(Input).value == "1.500"
    await driver.press("tab")
    assert IN_DOUBT in driver.said
    await driver.go_to("WAT-06")
    await driver.go_to("WAT-07", "wash_makeup_m3")
    assert IN_DOUBT in driver.said
    await driver.press("ctrl+q")
    await driver.until(lambda: not driver.app.is_running)
    assert kept(workspace) == 196


async def a_fact_in_doubt_asks_as_well(driver: Driver, workspace: Workspace) -> None:
    driver.host.show(routes.STORE, workspace, "WX-001")
    await driver.rest()
    rows = driver.app.screen.query_one(Rows)
    rows.put_cursor(rows.rows.index("roof_area_m2"))
    rows.focus()
    await driver.press("enter", "ctrl+u", *"4.500", "enter")
    assert isinstance(driver.app.screen, ReadingDialog)
    await driver.press("up", "enter")
    assert store_facts(workspace, "WX-001")["roof_area_m2"] == 4500


async def test_a_figure_that_can_be_read_in_two_ways_waits_until_one_is_chosen(
    screen: Open, workspace: Workspace
) -> None:
    async with screen("WX-001") as driver:
        await a_fact_in_doubt_asks_as_well(driver, workspace)
        await a_reading_shows_while_it_is_typed_and_what_is_in_doubt_is_never_recorded_by_leaving_it(driver, workspace)
