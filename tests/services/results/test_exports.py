"""The tables that others build on: their columns are promises."""

import hashlib
import json
import os
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Store, Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.views.ranking_rows import ranking_rows
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.evidence.evidence import (
    attach,
    files_of,
    of_criterion,
    of_visit,
    set_caption,
    set_verified,
)
from greenstar.services.results.ranking import league
from greenstar.services.visit.import_answers import record, recorded
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.evidence import Keeping
from tests.builders import scheme
from tests.exported import (
    answer_rows,
    answers_documents,
    answers_json,
    criterion_rows,
    finding_rows,
    score_rows,
)
from tests.services.conftest import Opener, fill

PAPER = """
    store: {code: P-1, name: "=Paper 店", city: Wuxi, region: East, facts: {has_wash: true}}
    cycle: "2026"
    assessor: Bob
    visited: 2026-05-11
    answers: {fresh: 12.5, used: 100, E1: 86.7}
    notes: {W1: read twice}
    evidence: {W1: [{file: meters.jpg, verified: true}]}
    findings: [{criterion: W2, severity: minor, text: no lid, action: a lid, due: 2026-08-01, closed: 2026-05-12}]
"""
SCORES = (
    "store name city region cycle scheme version status assessor visited submitted total available percent level stars "
    "lighthouse answered asked not_applicable_points WAT_points WAT_available WAT_percent ENE_points ENE_available "
    "ENE_percent excused_points scheme_sha256 rules_sha256 revision certificate valid_until counts"
)
CRITERIA = (
    "store cycle criterion title category outcome points available percent excused reason evidence verified findings "
    "scheme version revision"
)
ANSWERS = (
    "store cycle criterion question value unit answered_at assessor note points available outcome reason asked "
    "formula criterion_label label_en label_zh first scheme version revision"
)
FINDINGS = (
    "store cycle criterion severity text action due closed found_at assessor id follows owner revision scheme version"
)
RANKING = (
    "rank store name region total level candidate why_not rank_low rank_high by_total by_energy "
    "excused_points not_applicable_points tie_broken_by "
    "rank_low_bound rank_high_bound proved chance_top moved settings cycle"
)


def ranking_table(workspace: Workspace, language: str = "en") -> list[dict[str, Any]]:
    """The ranking of the cycle as `export` writes it."""
    return list(ranking_rows(league(workspace), Catalogue(language), workspace.cycle))


@pytest.fixture
def paper(workspace: Workspace, answers: Callable[[str], AnswersFile]) -> Workspace:
    """A recorded visit."""
    record(workspace, answers(PAPER))
    return workspace


def test_the_columns_are_those_promised(paper: Workspace) -> None:
    submit(paper, "P-1")
    for rows, columns in (
        (score_rows(paper), SCORES),
        (criterion_rows(paper), CRITERIA),
        (answer_rows(paper), ANSWERS),
        (finding_rows(paper), FINDINGS),
        (ranking_table(paper), RANKING),
    ):
        assert rows
        assert {tuple(row) for row in rows} == {tuple(columns.split())}
        assert all(isinstance(value, str | int | float | bool | None) for row in rows for value in row.values())


def test_a_criteria_row_is_what_a_criterion_earned_and_what_supports_it(
    workspace: Workspace, answers: Callable[[str], AnswersFile]
) -> None:
    record(workspace, answers(PAPER.replace("notes:", "not_applicable: {E1: a leased building}\n    notes:")))
    rows = {row["criterion"]: row for row in criterion_rows(workspace)}
    assert list(rows) == ["W1", "W2", "E1"]
    assert rows["W1"] == {
        "store": "P-1",
        "cycle": "2026",
        "criterion": "W1",
        "title": "Recycling",
        "category": "WAT",
        "outcome": "met",
        "points": 60,
        "available": 60,
        "percent": 100,
        "excused": False,
        "reason": "87.5 % is at least 80 %",
        "evidence": 1,
        "verified": 1,
        "findings": 0,
        "scheme": "small",
        "version": "1",
        "revision": 1,
    }
    assert (rows["W2"]["findings"], rows["W2"]["outcome"]) == (1, "not_answered")
    assert (rows["E1"]["excused"], rows["E1"]["available"], rows["E1"]["percent"]) == (True, 0, None)
    assert criterion_rows(workspace, "zh")[0]["title"] == "循环"


def test_of_the_questions_of_a_criterion_one_is_its_first(paper: Workspace) -> None:
    assert [(row["question"], row["first"]) for row in answer_rows(paper)] == [
        ("fresh", True),
        ("used", False),
        ("W2", True),
        ("E1", True),
    ]


