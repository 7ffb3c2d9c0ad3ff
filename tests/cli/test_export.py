"""`greenstar export`: columns, formats, and what a spreadsheet must not run."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.resources import SHIPPED_SCHEME
from greenstar.text import terminal_text
from tests.cli.conftest import EXAMPLES, Greenstar

COLUMNS = {
    "scores": "store,name,city,region,cycle,scheme,version,status,assessor,visited,submitted,total,available,percent,"
    "level,stars,lighthouse,answered,asked,not_applicable_points",
    "criteria": "store,cycle,criterion,title,category,outcome,points,available,percent,excused,reason,evidence,"
    "verified,findings,scheme,version,revision",
    "answers": "store,cycle,criterion,question,value,unit,answered_at,assessor,note,points,available,outcome,reason",
    "findings": "store,cycle,criterion,severity,text,action,due,closed,found_at,assessor,id,follows,owner,revision,"
    "scheme,version",
    "ranking": "rank,store,name,region,total,level,candidate,why_not,rank_low,rank_high",
}
GROUPS = ["MGT", "WAT", "ENE", "WST", "POL", "BLD", "MOB", "ENG", "INN"]
ADDED = {
    "scores": [f"{group}_{what}" for group in GROUPS for what in ("points", "available", "percent")],
    "ranking": ["by_total", "by_water_energy", "by_least_excluded"],
}
LAST = {
    "scores": ["excused_points", "scheme_sha256", "rules_sha256", "revision", "certificate", "valid_until", "counts"],
    "answers": [
        "asked",
        "formula",
        "criterion_label",
        "label_en",
        "label_zh",
        "first",
        "scheme",
        "version",
        "revision",
    ],
    "ranking": [
        *("excused_points", "not_applicable_points", "tie_broken_by", "rank_low_bound", "rank_high_bound"),
        *("proved", "chance_top", "moved", "settings", "cycle"),
    ],
}


@pytest.fixture(scope="module")
def submitted() -> list[bytes]:
    """The database of the examples, once a test has submitted one of them."""
    return []


@pytest.fixture
def network(greenstar: Greenstar, examples_recorded: Path, submitted: list[bytes]) -> None:
    """The examples, recorded, and one of them submitted."""
    if not submitted:
        greenstar("submit", "WX-001")
        submitted.append(examples_recorded.read_bytes())
    examples_recorded.write_bytes(submitted[0])


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_the_promised_columns(greenstar: Greenstar, tmp_path: Path, table: str) -> None:
    target = tmp_path / "table.csv"
    done = greenstar("export", table, "-o", target)
    assert (done.code, done.out, done.err) == (0, "", f"{target}: written\n")
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == [*COLUMNS[table].split(","), *ADDED.get(table, []), *LAST.get(table, [])]
    assert rows
    assert all(len(row) == len(header) for row in rows)
    objects = json.loads(greenstar("export", table, "--format", "json").out)
    if table != "answers":
        assert [list(row) for row in objects] == [header] * len(rows)


@pytest.mark.slow
@pytest.mark.usefixtures("network")
def test_an_empty_table_has_its_header_and_a_cycle_without_visits_is_told(greenstar: Greenstar) -> None:
    for table, header in COLUMNS.items():
        columns = ",".join([header, *LAST.get(table, [])])
        done = greenstar("export", table, "--cycle", "1999")
        assert (done.code, done.out) == (0, f"\ufeff{columns}\r\n")
        assert done.err == "There is no visit in the cycle 1999.\n"
        assert greenstar("export", table).err == ""
    assert greenstar("rank", "--json", "--cycle", "1999").err.startswith("No visit of the cycle 1999 is submitted yet")
    for words in ("stores list", "stores list --json", "stores show WX-001", "schemes list"):
        command = words.split()
        assert greenstar(*command, "--cycle", "1999").err == "There is no visit in the cycle 1999.\n"
        assert greenstar(*command, "--cycle", "２０２６").err == ""


@pytest.mark.usefixtures("network")
def test_a_scheme_that_there_is_not_is_refused_also_where_all_schemes_are_listed(greenstar: Greenstar) -> None:
    for words in ("export scores", "stores list", "schemes list", f"simulate {SHIPPED_SCHEME}"):
        done = greenstar(*words.split(), "--scheme", "nonsense")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("There is no scheme nonsense.")


@pytest.mark.slow
@pytest.mark.usefixtures("network")
def test_points_add_up_over_criteria_and_over_the_first_rows_of_answers(greenstar: Greenstar) -> None:
    rows = {table: json.loads(greenstar("export", table, "--format", "json").out) for table in ("scores", "criteria")}
    answers = csv.DictReader(io.StringIO(greenstar("export", "answers").out.removeprefix("\ufeff"), newline=""))
    (total,) = [row["total"] for row in rows["scores"] if row["store"] == "WX-001"]
    assert total == 90
    criteria = [row for row in rows["criteria"] if row["store"] == "WX-001"]
    assert sum(row["points"] for row in criteria) == total
    assert len({row["criterion"] for row in criteria}) == len(criteria)
    first = [row for row in answers if row["store"] == "WX-001" and row["first"] == "true"]
    assert [row["criterion"] for row in first] == [row["criterion"] for row in criteria]
    assert sum(float(row["points"]) for row in first) == total


@pytest.mark.usefixtures("network")
def test_ranks_within_bounds_are_never_a_copy_of_the_rank(greenstar: Greenstar) -> None:
    (row,) = json.loads(greenstar("export", "ranking", "--format", "json").out)
    assert (row["rank"], row["total"], row["by_total"], row["candidate"]) == (1, 90, 90, True)
    assert row["rank_low"] is row["rank_high"] is None


@pytest.mark.slow
@pytest.mark.usefixtures("network")
def test_answers_as_json_are_answers_files_that_record_takes_back(greenstar: Greenstar, tmp_path: Path) -> None:
    first = greenstar("export", "answers", "--format", "json").out
    path = tmp_path / "answers.json"
    path.write_text(first, encoding="utf-8")
    other = tmp_path / "other.db"
    assert greenstar("--db", other, "record", path, "--files", EXAMPLES).code == 0
    assert greenstar("--db", other, "export", "answers", "--format", "json").out == first


FIGURES = """\
scheme: figures
version: "1"
title: Figures
languages: [en]
categories:
  - category: A
    title: A
    criteria:
      - id: a
        title: a
        points: 1
        questions:
          long: {type: number, ask: How many, whole: true}
          exact: {type: number, ask: How much}
          small: {type: number, ask: How little}
        score: {of: 0}
