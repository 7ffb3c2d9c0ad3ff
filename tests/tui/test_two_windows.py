"""Two windows on one visit: each sees what the other does, and neither overwrites the other in silence."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from textual.widgets import Input

from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.services.visit.moving import move, plan
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.visit import screen as visit_screen
from greenstar.tui.visit.conflict_dialog import ConflictDialog
from tests.tui.conftest import NOON, Open
from tests.tui.driver import Driver


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is long for a test."""
    monkeypatch.setattr(visit_screen, "LOOK_SECONDS", 0.05)


@pytest.fixture
def other(database: Path) -> Iterator[OpenVisit]:
    """The other window."""
    with Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as workspace:
        yield open_visit(workspace, "WX-001")


def value(driver: Driver, question: str) -> str:
    """What stands in a field."""
    field = driver.field(question).editor
    assert isinstance(field, Input)
    return field.value


async def what_another_window_answers_is_seen_at_once_where_nobody_types(driver: Driver, other: OpenVisit) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    other.answer("wash_total_m3", Fraction(400))
    other.flag("WAT-06", on=True)
    await driver.until(lambda: value(driver, "wash_total_m3") == "400")
    assert "88 of 100" in driver.shown
    assert driver.field("wash_total_m3").editor.has_focus


async def as_before(driver: Driver, other: OpenVisit) -> None:
    """The other window gives the first answer again."""
    await driver.go_to("WAT-06", "wash_total_m3")
    other.refresh()
    other.answer("wash_total_m3", Fraction(1680))
    await driver.until(lambda: value(driver, "wash_total_m3") == "1680")


async def _clash(driver: Driver, other: OpenVisit) -> None:
    await as_before(driver, other)
    await driver.press("ctrl+u", *"40")
    other.answer("wash_total_m3", Fraction(400))
    await driver.until(lambda: "Another window answered meanwhile: 400 m³" in driver.said)
    assert value(driver, "wash_total_m3") == "40"
    await driver.type("0")
    await driver.type("0")
    await driver.press("enter")
    assert isinstance(driver.app.screen, ConflictDialog)
    assert open_visit(other.workspace, "WX-001").visit.answers["wash_total_m3"] == 400
    assert "here: 4 000 m³" in driver.shown
    assert "the other window (Li, 12:00:00): 400 m³" in driver.shown
    await driver.press("enter", "4", "space")  # somebody is still typing: nothing is chosen by that
    assert isinstance(driver.app.screen, ConflictDialog)


async def two_different_answers_are_a_choice_with_both_values_and_times(
    driver: Driver, other: OpenVisit, workspace: Workspace
) -> None:
    for keys, kept in ((("down", "down", "enter"), 400), (("down", "enter"), 4000)):
        await _clash(driver, other)
        await driver.press(*keys)
        assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == kept
        assert value(driver, "wash_total_m3") == str(kept)
        assert "meanwhile" not in driver.shown


async def a_choice_that_is_put_off_keeps_both(driver: Driver, other: OpenVisit, workspace: Workspace) -> None:
    await _clash(driver, other)
    await driver.press("escape")
    assert value(driver, "wash_total_m3") == "4000"
    assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 400
    assert "recorded: 400 m³" in driver.said


async def the_same_answer_in_both_windows_is_no_clash(driver: Driver, other: OpenVisit, workspace: Workspace) -> None:
    await as_before(driver, other)
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u", *"400")
    other.answer("wash_total_m3", Fraction(400))
    await driver.press("enter")
    assert not isinstance(driver.app.screen, ConflictDialog)
    assert open_visit(workspace, "WX-001").visit.answers["wash_total_m3"] == 400


