"""`greenstar score`."""

import json
from pathlib import Path
from typing import Any

from greenstar.resources import SHIPPED_SCHEME
from tests.cli.conftest import EXAMPLES, WUXI, Greenstar
from tests.rows import rows

KEYS = [
    *("scheme", "version", "scheme_sha256", "store", "cycle", "total", "total_exact", "available", "percent", "level"),
    *("stars", "lighthouse", "complete", "answered", "asked", "worst", "best", "groups", "criteria", "levels"),
    "notices",
]


def reason_of(card: dict[str, Any], criterion: str) -> object:
    return next(entry["reason"] for entry in card["criteria"] if entry["id"] == criterion)


def test_the_json_has_the_promised_keys(greenstar: Greenstar) -> None:
    card = json.loads(greenstar("score", WUXI, "--json").out)
    assert [key for key in card if key in KEYS] == KEYS
    assert set(card["worst"]) == set(card["best"]) == {"total", "level"}
    assert set(card["groups"][0]) >= {"id", "points", "available", "percent", "weight", "groups"}
    assert set(card["criteria"][0]) >= {"id", "outcome", "points", "available", "reason"}
    assert [level["id"] for level in card["levels"]] == ["star-1", "star-2", "star-3"]


def test_the_figures_are_those_that_the_example_expects(greenstar: Greenstar) -> None:
    card = json.loads(greenstar("score", WUXI, "--json").out)
    assert (card["store"], card["cycle"], card["total"], card["total_exact"]) == ("WX-001", "2026", 90, "90")
    assert (card["level"], card["stars"], card["lighthouse"], card["percent"]) == ("star-3", 3, True, 88)
    assert reason_of(card, "WAT-06") == "88.3 % is at least 80 %"


def test_a_fraction_is_told_exactly_and_rounded_half_up(greenstar: Greenstar) -> None:
    card = json.loads(greenstar("score", EXAMPLES / "failing.yaml", "--json").out)
    assert (card["total"], card["total_exact"]) == (65.63, "525/8")
    assert card["level"] is None
    unmet = card["levels"][0]["unmet"]
    assert {requirement["requirement"] for requirement in unmet} == {"findings", "prerequisites"}


def test_several_files_give_a_list(greenstar: Greenstar) -> None:
    cards = json.loads(greenstar("score", WUXI, EXAMPLES / "open.yaml", "--json").out)
    assert [card["store"] for card in cards] == ["WX-001", "NB-006"]
    assert (cards[1]["complete"], cards[1]["answered"], cards[1]["best"]["level"]) == (False, 0, "star-3")


def test_reasons_come_in_the_language_asked_for(greenstar: Greenstar) -> None:
    card = json.loads(greenstar("score", WUXI, "--json", "--lang", "zh").out)
    assert reason_of(card, "WAT-06") == "88.3 %，不低于 80 %"


def test_a_person_sees_total_level_categories_and_what_the_next_level_needs(greenstar: Greenstar) -> None:
    done = greenstar("score", EXAMPLES / "leased-4s.yaml")
    assert done.code == 0
    assert "Total 62.5 of 100" in done.out
    assert "Level: One star" in done.out
    assert "Two stars still needs" in done.out
    assert "WAT  Water" in done.out
    assert done.err == ""


def test_another_scheme_may_be_asked_for_by_path(greenstar: Greenstar) -> None:
    done = greenstar("score", WUXI, "--json", "--scheme", SHIPPED_SCHEME)
    assert json.loads(done.out)["total"] == 90


