"""Whose facts the form of facts shows and changes: a visit's own, or those of the store's page."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from greenstar.assessment.model import Finding
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.findings.findings import add
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.stores.stores import set_fact, store_facts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui.saving import nothing
from greenstar.tui.stores.facts import FactsOfPage, FactsOfVisit, facts_of
from greenstar.tui.stores.next_lines import what_is_next
from greenstar.tui.stores.visit_lines import VisitLines
from greenstar.tui.visit.entries import AnswerEntry
from tests.sql import path_of
from tests.tui.bare import saving_at_once


def test_a_store_with_a_draft_in_this_cycle_shows_the_facts_of_the_draft(workspace: Workspace) -> None:
    set_fact(workspace, "WX-001", "roof_area_m2", Fraction(1))
    facts = facts_of(workspace, "WX-001", None, saving_at_once(workspace))
    assert isinstance(facts, FactsOfVisit)
    assert facts.values["roof_area_m2"] != 1
    facts.record(AnswerEntry("roof_area_m2", Fraction(2), seen=facts.values["roof_area_m2"]), "2", nothing)
    assert facts.values["roof_area_m2"] == store_facts(workspace, "WX-001")["roof_area_m2"] == 2
    facts.draft("rain_mm", "9")
    assert facts.half_typed == {"rain_mm": "9"}


def test_a_sealed_visit_shows_its_facts_and_takes_none_while_the_page_does(workspace: Workspace) -> None:
    submit(workspace, "WX-001")
    sealed = open_visit(workspace, "WX-001")
    set_fact(workspace, "WX-001", "roof_area_m2", Fraction(1))
    saving = saving_at_once(workspace)
    facts, page = facts_of(workspace, "WX-001", sealed, saving), facts_of(workspace, "WX-001", None, saving)
    assert (facts.locked, page.locked) == (True, False)
    assert (facts.intro.key, page.intro.key) == ("tui.facts_of_sealed", "tui.facts_intro")
    assert facts.values["roof_area_m2"] == sealed.visit.facts["roof_area_m2"] != 1
    assert isinstance(page, FactsOfPage)
    assert page.values["roof_area_m2"] == 1
    facts.draft("rain_mm", "9")
    assert facts.half_typed == {}
    assert page.names == facts.names


def test_a_visit_of_an_earlier_cycle_changes_its_own_facts_only(workspace: Workspace) -> None:
    before = store_facts(workspace, "WX-001")
    with Workspace.open(path_of(workspace), cycle="2020", assessor="Ada", clock=workspace.clock) as earlier:
        facts = facts_of(earlier, "WX-001", open_visit(earlier, "WX-001"), saving_at_once(earlier))
        facts.record(AnswerEntry("roof_area_m2", Fraction(2), seen=facts.values["roof_area_m2"]), "2", nothing)
        assert facts.values["roof_area_m2"] == 2
    assert store_facts(workspace, "WX-001") == before


def test_the_past_visits_show_how_categories_went_where_there_are_three_cycles(workspace: Workspace) -> None:
    (visit,) = past_visits(workspace, "SH-004")
    past = [replace(visit, cycle=cycle) for cycle in ("2026", "2025", "2024")]
    told = [line.plain for line in VisitLines(past, Catalogue("en"), 60).lines()]
    assert "Columns: 2024 to 2026" in told
    assert not any("Columns" in line.plain for line in VisitLines(past[:2], Catalogue("en"), 60).lines())


def test_a_visit_under_way_tells_no_category_as_fallen(workspace: Workspace) -> None:
    (before,) = past_visits(workspace, "SH-004")
    shares = {name: share and share / 2 for name, share in before.shares.items()}
    sealed = replace(before, cycle="2027", shares=shares)
    told = [
        "".join(line.plain for line in VisitLines((visit, before), Catalogue("en"), 60).lines())
        for visit in (sealed, replace(sealed, complete=False))
    ]
    assert ["(-" in words for words in told] == [True, False]


def test_what_is_next_tells_the_open_findings_of_the_visit_that_counts_while_a_later_one_is_a_draft(
    workspace: Workspace,
) -> None:
    add(open_visit(workspace, "WX-001"), Finding("WAT-06", "minor", "A leak", due=date(2026, 9, 1)))
    submit(workspace, "WX-001")
    with Workspace.open(path_of(workspace), cycle="2027", assessor="Ada", clock=workspace.clock) as later:
        open_visit(later, "WX-001")
        told = [line.plain for line in what_is_next(later, "WX-001").lines(Catalogue("en"), 40)]
    assert told[1:3] == ["◊ WAT-06  A leak", "Open findings                  ◊ 1 minor"]
    assert "2026-09-01" in told[0]
