"""What is typed: checked at once, scored at once, on disk when it says so, and never lost."""

from fractions import Fraction
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.widgets import Input

from greenstar.assessment.model import Answer
from greenstar.services.stores.stores import store_facts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs, routes
from greenstar.tui.common.options import OptionField
from tests.sql import path_of
from tests.tui.conftest import Open
from tests.tui.driver import Driver


def kept(workspace: Workspace, question: str, store: str = "WX-001") -> Answer | None:
    """What the database holds for a question."""
    return open_visit(workspace, store).visit.answers.get(question)


async def a_figure_is_scored_as_it_is_typed_and_enter_stores_it_with_a_decimal_comma_or_emptied(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u")
    await driver.type("400")
    assert "= 51 %" in driver.shown  # 1 - 196 / 400
    assert "earns 0 of 3" in driver.shown
    assert "60 % earns 1" in driver.shown
    assert "88 of 100" in driver.shown
    assert kept(workspace, "wash_total_m3") == 1680
    await driver.press("enter")
    assert kept(workspace, "wash_total_m3") == 400
    assert "saved 12:00:00" in driver.shown
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u", *"1680,5", "enter")
    assert kept(workspace, "wash_total_m3") == Fraction("1680.5")
    assert driver.visit.criterion != "WAT-06"
    assert not driver.visit.session.half_typed
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u", "enter")
    assert kept(workspace, "wash_total_m3") is None  # an emptied field is no answer
    assert "59/60" in driver.shown


async def a_figure_is_stored_when_its_field_is_left_and_when_the_program_is_left(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("ctrl+u", *"16800", "tab")
    assert kept(workspace, "wash_total_m3") == 16800
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("end", "backspace", "ctrl+q")
    await driver.until(lambda: not driver.app.is_running)
    assert kept(workspace, "wash_total_m3") == 1680


async def a_refused_figure_says_why_and_stays_until_one_comes_back(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("end", "x")
    assert "! " in driver.line("1680x") or "not a number" in driver.shown or "number" in driver.shown
    await driver.press("enter")
    assert driver.field("wash_total_m3").editor.has_focus
    await driver.press("f8")
    await driver.go_to("WAT-07")
    await driver.go_to("WAT-06", "wash_total_m3")
    assert driver.field("wash_total_m3").query_one(Input).value == "1680x"
    assert driver.field("wash_total_m3").blocked
    assert kept(workspace, "wash_total_m3") == 1680
    await driver.press("backspace", "enter")
    assert not driver.visit.session.half_typed


async def an_answer_that_a_check_refuses_says_so_and_what_is_refused_survives_the_answer_to_another_question(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("WAT-01", "catch_roof_m2")
    await driver.press("end", "9")
    await driver.press("enter")
    assert "More roof is drained than there is" in driver.said
    assert kept(workspace, "catch_roof_m2") == 4500
    assert driver.field("catch_roof_m2").query_one(Input).value == "45009"
    await driver.go_to("WAT-01", "tank_m3")
    await driver.press("end", "x")
    driver.visit.page.enter("catch_roof_m2")
    await driver.press("ctrl+u", "7", "enter")
    assert driver.field("tank_m3").query_one(Input).value == "200x"


async def yes_and_no_are_answered_with_letters_options_ticked_with_digits_and_backspace_takes_back(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("n")
    assert kept(workspace, "permits_ok") is False
    assert "● no" in driver.shown
    assert "! MGT-P1" in driver.shown  # the mark of a prerequisite that fails
    await driver.press("backspace")
    assert kept(workspace, "permits_ok") is None
    await driver.press("y")
    assert kept(workspace, "permits_ok") is True
    for key, answer in {"２": False, "是": True, "ｎ": False, "1": True, "否": False, "１": True}.items():
        await driver.press(key)  # as an input method writes it
        assert (key, kept(workspace, "permits_ok")) == (key, answer)
    await driver.go_to("WAT-01", "rain_treatment")
    await driver.press("２")
    assert kept(workspace, "rain_treatment") == ("first_flush", "disinfection", "tested")
    assert f"{glyphs.NOT_TICKED.mark} filter" in driver.shown
    assert "3 of 4" in driver.shown
    await driver.press("0")
    assert kept(workspace, "rain_treatment") == ()  # none of these is an answer


async def enter_on_a_question_without_a_picked_option_goes_on_and_answers_nothing(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.open_visit("NB-006")
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("enter")
    assert driver.field("no_open_penalty").query_one(OptionField).has_focus
    await driver.press("enter")
    assert driver.visit.criterion == "MGT-P2"
    assert kept(workspace, "permits_ok", "NB-006") is None


async def a_criterion_that_waits_for_a_fact_asks_for_it_on_its_page(driver: Driver, workspace: Workspace) -> None:
    await driver.open_visit("AX-1")
    await driver.go_to("WAT-P1")
    assert "Are cars washed at this address" in driver.shown
    await driver.press("y")
    assert open_visit(workspace, "AX-1").visit.facts == {"has_car_wash": True}
    assert "Does a meter measure the car-wash water" in driver.shown


async def not_applicable_needs_a_reason_can_be_taken_back_and_is_refused_where_it_must_not_be(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("BLD-01")
    await driver.press("f4", "enter")
    assert "Without a reason" in driver.shown
    await driver.press("x", "enter")
    assert "A reason says something" in driver.shown
    await driver.press("backspace")
    await driver.type("listed [/x]")
    await driver.press("enter")
    assert open_visit(workspace, "WX-001").visit.not_applicable == {"BLD-01": "listed [/x]"}
    assert "listed [/x]" in driver.shown
    assert "n/a" in driver.line(f"{glyphs.NOT_APPLICABLE.mark} BLD-01 ")
    await driver.press("f4", "f4")
    assert not open_visit(workspace, "WX-001").visit.not_applicable
    await driver.go_to("WAT-P1")
    await driver.press("f4")
    assert "WAT-P1 cannot be marked as not applicable" in driver.shown
    assert not open_visit(workspace, "WX-001").visit.not_applicable


async def a_visit_that_was_handed_in_can_only_be_read(driver: Driver, workspace: Workspace) -> None:
    await driver.open_visit("SH-004")
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("n")
    assert "read only" in driver.line("SH-004")
    assert kept(workspace, "permits_ok", "SH-004") is True


async def test_other_visits_are_read_or_answered_and_opening_again_comes_back_to_the_same_question(
    screen: Open, workspace: Workspace, database: Path
) -> None:
    async with screen("NB-006") as driver:
        await a_visit_that_was_handed_in_can_only_be_read(driver, workspace)
        await a_visit_that_is_handed_in_meanwhile_is_said_to_be_and_only_read(driver, workspace)
        await a_criterion_that_waits_for_a_fact_asks_for_it_on_its_page(driver, workspace)
        await enter_on_a_question_without_a_picked_option_goes_on_and_answers_nothing(driver, workspace)
        await driver.go_to("MGT-P2", "officer_named")
        await driver.press("y", "enter")
        await driver.press("ctrl+q")
    with Workspace.open(database, cycle="2026", assessor="A. Assessor") as again:
        async with screen("NB-006", where=again) as driver:
            assert driver.visit.criterion == "MGT-P2"
            assert driver.field("officer_reports").editor.has_focus


async def keys_typed_ahead_of_a_slow_screen_answer_the_question_that_they_were_meant_for(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("MGT-P1", "permits_ok")
    for key in ("y", "enter", "n"):
        driver.app.simulate_key(key)
    await driver.rest()
    await driver.rest()
    assert kept(workspace, "permits_ok") is True
    assert kept(workspace, "no_open_penalty") is False


async def a_visit_that_is_handed_in_meanwhile_is_said_to_be_and_only_read(driver: Driver, workspace: Workspace) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("MGT-P1", "permits_ok")
    with Workspace.open(path_of(workspace), cycle="2026", assessor="Other") as other:
        submit(other, "HF-002")
    await driver.press("n")
    assert "submitted" in driver.shown or "handed in" in driver.shown
    await driver.press("f7")
    await driver.type("late")
    await driver.press("enter")
    assert kept(workspace, "permits_ok", "HF-002") is True
    assert driver.visit.session.visit.read_only


async def what_is_typed_in_the_list_of_facts_goes_into_the_question_beside_it(
    driver: Driver, workspace: Workspace
) -> None:
    driver.host.show(routes.STORE, driver.host.workspace, "HF-002")
    await driver.rest()
    await driver.press("shift+tab", "end")  # into the list, to the last fact
    await driver.type("912")
    await driver.press("enter")
    assert store_facts(workspace, "HF-002")["rain_mm"] == 912
    await driver.press("escape")


async def a_note_is_kept_as_written_but_for_what_is_no_text_in_the_encoding_of_the_terminal_which_is_told(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("WAT-06")
    await driver.press("f3", "f7")
    await driver.type("[/x]")
    await driver.press("enter")
    await driver.type("二")
    await driver.press("f8")
    assert open_visit(workspace, "WX-001").visit.notes == {"WAT-06": "[/x]\n二"}
    await driver.press("f3")
    await driver.go_to("WAT-07")
    await driver.press("f7", "a")
    driver.app.post_message(Key("\ufffd", "\ufffd"))
    await driver.rest()
    assert "no text in its encoding" in driver.shown
    driver.app.post_message(Paste("b\ufffdc"))
    await driver.rest()
    await driver.press("tab")
    assert open_visit(workspace, "WX-001").visit.notes["WAT-07"] == "abc"


async def test_what_is_typed_is_checked_scored_and_kept(screen: Open, workspace: Workspace) -> None:
    async with screen("WX-001") as driver:
        await a_refused_figure_says_why_and_stays_until_one_comes_back(driver, workspace)
        await a_figure_is_scored_as_it_is_typed_and_enter_stores_it_with_a_decimal_comma_or_emptied(driver, workspace)
        await yes_and_no_are_answered_with_letters_options_ticked_with_digits_and_backspace_takes_back(
            driver, workspace
        )
        await an_answer_that_a_check_refuses_says_so_and_what_is_refused_survives_the_answer_to_another_question(
            driver, workspace
        )
        await not_applicable_needs_a_reason_can_be_taken_back_and_is_refused_where_it_must_not_be(driver, workspace)
        await keys_typed_ahead_of_a_slow_screen_answer_the_question_that_they_were_meant_for(driver, workspace)
        await a_note_is_kept_as_written_but_for_what_is_no_text_in_the_encoding_of_the_terminal_which_is_told(
            driver, workspace
        )
        await what_is_typed_in_the_list_of_facts_goes_into_the_question_beside_it(driver, workspace)
        await a_figure_is_stored_when_its_field_is_left_and_when_the_program_is_left(driver, workspace)


async def enter_shows_a_new_warning_first_and_what_was_earned_stays_in_sight_until_the_next_key(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.go_to("WAT-07", "wash_makeup_m3")
    await driver.press("enter")  # nothing new
    assert driver.visit.criterion != "WAT-07"
    await driver.go_to("WAT-07", "wash_makeup_m3")
    await driver.press(*"25", "enter")
    assert driver.visit.criterion == "WAT-07"
    assert "less than steam" in driver.shown
    assert kept(workspace, "wash_makeup_m3") == 25
    await driver.press("enter")
    assert driver.visit.criterion != "WAT-07"
    assert "WAT-07 ✓ 3/3 · 1.79 L" in driver.shown
    await driver.press("left")
    assert "WAT-07 ✓ 3/3" not in driver.shown
    await driver.go_to("WAT-07", "wash_makeup_m3")
    await driver.press(*"24", "enter")  # the same warning
    assert driver.visit.criterion != "WAT-07"


async def a_figure_out_of_the_usual_is_a_warning_to_be_seen_as_well(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenstar.tui.common.notice._SECONDS_IN_PASSING", 0.3)
    await driver.go_to("WAT-07", "wash_makeup_m3")
    await driver.press("up", *"900", "enter", *"15", "enter")
    assert driver.visit.criterion == "WAT-07"
    assert "from 20 to 5 000" in driver.shown
    await driver.press("enter")
    assert "WAT-07 ◐ 2/3 · 16.67 L" in driver.shown
    await driver.until(lambda: "WAT-07 ◐ 2/3 · " not in driver.shown)
    await driver.go_to("WAT-07", "wash_makeup_m3")
    await driver.press("f8")  # nothing was earned here
    assert "WAT-07 ◐ 2/3 · " not in driver.shown
    await driver.go_to("WAT-07", "wash_makeup_m3")
    await driver.press(*"14", "alt+down")
    assert "WAT-07 ◐ 2/3 · 15.56 L" in driver.shown


async def what_is_said_of_a_field_is_in_sight_under_the_last_one_of_a_full_page_and_where_nothing_is_picked(
    driver: Driver,
) -> None:
    await driver.go_to("WAT-06", "wash_total_from")
    await driver.press("q")
    assert "q picks nothing here: 1 2." in driver.shown
    await driver.press("2", "enter", "7", "enter", *"1222")
    assert "out of bounds: from 0.5 to 60" in driver.shown


async def test_a_figure_out_of_the_usual_and_what_else_is_said_of_a_field_is_seen_in_a_small_window(
    screen: Open, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen("WX-001", size=(80, 24)) as driver:
        await enter_shows_a_new_warning_first_and_what_was_earned_stays_in_sight_until_the_next_key(driver, workspace)
        await a_figure_out_of_the_usual_is_a_warning_to_be_seen_as_well(driver, monkeypatch)
        await what_is_said_of_a_field_is_in_sight_under_the_last_one_of_a_full_page_and_where_nothing_is_picked(driver)