def test_a_scores_row_is_the_visit_as_it_counts(paper: Workspace, small: Scheme) -> None:
    submit(paper, "P-1")
    (row,) = score_rows(paper)
    assert {name: row[name] for name in SCORES.split() if name != "submitted"} == {
        "store": "P-1",
        "name": "=Paper 店",
        "city": "Wuxi",
        "region": "East",
        "cycle": "2026",
        "scheme": "small",
        "version": "1",
        "status": "submitted",
        "assessor": "Bob",
        "visited": "2026-05-11",
        "total": 86.01,
        "available": 100,
        "percent": 86.01,
        "level": "two",
        "stars": 2,
        "lighthouse": True,
        "answered": 2,
        "asked": 3,
        "not_applicable_points": 0,
        "WAT_points": 60,
        "WAT_available": 70,
        "WAT_percent": 85.71,
        "ENE_points": 26.01,
        "ENE_available": 30,
        "ENE_percent": 86.7,
        "excused_points": 0,
        "scheme_sha256": small.sha256,
        "rules_sha256": small.rules_sha256,
        "revision": 1,
        "certificate": None,
        "valid_until": None,
        "counts": True,
    }
    assert row["submitted"].startswith("2026-05-12T09:30:")


def test_a_total_that_misses_a_star_does_not_seem_to_reach_it(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    visit.answer("W2", False)
    visit.answer("E1", Fraction("0.66666"))  # 60 + 19.9998
    submit(workspace, "S-1")
    (row,) = score_rows(workspace)
    assert (row["total"], row["level"]) == (79.99, "one")
    assert ranking_table(workspace)[0]["total"] == 79.99


def test_drafts_stand_in_the_scores_as_they_are_now(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("W2", True)
    visit.close()
    visit.answer("E1", Fraction(1))
    (row,) = score_rows(workspace)
    assert (row["status"], row["total"], row["WAT_points"], row["ENE_points"]) == ("draft", 40, 10, 30)
    assert row["submitted"] is None


def test_where_nothing_applies_figures_are_empty(workspace: Workspace, visit: OpenVisit) -> None:
    visit.set_fact("has_wash", False)
    visit.mark_not_applicable("E1", "no lamps at all")
    (row,) = score_rows(workspace)
    assert (row["ENE_points"], row["ENE_available"], row["ENE_percent"]) == (0, 0, None)
    assert row["not_applicable_points"] == 90


def test_what_was_excused_is_told_apart_from_what_does_not_apply_by_rule(
    workspace: Workspace, visit: OpenVisit
) -> None:
    visit.set_fact("has_wash", False)
    visit.mark_not_applicable("W1", "the wash is closed for good")
    visit.mark_not_applicable("E1", "no lamps at all")
    visit.answer("W2", True)
    submit(workspace, "S-1")
    for row in (*score_rows(workspace), *ranking_table(workspace)):
        assert (row["not_applicable_points"], row["excused_points"]) == (90, 30)


BOUNDED = """
    scoring: {not_applicable: exclude}
    categories:
      - category: A
        title: A
        criteria:
          - {id: a, title: t, points: 10.004, type: boolean, ask: q}
          - {id: b, title: t, points: 89.996, type: boolean, ask: q}
    levels: [{id: one, title: One, requires: {excused: 10%}}, {id: two, title: Two, requires: {excused: 10.001}}]
"""


def test_no_excused_points_seem_to_keep_to_a_bound_that_they_miss_by_a_hair(workspace: Workspace) -> None:
    seen = Visit(Store("S-1", "S"), answers={"b": True}, not_applicable={"a": "rented, no access to it"})
    bounded = scheme(BOUNDED)
    with workspace.storage.transaction():
        recorded(workspace, bounded, seen, workspace.now())
    workspace.named_scheme = None
    submit(workspace, "S-1")
    (scores,), (ranking,) = score_rows(workspace), ranking_table(workspace)
    card = scorecard_json(scorecard_view(bounded, seen, score(bounded, seen)), Catalogue("en"))
    for row in (scores, ranking, card):
        assert row["excused_points"] == 10.01


def test_answers_are_one_row_a_question_with_what_the_criterion_came_to(paper: Workspace) -> None:
    rows = {row["question"]: row for row in answer_rows(paper)}
    assert list(rows) == ["fresh", "used", "W2", "E1"]
    fresh = rows["fresh"]
    assert (fresh["value"], fresh["unit"], fresh["note"], fresh["outcome"]) == (12.5, "m³", "read twice", "met")
    assert fresh["reason"] == "87.5 % is at least 80 %"
    assert (fresh["points"], fresh["available"], fresh["assessor"]) == (60, 60, "Bob")
    assert (rows["used"]["value"], rows["E1"]["value"]) == (100, 86.7)
    labels = [fresh[name] for name in ("criterion_label", "label_en", "label_zh")]
    assert labels == ["Recycling", "Fresh", "新水"]
    assert answer_rows(paper, "zh")[0]["criterion_label"] == "循环"
    tank = rows["W2"]
    assert (tank["value"], tank["answered_at"], tank["outcome"]) == (None, None, "not_answered")
    assert answer_rows(paper, "zh")[0]["reason"] != fresh["reason"]


def test_an_answer_whose_question_is_not_asked_is_not_exported(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.set_fact("has_wash", False)
    row = answer_rows(workspace)[1]
    assert (row["question"], row["value"], row["outcome"]) == ("used", None, "not_applicable")
    assert [row["question"] for row in answer_rows(workspace) if row["asked"]] == ["W2", "E1"]


def test_findings_are_one_row_each(paper: Workspace) -> None:
    (row,) = finding_rows(paper)
    assert (row["severity"], row["text"], row["action"], row["due"], row["closed"]) == (
        "minor",
        "no lid",
        "a lid",
        "2026-08-01",
        "2026-05-12",
    )


def test_the_ranking_says_why_not_in_the_readers_language(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit, lamps=40, fresh=40)
    submit(workspace, "S-1")
    english, chinese = (ranking_table(workspace, language)[0]["why_not"] for language in ("en", "zh"))
    assert all(part in english for part in ("Energy", "40 %", "50 %", "; ", "Two stars"))
    assert all(part in chinese for part in ("能源", "40 %", "50 %", "；", "二星"))
    row = ranking_table(workspace)[0]
    assert (row["rank"], row["rank_low"], row["rank_high"], row["by_energy"]) == (1, None, None, 12)


def test_exported_answers_are_recorded_back_as_they_were(paper: Workspace, small: Scheme, tmp_path: Path) -> None:
    visit = open_visit(paper, "P-1")
    visit.answer("used", Fraction("123456789012345678901.5"))
    visit.answer("fresh", Fraction("0.00001"))
    visit.mark_not_applicable("E1", "no lamps at all")
    path = tmp_path / "all.json"
    path.write_text(answers_json(paper), encoding="utf-8")
    (document,) = json.loads(path.read_text(encoding="utf-8"))
    assert document["store"]["facts"] == {"has_wash": True}
    assert '"fresh": 0.00001' in path.read_text(encoding="utf-8")
    (file,) = read_answers_files(path, lambda _name, _base: small)
    with Workspace.open(tmp_path / "other.db", scheme=None, clock=paper.clock) as other:
        record(other, file)
        assert open_visit(other, "P-1").visit == open_visit(paper, "P-1").visit
        assert answers_documents(other) == answers_documents(paper)


def test_an_exported_visit_lists_its_evidence_and_is_recorded_back_with_it(
    workspace: Workspace, visit: OpenVisit, small: Scheme, tmp_path: Path
) -> None:
    photo, lid = tmp_path / "meters.jpg", tmp_path / "lid [x].jpg"
    photo.write_bytes(b"x" * 1234)
    lid.write_bytes(b"a lid")
    for path in (photo, lid):
        os.utime(path, (1778486400, 1778486400))
    attach(visit, "W1", [files_of(visit).take(photo)])
    set_caption(visit, of_criterion(visit, "W1")[0], "both meters 水表")
    attach(visit, "W2", [files_of(visit).take(lid)])
    set_verified(visit, of_criterion(visit, "W2")[0], on=True)
    (document,) = answers_documents(workspace)
    assert document["evidence"]["W1"] == [
        {
            "file": "meters.jpg",
            "caption": "both meters 水表",
            "verified": False,
            "sha256": hashlib.sha256(b"x" * 1234).hexdigest(),
            "bytes": 1234,
            "taken_at": "2026-05-11T08:00:00.000Z",
        }
    ]
    (lid_entry,) = document["evidence"]["W2"]
    assert (lid_entry["file"], lid_entry["verified"]) == ("lid [x].jpg", True)
    path = tmp_path / "all.json"
    path.write_text(answers_json(workspace), encoding="utf-8")
    (file,) = read_answers_files(path, lambda _name, _base: small)
    with Workspace.open(tmp_path / "other.db", scheme=None, clock=workspace.clock) as other:
        record(other, file)
        back = open_visit(other, "S-1")
        assert back.visit.evidence == visit.visit.evidence
        assert [entry.keeping for entry in of_visit(back)] == [Keeping.KEPT, Keeping.KEPT]
        assert answers_documents(other) == answers_documents(workspace)
    photo.unlink()
    lid.unlink()  # the same database knows them by their hashes
    assert not record(workspace, file)[0].changes


def test_only_the_cycle_asked_for_is_exported(paper: Workspace, opened: Opener) -> None:
    with opened(cycle="2030") as other:
        assert score_rows(other) == answer_rows(other) == finding_rows(other) == ranking_table(other) == []
        assert answers_documents(other) == []
    assert open_visit(paper, "P-1").visit.visited == date(2026, 5, 11)


def test_answers_to_what_is_not_asked_stand_apart_and_are_read_back(
    paper: Workspace, small: Scheme, tmp_path: Path
) -> None:
    visit = open_visit(paper, "P-1")
    visit.set_fact("has_wash", False)
    (document,) = answers_documents(paper)
    assert (set(document["answers"]), set(document["not_asked"])) == ({"E1"}, {"fresh", "used"})
    path = tmp_path / "exported.json"
    path.write_text(answers_json(paper), encoding="utf-8")
    (file,) = read_answers_files(path, lambda _name, _base: small)
    assert file.visit == visit.visit