async def two_notes_are_a_choice_as_well(driver: Driver, other: OpenVisit, workspace: Workspace) -> None:
    await driver.go_to("WAT-06")
    await driver.press("f7", *"mine")
    other.note("WAT-06", "theirs")
    await driver.until(lambda: driver.visit.session.visit.visit.notes.get("WAT-06") == "theirs")
    assert driver.visit.page.note.area.text == "mine"
    await driver.press("tab")
    assert isinstance(driver.app.screen, ConflictDialog)
    assert "theirs" in driver.shown
    assert "mine" in driver.shown
    await driver.press("down", "down", "enter")
    assert driver.visit.page.note.area.text == "theirs"
    assert open_visit(workspace, "WX-001").visit.notes["WAT-06"] == "theirs"


async def one_window_is_in_no_conflict_with_itself_over_space_that_is_not_kept(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("WAT-07")
    for keys in ((*"mine", "enter"), ("a",), ("enter", "enter"), ("b",)):
        await driver.press("f7", *keys, "tab")
        assert not isinstance(driver.app.screen, ConflictDialog)
    assert open_visit(workspace, "WX-001").visit.notes["WAT-07"] == "mine\na\n\nb"


async def test_each_of_two_windows_sees_what_the_other_does_and_neither_overwrites_the_other_in_silence(
    screen: Open, other: OpenVisit, workspace: Workspace
) -> None:
    async with screen("WX-001") as driver:
        await what_another_window_answers_is_seen_at_once_where_nobody_types(driver, other)
        await two_different_answers_are_a_choice_with_both_values_and_times(driver, other, workspace)
        await the_same_answer_in_both_windows_is_no_clash(driver, other, workspace)
        await two_notes_are_a_choice_as_well(driver, other, workspace)
        await one_window_is_in_no_conflict_with_itself_over_space_that_is_not_kept(driver, workspace)
        await a_choice_that_is_put_off_keeps_both(driver, other, workspace)


@pytest.fixture
def later(other: OpenVisit) -> Scheme:
    """The next version of the scheme, in which a criterion has another id."""
    old = other.scheme
    text = old.canonical.replace(f'"version":"{old.version}"', '"version":"2099.1"').replace('"WAT-06"', '"WAT-6"')
    return scheme_from_json(text.replace('"id":"WAT-6"', '"id":"WAT-6","formerly":["WAT-06"]'))


async def a_visit_that_another_window_moves_to_another_version_is_opened_anew(
    driver: Driver, other: OpenVisit, later: Scheme
) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    move(other.workspace, later, plan(other.workspace, ["WX-001"], later))
    await driver.until(lambda: "WAT-6" in driver.shown)
    await driver.see("it was opened anew")
    assert driver.visit.session.visit.scheme.version == "2099.1"


async def a_move_is_taken_back_in_the_screen(driver: Driver, other: OpenVisit) -> None:
    before = other.visit
    await driver.press("alt+z")
    await driver.until(lambda: driver.visit.session.visit.scheme is other.scheme)
    await driver.until(lambda: "Taken back: Moved" in driver.shown or "it was opened anew" in driver.shown)
    assert driver.visit.session.visit.visit.answers == before.answers


async def a_screen_above_stays_until_it_is_left(driver: Driver, other: OpenVisit, later: Scheme) -> None:
    await driver.press("alt+h")
    history = driver.app.screen
    move(other.workspace, later, plan(other.workspace, ["WX-001"], later))
    await driver.until(lambda: driver.app.screen_stack[-2].session.visit.moved)  # type: ignore[attr-defined]
    assert driver.app.screen is history
    await driver.press("escape")
    await driver.until(lambda: driver.visit.session.visit.scheme.version == "2099.1")


async def test_a_visit_that_is_moved_to_another_version_is_opened_anew_and_moved_back(
    screen: Open, other: OpenVisit, later: Scheme
) -> None:
    async with screen("WX-001") as driver:
        await a_visit_that_another_window_moves_to_another_version_is_opened_anew(driver, other, later)
        await a_move_is_taken_back_in_the_screen(driver, other)
        await a_screen_above_stays_until_it_is_left(driver, other, later)
