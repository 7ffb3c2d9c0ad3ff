"""Many visits are read in a few statements, and stored scorecards are scored again where they are stale."""

import json
from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pytest

from greenstar.assessment.model import Store
from greenstar.scheme.model import Scheme
from greenstar.services.results.ranking import league
from greenstar.services.results.stored_visits import figures
from greenstar.services.schemes.simulate import simulate
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.exported import answer_rows, answers_documents, finding_rows, score_rows
from tests.services.conftest import Opener, fill
from tests.sql import database_of

READINGS: dict[str, Callable[[Workspace, Scheme], object]] = {
    "scores": lambda workspace, _: score_rows(workspace),
    "answers": lambda workspace, _: answer_rows(workspace),
    "findings": lambda workspace, _: finding_rows(workspace),
    "documents": lambda workspace, _: answers_documents(workspace),
    "league": lambda workspace, _: league(workspace, drafts=True),
    "simulation": simulate,
}


def visited(workspace: Workspace, first: int, count: int) -> None:
    """Stores with visits; every third is a draft whose scorecard is stale."""
    for number in range(first, first + count):
        add_store(workspace, Store(f"N-{number:03}", "Store", region="East"))
        visit = open_visit(workspace, f"N-{number:03}")
        fill(visit, lamps=number)
        if number % 3:
            submit(workspace, f"N-{number:03}")


def statements(workspace: Workspace, read: Callable[[], object]) -> int:
    """How many statements it takes."""
    counted: list[str] = []
    connection = database_of(workspace).tables.conn
    connection.set_trace_callback(counted.append)
    try:
        read()
    finally:
        connection.set_trace_callback(None)
    return len(counted)


@pytest.mark.slow
def test_thirty_visits_take_as_many_statements_as_three(workspace: Workspace, small: Scheme) -> None:
    visited(workspace, 1, 3)
    for read in READINGS.values():
        read(workspace, small)  # the scheme is read once
    few = {name: statements(workspace, partial(read, workspace, small)) for name, read in READINGS.items()}
    visited(workspace, 4, 27)
    assert {name: statements(workspace, partial(read, workspace, small)) for name, read in READINGS.items()} == few


def test_the_visits_of_a_store_take_as_many_statements_as_few(workspace: Workspace, opened: Opener) -> None:
    visited(workspace, 1, 1)
    for cycle in ("2027", "2028"):  # the draft of 2027 is scored again: a change of the store may have been one of it
        open_visit(opened(cycle=cycle), "N-001").close()
    few = statements(workspace, lambda: past_visits(workspace, "N-001"))
    for cycle in ("2029", "2030", "2031"):
        open_visit(opened(cycle=cycle), "N-001").close()
    assert len(past_visits(workspace, "N-001")) == 6
    assert statements(workspace, lambda: past_visits(workspace, "N-001")) == few


def test_what_is_stored_keeps_worst_and_best_and_the_totals_under_every_policy(
    workspace: Workspace, visit: OpenVisit
) -> None:
    visit.answer("W2", True)
    visit.mark_not_applicable("E1", "no lamps of its own")
    visit.close()
    row = visit.assessment
    stored = workspace.storage.scorecards.of([row.id])[row.id]
    assert not stored.stale
    assert (stored.row.total, stored.row.worst, stored.row.best) == ("10", "10", "70")
    assert (stored.row.level, stored.row.worst_level, stored.row.best_level) == (None, None, "one")
    assert json.loads(stored.row.totals_by_policy or "") == {
        "exclude": "10",
        "award": "40",
        "zero": "10",
        "redistribute": "10",  # there is no other criterion in its group to share its points out to
    }


def test_a_stale_scorecard_is_not_believed(workspace: Workspace, visit: OpenVisit) -> None:
    visit.close()
    row = visit.assessment
    visit.answer("E1", Fraction(1))
    assert workspace.storage.scorecards.stale([row.id])
    assert figures(workspace.storage, {row.id: row.scheme})[row.id].total == "30"
    visit.close()
    assert not workspace.storage.scorecards.stale([row.id])
