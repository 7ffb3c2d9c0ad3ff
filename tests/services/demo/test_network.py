"""The sample network: labelled, the same for the same seed, plausible, and never in the place of anything else."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePath
from typing import Any

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput, StorageError
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scoring.checks import complaints
from greenstar.services.demo.network import CYCLES, SEED, Demo, make_demo
from greenstar.services.demo.sample_files import CAPTION, sample_files
from greenstar.services.results.indicators import network_indicators
from greenstar.services.results.ranking import league
from greenstar.services.results.stored_visits import schemes_of, visits
from greenstar.services.stores.stores import add_store, list_stores
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.sqlite.connection import Database
from tests.builders import of
from tests.exported import counting_or_drafts
from tests.journals import journal_faults
from tests.sql import database_of

pytestmark = pytest.mark.slow

STORES = 7  # the fewest that are in every region, on every level and in every status
LEFT = ["greenstar.db", "greenstar.db.evidence"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sample lies."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder: Path) -> Demo:
    """A sample network, somewhat smaller than usual."""
    return make_demo(folder, stores=STORES)


@pytest.fixture
def sample(demo: Demo) -> Iterator[Workspace]:
    """The sample, open for reading."""
    with Workspace.open(demo.path, write=False) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The smallest sample network, made once."""
    return make_demo(tmp_path_factory.mktemp("smallest"), stores=1)