@rows(
    ("answers", "said"),
    [
        ("frseh_m3: 1", "there is no question frseh_m3"),
        ("mains_water_m3: twelve", "expected a number in plain digits, found twelve"),
        ("mains_water_m3: -1", "-1 is out of bounds"),
        ("permits_ok: yes", "expected true or false, found yes"),
        ("policy: nothing", "there is no option nothing; there are"),
        ("rain_treatment: filter", "expected a list of options"),
        ("permits_ok: [true]", "expected true or false, found [...]"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_place(
    greenstar: Greenstar, tmp_path: Path, answers: str, said: str
) -> None:
    path = tmp_path / "visit.yaml"
    path.write_text(f"store: {{code: X-1}}\nanswers:\n  {answers}\n", encoding="utf-8")
    done = greenstar("score", path)
    assert (done.code, done.out) == (2, "")
    assert f"{path}:3:" in done.err
    assert said in done.err


def test_all_wrong_answers_are_told_at_once(greenstar: Greenstar, tmp_path: Path) -> None:
    path = tmp_path / "visit.yaml"
    path.write_text("store: {code: X-1}\nanswers: {a: 1, b: 2, permits_ok: maybe}\n", encoding="utf-8")
    assert greenstar("score", path, "--json").err.count(str(path)) == 3


def test_an_answer_that_a_check_refuses_is_told_with_the_check(greenstar: Greenstar, tmp_path: Path) -> None:
    text = Path(WUXI).read_text(encoding="utf-8").replace("months_due_n: 12", "months_due_n: 11")
    path = tmp_path / "visit.yaml"
    path.write_text(text, encoding="utf-8")
    done = greenstar("score", path)
    assert done.code == 2
    assert "MGT-03: " in done.err


@rows("name", ["missing.yaml", "."])
def test_a_file_that_cannot_be_opened_is_one_sentence(greenstar: Greenstar, tmp_path: Path, name: str) -> None:
    done = greenstar("score", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1


def test_markup_and_escapes_in_names_are_shown_as_text(greenstar: Greenstar, tmp_path: Path) -> None:
    path = tmp_path / "visit.json"
    store = {"code": "X-1", "name": "[bold]North[/x] [/] :smile: \u2028"}
    path.write_text(json.dumps({"store": store}), encoding="utf-8")
    done = greenstar("score", path)
    assert done.code == 0
    assert "[bold]North[/x] [/] :smile:" in done.out


@rows("content", ["root:x:0:0", "token: hunter2", "- hunter2", "scheme: x\ntoken: hunter2", "{", "\x00"])
@rows("command", ["score", "record", "explain"])
def test_a_file_that_an_answers_file_names_as_its_scheme_is_never_quoted(
    greenstar: Greenstar, tmp_path: Path, command: str, content: str
) -> None:
    secret, answers = tmp_path / "secret.conf", tmp_path / "visit.yaml"
    secret.write_text(content, encoding="utf-8")
    answers.write_text(f"scheme: {secret}\nstore: {{code: A-1}}\n", encoding="utf-8")
    done = greenstar(command, answers)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert str(secret) in done.err
    assert "hunter2" not in done.err
    assert "root:" not in done.err
    assert "token" not in done.err


def test_a_scheme_is_shown_in_a_language_of_its_own_and_the_program_in_english(
    greenstar: Greenstar, tmp_path: Path
) -> None:
    (tmp_path / "s.yaml").write_text(
        'scheme: s\nversion: "1"\ntitle: {en: Water, fr: Eau}\nlanguages: [en, fr]\n'
        "categories: [{category: A, title: {en: Taps, fr: Robinets}, criteria: "
        "[{id: a, title: t, points: 1, type: boolean, ask: q}]}]\n",
        encoding="utf-8",
    )
    (tmp_path / "a.yaml").write_text("scheme: ./s.yaml\nstore: {code: S}\nanswers: {a: true}\n", encoding="utf-8")
    done = greenstar("score", tmp_path / "a.yaml", "--lang", "fr")
    assert done.code == 0
    assert "Eau 1\nTotal 1 of 1" in done.out
    assert "Robinets" in done.out
    assert done.err == "The program itself speaks en, zh; a scheme that has fr is shown in it.\n"
    assert "Taps" in greenstar("score", tmp_path / "a.yaml", "--lang", "de").out
