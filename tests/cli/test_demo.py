"""`greenstar demo`."""

import json
from pathlib import Path

import pytest

from greenstar.services.demo import network
from tests.cli.conftest import WUXI, Greenstar
from tests.rows import rows

pytestmark = [pytest.mark.usefixtures("few_stores"), pytest.mark.slow]


def test_it_prints_the_ranking_and_what_it_says_to_type_next_works(greenstar: Greenstar, tmp_path: Path) -> None:
    done = greenstar("demo", tmp_path / "network")
    assert done.code == 0
    assert "WX-001   Wuxi lighthouse store (sample)" in done.out
    assert "Lighthouse candidate" in done.out
    assert "✓" in done.out
    database = tmp_path / "network" / "greenstar.db"
    assert f"greenstar --db {database} rank" in done.err
    assert "invented" in done.err
    commands = [line.split()[1:] for line in done.err.splitlines() if line.startswith("  greenstar --db ")]
    assert len(commands) == 5
    for command in commands:
        if len(command) > 2:
            arguments = [str(tmp_path / part) if part.endswith(".csv") else part for part in command]
            assert greenstar(*arguments).code == 0, command


def test_it_lies_in_the_data_folder_and_never_in_the_users_own_database(greenstar: Greenstar, tmp_path: Path) -> None:
    greenstar("record", WUXI)
    own = tmp_path / "home" / "greenstar.db"
    before = greenstar("export", "answers", "--format", "json").out
    assert greenstar("demo").code == 0
    assert (tmp_path / "home" / "greenstar-demo" / "greenstar.db").exists()
    assert greenstar("--db", own, "export", "answers", "--format", "json").out == before


def test_a_database_named_beside_it_is_refused_as_it_makes_its_own(greenstar: Greenstar, tmp_path: Path) -> None:
    refused = greenstar("--db", tmp_path / "other.db", "demo", tmp_path / "network")
    assert (refused.code, refused.out) == (2, "")
    assert "greenstar demo DIR" in refused.err
    assert not list(tmp_path.glob("*.db"))
    assert not (tmp_path / "network").exists()


def test_repeating_it_starts_afresh_and_asks_where_something_was_recorded_since(
    greenstar: Greenstar, tmp_path: Path
) -> None:
    first = greenstar("demo", tmp_path).out
    assert greenstar("demo", tmp_path).out == first
    greenstar("--db", tmp_path / "greenstar.db", "stores", "add", "NEW-1", "--name", "New")
    refused = greenstar("demo", tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert "1 change was recorded" in refused.err
    assert "--again" in refused.err
    assert greenstar("--db", tmp_path / "greenstar.db", "stores", "show", "NEW-1").code == 0
    assert greenstar("demo", tmp_path, "--again").out == first
    assert greenstar("--db", tmp_path / "greenstar.db", "stores", "show", "NEW-1").code == 2


def test_a_database_that_is_no_sample_is_never_replaced(greenstar: Greenstar, tmp_path: Path) -> None:
    greenstar("--db", tmp_path / "greenstar.db", "record", WUXI)
    done = greenstar("demo", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert greenstar("--db", tmp_path / "greenstar.db", "stores", "show", "WX-001").code == 0


def test_a_folder_that_cannot_be_made_is_a_sentence(greenstar: Greenstar, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = greenstar("demo", tmp_path / "file" / "network")
    assert done.code in (2, 3)
    assert len(done.err.splitlines()) == 1


def test_as_many_stores_are_invented_as_asked_for_beside_the_wuxi_store(greenstar: Greenstar, tmp_path: Path) -> None:
    assert greenstar("demo", tmp_path, "--stores", "2").code == 0
    listed = json.loads(greenstar("--db", tmp_path / "greenstar.db", "stores", "list", "--json").out)["stores"]
    assert sorted(store["store"] for store in listed) == ["SYN-001", "SYN-002", "WX-001"]


@rows("count", ["0", "200001", "-1", "many", "1.5", "٣", "9" * 5000])
def test_a_number_of_stores_that_cannot_be_is_told_in_a_sentence(
    greenstar: Greenstar, tmp_path: Path, count: str
) -> None:
    done = greenstar("demo", tmp_path / "network", f"--stores={count}")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"--stores: {count} is no whole number from 1 to 200000.\n"
    assert not (tmp_path / "network").exists()


def test_of_a_visit_of_which_only_the_result_is_kept_nothing_is_said_that_it_does_not_come_to(
    greenstar: Greenstar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "MOST_IN_FULL", 1)
    greenstar("demo", tmp_path, "--stores", "9")
    database = "--db", tmp_path / "greenstar.db"
    first, second, *_ = json.loads(greenstar(*database, "rank", "--json").out)["stores"]
    for asked in ((), ("WAT",), ("--to", "star-3")):
        refused = greenstar(*database, "explain", first["store"], *asked)
        assert (refused.code, refused.out) == (2, "")
        assert f"only the result is kept, {first['total']} points" in refused.err
    network_told = greenstar(*database, "explain", "--network", "--to", "star-3")
    assert (network_told.code, network_told.out) == (2, "")
    assert "only the results are kept" in network_told.err
    compared = json.loads(greenstar(*database, "compare", first["store"], second["store"], "--json").out)
    assert [store["total"] for store in compared["stores"]] == [first["total"], second["total"]]
    assert [store["level"] for store in compared["stores"]] == [first["level"], second["level"]]
    assert compared["categories"] == compared["criteria"] == []
    assert "Water" not in greenstar(*database, "compare", first["store"], second["store"]).out
    simulated = greenstar(*database, "simulate", "leading-green-star")
    assert (simulated.code, simulated.out) == (2, "")
    assert "there is nothing to score again" in simulated.err
    for table in ("criteria", "answers", "findings"):
        done = greenstar(*database, "export", table)
        assert len(done.out.splitlines()) == 1
        assert "they have no rows here" in done.err
        assert "no visit counts" not in done.err
