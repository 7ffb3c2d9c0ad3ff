"""`greenstar record`, `submit`, `reopen`, `decide`, `withdraw`, `explain`, `rank`."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, WUXI, Greenstar

ALL = sorted(EXAMPLES.glob("*.yaml"))


@pytest.mark.slow
def test_a_visit_goes_from_draft_to_certificate(greenstar: Greenstar, office: Greenstar) -> None:
    recorded = greenstar("record", WUXI)
    assert recorded.out == (
        "WX-001: recorded as a draft for 2026: 148 answers, 21 facts of the store, 59 pieces of evidence added\n"
    )
    submitted = greenstar("submit", "WX-001")
    assert submitted.out.startswith("WX-001: submitted with a total of 90, level Three stars. Seal ")
    assert greenstar("record", WUXI).code == 2
    own = greenstar("decide", "WX-001")
    assert (own.code, own.out) == (2, "")
    assert "wants somebody else to decide" in own.err
    other_name = greenstar("--assessor", "Certification office", "decide", "WX-001")
    assert (other_name.code, other_name.out) == (2, "")
    assert "with a key of their own" in other_name.err
    decided = office("decide", "WX-001")
    assert decided.out.startswith("WX-001: certificate GS-")
    assert greenstar("withdraw", "WX-001", "--because", "store closed").out == (
        "WX-001: revision 1 of 2026 is withdrawn; nothing counts for the store in that cycle now\n"
    )
    assert greenstar("submit", "WX-001").code == 2


@pytest.mark.usefixtures("wuxi_recorded")
def test_a_sealed_visit_is_reopened_for_a_reason(greenstar: Greenstar) -> None:
    assert greenstar("reopen", "WX-001", "--because", "x").code == 2
    greenstar("submit", "WX-001")
    assert greenstar("reopen", "WX-001", "--because", " ").code == 2
    assert greenstar("reopen", "WX-001", "--because", "meter read again").code == 0
    assert greenstar("submit", "WX-001").code == 0


def test_a_visit_without_a_level_gets_no_certificate(greenstar: Greenstar, office: Greenstar) -> None:
    greenstar("record", EXAMPLES / "failing.yaml")
    greenstar("submit", "CZ-005")
    decided = office("decide", "CZ-005")
    assert decided.out == "CZ-005: decided; no level was reached, so there is no certificate\n"


def test_a_file_with_an_error_records_nothing_of_any_file(greenstar: Greenstar, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("store: {code: X-1}\nanswers: {nonsense: 1}\n", encoding="utf-8")
    assert greenstar("record", WUXI, wrong).code == 2
    assert json.loads(greenstar("stores", "list", "--json").out) == {"stores": []}


@pytest.mark.usefixtures("wuxi_submitted")
def test_the_ranking_has_the_promised_keys(greenstar: Greenstar) -> None:
    done = json.loads(greenstar("rank", "--drafts", "--json").out)
    assert (done["scheme"], done["version"], done["cycle"]) == ("leading-green-star", "2026.2", "2026")
    first = done["stores"][0]
    promised = {
        "rank",
        "store",
        "name",
        "region",
        "total",
        "level",
        "candidate",
        "why_not",
        "rank_low",
        "rank_high",
        "keys",
    }
    assert promised <= set(first)
    assert (first["rank"], first["store"], first["total"], first["candidate"]) == (1, "WX-001", 90, True)
    assert first["rank_low"] is first["rank_high"] is None
    assert first["keys"] == {"total": 90, "water_energy": 37.5, "least_excluded": 0}
    assert done["stores"][2]["total"] == 65.63
    assert [store["store"] for store in json.loads(greenstar("rank", "--json").out)["stores"]] == ["WX-001"]


@pytest.mark.usefixtures("examples_recorded")
def test_the_ranking_shows_candidates_and_why_others_are_none(greenstar: Greenstar) -> None:
    done = greenstar("rank", "--drafts", "--region", "east")
    assert "Three stars  draft   ✓" in done.out
    assert "Three stars not reached (+" in done.out
    assert "BJ-003" not in done.out
    assert greenstar("rank", "--region", "Est").code == 2


@pytest.mark.usefixtures("wuxi_recorded")
def test_an_empty_ranking_says_why_on_standard_error(greenstar: Greenstar) -> None:
    done = greenstar("rank")
    assert (done.code, done.out) == (0, "")
    assert "--drafts" in done.err
    assert greenstar("stores", "add", "N-1", "--name", "North", "--region", "North").code == 0
    within = "No visit of the cycle 2026 in the region north is submitted yet; --drafts shows drafts as well.\n"
    assert greenstar("rank", "--region", "north").err == within
    drafts = greenstar("rank", "--region", "north", "--drafts")
    assert drafts.err == "There is no visit in the cycle 2026 and the region north.\n"


@pytest.mark.usefixtures("wuxi_recorded")
def test_every_point_is_explained(greenstar: Greenstar) -> None:
    for of in (WUXI, "WX-001"):
        done = greenstar("explain", of)
        assert done.code == 0
        assert "Total 90 (exactly 90)" in done.out
        assert "1 - 196 / 1680 = 53/60 (88.3 %)" in done.out


def test_one_criterion_category_or_level_is_explained_alone(greenstar: Greenstar) -> None:
    criterion = greenstar("explain", WUXI, "WAT-06").out
    assert criterion.startswith("WAT-06 ")
    assert "ENE-01" not in criterion
    assert greenstar("explain", WUXI, "WAT").out.startswith("WAT Water")
    assert "✓ total 90, needed 85" in greenstar("explain", WUXI, "star-3").out
    wrong = greenstar("explain", WUXI, "WAT-66")
    assert wrong.code == 2
    assert "did you mean WAT-06?" in wrong.err


def test_a_store_without_a_visit_has_nothing_to_explain(greenstar: Greenstar) -> None:
    greenstar("stores", "add", "A-1", "--name", "A")
    assert greenstar("explain", "A-1").code == 2


@pytest.mark.slow
def test_every_step_of_a_visits_life_is_told_as_one_document(greenstar: Greenstar, office: Greenstar) -> None:
    own, offices = (json.loads(at("trust", "key", "--json").out)["fingerprint"] for at in (greenstar, office))

    def told(*arguments: object, at: Greenstar = greenstar) -> dict[str, object]:
        done = at(*arguments, "--json")
        assert (done.code, done.err) == (0, "")
        document: dict[str, object] = json.loads(done.out)
        return document

    assert told("record", WUXI).keys() == {"visits"}
    explained = told("explain", "WX-001", "WAT-06")
    assert (explained["store"], explained["cycle"], explained["scheme"]) == ("WX-001", "2026", "leading-green-star")
    submitted = told("submit", "WX-001")
    assert {**submitted, "seal": ""} == {
        "store": "WX-001",
        "status": "submitted",
        "total": 90,
        "level": "star-3",
        "seal": "",
        "lost_evidence": [],
        "signed_by": own,
    }
    reopened = told("reopen", "WX-001", "--because", "meter read again")
    assert reopened == {"store": "WX-001", "status": "draft", "cycle": "2026", "revision": 2, "signed_by": own}
    told("submit", "WX-001")
    decided = told("decide", "WX-001", at=office)
    assert (decided["status"], decided["level"], decided["signed_by"]) == ("decided", "star-3", offices)
    assert str(decided["certificate"]).startswith("GS-")
    assert str(decided["valid_until"]) > "2026"
    withdrawn = told("withdraw", "WX-001", "--because", "store closed")
    assert withdrawn == {
        "store": "WX-001",
        "status": "withdrawn",
        "cycle": "2026",
        "revision": 2,
        "counts": [],
        "signed_by": own,
    }
    told("record", EXAMPLES / "failing.yaml")
    told("submit", "CZ-005")
    assert told("decide", "CZ-005", at=office)["certificate"] is None


def test_an_explanation_is_told_line_by_line_with_what_each_rests_on(greenstar: Greenstar) -> None:
    document = json.loads(greenstar("explain", WUXI, "WAT-06", "--json").out)
    lines = greenstar("explain", WUXI, "WAT-06").out.splitlines()
    explanation = document["explanation"]
    assert (explanation["subject"], explanation["line"]) == ("WAT-06", lines[0])
    assert [part["line"] for part in explanation["parts"]]
    assert isinstance(json.loads(greenstar("explain", WUXI, "--json").out)["explanation"]["parts"], list)


def test_one_of_a_kind_is_told_in_the_singular(
    greenstar: Greenstar, scheme_file: Callable[..., Path], tmp_path: Path
) -> None:
    scheme, path = scheme_file(), tmp_path / "visit.yaml"
    path.write_text("store: {code: A-1}\ncycle: '2026'\nanswers: {B: true}\n", encoding="utf-8")
    assert greenstar("record", path, "--scheme", scheme).out == "A-1: recorded as a draft for 2026: 1 answer added\n"
    assert "small 1, 2 criteria, 1 level\n" in greenstar("check", scheme).out
    table = tmp_path / "stores.csv"
    table.write_text("code\nA-2\n", encoding="utf-8")
    done = greenstar("stores", "import", table)
    assert done.out == "1 store imported: 1 new, 0 changed, 0 as it was\n"


def test_recording_says_what_was_added_and_what_was_there_before(
    greenstar: Greenstar, scheme_file: Callable[..., Path], tmp_path: Path
) -> None:
    scheme, path = scheme_file(), tmp_path / "visit.yaml"

    def recorded(answers: str, *options: str) -> str:
        path.write_text(f"store: {{code: A-1, facts: {{has_wash: true}}}}\ncycle: '2026'\n{answers}\n", "utf-8")
        done = greenstar("record", path, "--scheme", scheme, *options)
        assert (done.code, done.err) == (0, "")
        return done.out

    first = "A-1: recorded as a draft for 2026: "
    assert recorded("answers: {fresh: 4, total_water: 10}") == f"{first}2 answers, 1 fact of the store added\n"
    assert recorded("answers: {fresh: 5, B: true}") == (
        f"{first}1 answer added, 1 answer changed\n  A: 5 (was 4) - Fresh\n"
    )
    assert recorded("answers: {fresh: 5}\nremove: [B]") == (
        f"{first}1 answer taken away\n  B: removed (was yes) - Is it so?\n"
    )
    (visit,) = json.loads(recorded("answers: {fresh: 6}", "--replace", "--json"))["visits"]
    assert visit == {
        "store": "A-1",
        "cycle": "2026",
        "kind": "visit",
        "answers": 1,
        "added": {},
        "changed": {"answer": 1},
        "removed": {"answer": 1},
        "changes": [
            {"kind": "answer", "subject": "fresh", "before": "5", "after": "6"},
            {"kind": "answer", "subject": "total_water", "before": "10", "after": None},
        ],
        "named_only": 0,
        "begun": False,
        "mended": 0,
    }


def test_a_file_that_says_nothing_of_a_visit_is_told_to_have_begun_one_and_another_name_of_the_store_to_change_it(
    greenstar: Greenstar, scheme_file: Callable[..., Path], tmp_path: Path
) -> None:
    scheme, path = scheme_file(), tmp_path / "visit.yaml"

    def recorded(name: str) -> str:
        path.write_text(f"store: {{code: A-1, name: {name}}}\ncycle: '2026'\n", "utf-8")
        return greenstar("record", path, "--scheme", scheme).out.removeprefix("A-1: recorded as a draft for 2026: ")

    assert recorded("A") == "a new visit; the file says nothing more of it\n"
    assert recorded("A") == "nothing new; all was there already\n"
    assert recorded("B").startswith("1 detail of the visit changed\n  The store in this visit: A-1, B")


def test_evidence_whose_file_is_not_there_is_an_error_or_told_as_named_only(
    greenstar: Greenstar, scheme_file: Callable[..., Path], tmp_path: Path
) -> None:
    scheme, path = scheme_file(), tmp_path / "visit.yaml"
    path.write_text("store: {code: A-1}\ncycle: '2026'\nevidence: {B: [{file: b.jpg, verified: true}]}\n", "utf-8")
    refused = greenstar("record", path, "--scheme", scheme)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"{path}:3:23: file: b.jpg is not there; it was looked for in {tmp_path}\n")
    assert "--without-files" in refused.err
    assert greenstar("record", path, "--scheme", scheme, "--files", tmp_path / "nowhere").code == 2
    assert greenstar("score", path, "--scheme", scheme).code == 0
    done = greenstar("record", path, "--scheme", scheme, "--without-files")
    assert (done.code, done.out) == (0, "A-1: recorded as a draft for 2026: 1 piece of evidence added\n")
    assert done.err.startswith("A-1: 1 piece of evidence is kept by its name only")


def test_a_decision_says_which_verified_files_are_lost_that_its_level_may_rest_on(
    greenstar: Greenstar, scheme_file: Callable[..., Path], tmp_path: Path
) -> None:
    path = tmp_path / "visit.yaml"
    (tmp_path / "b.jpg").write_bytes(b"a tap")
    path.write_text("store: {code: A-1}\ncycle: '2026'\nevidence: {B: [{file: b.jpg, verified: true}]}\n", "utf-8")
    assert greenstar("record", path, "--scheme", scheme_file()).code == 0
    assert greenstar("submit", "A-1", "--incomplete").code == 0
    for kept in tmp_path.rglob(sha256(b"a tap").hexdigest()):
        kept.unlink()
    decided = greenstar("decide", "A-1")
    assert (decided.code, decided.err.startswith("1 verified file is not here, or not as it was;")) == (0, True)
    assert greenstar("withdraw", "A-1", "--because", "the tap was never there").code == 0
    nothing = "In the cycle 2026 no visit counts, and none is a draft.\n"
    assert [greenstar("export", table).err for table in ("criteria", "answers")] == [nothing, nothing]
    assert greenstar("export", "ranking").err.startswith("No store has a place in the ranking of the cycle 2026:")


@pytest.fixture
def incomplete(greenstar: Greenstar, scheme_file: Callable[..., Path], tmp_path: Path) -> str:
    """A store whose visit has one criterion open."""
    path = tmp_path / "visit.yaml"
    path.write_text("store: {code: A-1, facts: {has_wash: true}}\ncycle: '2026'\nanswers: {B: true}\n", "utf-8")
    assert greenstar("record", path, "--scheme", scheme_file()).code == 0
    return "A-1"


@pytest.mark.slow
@pytest.mark.usefixtures("wuxi_recorded")
def test_whoever_seals_or_decides_by_a_clock_that_stood_is_told_so(
    greenstar: Greenstar, office: Greenstar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenstar.services.visit.clock.FIRST_YEAR", 9999)
    for command in (greenstar("submit", "WX-001"), office("decide", "WX-001")):
        assert command.code == 0
        assert "This computer's clock shows 20" in command.err


def test_without_a_terminal_an_incomplete_visit_is_submitted_only_where_that_is_said(
    greenstar: Greenstar, incomplete: str
) -> None:
    greenstar("trust", "key")
    refused = greenstar("submit", incomplete)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("A-1: 1 criterion is open and would count as not earned: A.")
    assert "--incomplete" in refused.err
    done = greenstar("submit", incomplete, "--incomplete")
    assert (done.code, done.err) == (0, "A-1: 1 criterion is open and counts as not earned: A\n")
    assert done.out.startswith("A-1: submitted with a total of 1")


@pytest.mark.parametrize(("answer", "code", "status"), [(True, 0, "submitted"), (False, 1, "draft")])
def test_on_a_terminal_it_says_what_is_open_and_asks(
    greenstar: Greenstar, incomplete: str, monkeypatch: pytest.MonkeyPatch, *, answer: bool, code: int, status: str
) -> None:
    asked: list[str] = []

    def confirm(question: str, **_settings: object) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr("greenstar.cli.framework.output.is_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", confirm)
    done = greenstar("submit", incomplete)
    assert (done.code, asked) == (code, ["Submit it all the same?"])
    assert "is open and counts as not earned: A" in done.err
    assert json.loads(greenstar("stores", "show", incomplete, "--json").out)["visits"][0]["status"] == status


def test_an_export_under_a_scheme_of_ones_own_is_recorded_into_the_same_database(
    greenstar: Greenstar, incomplete: str, scheme_file: Callable[..., Path], tmp_path: Path
) -> None:
    exported = tmp_path / "exported.json"
    assert greenstar("export", "answers", "--format", "json", "-o", exported).code == 0
    newer = scheme_file()
    newer.write_text(newer.read_text("utf-8").replace('version: "1"', 'version: "2"'), "utf-8")
    other = tmp_path / "other.yaml"
    other.write_text("store: {code: A-2}\ncycle: '2026'\nanswers: {B: true}\n", encoding="utf-8")
    assert greenstar("record", other, "--scheme", newer).code == 0
    newer.unlink()
    assert greenstar("record", exported).out == (
        f"{incomplete}: recorded as a draft for 2026: nothing new; all was there already\n"
    )
    versions = [card["version"] for card in json.loads(greenstar("export", "answers", "--format", "json").out)]
    assert sorted(versions) == ["1", "2"]
    exported.write_text(exported.read_text("utf-8").replace('"version": "1"', '"version": "3"'), "utf-8")
    refused = greenstar("record", exported)
    assert (refused.code, "this visit is written for version 3, but what" in refused.err) == (2, True)


def test_nothing_is_said_of_levels_and_lighthouse_stores_where_the_scheme_has_none(
    greenstar: Greenstar, tmp_path: Path, scheme_file: Callable[..., Path]
) -> None:
    silent = tmp_path / "silent.yaml"
    silent.write_text(scheme_file().read_text("utf-8").partition("levels:")[0], "utf-8")
    answers = tmp_path / "visit.yaml"
    answers.write_text(f"scheme: {silent}\nstore: {{code: A-1}}\ncycle: 2026\nanswers: {{B: true}}\n", "utf-8")
    greenstar("record", answers)
    assert greenstar("submit", "A-1", "--incomplete").out.startswith("A-1: submitted with a total of 1. Seal ")
    ranking = greenstar("rank").out
    assert "Cycle 2026. Stores: 1\n" in ranking
    assert "Level" not in ranking
    assert "Lighthouse" not in ranking
    assert greenstar("decide", "A-1").out == "A-1: decided\n"
    assert "星级" not in greenstar("rank", "--lang", "zh").out


@pytest.mark.usefixtures("wuxi_submitted")
def test_a_second_assessors_visit_is_shown_as_such_and_compared(greenstar: Greenstar, tmp_path: Path) -> None:
    nothing = greenstar("agreement")
    assert (nothing.code, "greenstar record --check-visit FILE" in nothing.out) == (0, True)
    second = tmp_path / "second.yaml"
    second.write_text(
        "store: {code: WX-001, name: Wuxi}\nscheme: leading-green-star\ncycle: '2026'\nassessor: Ms Zhang\n"
        "check_visit: true\nanswers: {initiative: false}\n",
        encoding="utf-8",
    )
    assert "recorded as a check visit" in greenstar("record", second).out
    assert "Check visit by Ms Zhang: 1 of " in greenstar("stores", "show", "WX-001").out
    (check,) = json.loads(greenstar("stores", "show", "WX-001", "--json").out)["check_visits"]
    assert (check["assessor"], check["cycle"], check["answered"]) == ("Ms Zhang", "2026", 1)
    told = json.loads(greenstar("agreement", "--json").out)
    first, *others = told["criteria"]
    assert (first["criterion"], first["differing"], first["alpha"]) == ("ENG-03", 1, 0)
    assert {each["why_none"] for each in others} == {"not_compared"}
    assert greenstar("agreement", "--cycle", "1999").err.startswith("No visit of the cycle 1999 counts yet")
    assert len(json.loads(greenstar("rank", "--json").out)["stores"]) == 1
