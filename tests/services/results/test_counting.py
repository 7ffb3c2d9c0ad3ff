"""The visit that counts: the highest sealed revision, unless it was withdrawn; never a draft. Everywhere the same."""

import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.model import Finding
from greenstar.scheme.model import Scheme
from greenstar.services.findings.findings import add
from greenstar.services.results.comparison import side_of
from greenstar.services.results.ranking import league, ranked_cycles
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.schemes.simulate import simulate
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.builders import of
from tests.exported import (
    answer_rows,
    answers_documents,
    criterion_rows,
    finding_rows,
    score_rows,
)
from tests.remembering import content_of
from tests.services.conftest import SCHEME, Clock, Opener, Template, fill
from tests.sql import database_of

LIVES = {
    "begun": ("draft",),
    "submitted": ("submit",),
    "decided": ("submit", "decide"),
    "reopened: a draft beside what is sealed": ("submit", "reopen"),
    "submitted again": ("submit", "reopen", "submit"),
    "withdrawn": ("submit", "withdraw"),
    "withdrawn and reopened": ("submit", "withdraw", "reopen"),
    "withdrawn, reopened and submitted": ("submit", "withdraw", "reopen", "submit"),
    "submitted again and withdrawn": ("submit", "reopen", "submit", "withdraw"),
}
# The total of what counts (85, and 100 after a reopening); what a list shows beside it, and whether that counts.
COUNTS: dict[str, tuple[int | None, tuple[str, int, bool]]] = {
    "begun": (None, ("draft", 85, False)),
    "submitted": (85, ("submitted", 85, True)),
    "decided": (85, ("decided", 85, True)),
    "reopened: a draft beside what is sealed": (85, ("submitted", 85, True)),
    "submitted again": (100, ("submitted", 100, True)),
    "withdrawn": (None, ("withdrawn", 85, False)),
    "withdrawn and reopened": (None, ("draft", 100, False)),
    "withdrawn, reopened and submitted": (100, ("submitted", 100, True)),
    "submitted again and withdrawn": (None, ("withdrawn", 100, False)),
}
WITH_DRAFTS = {"begun": 85, "reopened: a draft beside what is sealed": 100, "withdrawn and reopened": 100}
"""Where a newer draft stands in, if drafts are asked for."""


def _step(workspace: Workspace, step: str) -> None:
    if step == "reopen":
        reopen(workspace, "S-1", "again")
        open_visit(workspace, "S-1").answer("E1", Fraction(1))
    else:
        steps: dict[str, Callable[[], object]] = {
            "draft": lambda: None,
            "submit": lambda: submit(workspace, "S-1"),
            "decide": lambda: decide(workspace, "S-1"),
            "withdraw": lambda: withdraw(workspace, "S-1", "not so"),
        }
        steps[step]()


@pytest.fixture(params=LIVES, scope="module")
def life(request: pytest.FixtureRequest) -> str:
    """How far along its life the first store's visit is."""
    return str(request.param)


