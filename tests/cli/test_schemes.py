"""`schemes list` and `show`, `move`, `check --against`: which versions there are, and how visits go on to the next."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Called, Greenstar

BODY = """
title: {en: Small, zh: 小}
languages: [en, zh]
categories:
  - category: W
    title: Water
    criteria:
      - {id: W-1, title: Taps, points: 6, type: number, min: 0, max: 6, ask: Taps?, score: {}}
      - {id: W-2, title: Tank, points: 4, type: boolean, ask: Tank?}
levels: [{id: one, title: One, requires: {total: 5}}]
"""
VERSIONS = {
    "first": ('"1"', ()),
    "words": ('"1"', (("Taps?", "How many taps?"),)),
    "rules": ('"1"', (("points: 4", "points: 5"),)),
    "next": ('"2"', (("id: W-2,", "id: W-3, formerly: [W-2],"), ("max: 6", "max: 5"))),
    "group": ('"3"', (("category: W\n", "category: H2O\n    formerly: [W]\n"),)),
}
PAPER = "store: {code: S-1, name: One}\ncycle: '2026'\nanswers: {W-1: 6, W-2: true}\nnotes: {W-2: a tank}\n"
Run = Callable[..., Called]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Versions of a small scheme, and a visit on paper."""
    paths = {}
    for name, (version, changes) in VERSIONS.items():
        text = BODY
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        paths[name] = tmp_path / f"{name}.yaml"
        paths[name].write_text(f"scheme: small\nversion: {version}{text}", encoding="utf-8")
    paths["paper"] = tmp_path / "paper.yaml"
    paths["paper"].write_text(PAPER, encoding="utf-8")
    return paths


@pytest.fixture
def call(greenstar: Greenstar, files: dict[str, Path], tmp_path: Path) -> Run:
    """Calls the program on a database with one draft."""

    def on_database(*arguments: object) -> Called:
        return greenstar(*arguments, "--db", tmp_path / "green.db", "--assessor", "Ada")

    assert on_database("record", files["paper"], "--scheme", files["first"]).code == 0
    return on_database


def test_schemes_are_listed_with_how_many_visits_stand_on_each(call: Run, files: dict[str, Path]) -> None:
    assert call("record", files["paper"], "--scheme", files["words"]).code == 0
    (row,) = json.loads(call("schemes", "list", "--json").out)
    assert [row[key] for key in ("scheme", "version", "title", "visits", "drafts", "edition", "other_rules")] == [
        *("small", "1", "Small", 1, 1, 2, False)
    ]
    assert len(row["wordings"]) == 2
    assert row["wordings"][-1] == row["scheme_sha256"]
    assert call("schemes", "list").out.splitlines()[1].split()[:5] == ["small", "1", "Small", "1", "1"]
    assert "小" in call("schemes", "list", "--lang", "zh").out


def test_a_version_is_shown_with_its_visits_by_cycle(call: Run) -> None:
    (shown,) = json.loads(call("schemes", "show", "small", "1", "--json").out)
    assert [shown[key] for key in ("criteria", "categories", "levels", "cycles")] == [
        *(2, ["W"], ["one"], [{"cycle": "2026", "draft": 1}])
    ]
    assert "2 criteria, 1 level" in call("schemes", "show").out
    for arguments in (("small", "9"), ("smal",)):
        refused = call("schemes", "show", *arguments)
        assert (refused.code, refused.out) == (2, "")
        assert "holds" in refused.err


def test_a_path_shows_what_the_database_has_of_the_version_that_is_there(call: Run, files: dict[str, Path]) -> None:
    for named in (("schemes", "show", files["words"]), ("--scheme", files["words"], "schemes", "show")):
        (version,) = json.loads(call(*named, "--json").out)
        assert (version["scheme"], version["version"], version["drafts"]) == ("small", "1", 1)
    unknown = call("schemes", "show", files["next"])
    assert (unknown.code, unknown.err) == (2, "This database holds no version 2 of small; it holds 1.\n")


def test_a_store_shows_a_category_in_one_column_whatever_each_visit_called_it(
    call: Run, files: dict[str, Path]
) -> None:
    assert call("submit", "S-1").code == 0
    files["paper"].write_text(PAPER.replace("2026", "2027").replace("W-1: 6", "W-1: 3"), encoding="utf-8")
    assert call("record", files["paper"], "--scheme", files["group"]).code == 0
    heads, *visits = call("stores", "show", "S-1").out.splitlines()[-3:]
    assert (heads.split()[-1], [visit.split("  ")[-1].strip() for visit in visits]) == ("H2O", ["70 %", "100 %"])


def test_a_store_is_moved_once_however_it_is_spelled(call: Run, files: dict[str, Path]) -> None:
    moved = call("move", "s-1", "Ｓ-1", "S-1", "--to", files["next"], "--yes", "--json")
    assert [visit["store"] for visit in json.loads(moved.out)["visits"]] == ["S-1"]