@pytest.fixture
def earlier(made: Demo, tmp_path: Path) -> Path:
    """Such a sample that was made some time before: its database."""
    shutil.copytree(made.path.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / made.path.name


def rows(workspace: Workspace, sql: str) -> list[dict[str, Any]]:
    """What plain SQL finds."""
    return database_of(workspace).rows(sql)


def test_everything_invented_says_so(sample: Workspace) -> None:
    for overview in list_stores(sample):
        if overview.store.code != "WX-001":
            assert overview.store.code.startswith("SYN-")
            assert "synthetic" in overview.store.name
            assert "合成" in overview.store.name
    for row in rows(sample, "SELECT text FROM finding UNION SELECT file FROM evidence WHERE assessment IN (1, 2)"):
        assert "synthetic" in row["text"].lower()


def test_every_piece_of_evidence_has_its_bytes_and_a_caption_that_says_what_it_is(sample: Workspace) -> None:
    evidence = rows(sample, "SELECT * FROM evidence")
    assert {row["sha256"] for row in evidence} == {file.sha256 for file in sample_files().values()}
    for file in sample_files().values():
        path = sample.storage.evidence.path_of(file.sha256)
        assert path is not None
        assert path.read_bytes() == file.content
    assert {row["caption"] for row in evidence} == {CAPTION}
    assert {(row["sha256"], row["bytes"], PurePath(row["file"]).suffix) for row in evidence} == {
        (file.sha256, len(file.content), file.ending) for file in sample_files().values()
    }
    twice = "SELECT 1 FROM evidence GROUP BY assessment, criterion, sha256 HAVING count(*) > 1"
    assert rows(sample, twice) == []


def test_every_invented_store_is_there_visited_or_not(demo: Demo) -> None:
    with Workspace.open(demo.path, write=False) as workspace:
        assert len(list_stores(workspace)) == demo.stores == STORES + 1


def test_it_spans_two_cycles_every_region_and_every_level(sample: Workspace) -> None:
    assert {row["cycle"] for row in rows(sample, "SELECT DISTINCT cycle FROM assessment")} == set(CYCLES)
    regions = Counter(overview.store.region for overview in list_stores(sample))
    assert regions.keys() == {"North", "East", "South", "West", "Central"}
    levels = {row["level"] for row in rows(sample, "SELECT DISTINCT level FROM latest_score")}
    assert levels == {None, "star-1", "star-2", "star-3"}
    statuses = Counter(row["status"] for row in rows(sample, "SELECT status FROM assessment WHERE cycle = '2026'"))
    assert statuses.keys() == {"draft", "submitted", "decided"}


def test_the_wuxi_store_is_as_its_example_says(sample: Workspace) -> None:
    entries = {ranked.entry.store: ranked.entry for ranked in league(sample).stores}
    assert of(entries["WX-001"], "total level candidate") == [90, "star-3", True]
    assert sum(entry.candidate for entry in entries.values()) < len(entries) / 4


def test_its_emissions_against_the_base_year_and_its_hazardous_waste_are_plausible(sample: Workspace) -> None:
    totals = network_indicators(sample).totals
    assert totals is not None
    emissions, waste = totals["emissions_saved"].amount, totals["hazardous_waste"].amount
    assert emissions.ratio is not None
    assert -0.5 < emissions.ratio < 0.5
    assert waste.ratio is not None
    assert 100 < waste.ratio < 1000  # kg of 100 vehicles


def test_no_visit_contradicts_itself(sample: Workspace) -> None:
    for _, scheme, visit in visits(sample.storage, schemes_of(counting_or_drafts(sample))):
        assert not [complaint for complaint in complaints(scheme, visit) if complaint.refuse], visit.store


def test_where_a_check_asks_for_a_note_there_is_one(sample: Workspace) -> None:
    for assessment, scheme, visit in visits(sample.storage, schemes_of(counting_or_drafts(sample))):
        if visit.store.code != "WX-001" and sample.storage.assessments.get(assessment).counts:
            assert {complaint.criterion for complaint in complaints(scheme, visit)} <= visit.notes.keys(), visit.store


def test_its_history_is_whole(sample: Workspace) -> None:
    assert journal_faults(sample) == []
    (decided,) = database_of(sample).tuples(
        "SELECT count(*) FROM assessment WHERE status IN ('decided', 'withdrawn') OR decided_at IS NOT NULL"
    )
    assert len(list(sample.storage.statements.all())) == decided[0]
    assert not list(sample.storage.signatures.all())  # what is invented is not signed


def test_the_same_seed_makes_the_same_network_and_another_one_another(made: Demo, tmp_path: Path) -> None:
    same, other = (make_demo(tmp_path / str(seed), stores=1, seed=seed) for seed in (SEED, SEED + 1))
    told = []
    for sample in (made, same, other):  # each in a database of its own: its events have other identities
        with closing(sqlite3.connect(sample.path)) as connection:
            sql = "SELECT at, by, kind, subject, was, became FROM event WHERE kind <> 'submitted' ORDER BY event.id"
            told.append([row for row in connection.execute(sql) if row[2] not in ("finding", "decided", "started")])
    assert told[0] == told[1] != told[2]


def test_a_draft_goes_on_where_it_was_left(sample: Workspace) -> None:
    code = next(overview.store.code for overview in list_stores(sample) if overview.status == "draft")
    visit = open_visit(sample, code)
    assert visit.assessment.cursor is not None
    assert visit.scorecard.criteria[visit.assessment.cursor].open


def test_repeating_starts_afresh_and_leaves_nothing_else(earlier: Path, tmp_path: Path) -> None:
    with Workspace.open(earlier) as workspace:
        add_store(workspace, Store("MINE-1", "Mine"))
    told: list[tuple[int, int]] = []
    with pytest.raises(BadInput) as caught:
        make_demo(tmp_path, stores=1)
    assert caught.value.message.key == "storage.demo_used"
    make_demo(tmp_path, stores=1, again=True, progress=lambda done, of: told.append((done, of)))
    with Workspace.open(earlier, write=False) as workspace:
        codes = {overview.store.code for overview in list_stores(workspace)}
        assert codes == {"SYN-001", "WX-001"}
    assert sorted(path.name for path in tmp_path.iterdir()) == LEFT
    assert told == [(number, 3) for number in range(1, 4)]


@pytest.mark.parametrize("content", [b"", b"something else", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_no_sample_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "greenstar.db"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        make_demo(tmp_path, stores=1)
    assert caught.value.message.key == "storage.not_a_demo"
    assert path.read_bytes() == content


def test_a_users_own_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "greenstar.db"
    with Workspace.open(path) as workspace:
        add_store(workspace, Store("MINE-1", "Mine"))
    before = path.read_bytes()
    with pytest.raises(BadInput):
        make_demo(tmp_path, stores=1)
    assert path.read_bytes() == before


def test_a_sample_that_somebody_works_in_is_left_as_it_is(earlier: Path, tmp_path: Path) -> None:
    with Workspace.open(earlier) as workspace:
        add_store(workspace, Store("MINE-1", "Mine"))
        with pytest.raises(StorageError) as caught:
            make_demo(tmp_path, stores=1)
        assert caught.value.message.key == "storage.locked"
        assert [overview.store.code for overview in list_stores(workspace, search="mine")] == ["MINE-1"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        make_demo(tmp_path / "file" / "demo", stores=1)
    assert caught.value.message.key == "storage.no_home"


def test_a_killed_making_leaves_the_earlier_sample(earlier: Path, tmp_path: Path) -> None:
    def killed(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path, stores=1, progress=killed)
    with Workspace.open(earlier, write=False) as workspace:
        assert len(list_stores(workspace)) == 2
    make_demo(tmp_path, stores=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == LEFT


def test_the_shipped_scheme_is_in_it(demo: Demo) -> None:
    database = Database.open(demo.path, write=False)
    assert [row["name"] for row in database.rows("SELECT name FROM scheme")] == [SHIPPED_SCHEME.name]
    database.close()
