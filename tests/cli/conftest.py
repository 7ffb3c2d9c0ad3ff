"""A command line to try: each call in a data folder of its own, in English, without a terminal."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from greenstar.cli.main import run
from tests.evidence_files import examples_with_files

EXAMPLES = examples_with_files()
WUXI = str(EXAMPLES / "wuxi.yaml")
EXAMPLE_FILES = [str(path) for path in sorted(EXAMPLES.glob("*.yaml"))]


@dataclass(frozen=True)
class Called:
    """What a call left behind."""

    code: int
    out: str
    err: str


Greenstar = Callable[..., Called]


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of its own, and nothing of the developer's."""
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS", raising=False)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(variable, "C.UTF-8")


@pytest.fixture
def greenstar(capsys: pytest.CaptureFixture[str]) -> Greenstar:
    """Calls the command line in this process."""

    def call(*arguments: object) -> Called:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        caught = capsys.readouterr()
        return Called(code, caught.out, caught.err)

    return call


@pytest.fixture
def office(greenstar: Greenstar, tmp_path: Path) -> Greenstar:
    """Calls it as the certification office does: on a computer of its own, with its own key, on the same database."""

    def call(*arguments: object) -> Called:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GREENSTAR_HOME", str(tmp_path / "office"))
            here = ("--db", tmp_path / "home" / "greenstar.db", "--assessor", "Certification office")
            return greenstar(*here, *arguments)

    return call


@pytest.fixture
def few_stores(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample network of two stores, so that a test that makes one is quick."""
    monkeypatch.setattr("greenstar.cli.commands.demo.STORES", 1)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A data folder in which these answers files are recorded as drafts; it is made once."""

    @cache
    def home(*files: str) -> Path:
        folder = tmp_path_factory.mktemp("recorded") / "home"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GREENSTAR_HOME", str(folder))
            assert run(["record", *files]) == 0
        return folder

    return home


@pytest.fixture
def wuxi_recorded(recorded: Callable[..., Path], tmp_path: Path) -> None:
    """The visit to the Wuxi store is recorded as a draft."""
    shutil.copytree(recorded(WUXI), tmp_path / "home")


@pytest.fixture(scope="session")
def examples_and_one_submitted(recorded: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all examples, of which the visit to the Wuxi store is submitted; made once."""
    home = shutil.copytree(recorded(*EXAMPLE_FILES), tmp_path_factory.mktemp("submitted") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GREENSTAR_HOME", str(home))
        assert run(["submit", "WX-001"]) == 0
    return home


@pytest.fixture
def wuxi_submitted(examples_and_one_submitted: Path, tmp_path: Path) -> None:
    """All examples are recorded, and the visit to the Wuxi store is submitted."""
    shutil.copytree(examples_and_one_submitted, tmp_path / "home")


@pytest.fixture(scope="session")
def certified(recorded: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of an assessor and of the office, which decided on the visit to the Wuxi store; made once."""
    folder = tmp_path_factory.mktemp("certified")
    home = shutil.copytree(recorded(WUXI), folder / "home")
    office = ("--db", str(home / "greenstar.db"), "--assessor", "Certification office")
    for name, call in (("home", ["submit", "WX-001"]), ("office", [*office, "decide", "WX-001"])):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GREENSTAR_HOME", str(folder / name))
            assert run(call) == 0
    return folder


@pytest.fixture
def wuxi_certified(certified: Path, tmp_path: Path) -> None:
    """The visit to the Wuxi store is submitted, and decided on by the office."""
    shutil.copytree(certified, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def examples_recorded(recorded: Callable[..., Path], tmp_path: Path) -> Path:
    """All examples are recorded as drafts: the database."""
    home: Path = shutil.copytree(recorded(*EXAMPLE_FILES), tmp_path / "home")
    return home / "greenstar.db"


@pytest.fixture
def process() -> Greenstar:
    """Calls the command line in a process of its own, as a shell does."""

    def call(*arguments: object, **settings: object) -> Called:
        command = [sys.executable, "-m", "greenstar", *(str(argument) for argument in arguments)]
        environment = {**os.environ, "PYTHONWARNINGS": "error"}
        done = subprocess.run(  # type: ignore[call-overload]
            command, check=False, stdin=subprocess.DEVNULL, env=environment, capture_output=True, timeout=60, **settings
        )
        return Called(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture
def scheme_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes the smallest scheme there is, with parts replaced."""

    def write(**replaced: str) -> Path:
        text = SMALL
        for name, replacement in replaced.items():
            part = PARTS[name]
            assert part in text
            text = text.replace(part, replacement)
        path = tmp_path / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


PARTS = {
    "title": "{en: Small, zh: 小}",
    "fact": "has_wash: {type: boolean, ask: {en: Wash?, zh: 洗车？}}",
    "points": "points: 3",
    "score": "score: {of: 1 - fresh / total_water, unit: '%', at_least: {60%: 1, 80%: 3}}",
    "second": "{id: B, title: B, points: 1, type: boolean, ask: Is it so?}",
    "applies": "applies_if: has_wash",
    "values": "values: {}",
}
SMALL = f"""\
scheme: small
version: "1"
title: {PARTS["title"]}
languages: [en, zh]
facts:
  {PARTS["fact"]}
{PARTS["values"]}
categories:
  - category: WAT
    title: Water
    criteria:
      - id: A
        title: Recycling
        {PARTS["points"]}
        {PARTS["applies"]}
        questions:
          fresh: {{type: number, min: 0, ask: Fresh}}
          total_water: {{type: number, min: 0, ask: All}}
        {PARTS["score"]}
      - {PARTS["second"]}
levels:
  - {{id: one, title: One, stars: 1, requires: {{total: 2}}}}
"""
