"""What all tests share: slow work done once, where it is, how hard hypothesis tries, and that CI leaves nothing out."""

import gc
import os
import shutil
import tempfile
import time
from collections.abc import Generator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import core, settings
from hypothesis.internal.conjecture import providers

gc.disable()  # until all is imported and collected: it is a quarter of that, and nothing of it is garbage

import tests.remembering  # noqa: E402, F401  (before anything imports what it replaces)

os.environ["TZ"] = "UTC"  # where the tests stand, unless one of them goes elsewhere
time.tzset()

MEMORY = Path("/dev/shm")
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 << 30:  # the tests fill a tenth of that
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # a commit does not wait for the disk there
    tempfile.tempdir = str(MEMORY)  # nor does what the tests and the libraries write beside it

_config = TemporaryDirectory(prefix="greenstar-config-")
os.environ["XDG_CONFIG_HOME"] = _config.name  # whatever a test does, nobody's own key or settings are touched

settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True, database=None)
settings.register_profile("short", parent=settings.get_profile("quick"), max_examples=5, derandomize=False)
settings.register_profile("long", max_examples=500, deadline=None)
_profile = os.environ.get("HYPOTHESIS_PROFILE", "quick")
settings.load_profile(_profile)
if _profile == "short":
    vars(core)["global_force_seed"] = 0  # to draw one from the source of each test takes a third of what examples do
if _profile != "long":  # few examples rarely draw a constant of our modules; to gather them is a hundredth of all time
    providers._get_local_constants = lambda: providers._local_constants


_folders = count(1)


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own for a test: by number, for pytest's own looks through all others to name it, and links it."""
    path = tmp_path_factory.getbasetemp() / str(next(_folders))
    path.mkdir(mode=0o700)
    return path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a screen, a terminal or a process by the fixture that opens it."""
    for item in items:
        for mark, fixture in (("screen", "screen"), ("terminal", "open_terminal"), ("process", "process")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


def pytest_collection_finish() -> None:
    """Look for garbage hardly ever, and never among what is imported: it is a twentieth of all time.

    What waits meanwhile comes to a quarter of a gigabyte at most.
    """
    gc.freeze()
    gc.set_threshold(5_000_000, 50, 100)
    gc.enable()


def pytest_sessionfinish() -> None:
    """Look for garbage once at the end, and not over and over: pytest does it five times, and that takes as long.

    The quick run leaves that, and with it what nobody closed and was in a circle, to the whole suite.
    """
    if _profile != "short":
        gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A program that the tests need may be missing on a desk, and is then said; in CI that is a failure."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI leaves no test out, but {item.nodeid} was skipped: {report.longrepr}"
    return report
