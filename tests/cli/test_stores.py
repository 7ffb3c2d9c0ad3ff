"""`greenstar stores`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Greenstar
from tests.rows import rows


def test_a_store_is_added_shown_and_edited(greenstar: Greenstar) -> None:
    added = greenstar(
        "stores", "add", "SZ-1", "--name", "Suzhou [bold]", "--city", "苏州", "--region", "East",
        "--fact", "has_car_wash=yes", "--fact", "floor_area_m2=4200.5",
    )  # fmt: skip
    assert (added.code, added.out) == (0, "SZ-1: added\n")
    greenstar("stores", "edit", "SZ-1", "--region", "South", "--fact", "has_car_wash=")
    shown = json.loads(greenstar("stores", "show", "SZ-1", "--json").out)
    assert shown == {
        "store": "SZ-1",
        "name": "Suzhou [bold]",
        "city": "苏州",
        "region": "South",
        "facts": {"floor_area_m2": "4200.5"},
        "visits": [],
        "closed": None,
        "check_visits": [],
    }
    page = greenstar("stores", "show", "SZ-1").out
    assert "Suzhou [bold]" in page
    assert "4 200.5 m²" in page


@rows(
    ("fact", "said"),
    [
        ("has_car_wash", "has_car_wash: a fact is written NAME=VALUE."),
        ("has_car_wsh=yes", "did you mean has_car_wash?"),
        ("has_car_wash=7", "has_car_wash: expected true or false, found 7."),
        ("floor_area_m2=1", "out of bounds: from 50 to 100 000"),
    ],
)
def test_a_wrong_fact_is_refused_and_nothing_is_stored(greenstar: Greenstar, fact: str, said: str) -> None:
    done = greenstar("stores", "add", "SZ-1", "--fact", fact)
    assert done.code == 2
    assert said in done.err
    assert json.loads(greenstar("stores", "list", "--json").out) == {"stores": []}


@rows("code", ["../x", "[/x]", "", "a b", "-x", "店"])
def test_a_code_that_is_none_is_refused(greenstar: Greenstar, code: str) -> None:
    done = greenstar("stores", "add", "--name", "x", "--", code)
    assert (done.code, done.out) == (2, "")
    assert "cannot be a store's code" in done.err


@pytest.mark.usefixtures("wuxi_recorded")
def test_a_store_that_does_not_exist_is_told_with_the_nearest_one(greenstar: Greenstar) -> None:
    for command in (["stores", "show"], ["submit"], ["explain"], ["decide"]):
        done = greenstar(*command, "WX-01")
        assert done.code == 2
        assert "did you mean WX-001?" in done.err


def test_the_list_is_searched_by_words_and_region(greenstar: Greenstar) -> None:
    greenstar("stores", "add", "A-1", "--name", "North gate", "--region", "North")
    greenstar("stores", "add", "B-1", "--name", "South gate", "--region", "South")
    assert [
        store["store"] for store in json.loads(greenstar("stores", "list", "gate", "south", "--json").out)["stores"]
    ] == ["B-1"]
    done = greenstar("stores", "list", "--region", "North")
    assert "A-1" in done.out
    assert "B-1" not in done.out


def test_stores_are_imported_from_a_table(greenstar: Greenstar, tmp_path: Path) -> None:
    table = tmp_path / "stores.csv"
    table.write_text("code,name,city,region,has_car_wash\nA-1,一店,北京,North,yes\nA-2,二店,北京,North,\n", "utf-8")
    done = greenstar("stores", "import", table)
    assert (done.code, done.out) == (0, "2 stores imported: 2 new, 0 changed, 0 as they were\n")
    table.write_text("code,name\nA-3,x\n../x,y\n", "utf-8")
    wrong = greenstar("stores", "import", table)
    assert wrong.code == 2
    assert f"{table}:3:1: " in wrong.err
    assert "A-3" not in greenstar("stores", "list").out


def test_an_import_says_what_it_understood_and_what_it_would_change(greenstar: Greenstar, tmp_path: Path) -> None:
    greenstar("stores", "add", "A-1", "--name", "一店")
    table = tmp_path / "stores.csv"
    table.write_bytes("sep=;\n门店编号;名称;HAS_CAR_WASH;电话;;\nA-1;一店;;1;;\nA-2;二店;1;2;;\n".encode("gb18030"))
    wrong = greenstar("stores", "import", table)
    assert wrong.code == 2
    assert f"{table}:2:22: 电话: there is no column 电话" in wrong.err
    assert "--ignore-unknown" in wrong.err
    arguments = ("stores", "import", table, "--ignore-unknown")
    planned = greenstar(*arguments, "--dry-run")
    assert planned.out == "2 stores in the table: 1 new, 0 changed, 1 as they were. Nothing was changed.\n"
    assert planned.err.splitlines() == [
        "Read as GB18030 text.",
        "Headings understood: 门店编号 → code, 名称 → name, HAS_CAR_WASH → has_car_wash.",
        "In has_car_wash: 1 → yes.",
        "Columns left out: 电话.",
    ]
    assert "A-2" not in greenstar("stores", "list").out
    document = json.loads(greenstar(*arguments, "--json").out)
    assert (document["dry_run"], document["new"], document["changed"], document["same"]) == (False, 1, 0, 1)
    assert document["stores"] == [{"store": "A-1", "change": "same"}, {"store": "A-2", "change": "new"}]
    assert document["columns"][3] == {"heading": "电话", "column": None}
    assert greenstar(*arguments, "--lang", "zh").out == "已导入 2 家门店：新增 0 家，修改 0 家，2 家不变\n"


@pytest.mark.usefixtures("wuxi_recorded")
def test_a_store_is_shown_and_edited_with_the_scheme_of_its_visit(
    greenstar: Greenstar, scheme_file: Callable[..., Path], tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("store: {code: A-1, facts: {has_wash: true}}\nanswers: {B: true}\n", "utf-8")
    assert greenstar("record", own, "--scheme", scheme_file()).code == 0
    assert json.loads(greenstar("stores", "show", "A-1", "--json").out)["facts"] == {"has_wash": True}
    assert "Wash?" in greenstar("stores", "show", "A-1").out
    edited = greenstar("stores", "edit", "A-1", "--fact", "has_wash=no")
    assert (edited.code, edited.out) == (0, "A-1: changed\n")
    assert edited.err.startswith("Its draft of 2026 keeps what it copied when it started")
    assert json.loads(greenstar("stores", "show", "A-1", "--json").out)["facts"] == {"has_wash": False}
    assert "has_car_wash" in json.loads(greenstar("stores", "show", "WX-001", "--json").out)["facts"]


def test_any_spelling_of_a_code_is_the_store_and_answers_name_it_as_it_is_kept(
    greenstar: Greenstar, tmp_path: Path, scheme_file: Callable[..., Path]
) -> None:
    answers = tmp_path / "wide.yaml"
    answers.write_text("store: {code: ＷＸ-100}\nanswers: {B: true}\n", "utf-8")
    assert greenstar("record", answers, "--scheme", scheme_file()).out.startswith("WX-100: recorded")
    assert greenstar("stores", "edit", "wx-100", "--region", "East").out == "WX-100: changed\n"
    assert greenstar("submit", "ｗx-100", "--incomplete", "--json").out.count('"WX-100"') == 1
    assert greenstar("decide", "wx-100").out.startswith("WX-100: ")
    assert greenstar("withdraw", "wx-100", "--because", "by mistake").out.startswith("WX-100: ")
    assert greenstar("reopen", "wx-100", "--because", "by mistake").out.startswith("WX-100: ")
    assert greenstar("stores", "close", "wx-100", "--because", "sold").out.startswith("WX-100: ")
    assert [store["store"] for store in json.loads(greenstar("stores", "list", "--json").out)["stores"]] == ["WX-100"]


THIRDS = """\
scheme: thirds
version: "1"
title: Thirds
languages: [en]
scoring: {method: sum, points: 100}
categories:
  - category: A
    title: A
    criteria: [{id: a, title: t, points: 2, type: boolean, ask: q}, {id: b, title: t, points: 1, type: boolean, ask: q}]
