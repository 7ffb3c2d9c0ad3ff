"""The tour: it types for itself on a sample, says what it does, and obeys whoever watches. Its pauses are cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from greenstar.services.demo import beside
from greenstar.services.demo.beside import TOUR_STORE
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui.tour.script import STEPS
from greenstar.tui.tour.tour import Pace, Tour
from tests.tui.conftest import NOON, Open
from tests.tui.driver import Driver
from tools.pictures import PICTURES

LOOKED_AT, SLOW = Pace(0, 0, 0, 1), Pace(0, 0, 60, 60)
SCREENS = {  # where the work of each step is looked at
    "begins": "StoresScreen",
    "searches": "StoresScreen",
    "finds": "Finder",
    "leaves": "ChecklistScreen",
    "needs": "RequirementsScreen",
    "scores": "ScorecardScreen",
    "ranks": "RankingScreen",
}


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The database of a tour, with few stores."""
    monkeypatch.setattr(beside, "TOUR_STORES", 2)
    path = beside.tour_network(tmp_path / "tour", clock=lambda: NOON)
    with beside.tour_workspace(path, clock=lambda: NOON) as opened:
        yield opened


async def test_every_step_does_what_it_says_by_the_keys_that_are_set_and_whoever_watches_leads_it(
    screen: Open, sample: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text('[keys]\nundo = "alt+9"\n', encoding="utf-8")
    async with screen(where=sample, size=(80, 24)) as driver:
        seen: dict[str, str] = {}
        told: dict[str, str] = {}

        async def look(seconds: float) -> None:
            if seconds:
                await driver.rest()
                name = STEPS[tour.number - 1].name
                seen[name], told[name] = type(driver.app.screen).__name__, driver.told

        tour = driver.app.tour = Tour(driver.app, LOOKED_AT, look)
        await tour.play()
        assert [*seen] == [step.name for step in STEPS]
        assert {name: seen[name] for name in SCREENS} == SCREENS
        assert {seen[name] for name in seen.keys() - SCREENS.keys()} == {"AssessmentScreen"}
        assert [name for name, words in told.items() if "does nothing" in words] == []
        assert "4750*2" in told["calculates"]
        assert "26.32 L" in told["measures"]
        assert "77.3 %" in told["records"]
        assert "alt+9 takes back" in told["undoes"]
        assert "Taken back" in told["undoes"]
        assert "导览 11/16" in told["speaks"]
        assert "Tour 12/16" in told["leaves"]
        answers = open_visit(sample, TOUR_STORE).visit.answers
        assert (answers["wash_makeup_m3"], answers["wash_total_m3"], answers["cars_washed_n"]) == (250, 1100, 9500)
        await driver.press("down")
        assert "Tour" not in driver.told, "whoever types goes on alone"
        await _lead(driver)


async def _lead(driver: Driver) -> None:
    """Space waits, right goes on at once, no other key gets in its way, and esc leaves."""
    tour = driver.app.tour = Tour(driver.app, SLOW)
    driver.app.run_worker(tour.play())
    await driver.until(lambda: "Tour 1/16" in driver.told)
    before = driver.shown
    await driver.press("2", "f12")
    assert driver.shown == before
    await driver.press("space")
    await driver.until(lambda: "waiting" in driver.told)
    await driver.press("space")
    await driver.until(lambda: "waiting" not in driver.told)
    await driver.press("right")
    await driver.until(lambda: "Tour 2/16" in driver.told)
    await driver.press("f3")
    await driver.until(lambda: "导览 2/16" in driver.told)
    await driver.press("escape")
    await driver.until(lambda: not driver.app._running)


def test_its_recording_is_small_needs_nothing_from_outside_and_stands_still_for_those_who_want_no_motion() -> None:
    svg = (PICTURES / "tour.svg").read_text(encoding="utf-8")
    assert len(svg.encode()) < 300_000
    assert svg.count("://") == 1, "only the name of the format"
    assert "<script" not in svg
    assert "prefers-reduced-motion" in svg