@pytest.fixture(scope="module")
def lived(
    life: str, template: Template, shared_scheme_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """The workspace with the visit of that life, which is lived once for all tests: they only look at it."""
    path, clock = tmp_path_factory.mktemp("lived") / "green.db", Clock(template[1])
    shutil.copy(template[0], path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GREENSTAR_HOME", str(path.parent / "home"))
        with Workspace.open(
            path, clock=clock, scheme=str(shared_scheme_file), cycle="2026", assessor="Ada"
        ) as workspace:
            visit = open_visit(workspace, "S-1")
            visit.set_fact("has_wash", True)
            fill(visit, lamps=50)
            add(visit, Finding("W1", "minor", "loose"))
            visit.close()
            for step in LIVES[life]:
                _step(workspace, step)
            yield workspace


def test_the_league_counts_it(lived: Workspace, life: str) -> None:
    counts, _ = COUNTS[life]
    assert [ranked.entry.total for ranked in league(lived).stores] == ([] if counts is None else [counts])
    assert ranked_cycles(lived) == ([] if counts is None else ["2026"])


def test_with_drafts_a_newer_draft_stands_in(lived: Workspace, life: str) -> None:
    total = WITH_DRAFTS.get(life, COUNTS[life][0])
    stores = league(lived, drafts=True).stores
    assert [ranked.entry.total for ranked in stores] == ([] if total is None else [total])


def test_scores_list_every_store_and_say_which_visit_counts(lived: Workspace, life: str) -> None:
    assert [(row["status"], row["total"], row["counts"]) for row in score_rows(lived)] == [COUNTS[life][1]]


def test_answers_and_findings_are_those_of_what_counts_or_of_a_draft(lived: Workspace, life: str) -> None:
    status, total, _ = COUNTS[life][1]
    lamps = [] if status == "withdrawn" else [50 if total == 85 else 100]
    assert [row["value"] for row in answer_rows(lived) if row["question"] == "E1"] == lamps
    assert [document["answers"]["E1"] for document in answers_documents(lived)] == lamps
    assert [row["text"] for row in finding_rows(lived)] == ["loose"] * len(lamps)


def test_comparisons_take_it(lived: Workspace, life: str) -> None:
    counts, _ = COUNTS[life]
    chosen = [ranked.entry.assessment for ranked in league(lived).stores]
    assert [side_of(lived, assessment).card.total for assessment in chosen] == ([] if counts is None else [counts])


def test_the_next_cycle_looks_back_to_it(lived: Workspace, tmp_path: Path, opened: Opener, life: str) -> None:
    counts, _ = COUNTS[life]
    (tmp_path / "green.db").write_bytes(content_of(database_of(lived).tables))
    previous = open_visit(opened(cycle="2027"), "S-1").previous
    assert (previous.answers["E1"] if previous else None) == {None: None, 85: Fraction(1, 2), 100: 1}[counts]


def test_a_simulation_takes_it_or_a_draft(lived: Workspace, small: Scheme, life: str) -> None:
    status, total, _ = COUNTS[life][1]
    if status == "withdrawn":
        assert simulate(lived, small).visits == ()
    else:
        (simulated,) = simulate(lived, small).visits
        assert of(simulated, "status before.total") == [status, total]


def test_the_views_count_it(lived: Workspace, life: str) -> None:
    counts, _ = COUNTS[life]
    expected = [] if counts is None else [counts]
    rows = database_of(lived).rows
    assert [row["total_number"] for row in rows("SELECT total_number FROM latest_score")] == expected
    assert [row["total"] for row in rows("SELECT total FROM ranking")] == expected
    assert [row["counts"] for row in rows("SELECT counts FROM visit WHERE counts")] == [1] * len(expected)


def test_findings_are_open_in_the_newest_revision_unless_it_was_withdrawn(lived: Workspace, life: str) -> None:
    expected = [] if LIVES[life][-1] == "withdraw" else ["loose"]
    assert [row["text"] for row in database_of(lived).rows("SELECT text FROM open_finding")] == expected


def test_each_scheme_has_a_visit_that_counts(workspace: Workspace, opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(SCHEME.replace("scheme: small", "scheme: other"), encoding="utf-8")
    other = opened(scheme=str(path))
    for each in (workspace, other):
        visit = open_visit(each, "S-1")
        fill(visit)
        add(visit, Finding("W1", "minor", "loose"))
        submit(each, "S-1")
    told = [[row["scheme"] for row in rows(workspace)] for rows in (criterion_rows, answer_rows, finding_rows)]
    assert told == [["other"] * 3 + ["small"] * 3, ["other"] * 4 + ["small"] * 4, ["other", "small"]]
    withdraw(other, "S-1", "the wrong rules")
    both = [(row["scheme"], row["status"], row["counts"]) for row in score_rows(workspace)]
    assert both == [("other", "withdrawn", False), ("small", "submitted", True)]
    assert [ranked.entry.store for ranked in league(workspace).stores] == ["S-1"]
    assert simulate(opened(scheme="other"), find_scheme(str(path))).visits == ()
    reopen(other, "S-1", "again")
    submit(other, "S-1")
    assert [row["counts"] for row in score_rows(workspace)] == [True, True]
