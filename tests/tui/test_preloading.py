"""What is imported late is imported in the first rest."""

import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from greenstar.tui import routes
from greenstar.tui.routes import Route
from greenstar.tui.shell import preloading
from greenstar.tui.shell.preloading import Preloading

LATE = ("greenstar.services.visit.quick_fill", "greenstar.tui.settings.key_columns")


def test_all_modules_and_sentences_are_read_one_by_one_while_nobody_types_and_once_in_a_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    clock, timer = [100.0], SimpleNamespace(stop=lambda: read.append("the timer stops"))
    monkeypatch.setattr(preloading, "_read", set())
    monkeypatch.setattr(preloading, "import_module", read.append)
    monkeypatch.setattr(preloading, "read_all", lambda: read.append("all sentences"))
    monkeypatch.setattr(preloading, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    for name in LATE:
        monkeypatch.delitem(sys.modules, name, raising=False)
    started: list[Any] = []

    def set_interval(_: float, call: Any) -> Any:
        started.append(call)
        return timer

    app: Any = SimpleNamespace(set_interval=set_interval)
    preloads = Preloading(app)
    preloads.start()
    preloads.at_work()
    started[0]()
    assert read == []
    clock[0] += 1
    started[0]()
    assert len(read) == 1
    while "the timer stops" not in read:
        started[0]()
    assert set(LATE) <= set(read)
    assert read[-2:] == ["all sentences", "the timer stops"]
    Preloading(app).start()
    assert len(started) == 1


@pytest.fixture(scope="module")
def loaded() -> tuple[set[str], set[str]]:
    """What a process has loaded that can paint the list of stores; and what, once it has read all that is read late."""
    code = (
        "import sys, greenstar.tui.app\nfrom importlib import import_module\nprint(*sys.modules)\n"
        "from greenstar.tui.shell.preloading import _not_read\n"
        "for name in list(_not_read()):\n    import_module(name)\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    first, then = (set(line.split()) for line in done.stdout.splitlines())
    return first, then


@pytest.mark.process
def test_the_list_of_stores_is_painted_without_importing_the_other_screens_and_what_they_work_with(
    loaded: tuple[set[str], set[str]],
) -> None:
    modules, _ = loaded
    assert "greenstar.tui.app" in modules
    assert not {route.module for route in vars(routes).values() if isinstance(route, Route)} & modules
    assert not {"greenstar.services.visit.opening", "greenstar.services.evidence"} & modules


@pytest.mark.process
def test_nothing_that_is_read_so_loads_what_only_a_report_is_written_with(loaded: tuple[set[str], set[str]]) -> None:
    _, modules = loaded
    assert "greenstar.tui.steps.report_dialog" in modules
    assert not {"jinja2", "segno", "greenstar.reports.html"} & modules
