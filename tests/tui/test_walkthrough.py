"""From screen to screen and from criterion to criterion: by keyboard, in both languages, in any window."""

from pathlib import Path

import pytest
from textual.widgets import Input

from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui.results.scorecard_screen import ScorecardScreen
from greenstar.tui.stores.store_screen import StoreScreen
from greenstar.tui.stores.stores_screen import StoresScreen
from tests.tui.conftest import HOSTILE, Open
from tests.tui.driver import Driver


async def test_an_empty_database_says_what_to_do_first(screen: Open, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "new.db", cycle="2026", assessor="A. Assessor") as empty:
        async with screen(where=empty) as driver:
            await driver.press("escape")  # from the greeting
            assert "There is no store yet" in driver.shown
            await driver.press("alt+a")
            for text in ("NB-007", "New [/x] store", "", "East"):
                await driver.type(text)
                await driver.press("enter")
            assert isinstance(driver.app.screen, StoreScreen)
            assert "New [/x] store" in driver.shown
            await driver.press("y", "enter")
            assert "20 facts are still open" in driver.shown


async def the_name_of_a_store_is_never_read_as_markup(driver: Driver) -> None:
    await driver.open_stores()
    await driver.type("上海")
    assert HOSTILE in driver.shown
    for key in ("enter", "f8", "alt+c"):
        await driver.press(key)
        assert HOSTILE in driver.line("AX-1")
    await driver.open_stores()
    await driver.press("escape")


async def the_visit_worked_on_last_stands_on_top_and_f8_goes_on_with_it(driver: Driver) -> None:
    await driver.press("f8")
    assert driver.visit.session.visit.visit.store.code == "WX-001"


async def what_is_half_typed_stays_when_f3_switches_every_word_and_on_other_screens(driver: Driver) -> None:
    await driver.open_visit("WX-001")
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("end", "x", "f3")
    assert "洗车水循环利用率" in driver.shown
    assert "路线" in driver.shown
    field = driver.field("wash_total_m3").query_one(Input)
    assert (field.value, field.has_focus) == ("1680x", True)
    await driver.press("alt+c")
    assert "评分表" in driver.shown
    for key in ("f8", "alt+f", "f8"):
        await driver.press(key)
        assert key != "f8" or driver.field("wash_total_m3").query_one(Input).value == "1680x"
    await driver.press("f3", "backspace", "enter")


async def f8_goes_to_the_next_open_criterion_of_this_place_before_others(driver: Driver) -> None:
    await driver.open_visit("NB-006")
    await driver.go_to("POL-01")
    await driver.press("f8")
    assert driver.visit.criterion == "WAT-P1"


async def one_goes_by_the_tree_in_two_orders_and_by_words_of_either_language(driver: Driver) -> None:
    await driver.open_visit("WX-001")
    await driver.go_to("WAT-02")
    assert driver.visit.outline.heading_of("WAT-02") == "office"
    await driver.press("f2")
    assert "▾ Water" in driver.shown
    await driver.press("f2")
    assert "▾ Meeting room" in driver.shown
    await driver.go_to("MGT-P1")
    await driver.press("alt+t", "down", "down")
    assert driver.visit.criterion == "MGT-01"  # each that it passes is shown
    assert driver.visit.outline.has_focus
    await driver.press("enter")
    questions = {field.question for field in driver.visit.page.fields()}
    assert driver.field("policy" if "policy" in questions else "MGT-01").editor.has_focus
    await driver.press("f9")
    await driver.type("洗车水循环")
    await driver.press("enter")
    assert driver.visit.criterion == "WAT-06"


async def every_command_of_a_screen_stands_in_its_help_and_its_palette(driver: Driver) -> None:
    sentences = [driver.host.catalogue.say(command.sentence) for command in driver.visit.commands]
    await driver.press("f1")
    assert [sentence for sentence in sentences if sentence not in driver.shown] == []
    await driver.press("escape", "f10")
    await driver.type("scorecard")
    await driver.press("enter")
    assert isinstance(driver.app.screen, ScorecardScreen)