def test_a_move_says_first_what_it_does_and_is_asked_for(call: Run, files: dict[str, Path]) -> None:
    asked = call("move", "S-1", "--to", files["next"])
    assert (asked.code, asked.out) == (2, "")
    assert asked.err.splitlines() == [
        "S-1, cycle 2026: small 1 → 2",
        "  total 10 → 4",
        "  would be refused, and lost: W-1",
        "  newly asked: W-1",
        "1 visit would be moved as said above. Without a terminal, say --yes.",
    ]
    done = call("move", "S-1", "--to", files["next"], "--yes", "--json")
    moved = json.loads(done.out)
    assert (done.code, moved["version"]) == (0, "2")
    (visit,) = moved["visits"]
    assert [visit[key] for key in ("from_version", "store", "lost", "refused", "to_ask")] == [
        *("1", "S-1", [], ["W-1"], ["W-1"])
    ]
    rows = json.loads(call("schemes", "list", "--json").out)
    assert [(row["version"], row["visits"]) for row in rows] == [("1", 0), ("2", 1)]
    again = call("move", "S-1", "--to", files["first"], "--yes")
    assert (again.code, again.out) == (2, "")


def test_other_rules_under_a_stored_version_are_refused_by_name(call: Run, files: dict[str, Path]) -> None:
    refused = call("record", files["paper"], "--scheme", files["rules"])
    assert refused.code == 2
    assert "What differs (1): W-2: points: 4 → 5" in refused.err
    moved = call("move", "S-1", "--to", files["rules"], "--yes")
    assert (moved.code, moved.err.count("\n")) == (2, 1)  # that it is refused, and no plan of what would be done
    assert "What differs (1): W-2: points: 4 → 5" in moved.err


@pytest.mark.usefixtures("call")
def test_check_says_beforehand_what_a_database_makes_of_a_scheme(
    greenstar: Greenstar, files: dict[str, Path], tmp_path: Path
) -> None:
    database = tmp_path / "green.db"
    said = {
        name: greenstar("check", files[name], "--against", database, "--json")
        for name in ("first", "words", "rules", "next")
    }
    parts = {name: json.loads(called.out)["schemes"][0]["against"] for name, called in said.items()}
    assert {name: (called.code, parts[name]["standing"]) for name, called in said.items()} == {
        "first": (0, "same"),
        "words": (0, "wording"),
        "rules": (1, "other_rules"),
        "next": (0, "new"),
    }
    assert parts["rules"]["differences"] == ["W-2: points: 4 → 5"]
    (draft,) = parts["next"]["drafts"]
    assert (draft["store"], draft["refused"], draft["after"]["total"]) == ("S-1", ["W-1"], 4)
    text = greenstar("check", files["next"], "--against", database).out
    assert "  1 draft goes by another version; `greenstar move` would do to it:\n    S-1, cycle 2026\n" in text
    assert greenstar("check", files["next"], "--against", tmp_path / "no.db").code == 2


def test_check_foretells_a_move_only_of_what_can_be_moved(
    greenstar: Greenstar, call: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    own = call("record", files["paper"], "--scheme", files["first"], "--check-visit")
    assert (own.code, "a check visit is made by somebody else" in own.err) == (2, True)
    files["paper"].write_text(f"{PAPER}assessor: Cem\n", encoding="utf-8")
    assert call("record", files["paper"], "--scheme", files["first"], "--check-visit").code == 0

    def drafts(name: str) -> list[str]:
        told = json.loads(greenstar("check", files[name], "--against", tmp_path / "green.db", "--json").out)
        return [draft["store"] for draft in told["schemes"][0]["against"]["drafts"]]

    assert drafts("next") == ["S-1"]  # once: a check visit does not move
    assert call("move", "S-1", "--to", files["next"], "--yes").code == 0
    assert drafts("first") == []  # nothing moves to an older version


def test_a_file_by_another_version_is_not_recorded_into_a_draft(call: Run, files: dict[str, Path]) -> None:
    files["paper"].write_text("store: {code: S-1, name: One}\ncycle: '2026'\nanswers: {W-3: true}\n", encoding="utf-8")
    refused = call("record", files["paper"], "--scheme", files["next"])
    assert refused.code == 2
    assert "small 1" in refused.err
    assert json.loads(call("schemes", "list", "--json").out)[0]["drafts"] == 1


def test_a_file_with_earlier_names_is_told_what_they_are_now(greenstar: Greenstar, files: dict[str, Path]) -> None:
    refused = greenstar("score", files["paper"], "--scheme", files["next"])
    assert refused.code == 2
    assert refused.err.count("it is called W-3 in this version") == 2
