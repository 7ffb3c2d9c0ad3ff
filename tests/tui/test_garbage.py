"""Garbage is looked for when nobody types, and the collector is left as it was found."""

import gc
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual.app import App

from greenstar.tui.shell import garbage
from greenstar.tui.shell.garbage import Garbage


class Collector:
    """Python's collector, which only notes what it is asked for."""

    def __init__(self) -> None:
        self.threshold, self.counts = (700, 10, 10), (0, 0, 0)
        self.done: list[str] = []

    def collect(self, generation: int = 2) -> None:
        """Note it."""
        self.done.append(f"generation {generation}")

    def freeze(self) -> None:
        """Note it."""
        self.done.append("freeze")

    def unfreeze(self) -> None:
        """Note it."""
        self.done.append("unfreeze")


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    made = Collector()
    monkeypatch.setattr(gc, "get_threshold", lambda: made.threshold)
    monkeypatch.setattr(gc, "set_threshold", lambda *threshold: setattr(made, "threshold", threshold))
    monkeypatch.setattr(gc, "get_count", lambda: made.counts)
    for name in ("collect", "freeze", "unfreeze"):
        monkeypatch.setattr(gc, name, getattr(made, name))
    yield made
    monkeypatch.undo()


def started(monkeypatch: pytest.MonkeyPatch) -> tuple[Garbage, SimpleNamespace, Callable[[float], None]]:
    """The collector of an app, that app, and what lets so many seconds pass and has it look whether somebody types."""
    now, looks = [0.0], list[Callable[[], None]]()
    monkeypatch.setattr(garbage, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def set_interval(_seconds: float, look: Callable[[], None]) -> Any:
        looks.append(look)
        return SimpleNamespace(stop=looks.clear)

    def passes(seconds: float) -> None:
        now[0] += seconds
        for look in looks:
            look()

    app = SimpleNamespace(set_interval=set_interval, screen_stack=["stores"])
    kept = Garbage(cast("App[None]", app))
    kept.start()
    passes(0)
    return kept, app, passes


def test_what_is_new_is_looked_through_in_a_short_rest_and_all_in_a_long_one(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, app, passes = started(monkeypatch)
    collector.counts = (50_000, 0, 9)
    for _ in range(20):
        kept.at_work()
        passes(0.4)
    assert collector.done == []  # somebody types
    passes(0.4)
    assert collector.done == ["generation 1"]
    passes(5)
    assert collector.done == ["generation 1", "generation 2"]
    app.screen_stack.append("visit")
    passes(5)
    assert collector.done == ["generation 1", "generation 2"]  # it was just opened


def test_where_nothing_is_new_nothing_is_looked_through(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, passes = started(monkeypatch)
    collector.counts = (100, 0, 1)
    passes(60)
    assert collector.done == []


def test_the_collector_is_left_as_it_was_found(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, _, passes = started(monkeypatch)
    kept.leave_out()
    assert collector.threshold != (700, 10, 10)
    kept.stop()
    collector.counts = (50_000, 0, 9)
    passes(60)
    assert (collector.threshold, collector.done) == ((700, 10, 10), ["freeze", "unfreeze"])


def test_an_app_whose_screens_are_gone_already_is_left_alone(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, app, passes = started(monkeypatch)
    collector.counts = (50_000, 0, 9)
    app.screen_stack.clear()
    passes(60)
    assert collector.done == []
