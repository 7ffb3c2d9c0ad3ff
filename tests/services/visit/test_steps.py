"""The steps in the life of a store and its visit: what is possible when, and why the rest is not."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.model import AssessmentKind, Finding
from greenstar.errors import BadInput
from greenstar.services.findings.findings import add
from greenstar.services.schemes.keeping import keep
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.stores.closing import close_store
from greenstar.services.stores.stores import store_facts
from greenstar.services.visit.lifecycle import decide, submit
from greenstar.services.visit.opening import begin_check_visit, open_visit
from greenstar.services.visit.steps import VisitStep, begin_cycle, cycle_to_come, later_version, steps_now
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.services.conftest import SCHEME, fill


def possible(workspace: Workspace, code: str = "S-1") -> set[VisitStep]:
    """What can be done now."""
    return {step.step for step in steps_now(workspace, code) if step.why_not is None}


def refusals(workspace: Workspace, code: str = "S-1") -> Iterator[tuple[VisitStep, str]]:
    """What cannot be done now, and why."""
    return ((step.step, step.why_not.key) for step in steps_now(workspace, code) if step.why_not is not None)


def test_only_steps_that_can_be_taken_are_offered_and_all_others_say_why_not(
    workspace: Workspace, visit: OpenVisit
) -> None:
    always = {VisitStep.EDIT, VisitStep.CLOSE, VisitStep.VISIT}
    assert possible(workspace) == {*always, VisitStep.SUBMIT}
    assert dict(refusals(workspace)) == {
        VisitStep.DECIDE: "life.is_otherwise",
        VisitStep.FOLLOW_UP: "life.findings_in_draft",
        VisitStep.REOPEN: "life.is_otherwise",
        VisitStep.WITHDRAW: "life.is_otherwise",
        VisitStep.NEXT_CYCLE: "life.draft_first",
        VisitStep.MOVE: "life.no_later_version",
        VisitStep.CHECK: "life.own_visit",
        VisitStep.OPEN_AGAIN: "life.is_open",
    }
    fill(visit)
    add(visit, Finding("W1", "major", "A leak"))
    submit(workspace, "S-1")
    sealed = {*always, VisitStep.REOPEN, VisitStep.WITHDRAW, VisitStep.FOLLOW_UP, VisitStep.NEXT_CYCLE}
    assert possible(workspace) == {*sealed, VisitStep.DECIDE}
    decide(workspace, "S-1")
    assert possible(workspace) == sealed
    close_store(workspace, "S-1", on=None, because="lease ended")
    assert possible(workspace) == sealed - {VisitStep.CLOSE, VisitStep.NEXT_CYCLE} | {VisitStep.OPEN_AGAIN}
    assert dict(refusals(workspace))[VisitStep.CLOSE] == "life.is_closed"


def test_the_next_cycle_is_one_that_comes_later_and_is_worked_in_from_then_on(
    workspace: Workspace, visit: OpenVisit
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    assert (workspace.named_cycle, cycle_to_come(workspace)) == ("2026", "2027")
    for cycle in ("2026", "2025", " "):
        with pytest.raises(BadInput, match="not_later"):
            begin_cycle(workspace, "S-1", cycle)
    row = begin_cycle(workspace, "S-1", "2027")
    assert (row.cycle, row.revision, workspace.cycle) == ("2027", 1, "2027")
    assert open_visit(workspace, "S-1").assessment.id == row.id


def test_a_decision_by_somebody_named_for_it_is_noted_under_that_name_and_no_other_step_is(
    workspace: Workspace, visit: OpenVisit
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    decide(workspace.as_person("Ms Zhang"), "S-1")
    last = workspace.storage.events.of_visit(visit.assessment.id)[-1]
    assert (last.kind, last.by, workspace.assessor == "Ms Zhang") == ("decided", "Ms Zhang", False)


def test_a_draft_can_move_once_a_later_version_of_its_scheme_is_known(
    workspace: Workspace, visit: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "next.yaml"
    text = SCHEME.replace('version: "1"', 'version: "2"').replace("plausible: [10, 5000]", "plausible: [10, 6000]")
    path.write_text(text, encoding="utf-8")
    assert VisitStep.MOVE not in possible(workspace)
    with workspace.storage.transaction():
        keep(workspace.storage, find_scheme(str(path)), workspace.now())
    assert VisitStep.MOVE in possible(workspace)
    later = later_version(workspace, visit.assessment)
    assert later is not None
    assert later.version == "2"


def test_a_check_visit_is_begun_once_by_another_assessor_changes_no_page_and_never_counts(
    workspace: Workspace, visit: OpenVisit
) -> None:
    other = workspace.as_person("Ms Zhang")
    assert VisitStep.CHECK in possible(other)
    row = begin_check_visit(other, "S-1")
    assert (row.kind, row.assessor, begin_check_visit(other, "S-1").id) == (
        AssessmentKind.CHECK_VISIT,
        "Ms Zhang",
        row.id,
    )
    with OpenVisit(other, row) as check:
        check.set_fact("area_m2", Fraction(77))
    assert store_facts(workspace, "S-1").get("area_m2") != 77
    assert open_visit(workspace, "S-1").assessment.id == visit.assessment.id
