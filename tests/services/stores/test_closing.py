"""Stores that close: when they can, what it does to leagues and new visits, and that nothing recorded is lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Finding
from greenstar.errors import BadFile, BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import plain
from greenstar.reports.text.ranking import ranking_page
from greenstar.reports.views.ranking import RankingView, ranking_view
from greenstar.services.findings.findings import add
from greenstar.services.results.ranking import league
from greenstar.services.schemes.simulate import simulate
from greenstar.services.stores.closing import close_store, closed_on, reopen_store
from greenstar.services.stores.stores import list_stores
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.services.conftest import Clock, Opener, fill
from tests.sql import database_of

YEAR = timedelta(days=365)


def visit_both(workspace: Workspace) -> None:
    """Submit a visit to either store."""
    for code in ("S-1", "S-2"):
        visit = open_visit(workspace, code)
        fill(visit)
        add(visit, Finding("W1", "minor", "A leak"))
        submit(workspace, code)


def ranks(ranking: RankingView) -> tuple[dict[str, int], list[str]]:
    """Who has which rank, and who is only named."""
    return {store.store: store.rank for store in ranking.stores}, [store.store for store in ranking.closed]


def key_of(call: Callable[[], object]) -> str:
    """Why it is refused; of a file the only thing that is wrong with it."""
    with pytest.raises(BadInput) as caught:
        call()
    if isinstance(caught.value, BadFile):
        (problem,) = caught.value.problems
        return problem.message.key
    return caught.value.message.key


def test_a_closed_store_is_named_and_has_no_rank(workspace: Workspace) -> None:
    visit_both(workspace)
    day = close_store(workspace, "S-1", on=None, because="lease ended")
    assert (day, closed_on(workspace, "S-1")) == (date(2026, 5, 12), day)
    view = ranking_view(league(workspace))
    assert ranks(view) == ({"S-2": 1}, ["S-1"])
    assert list(plain(ranking_page(view, Catalogue("en"))))[-1] == "Closed, and not ranked: S-1 First (2026-05-12)."
    assert [row["store"] for row in database_of(workspace).rows("SELECT store FROM ranking")] == ["S-2"]
    assert [row["store"] for row in database_of(workspace).rows("SELECT store FROM open_finding")] == ["S-2"]
    assert {overview.store.code: overview.closed for overview in list_stores(workspace)} == {"S-1": day, "S-2": None}
    simulated = simulate(workspace, workspace.scheme).visits
    assert [(visit.store, visit.before.rank, visit.after.rank) for visit in simulated] == [
        ("S-1", None, None),
        ("S-2", 1, 1),
    ]
    reopen_store(workspace, "S-1", "a new owner")
    assert ranks(ranking_view(league(workspace))) == ({"S-1": 1, "S-2": 1}, [])


def test_what_was_ranked_in_a_cycle_that_was_over_stays_as_it_was(
    workspace: Workspace, opened: Opener, clock: Clock
) -> None:
    visit_both(workspace)
    clock.at += YEAR
    later = opened(cycle="2027")
    open_visit(later, "S-2")
    close_store(workspace, "S-1", on=None, because="lease ended")
    assert ranks(ranking_view(league(workspace))) == ({"S-1": 1, "S-2": 1}, [])
    reopen_store(workspace, "S-1", "a mistake")
    close_store(workspace, "S-1", on=date(2026, 12, 31), because="lease ended")  # while 2026 was the latest cycle
    assert ranks(ranking_view(league(workspace))) == ({"S-2": 1}, ["S-1"])


def test_no_new_visit_begins_at_a_closed_store_and_a_draft_of_it_stays_readable(
    workspace: Workspace, visit: OpenVisit, opened: Opener, clock: Clock, answers: Callable[[str], AnswersFile]
) -> None:
    fill(visit)
    close_store(workspace, "S-1", on=None, because="lease ended")
    assert open_visit(workspace, "S-1").visit.answers == visit.visit.answers
    clock.at += YEAR
    assert key_of(lambda: open_visit(opened(cycle="2027"), "S-1")) == "closing.no_visit"
    paper = "store: {code: S-1}\ncycle: '2027'\nvisited: %s\nanswers: {W2: true}"
    assert key_of(lambda: record(workspace, answers(paper % "2026-05-13"))) == "closing.no_visit"
    record(workspace, answers(paper % "2026-05-12"))


def test_a_store_closes_once_for_a_reason_and_not_before_it_was_visited(workspace: Workspace, visit: OpenVisit) -> None:
    assert visit.assessment.visited == date(2026, 5, 12)
    assert key_of(lambda: close_store(workspace, "S-1", on=None, because=" ")) == "closing.because_needed"
    tomorrow, yesterday = date(2026, 5, 13), date(2026, 5, 11)
    assert key_of(lambda: close_store(workspace, "S-1", on=tomorrow, because="x")) == "closing.to_come"
    assert key_of(lambda: close_store(workspace, "S-1", on=yesterday, because="x")) == "closing.visited_later"
    assert key_of(lambda: reopen_store(workspace, "S-1", "x")) == "closing.is_open"
    close_store(workspace, "S-1", on=None, because="x")
    assert key_of(lambda: close_store(workspace, "S-1", on=None, because="x")) == "closing.closed_already"
    reopen_store(workspace, "S-1", "y")
    events = database_of(workspace).rows(
        "SELECT kind, was, became, because FROM event WHERE kind LIKE 'store_%' AND store = 'S-1' ORDER BY id"
    )
    assert [tuple(event.values()) for event in events[1:]] == [
        ("store_closed", None, '"2026-05-12"', "x"),
        ("store_reopened", '"2026-05-12"', None, "y"),
    ]
