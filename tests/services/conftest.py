"""A database of its own for every test, a small scheme, and a clock that only ticks when it is read."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Store
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.evidence_files import make_named_files
from tests.remembering import kept_folders
from tests.sql import database_of

SCHEME = """\
scheme: small
version: "1"
title: {en: Small, zh: 小}
languages: [en, zh]
valid_months: 36
facts:
  has_wash: {type: boolean, ask: {en: Wash?, zh: 洗车？}}
  area_m2: {type: number, unit: m², min: 1, ask: {en: Area, zh: 面积}}
places:
  bay: {en: Bay, zh: 洗车区}
categories:
  - category: WAT
    title: {en: Water, zh: 水}
    criteria:
      - id: W1
        title: {en: Recycling, zh: 循环}
        points: 60
        place: bay
        applies_if: has_wash
        evidence: [{en: Readings, zh: 读数}]
        questions:
          fresh: {type: number, unit: m³, min: 0, ask: {en: Fresh, zh: 新水}}
          used: {type: number, unit: m³, min: 0, plausible: [10, 5000], ask: {en: All, zh: 总量}}
        checks:
          - {refuse: fresh > used, because: {en: Fresh cannot exceed all, zh: 新水不能大于总量}}
          - {warn: fresh < 0.05 * used, because: {en: Over 95 % recycled, zh: 循环率超过95%}}
        score: {of: 1 - fresh / used, unit: "%", at_least: {50%: 30, 80%: 60}}
      - id: W2
        title: {en: Tank, zh: 水箱}
        points: 10
        not_applicable: forbid
        type: boolean
        ask: {en: A tank?, zh: 有水箱？}
  - category: ENE
    title: {en: Energy, zh: 能源}
    criteria:
      - id: E1
        title: {en: Lamps, zh: 灯}
        points: 30
        type: number
        unit: "%"
        ask: {en: LED, zh: LED占比}
        score: {linear: {0%: 0, 100%: 30}}
levels:
  - {id: one, title: {en: One star, zh: 一星}, stars: 1, requires: {total: 40}}
  - {id: two, title: {en: Two stars, zh: 二星}, stars: 2, requires: {total: 80, findings: {major: 0}}}
lighthouse:
  requires: {level: two, categories: {ENE: 50%}}
  rank_by:
    - total
    - {id: energy, of: points("ENE"), title: {en: Energy, zh: 能源}}
"""


@dataclass
class Clock:
    """Each reading is a second later than the one before."""

    at: datetime = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of its own, and nothing of the developer's."""
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts the computer into a time zone."""

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def shared_scheme_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small scheme, for all tests that do not change it: it is read once."""
    path = tmp_path_factory.mktemp("scheme") / "small.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    kept_folders.append(str(path.parent))
    return path


@pytest.fixture
def scheme_file(tmp_path: Path) -> Path:
    """The small scheme, for a test that asks for its file, perhaps to change it."""
    path = tmp_path / "small.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return path


@pytest.fixture
def small_scheme(request: pytest.FixtureRequest, shared_scheme_file: Path) -> Path:
    """The file of the small scheme with which a test works."""
    return request.getfixturevalue("scheme_file") if "scheme_file" in request.fixturenames else shared_scheme_file


@pytest.fixture
def small(small_scheme: Path) -> Scheme:
    """The small scheme, read."""
    return find_scheme(str(small_scheme))


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


Opener = Callable[..., Workspace]


@pytest.fixture
def opened(tmp_path: Path, small_scheme: Path, clock: Clock) -> Iterator[Opener]:
    """Opens a workspace on the same database, as another start of the program does."""
    workspaces = []

    def open_(**options: Any) -> Workspace:
        chosen = {"scheme": str(small_scheme), "cycle": "2026", "assessor": "Ada", **options}
        workspaces.append(Workspace.open(tmp_path / "green.db", clock=clock, **chosen))
        return workspaces[-1]

    yield open_
    for workspace in workspaces:
        workspace.close()


Template = tuple[Path, datetime]
"""A database to copy, and what time it is in it."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A database with two stores, made once."""
    path, clock = tmp_path_factory.mktemp("template") / "green.db", Clock()
    with Workspace.open(path, clock=clock, cycle="2026", assessor="Ada") as workspace:
        add_store(workspace, Store("S-1", "First", "Wuxi", "East"))
        add_store(workspace, Store("S-2", "Second", "Xi'an", "West"))
    return path, clock.at


@pytest.fixture(scope="session")
def with_visit(template: Template) -> Callable[[Path], Template]:
    """The same with a visit to the first store, which has a wash bay, just begun under a scheme: made once for each."""
    made: dict[bytes, Template] = {}

    def make(scheme: Path) -> Template:
        text = scheme.read_bytes()
        if text not in made:
            source, clock = template[0], Clock(template[1])
            path = source.with_name(f"begun {len(made)}.db")
            shutil.copy(source, path)
            with Workspace.open(path, clock=clock, scheme=str(scheme), cycle="2026", assessor="Ada") as workspace:
                open_visit(workspace, "S-1").set_fact("has_wash", True)
            made[text] = path, clock.at
        return made[text]

    return make


@pytest.fixture
def workspace(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock, opened: Opener) -> Workspace:
    """An open workspace with two stores; where the test has a visit, with that."""
    path, clock.at = request.getfixturevalue("template")
    if "visit" in request.fixturenames:
        path, clock.at = request.getfixturevalue("with_visit")(request.getfixturevalue("small_scheme"))
    shutil.copy(path, tmp_path / "green.db")
    return opened()


@pytest.fixture
def visit(workspace: Workspace) -> OpenVisit:
    """A visit to the first store, with a wash bay, just begun."""
    return open_visit(workspace, "S-1")


def fill(visit: OpenVisit, fresh: int = 10, used: int = 100, lamps: int = 100, *, tank: bool = True) -> None:
    """Answer everything."""
    with visit.workspace.storage.transaction():
        if "has_wash" not in visit.visit.facts:
            visit.set_fact("has_wash", True)
        if "fresh" in visit.visit.answers:
            visit.answer("fresh", None)  # there may be more of it than is used now
        visit.answer("used", Fraction(used))
        visit.answer("fresh", Fraction(fresh))
        visit.answer("W2", tank)
        visit.answer("E1", Fraction(lamps, 100))


@pytest.fixture
def answers(tmp_path: Path, small: Scheme) -> Callable[[str], AnswersFile]:
    """Reads an answers file from a few lines of YAML; the files that it names are there."""

    def read(text: str) -> AnswersFile:
        path = tmp_path / "answers.yaml"
        path.write_text(dedent(text), encoding="utf-8")
        make_named_files(path)
        (answers,) = read_answers_files(path, lambda _name, _base: small)
        return answers

    return read


def events_of(workspace: Workspace) -> list[tuple[str, str | None, str | None, str | None]]:
    """Every event so far: kind, subject, what it was, what it became."""
    rows = database_of(workspace).rows("SELECT kind, subject, was, became FROM event ORDER BY id")
    return [(row["kind"], row["subject"], row["was"], row["became"]) for row in rows]
