"""The views show in plain SQL what the program counts: tried on rows written by plain SQL."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from greenstar.assessment.cycles import cycle_key
from greenstar.record.event import Change
from greenstar.resources import DATA
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.cycles import CycleTable
from greenstar.storage.sqlite.events import EventTable

AT = "2026-05-12T09:30:00.000Z"
OLD, NEW = "a" * 64, "b" * 64


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Two versions of a scheme, and five stores."""
    database = Database.open(tmp_path / "green.db")
    for sha256, version in ((OLD, "1"), (NEW, "2")):
        values = (sha256, version, AT, sha256)
        database.execute("INSERT INTO scheme VALUES (?, 'small', ?, '{}', '{}', ?, ?, 2)", values)
    for code in "ABCDE":
        values = (code, f"Store {code}", AT, code.lower())
        database.execute("INSERT INTO store VALUES (?, ?, '', 'East', ?, ?, NULL)", values)
    EventTable(database).append([Change("test")], AT, "test")
    yield database
    database.close()


def assess(database: Database, store: str, *keys: float | None, **more: Any) -> int:
    """An assessment with a scorecard."""
    row = {"cycle": "2026", "scheme": OLD, "revision": 1, "status": "submitted", "kind": "visit", **more}
    row["cycle_key"] = cycle_key(row["cycle"])
    row["seal"], row["sealed"] = (None, None) if row["status"] == "draft" else ("c" * 64, "{}")
    number = database.insert(
        "INSERT INTO assessment (ulid, kind, store, store_name, city, region, cycle, cycle_key, scheme_name, scheme, "
        "revision, status, assessor, started_at, changed_at, seal, sealed) "
        "VALUES (hex(randomblob(13)), :kind, :store, 'Then', '', 'West', "
        ":cycle, :cycle_key, 'small', :scheme, :revision, :status, 'Ada', :at, :at, :seal, :sealed)",
        {**row, "store": store, "at": AT},
    )
    database.execute(
        "INSERT INTO scorecard (assessment, event, total, total_number, available, share, level, stars, candidate, "
        "why_not, keys, key_1, key_2, answered, asked, complete, not_applicable_points, at) "
        "VALUES (?, 1, '1', ?, '100', '1', NULL, 0, 0, '[]', '{}', ?, ?, 1, 1, 1, '0', ?)",
        (number, keys[0] if keys else 0, *(*keys, None, None)[:2], AT),
    )
    return number


def ranking(database: Database, cycle: str = "2026", version: str = "1") -> list[tuple[int, str]]:
    """Ranks and stores, as the view has them."""
    sql = "SELECT rank, store FROM ranking WHERE cycle = ? AND version = ? ORDER BY rank, store"
    return [(row["rank"], row["store"]) for row in database.rows(sql, (cycle, version))]


def test_stores_are_ranked_by_all_keys_and_an_unknown_one_comes_last(database: Database) -> None:
    for store, keys in {"A": (70, 1), "B": (70, 2), "C": (71, 0), "D": (70, 1), "E": (None, 9)}.items():
        assess(database, store, *keys)
    assert ranking(database) == [(1, "C"), (2, "B"), (3, "A"), (3, "D"), (5, "E")]


def test_each_cycle_and_version_has_its_own_ranks(database: Database) -> None:
    assess(database, "A", 50)
    assess(database, "B", 90, scheme=NEW)
    assess(database, "C", 99, cycle="2025")
    assert ranking(database) == [(1, "A")]
    assert ranking(database, version="2") == [(1, "B")]
    assert ranking(database, cycle="2025") == [(1, "C")]


@pytest.mark.parametrize(
    ("statuses", "counts"),
    [
        (["draft"], []),
        (["submitted"], [1]),
        (["decided", "draft"], [1]),
        (["submitted", "submitted", "draft"], [2]),
        (["decided", "withdrawn"], []),
        (["withdrawn", "submitted"], [2]),
    ],
)
def test_what_counts_is_the_latest_revision_that_left_its_draft(
    database: Database, statuses: list[str], counts: list[int]
) -> None:
    for revision, status in enumerate(statuses, 1):
        assess(database, "A", revision, revision=revision, status=status)
    assert [row["revision"] for row in database.rows("SELECT revision FROM latest_score")] == counts


def test_a_store_is_shown_once_with_its_latest_visit(database: Database) -> None:
    assess(database, "A", 10, cycle="2025")
    assess(database, "A", 20, revision=1)
    assess(database, "A", 30, revision=2, status="draft")
    rows = database.rows("SELECT store, cycle, revision, total FROM store_overview ORDER BY store")
    assert [row["store"] for row in rows] == list("ABCDE")
    assert (rows[0]["cycle"], rows[0]["revision"], rows[0]["total"]) == ("2026", 2, 30)
    assert (rows[1]["cycle"], rows[1]["total"]) == (None, None)


