"""What becomes of an entry, told without a screen."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from greenstar.services.visit import drafts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.visit.entries import AnswerEntry, NoteEntry
from greenstar.tui.visit.recorder import Failed, InConflict, Recorder, Rejected, SealedMeanwhile
from greenstar.tui.visit.visit_session import VisitSession
from tests.tui.bare import saving_at_once
from tests.tui.conftest import NOON

WASH = "wash_total_m3"


@pytest.fixture
def recorder(workspace: Workspace) -> Recorder:
    """A recorder of one visit, whose entries are on disk at once."""
    return Recorder(VisitSession(open_visit(workspace, "WX-001")), saving_at_once(workspace))


@pytest.fixture
def other(database: Path) -> Iterator[OpenVisit]:
    """The same visit in another window."""
    with Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as workspace:
        yield open_visit(workspace, "WX-001")


def entry(recorder: Recorder, name: str, value: Any) -> AnswerEntry:
    return AnswerEntry(name, value, seen=recorder.session.view(name).answer)


def nothing_fails(failed: Failed) -> None:
    raise AssertionError(failed)


def test_an_answer_is_saved_and_scored(recorder: Recorder, workspace: Workspace) -> None:
    assert recorder.answer(entry(recorder, WASH, Fraction(400)), nothing_fails)
    assert recorder.session.view(WASH).answer == 400
    assert recorder.session.card.total == 88
    assert open_visit(workspace, "WX-001").visit.answers[WASH] == 400


def test_an_answer_that_a_check_refuses_says_why_and_changes_nothing(recorder: Recorder) -> None:
    before, failures = recorder.session.card, list[Failed]()
    assert not recorder.answer(entry(recorder, "catch_roof_m2", Fraction(45009)), failures.append)
    assert isinstance(failures[0], Rejected)
    assert recorder.session.view("catch_roof_m2").answer == 4500
    assert recorder.session.card == before


def test_an_answer_in_the_place_of_another_than_was_seen_is_a_conflict_with_both_values(
    recorder: Recorder, other: OpenVisit
) -> None:
    mine, failures = entry(recorder, WASH, Fraction(4000)), list[Failed]()
    other.answer(WASH, Fraction(400))
    assert recorder.answer(mine, failures.append)  # it counts until the other window is seen
    (outcome,) = failures
    assert isinstance(outcome, InConflict)
    values = recorder.session.two_answers(mine, outcome.conflict)
    assert (values.mine, values.theirs, outcome.conflict.by) == (4000, 400, "Li")
    assert recorder.session.view(WASH).answer == 400
    assert recorder.answer(AnswerEntry(WASH, values.mine, seen=values.theirs), nothing_fails)


def test_two_notes_are_a_conflict_as_well(recorder: Recorder, other: OpenVisit) -> None:
    other.note("WAT-06", "theirs")
    mine, failures = NoteEntry("WAT-06", "mine", seen=""), list[Failed]()
    recorder.note(mine, failures.append)
    (outcome,) = failures
    assert isinstance(outcome, InConflict)
    assert json.loads(outcome.conflict.theirs or "") == "theirs"
    assert recorder.session.two_notes(mine, outcome.conflict).theirs == "theirs"


def test_a_visit_that_was_handed_in_meanwhile_is_looked_at_again(recorder: Recorder, other: OpenVisit) -> None:
    submit(other.workspace, "WX-001")
    failures = list[Failed]()
    recorder.answer(entry(recorder, WASH, Fraction(400)), failures.append)
    assert isinstance(failures[0], SealedMeanwhile)
    assert recorder.session.visit.read_only


def test_reasons_and_flags_are_recorded_or_say_why_not(recorder: Recorder) -> None:
    assert recorder.not_applicable("BLD-01", "leased roof", nothing_fails)
    assert recorder.session.visit.visit.not_applicable == {"BLD-01": "leased roof"}
    failures = list[Failed]()
    assert not recorder.not_applicable("WAT-P1", "the roof is leased to a neighbour", failures.append)
    assert len(failures) == 1
    assert recorder.flag("WAT-06", nothing_fails, on=True)
    assert recorder.session.page("WAT-06").flagged


def test_half_typed_text_is_on_disk_and_read_from_there(recorder: Recorder, workspace: Workspace) -> None:
    recorder.draft(WASH, "16805")
    assert drafts.kept(workspace, "WX-001", recorder.session.visit.assessment.id) == {WASH: "16805"}
    assert recorder.session.half_typed == {WASH: "16805"}
