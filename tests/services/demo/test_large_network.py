"""A very large sample network: scorecards that are drawn, stored as scored ones are, and sealed."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.plain import visit_from
from greenstar.scheme.levels import RankKey
from greenstar.scheme.model import Scheme
from greenstar.services.demo import network
from greenstar.services.demo.drawn_cards import DrawnCards
from greenstar.services.demo.network import Demo, make_demo
from greenstar.services.results.ranking import league
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.stores.stores import list_stores
from greenstar.services.workspace import Workspace
from tests.exported import score_rows
from tests.sql import database_of

pytestmark = pytest.mark.slow

STORES = 90


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Such a network, though a small one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(network, "MOST_IN_FULL", 1)
        yield make_demo(tmp_path_factory.mktemp("large"), stores=STORES)


@pytest.fixture
def sample(demo: Demo) -> Iterator[Workspace]:
    """The sample, open for reading."""
    with Workspace.open(demo.path, write=False) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def shipped() -> Scheme:
    """The scheme that it goes by."""
    return find_scheme(None)


def test_every_store_is_there_and_most_were_visited_and_sealed_in_both_cycles(demo: Demo, sample: Workspace) -> None:
    assert len(list_stores(sample)) == demo.stores == STORES
    ranking = league(sample)
    assert STORES * 0.7 < len(ranking.stores) < STORES
    assert ranking.before == "2025"
    assert {row["status"] for row in score_rows(sample)} <= {"submitted", "withdrawn"}
    assert sum(ranking.left_out.values()) + len(ranking.stores) == STORES
    assert 1 <= sum(ranked.entry.candidate for ranked in ranking.stores) < STORES / 4
    assert {ranked.entry.stars for ranked in ranking.stores} == {0, 1, 2, 3}


def test_what_is_sealed_is_canonical_has_its_hash_and_can_be_read(sample: Workspace, shipped: Scheme) -> None:
    for row in database_of(sample).rows("SELECT store, seal, sealed FROM assessment LIMIT 5"):
        document = json.loads(row["sealed"])
        assert canonical(document) == row["sealed"]
        assert sha256_of(row["sealed"]) == row["seal"]
        assert visit_from(document, shipped).store.code == row["store"]
        assert document["scorecard"].keys() >= {"total", "available", "level", "keys", "groups", "criteria"}


def test_a_drawn_scorecard_agrees_with_itself_and_with_its_scheme(shipped: Scheme) -> None:
    cards = DrawnCards(shipped, Random(7))
    levels = {level.id: level for level in shipped.levels}
    for quality in (0.3, 0.62, 0.7, 0.8, 0.9, 0.95):
        card = cards.draw(quality)
        rank_by = [key.id if isinstance(key, RankKey) else "total" for key in shipped.lighthouse.rank_by]
        assert list(json.loads(card.keys)) == rank_by
        points = {group.group: group.points for group in card.groups}
        assert card.key_2 == pytest.approx(points["WAT"] + points["ENE"])
        counted = [group for group in card.groups if not group.bonus]
        share = sum(group.points for group in counted) / sum(group.available for group in counted)
        assert card.total_number == card.key_1 == pytest.approx(100 * share + points["INN"])
        least = levels[card.level].requires.total if card.level else None
        assert least is None or (card.total_number or 0) >= least.value
        assert (card.reasons == 0) == card.candidate == (card.first_reason is None)
        assert len(json.loads(card.why_not)) == card.reasons


def test_the_same_seed_draws_the_same_network(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MOST_IN_FULL", 1)
    told: list[tuple[int, int]] = []
    again = make_demo(tmp_path, stores=STORES, progress=lambda done, of: told.append((done, of)))
    seals = []
    for made in (demo, again):
        with Workspace.open(made.path, write=False) as workspace:
            seals.append(database_of(workspace).rows("SELECT seal FROM assessment ORDER BY id"))
    assert seals[0] == seals[1]
    assert told == [(STORES, STORES)]
    assert not [path for path in tmp_path.iterdir() if path.name != "greenstar.db"]


def test_one_that_is_stopped_midway_leaves_the_earlier_sample(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "MOST_IN_FULL", 1)
    path = tmp_path / demo.path.name
    path.write_bytes(demo.path.read_bytes())

    def stopped(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path, stores=STORES + 1, progress=stopped)
    assert path.read_bytes() == demo.path.read_bytes()