def test_open_findings_are_those_of_the_latest_revision(database: Database) -> None:
    old, new = assess(database, "A", 1), assess(database, "A", 1, revision=2, status="draft")
    for assessment, text, closed in ((old, "old", None), (new, "open", None), (new, "done", "2026-06-01")):
        database.execute(
            "INSERT INTO finding (assessment, criterion, severity, text, closed, found_at, by) "
            "VALUES (?, 'W1', 'minor', ?, ?, ?, 'Ada')",
            (assessment, text, closed, AT),
        )
    assert [row["text"] for row in database.rows("SELECT text FROM open_finding")] == ["open"]


def test_nothing_counts_where_two_claim_the_same_revision(database: Database) -> None:
    assess(database, "A", 1)
    for _ in range(2):
        assess(database, "A", 2, revision=2)
    assert database.rows("SELECT * FROM latest_score") == []
    newest = "SELECT assessment FROM visit WHERE newest"
    assert [row["assessment"] for row in database.rows(newest)] == [2]
    assess(database, "A", 3, revision=3)
    assert ranking(database) == [(1, "A")]


def test_a_later_revision_under_other_rules_leaves_the_league_of_the_earlier_ones_as_it_was(database: Database) -> None:
    first = assess(database, "A", 1)
    second = assess(database, "A", 2, revision=2, scheme=NEW, status="draft")
    of_each = "SELECT assessment, newest, newest_of_rules, counts FROM visit ORDER BY assessment"
    assert [tuple(row.values()) for row in database.rows(of_each)] == [(first, 0, 1, 1), (second, 1, 1, 0)]
    assess(database, "A", 3, revision=3, scheme=NEW)
    assert (ranking(database), ranking(database, version="2")) == ([(1, "A")], [(1, "A")])
    assess(database, "A", 4, revision=4, scheme=NEW, status="withdrawn")
    assert (ranking(database), ranking(database, version="2")) == ([(1, "A")], [])


def test_a_check_visit_never_counts_and_hides_nothing_that_does(database: Database) -> None:
    assess(database, "A", 1)
    assess(database, "A", 9, revision=2, kind="check_visit")
    assess(database, "B", 9, kind="check_visit")
    assert [(row["store"], row["total_number"]) for row in database.rows("SELECT * FROM latest_score")] == [("A", 1)]
    rows = database.rows("SELECT store, total FROM store_overview WHERE total IS NOT NULL")
    assert [(row["store"], row["total"]) for row in rows] == [("A", 1)]


def test_a_league_holds_all_who_were_visited_under_the_same_rules_as_they_were_called_then(database: Database) -> None:
    reworded = "d" * 64
    database.execute("INSERT INTO scheme VALUES (?, 'small', '1', '{}', '{}', ?, ?, 2)", (reworded, AT, OLD))
    assess(database, "A", 50)
    assess(database, "B", 60, scheme=reworded)
    rows = database.rows("SELECT rank, store, name, region FROM ranking ORDER BY rank")
    assert [tuple(row.values()) for row in rows] == [(1, "B", "Then", "West"), (2, "A", "Then", "West")]


def test_the_latest_cycle_is_the_one_of_the_highest_numbers(database: Database) -> None:
    for cycle in ("2026-10", "2026-9"):
        assess(database, "A", 1, cycle=cycle)
    (row,) = database.rows("SELECT cycle FROM store_overview WHERE store = 'A'")
    assert row["cycle"] == "2026-10"


def test_how_a_cycle_is_spelt_is_known_without_a_look_at_all_of_its_visits(database: Database) -> None:
    steps: list[None] = []
    taken = []
    for revisions in (range(1, 2), range(2, 40)):
        for revision in revisions:
            assess(database, "A", 1, revision=revision)
        database.tables.conn.set_progress_handler(lambda: steps.append(None), 1)
        assert CycleTable(database).called("2026", spelt="2026") == "2026"
        database.tables.conn.set_progress_handler(None, 1)
        taken.append(len(steps))
        steps.clear()
    assert taken[0] == taken[1] > 0


def test_datasette_is_told_of_every_table_and_its_queries_run(database: Database) -> None:
    text = (DATA / "db" / "datasette.yaml").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^  (\w+):$", text) == ["greenstar"]  # what the documented line puts another name for
    told = yaml.safe_load(text)["databases"]["greenstar"]
    names = database.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")
    assert set(told["tables"]) == {row["name"] for row in names}
    for table, content in told["tables"].items():
        columns = {row["name"] for row in database.rows("SELECT name FROM pragma_table_info(?)", (table,))}
        named = {name for key in ("columns", "units", "sortable_columns", "facets") for name in content.get(key, ())}
        named |= {content[key] for key in ("sort", "sort_desc", "label_column") if key in content}
        assert named <= columns, table
    for query in told["queries"].values():
        database.rows(query["sql"], dict.fromkeys(query.get("params", ()), ""))