async def a_window_too_small_says_so_and_loses_nothing(driver: Driver) -> None:
    await driver.open_visit("WX-001")
    await driver.pilot.resize_terminal(80, 24)
    await driver.rest()
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("end", "5")
    await driver.pilot.resize_terminal(40, 10)
    await driver.rest()
    assert "too small" in driver.shown
    await driver.pilot.resize_terminal(80, 24)
    await driver.rest()
    assert "16805" in driver.shown
    assert driver.field("wash_total_m3").editor.has_focus


async def the_scorecard_unfolds_to_the_arithmetic_and_leads_back_to_the_criterion(driver: Driver) -> None:
    await driver.open_visit("WX-001")
    await driver.press("alt+c")
    for _ in range(40):
        await driver.pilot.press("down")
        if "MGT-03" in str(driver.app.screen.query_one("#body").row):  # type: ignore[attr-defined]
            break
    await driver.press("enter")
    assert "months_complete_n" in driver.shown
    await driver.press("f8")
    assert driver.visit.criterion == "MGT-03"


async def test_from_a_visit_to_its_help_and_its_scorecard_in_large_windows_and_too_small_ones(screen: Open) -> None:
    async with screen("WX-001", size=(119, 90)) as driver:
        await every_command_of_a_screen_stands_in_its_help_and_its_palette(driver)
        await the_scorecard_unfolds_to_the_arithmetic_and_leads_back_to_the_criterion(driver)
        await a_window_too_small_says_so_and_loses_nothing(driver)


async def the_ranking_says_who_is_a_candidate_and_why_the_others_are_not(driver: Driver) -> None:
    await driver.open_stores()
    await driver.press("alt+r")
    assert "SH-004 Mall showroom (sample)   place 1 of 1" in driver.shown
    assert "Three stars not reached" in driver.shown
    assert "WX-001" not in driver.shown
    await driver.press("alt+o", *"drafts", "enter")
    assert "candidate" in driver.line("WX-001  Wuxi")
    assert "candidate" not in driver.line("SH-004  Mall")


async def escape_leads_back_to_the_stores_and_their_figures_are_new(driver: Driver) -> None:
    await driver.open_visit("WX-001")
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("n", "escape")
    assert isinstance(driver.app.screen, StoresScreen)
    assert "✦" not in driver.line("WX-001  Wuxi")


async def what_is_copied_in_a_field_goes_to_the_desktop(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    await driver.open_stores()
    monkeypatch.setattr(driver.host.desktop, "copy_text", copied.append)
    await driver.type("wuxi")
    await driver.press("shift+home", "ctrl+c")
    assert copied == ["wuxi"]


async def capitals_are_the_same_keys_and_no_text(driver: Driver, workspace: Workspace) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("N", "alt+shift+z")  # as Caps Lock sends them
    assert "Taken back" in driver.shown
    await driver.press("f7", "alt+Z", "alt+Z")
    assert "^" not in driver.visit.page.note.area.text
    assert "Z" not in driver.visit.page.note.area.text
    await driver.press("f12", "f12", "Y")
    assert open_visit(workspace, "HF-002").read_only


async def what_textual_itself_would_say_of_leaving_is_said_in_the_language_in_use(driver: Driver) -> None:
    await driver.open_visit("WX-001")
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("f3", "ctrl+c")
    assert "按 ctrl+q 退出" in driver.shown
    assert "quit" not in driver.shown
    await driver.press("f3")


async def test_from_screen_to_screen_and_from_criterion_to_criterion(
    screen: Open, monkeypatch: pytest.MonkeyPatch, workspace: Workspace
) -> None:
    async with screen() as driver:
        await the_visit_worked_on_last_stands_on_top_and_f8_goes_on_with_it(driver)
        await the_name_of_a_store_is_never_read_as_markup(driver)
        await the_ranking_says_who_is_a_candidate_and_why_the_others_are_not(driver)
        await what_is_copied_in_a_field_goes_to_the_desktop(driver, monkeypatch)
        await what_is_half_typed_stays_when_f3_switches_every_word_and_on_other_screens(driver)
        await f8_goes_to_the_next_open_criterion_of_this_place_before_others(driver)
        await one_goes_by_the_tree_in_two_orders_and_by_words_of_either_language(driver)
        await what_textual_itself_would_say_of_leaving_is_said_in_the_language_in_use(driver)
        await escape_leads_back_to_the_stores_and_their_figures_are_new(driver)
        await capitals_are_the_same_keys_and_no_text(driver, workspace)
