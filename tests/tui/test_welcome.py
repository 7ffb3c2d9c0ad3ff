"""An empty database greets; samples are opened beside the user's own database, and never in it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from greenstar.services.demo import beside, network
from greenstar.services.demo.network import Demo
from greenstar.services.demo.sample import is_sample
from greenstar.services.stores.stores import is_empty, list_stores
from greenstar.services.workspace import Workspace
from tests.tui.conftest import NOON, Open
from tests.tui.driver import PATIENCE


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A database in which nothing is yet."""
    with Workspace.open(tmp_path / "own.db", assessor="A. Assessor", clock=lambda: NOON) as opened:
        yield opened


async def test_an_empty_database_greets_with_three_ways_to_begin_in_both_languages(
    screen: Open, empty: Workspace
) -> None:
    async with screen(where=empty, size=(80, 24)) as driver:
        for said in ("No official product", "1 A sample network", "2 A first store", "3 The tour", "own.db", "esc"):
            assert said in driver.told
        assert "…" not in driver.shown
        await driver.press("f3")
        for said in ("不是任何车企", "1 示例网络", "2 第一家门店", "3 导览", "own.db"):
            assert said in driver.told
        assert "…" not in driver.shown
        await driver.press("f3", "escape")
        assert "There is no store yet" in driver.told
        await driver.press("alt+semicolon", "2", *"NEW-1", "enter", *"New", "enter", "enter", "enter")
        assert "NEW-1" in driver.told
        assert [overview.store.code for overview in list_stores(empty)] == ["NEW-1"]
        await driver.press("escape")
        assert "1 store" in driver.line("Search"), "below it lies the list, and no greeting any more"


async def test_a_sample_is_made_beside_it_can_be_stopped_and_the_next_time_is_opened_as_it_was_left(
    screen: Open, empty: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()

    def make_two_stores(folder: Path, **options: Any) -> Demo:
        assert stopped.wait(PATIENCE)  # else it could be done before anybody stops it
        return network.make_demo(folder, **options | {"stores": 2})

    monkeypatch.setattr(beside, "make_demo", make_two_stores)
    async with screen(where=empty) as driver:
        await driver.press("1", "escape")
        stopped.set()
        await driver.until(lambda: all(worker.is_finished for worker in driver.app.workers))
        assert driver.app.host.excursion is None
        await driver.press("alt+semicolon", "1")
        await driver.until(lambda: driver.app.host.excursion is not None)
    excursion = driver.app.host.excursion
    assert excursion is not None
    assert excursion.path == beside.sample_folder() / "greenstar.db"
    assert is_empty(empty)
    written = excursion.path.stat()
    assert beside.sample_network() == excursion.path
    assert excursion.path.stat().st_mtime_ns == written.st_mtime_ns
    with Workspace.open(excursion.path, clock=lambda: NOON) as sample:
        assert is_sample(sample)
        async with screen(where=sample, size=(80, 24)) as driver:
            assert "a sample network" in driver.told
