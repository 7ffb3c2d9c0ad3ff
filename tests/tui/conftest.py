"""What the tests of the screen share: a database with a few visits, a clock that stands, and a driver."""

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # before Textual is imported

import asyncio
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rich.console import RenderableType
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.screen import Screen
from textual.widgets import Input, TextArea
from typing_extensions import override

import tests.tui.counted_parameters
import tests.tui.style_sheets  # noqa: F401  (before an app reads any)
from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.model import Store
from greenstar.services import writer
from greenstar.services.evidence.named_files import EvidenceKeeper
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.import_answers import recorded
from greenstar.services.visit.lifecycle import submit
from greenstar.services.workspace import Workspace
from greenstar.storage.sqlite.connection import Database
from greenstar.tui import app
from greenstar.tui.app import GreenStarApp
from greenstar.tui.shell import preloading
from greenstar.tui.shell.garbage import Garbage
from tests.evidence_files import examples_with_files
from tests.sql import path_of
from tests.tui.driver import PATIENCE, Driver

NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
HOSTILE = "A [/x] [red]B 上海"

Open = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing blinks, the wall clock shows UTC, and nobody's settings are read or changed."""
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Compositor, "render_update", unpainted)
    monkeypatch.setattr(app, "Garbage", Unlooked)
    monkeypatch.setattr(preloading, "_read", {*preloading.PACKAGES})  # nothing is imported in the rests of a test
    monkeypatch.setattr(writer, "PATIENCE", 10)
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(TextArea, "cursor_blink", False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Unlooked(Garbage):
    """An app leaves the collector as the tests have it: they look for garbage more rarely, for all apps together."""

    @override
    def start(self) -> None:
        pass

    @override
    def leave_out(self) -> None:
        pass


def unpainted(
    compositor: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
) -> RenderableType | None:
    """What a terminal would be sent: nothing, for there is none. The driver paints when somebody looks."""
    if full:
        visible_screen_stack.set(screen_stack or [])
        return compositor.render_full_update(simplify)
    return None


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database, made once: drafts, a submitted and an empty visit, and a store whose name looks like markup."""
    path = tmp_path_factory.mktemp("template") / "greenstar.db"
    seconds = count(-3600)  # before noon, no two changes at once
    with (
        pytest.MonkeyPatch.context() as environment,
        Workspace.open(
            path, cycle="2026", assessor="A. Assessor", clock=lambda: NOON + timedelta(seconds=next(seconds))
        ) as workspace,
    ):
        environment.setenv("GREENSTAR_HOME", str(path.with_name("home")))  # its key: others leave theirs broken
        for name in ("leased-4s", "mall-showroom", "open", "wuxi"):
            for file in read_answers_files(examples_with_files() / f"{name}.yaml", find_scheme):
                kept = EvidenceKeeper(workspace.storage.evidence).keep(file)
                with workspace.storage.transaction():  # by this clock some of their days have not come yet
                    recorded(workspace, file.scheme, kept.visit, workspace.now())
        submit(workspace, "SH-004")
        add_store(workspace, Store("AX-1", HOSTILE, "上海", "[North]"))
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """A copy of that database, with its evidence."""
    shutil.copytree(f"{template}.evidence", tmp_path / "greenstar.db.evidence")
    return Path(shutil.copy(template, tmp_path / "greenstar.db"))


@pytest.fixture
def workspace(database: Path) -> Iterator[Workspace]:
    """A workspace on it."""
    with Workspace.open(database, cycle="2026", assessor="A. Assessor", clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def screen(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the screen and gives its driver: `async with screen("WX-001", "zh", size=(80, 24)) as driver`.

    It may not write itself: a database that another program holds would hold it.
    """
    own: list[Any] = []
    for name in ("transaction", "execute", "insert", "write_many"):
        monkeypatch.setattr(Database, name, not_by_the_screen(getattr(Database, name), own))

    @asynccontextmanager
    async def open_screen(
        store: str | None = None,
        language: str = "en",
        *,
        size: tuple[int, int] = (120, 36),
        where: Workspace | None = None,
    ) -> AsyncIterator[Driver]:
        opened = GreenStarApp(where or workspace, language, store)
        own.append(asyncio.current_task())
        async with opened.run_test(size=size, notifications=True) as pilot:
            driver = Driver(pilot)
            await driver.rest()  # the app opens its screens after its first paint
            await driver.rest()
            yield driver
            assert driver.has_looked or not opened._running or driver.shown
        opened.host.saving.close(PATIENCE)
        own.pop()

    return open_screen


@contextmanager
def another_program_writes(workspace: Workspace) -> Iterator[None]:
    """Another program holds the writer's place in the database."""
    with closing(sqlite3.connect(path_of(workspace), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def not_by_the_screen(write: Callable[..., Any], own: list[Any]) -> Callable[..., Any]:
    """A method that writes, which no task of the screen may call: only the writer's thread, and the test's `own`."""

    def guarded(*arguments: Any) -> Any:
        if own and threading.current_thread() is threading.main_thread():
            assert asyncio.current_task() in own, "the screen writes by itself"
        return write(*arguments)

    return guarded


class Picture(SingleFileSnapshotExtension):
    """A picture of the terminal, as SVG text."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT

    @override
    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return f"{test_location.methodname}[{index}]"  # whichever opening of the app it is taken in


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> Callable[[Driver, str], None]:
    """Compares the terminal with the picture that was looked at."""

    def compare(driver: Driver, name: str) -> None:
        svg = re.sub(r"terminal-\d+-", "terminal-", driver.app.export_screenshot())
        assert svg == snapshot(extension_class=Picture, name=name), name

    return compare
