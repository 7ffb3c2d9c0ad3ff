"""A ranking of very many stores is read beside the screen, and what nobody waits for any more stops."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from greenstar.ranking.league import Ranking
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.visit.lifecycle import submit
from greenstar.services.workspace import Workspace
from greenstar.tui.results import ranking_reading
from greenstar.tui.stores.stores_screen import StoresScreen
from tests.tui.conftest import Open


async def test_the_frame_of_a_long_ranking_stands_there_and_can_be_left_while_it_is_read(
    workspace: Workspace, screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slowly(*arguments: Any, **named: Any) -> Ranking:
        go_on.wait(30)
        return shown_league(*arguments, **named)

    submit(workspace, "WX-001")
    monkeypatch.setattr(ranking_reading, "AT_ONCE", 0)
    monkeypatch.setattr(ranking_reading, "shown_league", slowly)
    async with screen(None, size=(100, 30)) as driver:
        await driver.press("alt+r")
        await driver.see("Ranking", "The ranking is being read…")
        await driver.press("escape")
        assert isinstance(driver.app.screen, StoresScreen)
        await driver.press("alt+r")
        go_on.set()
        await driver.see("2 stores ", "WX-001", "Median")
        assert "being read" not in driver.shown


async def test_ranges_are_worked_out_no_further_once_the_ranking_is_left(
    workspace: Workspace, screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Callable[[], bool]] = []
    monkeypatch.setattr(ranking_reading, "ask_for_ranges", lambda *_, stopped: asked.append(stopped))
    submit(workspace, "WX-001")
    async with screen(None, size=(100, 30)) as driver:
        await driver.press("alt+r")
        await driver.see("Median")
        assert not asked[-1]()
        await driver.press("escape")
        await driver.rest()
        assert asked[-1]()