"""
TYPED = ("9007199254740993", "12345678901234567890.5", "0.00001")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_number_stands_in_an_export_as_it_was_typed(greenstar: Greenstar, tmp_path: Path, form: str) -> None:
    scheme, visit = tmp_path / "figures.yaml", tmp_path / "visit.yaml"
    scheme.write_text(FIGURES, encoding="utf-8")
    answers = ", ".join(f"{name}: {text}" for name, text in zip(("long", "exact", "small"), TYPED, strict=True))
    visit.write_text(f"scheme: figures.yaml\nstore: {{code: S}}\nanswers: {{{answers}}}\n", encoding="utf-8")
    assert greenstar("record", visit).code == 0
    out = greenstar("export", "answers", "--format", form).out
    if form == "csv":
        rows = csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""))
        assert [row["value"] for row in rows] == list(TYPED)
    else:
        (document,) = json.loads(out, parse_int=str, parse_float=str)
        assert list(document["answers"].values()) == list(TYPED)


def test_no_cell_is_a_formula(greenstar: Greenstar, tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x","y")'
    visit = {"store": {"code": "X-1", "name": evil, "city": "+1", "region": "@SUM(A1)"}, "notes": {"WAT-06": "-1+1"}}
    path = tmp_path / "visit.json"
    path.write_text(json.dumps(visit), encoding="utf-8")
    greenstar("record", path)
    (row,) = csv.DictReader(io.StringIO(greenstar("export", "scores").out.removeprefix("\ufeff"), newline=""))
    assert (row["name"], row["city"], row["region"]) == (f"'{evil}", "'+1", "'@SUM(A1)")
    answers = csv.DictReader(io.StringIO(greenstar("export", "answers").out.removeprefix("\ufeff"), newline=""))
    assert "'-1+1" in {answer["note"] for answer in answers}
    assert json.loads(greenstar("export", "scores", "--format", "json").out)[0]["name"] == evil


@pytest.mark.usefixtures("wuxi_submitted")
def test_nothing_that_a_database_holds_is_obeyed_by_the_terminal(greenstar: Greenstar, tmp_path: Path) -> None:
    evil = "\x1b]52;c;aGk=\x07\x9b31m\u202egpj"
    with closing(sqlite3.connect(tmp_path / "home" / "greenstar.db")) as connection, connection:
        connection.execute("UPDATE store SET name = ?, region = ?", (f"N{evil}", f"R{evil}"))
        connection.execute("UPDATE assessment SET store_name = ?, region = ?", (f"N{evil}", f"R{evil}"))
        connection.execute("UPDATE fact SET value = ?", (json.dumps(evil),))
    seen = "·]52;c;aGk=··31m·gpj"
    for command in (["rank"], ["stores", "list"], ["export", "scores"], ["export", "ranking"]):
        out = greenstar(*command).out.removeprefix("\ufeff").replace("\r\n", "\n")
        assert f"N{seen}" in out
        assert out == terminal_text(out)
    for command in (["rank", "--json"], ["stores", "list", "--json"], ["export", "scores", "--format", "json"]):
        out = greenstar(*command).out
        assert terminal_text(out) == out
        assert f"N{evil}" in [*_texts(json.loads(out))]


def _texts(value: object) -> Iterator[str]:
    """All texts in a JSON document."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _texts(part)


def test_chinese_survives(greenstar: Greenstar, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("{store: {code: WX-001, name: 无锡店}, answers: {}}", encoding="utf-8")
    greenstar("record", tmp_path / "a.yaml")
    greenstar("export", "scores", "-o", tmp_path / "x.csv")
    assert "无锡店" in (tmp_path / "x.csv").read_text("utf-8-sig")


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("beside", ["", "-wal", ".evidence"])
def test_the_open_database_is_never_written_over(greenstar: Greenstar, tmp_path: Path, beside: str) -> None:
    database = tmp_path / "home" / "greenstar.db"
    before = database.read_bytes()
    done = greenstar("export", "scores", "-o", f"{database}{beside}")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert database.read_bytes() == before
    assert greenstar("export", "scores", "-o", "").err == "An empty text names no file. Nothing was written.\n"
