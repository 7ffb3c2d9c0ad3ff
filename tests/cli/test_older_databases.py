"""What 0.2.0 stored opens, ranks and exports as it did."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from greenstar.services.results.stored_visits import scored_again
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.sqlite.connection import Database
from tests.builders import of
from tests.cli.conftest import Greenstar
from tests.older import restore, told_of
from tests.sql import database_of


@pytest.fixture(params=[pytest.param("demo", marks=pytest.mark.slow), "visits"])
def name(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, name: str) -> Path:
    """The database, as 0.2.0 left it."""
    return restore(name, tmp_path / "old.db")


@pytest.fixture(scope="session")
def opened_today(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The database of a name, brought over; each is made once."""

    @cache
    def made(name: str) -> Path:
        path = restore(name, tmp_path_factory.mktemp("older") / "old.db")
        Database.open(path).close()
        return path

    return made


@pytest.fixture
def brought_over(opened_today: Callable[[str], Path], tmp_path: Path, name: str) -> Path:
    """The same database, as it is once this release has opened it."""
    return Path(shutil.copy(opened_today(name), tmp_path / "old.db"))


def test_an_older_database_is_brought_over_once_after_a_copy_is_put_aside(greenstar: Greenstar, path: Path) -> None:
    with closing(sqlite3.connect(path)) as before:
        dump = list(before.iterdump())
    assert greenstar("rank", "--db", path).code == 2  # a command that only reads migrates nothing
    for code in ("NEW-1", "NEW-2"):
        assert greenstar("stores", "add", code, "--db", path).code == 0
    (copy,) = path.parent.glob("old.db.version-*")
    with closing(sqlite3.connect(copy)) as kept:
        assert list(kept.iterdump()) == dump
    with closing(sqlite3.connect(path)) as after:
        assert after.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert after.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_older_database_that_was_brought_over_holds(greenstar: Greenstar, brought_over: Path) -> None:
    said = json.loads(greenstar("verify", "--json", "--db", brought_over).out)
    kinds = {problem["kind"] for problem in said["problems"]}
    assert kinds <= {"evidence"}  # what is kept here of those databases has no files


def test_an_older_database_ranks_and_exports_as_it_did(greenstar: Greenstar, brought_over: Path, name: str) -> None:
    for cycle, told in told_of(name).items():
        chosen = ("--cycle", cycle, "--db", brought_over)
        ranking = json.loads(greenstar("rank", "--json", *chosen).out)
        assert _as_before(ranking["stores"], told["rank"]["stores"]) == told["rank"]["stores"]
        assert {**told["rank"], "stores": ranking["stores"]}.items() <= ranking.items()
        scores = json.loads(greenstar("export", "scores", "--format", "json", *chosen).out)
        assert _as_before(scores, told["scores"]) == told["scores"]
        assert greenstar("export", "scores", *chosen).out.removeprefix("\ufeff").startswith(told["csv_header"])


def test_what_older_scorecards_are_ordered_by_is_what_the_program_works_out_today(brought_over: Path) -> None:
    with Workspace.open(brought_over) as workspace:
        rows = database_of(workspace).rows("SELECT id, scheme FROM assessment WHERE status <> 'draft'")
        schemes = {row["id"]: row["scheme"] for row in rows}
        stored, today = workspace.storage.scorecards.of(list(schemes)), scored_again(workspace.storage, schemes)
    columns = "key_1 key_2 key_3 key_4 key_5 key_6 reasons first_reason"
    exact = "group points_exact available_exact"
    for assessment, card in stored.items():
        fresh = today[assessment]
        assert of(card.row, columns) == of(fresh, columns)
        assert sorted(of(group, exact) for group in card.row.groups) == sorted(
            of(group, exact) for group in fresh.groups
        )


def test_an_older_database_verifies_but_for_files_that_are_not_beside_it(
    greenstar: Greenstar, brought_over: Path
) -> None:
    wrong = [line for line in greenstar("verify", "--db", brought_over).out.splitlines() if line.startswith("  ")]
    assert [line for line in wrong if not line.startswith("  evidence: A-1, 2025")] == []


def _as_before(rows: list[Row], before: list[Row]) -> list[Row]:
    """The rows without keys that were added since."""
    return [{key: row[key] for key in old} for row, old in zip(rows, before, strict=True)]
