"""Facts, name and region belong to the visit: what the store's page says later changes neither a draft nor a result."""

from collections.abc import Callable
from fractions import Fraction

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Store
from greenstar.services.results.ranking import league
from greenstar.services.stores.stores import edit_store, find_store, set_fact, store_facts
from greenstar.services.visit.history import history, undo
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.exported import score_rows
from tests.journals import journal_faults
from tests.services.conftest import Opener, fill

Read = Callable[[str], AnswersFile]


def test_a_draft_keeps_its_facts_whatever_the_page_says_later(visit: OpenVisit) -> None:
    workspace = visit.workspace
    set_fact(workspace, "S-1", "has_wash", False)
    assert open_visit(workspace, "S-1").visit.facts == {"has_wash": True}
    assert store_facts(workspace, "S-1") == {"has_wash": False}


def test_a_visit_starts_with_the_facts_of_the_page(visit: OpenVisit, opened: Opener) -> None:
    visit.set_fact("area_m2", Fraction(70))
    with opened(cycle="2027") as later:
        assert open_visit(later, "S-1").visit.facts == {"has_wash": True, "area_m2": Fraction(70)}


def test_a_fact_changed_in_the_latest_cycle_is_so_on_the_page_and_in_an_earlier_one_is_not(
    visit: OpenVisit, opened: Opener
) -> None:
    with opened(cycle="2025") as earlier:
        old = open_visit(earlier, "S-1")
        old.set_fact("has_wash", False)
        assert open_visit(earlier, "S-1").visit.facts == {"has_wash": False}
        assert store_facts(earlier, "S-1") == {"has_wash": True}
    assert open_visit(visit.workspace, "S-1").visit.facts == {"has_wash": True}
    visit.set_fact("has_wash", None)
    assert store_facts(visit.workspace, "S-1") == {}


def test_a_paper_visit_of_an_earlier_cycle_changes_neither_the_page_nor_a_later_draft(
    workspace: Workspace, visit: OpenVisit, answers: Read
) -> None:
    fill(visit)
    store = "{code: S-1, name: Then, region: South, facts: {has_wash: false}}"
    record(workspace, answers(f"{{store: {store}, cycle: '2025', answers: {{W2: true}}}}"))
    draft = open_visit(workspace, "S-1")
    assert draft.visit.facts["has_wash"] is True
    assert draft.scorecard.total == 100
    assert find_store(workspace, "S-1") == draft.visit.store == Store("S-1", "First", "Wuxi", "East")


def test_a_paper_visit_of_the_latest_cycle_says_what_the_store_is_from_now_on(
    workspace: Workspace, answers: Read
) -> None:
    open_visit(workspace, "S-1").set_fact("has_wash", True)
    record(workspace, answers("{store: {code: S-1, name: Now, facts: {has_wash: false}}, answers: {W2: true}}"))
    draft = open_visit(workspace, "S-1")
    assert find_store(workspace, "S-1") == draft.visit.store == Store("S-1", "Now", "Wuxi", "East")
    assert store_facts(workspace, "S-1") == draft.visit.facts == {"has_wash": False}
    assert "store" in [entry.kind for entry in history(draft)]


def test_a_reopened_visit_starts_from_the_revision_before_and_not_from_the_page(
    workspace: Workspace, visit: OpenVisit
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    set_fact(workspace, "S-1", "has_wash", False)
    edit_store(workspace, "S-1", name="Renamed", region="North")
    reopen(workspace, "S-1", "a typing error")
    again = open_visit(workspace, "S-1")
    assert again.visit.facts == {"has_wash": True}
    assert again.scorecard.total == 100
    assert again.visit.store == Store("S-1", "First", "Wuxi", "East")


def test_rankings_and_exports_show_a_store_as_it_was_sealed(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    edit_store(workspace, "S-1", name="Renamed", city="Harbin", region="North")
    (ranked,) = league(workspace, region="East").stores
    assert (ranked.entry.name, ranked.entry.region) == ("First", "East")
    assert league(workspace, region="North").stores == ()
    (row,) = score_rows(workspace)
    assert (row["name"], row["city"], row["region"]) == ("First", "Wuxi", "East")


def test_taking_back_a_fact_takes_it_back_on_the_page_too(workspace: Workspace, visit: OpenVisit) -> None:
    visit.set_fact("has_wash", False)
    undo(visit)
    assert store_facts(workspace, "S-1") == visit.visit.facts == {"has_wash": True}
    assert journal_faults(workspace) == []


def test_a_kept_scorecard_goes_by_the_facts_of_its_visit(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    visit.close()
    set_fact(workspace, "S-1", "has_wash", False)
    (row,) = score_rows(workspace)
    assert row["total"] == 100
    visit.refresh()
    visit.set_fact("has_wash", False)
    (row,) = score_rows(workspace)
    assert row["total"] == 40
