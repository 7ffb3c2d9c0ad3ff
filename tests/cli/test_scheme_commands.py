"""The commands for those who write criteria: `schema`, `check`, `diff`, `simulate`."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from greenstar.cli.main import run
from greenstar.resources import CRITERIA, SHIPPED_SCHEME
from greenstar.services.demo.network import make_demo
from tests.builders import HEADER
from tests.scheme.plain_yaml import TEST_SCHEMES

Call = Callable[..., tuple[int, str, str]]
SMALL = HEADER + (
    "categories:\n  - category: X\n    title: X\n    criteria:\n"
    "      - {id: X-1, title: t, points: 1, type: boolean, ask: q, applies_if: 1 > 2}\n"
    "levels: [{id: one, title: One, requires: {total: 50%, when: total < 0}}]\n"
)


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Run a command: its exit code, standard output and standard error."""
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "home"))

    def of(*arguments: object, language: str = "en") -> tuple[int, str, str]:
        code = run([*map(str, arguments), "--lang", language])
        out, err = capfd.readouterr()
        return code, out, err

    return of


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The shipped scheme, asking more for three stars."""
    folder = tmp_path / "draft"
    shutil.copytree(SHIPPED_SCHEME, folder)
    header = folder / "scheme.yaml"
    text = header.read_text(encoding="utf-8").replace("total: 85", "total: 99").replace('"2026.2"', '"2027.1"')
    header.write_text(text, encoding="utf-8")
    return folder


def document(text: str) -> Any:
    return json.loads(text)


def test_schema_prints_the_shipped_one(call: Call) -> None:
    code, out, err = call("schema")
    assert (code, err) == (0, "")
    assert document(out) == document((CRITERIA / "scheme.schema.json").read_text(encoding="utf-8"))


def test_schema_speaks_chinese(call: Call) -> None:
    _, out, _ = call("schema", language="zh")
    assert document(out)["title"] == "Green Star 评价方案"


def test_check_warns_and_is_still_content(call: Call, small: Path) -> None:
    code, out, _ = call("check", small)
    assert code == 0
    assert "  – level one: no visit was found that reaches it\n" in out
    assert f"  ! {small}:9:75: applies_if: this rule is false whatever is answered\n" in out
    assert f"  ! {small}:9:14: id: X-1 never applies\n" in out


@pytest.mark.slow
def test_check_tells_programs_of_witnesses_and_warnings(call: Call, small: Path) -> None:
    code, out, _ = call("check", small, SHIPPED_SCHEME, "--json")
    first, second = document(out)["schemes"]
    assert code == 0
    assert [warning["key"] for warning in first["warnings"]] == ["id", "applies_if", "levels"]
    assert first["levels"] == [{"id": "one", "reachable": None, "example": None, "witness": None}]
    assert [level["reachable"] for level in second["levels"]] == [True, True, True]
    assert second["levels"][2]["witness"]["answers"]["wash_meter"] is True


def test_check_saves_a_visit_for_each_level_and_score_agrees(call: Call, tmp_path: Path) -> None:
    text = (TEST_SCHEMES / "gbt_50378_2014.yaml").read_text(encoding="utf-8")
    draft = tmp_path / "draft.yaml"
    draft.write_text(text.replace('version: "2014"', 'version: "2027.1"'), encoding="utf-8")
    folder = tmp_path / "visits"
    _, _, err = call("check", draft, "--witnesses", folder)
    saved = sorted(folder.iterdir())
    assert len(saved) == len(err.splitlines()) == 3
    _, out, _ = call("score", *saved, "--json")
    assert [card["level"] for card in document(out)] == ["one-star", "three-star", "two-star"], "as the files are named"
    assert {card["version"] for card in document(out)} == {"2027.1"}


def test_diff_tells_what_changed_and_that_is_no_error(call: Call, draft: Path) -> None:
    code, out, err = call("diff", "leading-green-star", draft)
    assert (code, err) == (0, "")
    assert "total at least: 85 → 99" in out
    assert out.endswith("2 changes\n")


def test_diff_of_equals_says_so(call: Call) -> None:
    code, out, _ = call("diff", "leading-green-star", SHIPPED_SCHEME)
    assert (code, out.splitlines()[1]) == (0, "The two say the same.")
    _, out, _ = call("diff", "leading-green-star", SHIPPED_SCHEME, "--json")
    assert document(out)["equal"] is True
    assert document(out)["changes"] == []


def test_a_scheme_that_is_not_there_or_wrong_is_bad_input(call: Call, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("scheme: [", encoding="utf-8")
    for arguments in (("diff", "leading-green-star", tmp_path / "none"), ("diff", wrong, wrong), ("simulate", wrong)):
        code, out, err = call(*arguments)
        assert (code, out) == (2, "")
        assert err
        assert "Traceback" not in err


@pytest.mark.slow
def test_simulate_tells_who_loses_a_level_and_changes_nothing(call: Call, draft: Path, tmp_path: Path) -> None:
    database = make_demo(tmp_path / "demo", stores=1).path
    before = database.read_bytes()
    code, out, _ = call("--db", database, "simulate", draft)
    assert code == 0
    assert "star-3 → star-2" in out
    _, text, _ = call("--db", database, "simulate", draft, "--json")
    simulation = document(text)
    moves = simulation["gains"] + simulation["loses"] + simulation["keeps"]
    assert simulation["visits"] == len(simulation["stores"]) == moves
    assert simulation["loses"] >= 1
    assert database.read_bytes() == before


def test_simulate_without_a_database_makes_none(call: Call, draft: Path, tmp_path: Path) -> None:
    code, out, _ = call("--db", tmp_path / "none.db", "simulate", draft)
    assert (code, out) == (2, "")
    assert not (tmp_path / "none.db").exists()
