"""The windows that help to answer a question: a stopwatch and a bucket, two readings of a meter."""

from fractions import Fraction
from pathlib import Path

import pytest
from textual.events import Key

from greenstar.assessment.calculated import formula_of
from greenstar.services.visit import drafts
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.checklist_item import ChecklistItem, ItemKind
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui.visit import helper_dialog
from greenstar.tui.visit.conflict_dialog import ConflictDialog
from greenstar.tui.visit.helper_dialog import HelperDialog
from tests.tui.conftest import NOON, Open
from tests.tui.driver import Driver
from tests.tui.test_question_field import soon  # noqa: F401  (what is half typed is told at once)


def window(driver: Driver) -> HelperDialog:
    assert isinstance(driver.app.screen, HelperDialog)
    return driver.app.screen


async def test_stopwatch_and_bucket_give_a_flow_and_what_is_typed_in_their_window_is_kept(
    screen: Open, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_visit(workspace, "WX-001") as visit:
        visit.answer("wash_total_from", "timed")
    times = iter([100.0, 100.0, 138.02])
    monkeypatch.setattr(helper_dialog, "monotonic", lambda: next(times, 138.02))
    monkeypatch.setattr(helper_dialog, "_TICK", 60)
    async with screen("WX-001") as driver:
        await driver.go_to("WAT-06", "wash_total_from")
        assert "alt+e stopwatch and bucket" in driver.shown
        await driver.press("alt+e")
        assert "nothing to measure" in driver.shown  # at this question
        await driver.go_to("WAT-06", "wash_l_min")
        await driver.press("alt+e", "space")
        for key in (Key("space", " "), Key("x", "x")):  # typed at once, as a terminal sends it
            driver.app.post_message(key)
        await driver.rest()
        assert window(driver).typed == ["38.0", "x"]
        assert "expected a number" in driver.shown
        await driver.press("enter")
        await driver.press("escape")
        kept = drafts.kept(workspace, "WX-001", driver.visit.session.visit.assessment.id)
        assert kept == {"helper:wash_l_min": "38.0\nx"}
        assert any(item.question == "wash_l_min" for item in _half_typed(driver))
        await driver.press("alt+e")
        await driver.press("tab", "backspace", *"12.5")
        assert "12.5/38*60 = 19.736842 L/min (rounded to 6 decimals)" in driver.shown
        await driver.press("enter")
        answer = open_visit(workspace, "WX-001").visit.answers["wash_l_min"]
        assert (answer, formula_of(answer)) == (Fraction("19.736842"), "12.5/38*60")
        assert driver.field("wash_l_min").line.value == "12.5/38*60"
        assert not driver.visit.session.half_typed
        await driver.press("alt+e")
        assert window(driver).typed == ["38", "12.5"]  # to be mended


def _half_typed(driver: Driver) -> list[ChecklistItem]:
    return [item for item in checklist_of(driver.visit.session.visit) if item.kind is ItemKind.HALF_TYPED]


async def test_two_readings_give_a_difference_that_overwrites_nothing_in_silence(
    screen: Open, workspace: Workspace, database: Path
) -> None:
    async with screen("WX-001", "zh") as driver:
        await driver.go_to("WAT-06", "wash_total_m3")
        await driver.press("alt+e", *"1284.62", "enter", *"1284.58")
        assert "-0.04" in driver.shown
        assert "超出范围" in driver.shown
        await driver.press("enter")
        assert isinstance(driver.app.screen, HelperDialog)
        await driver.press("ctrl+u", *"2084,5")
        with (
            Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as elsewhere,
            open_visit(elsewhere, "WX-001") as other,
        ):
            other.answer("wash_total_m3", Fraction(900))
        await driver.press("enter")
        assert isinstance(driver.app.screen, ConflictDialog)
        assert "799.88 m³（2084.5-1284.62）" in driver.shown
        await driver.press("down", "enter")
        answer = open_visit(workspace, "WX-001").visit.answers["wash_total_m3"]
        assert (answer, formula_of(answer)) == (Fraction("799.88"), "2084.5-1284.62")