levels: [{id: low, title: Low, requires: {total: 10}}, {id: high, title: High, requires: {total: 66.67}}]
"""


def test_among_visits_of_several_schemes_a_total_and_a_level_read_as_their_own_scheme_has_them(
    greenstar: Greenstar, tmp_path: Path, scheme_file: Callable[..., Path]
) -> None:
    (tmp_path / "thirds.yaml").write_text(THIRDS, "utf-8")
    answers = tmp_path / "own.yaml"
    answers.write_text("scheme: thirds.yaml\nstore: {code: A-1}\nanswers: {a: true, b: false}\n", "utf-8")
    assert greenstar("record", answers).code == 0
    answers.write_text(f"scheme: {scheme_file()}\nstore: {{code: A-2}}\nanswers: {{B: true}}\n", "utf-8")
    assert greenstar("record", answers).code == 0
    (listed,) = [
        store for store in json.loads(greenstar("stores", "list", "--json").out)["stores"] if store["store"] == "A-1"
    ]
    assert listed["total"] == 66.66
    assert "66.66  Low" in greenstar("stores", "list").out
    assert json.loads(greenstar("stores", "show", "A-1", "--json").out)["visits"][0]["total"] == 66.66
    assert "with a total of 66.66, level Low." in greenstar("submit", "A-1").out
