"""What becomes of an entry, told without a screen."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from greenstar.errors import StorageError
from greenstar.services.visit import drafts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.visit.entries import Entry, NoteEntry
from greenstar.tui.visit.recorder import Failed, InConflict, NotSaved, Recorder, Rejected, Saved, SealedMeanwhile
from greenstar.tui.visit.visit_session import VisitSession
from tests.tui.conftest import NOON

WASH = "wash_total_m3"


@pytest.fixture
def recorder(workspace: Workspace) -> Recorder:
    """A recorder of one visit."""
    return Recorder(VisitSession(open_visit(workspace, "WX-001")))


@pytest.fixture
def other(database: Path) -> Iterator[OpenVisit]:
    """The same visit in another window."""
    with Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as workspace:
        yield open_visit(workspace, "WX-001")


def entry(recorder: Recorder, name: str, value: Any) -> Entry:
    return Entry(name, value, seen=recorder.session.view(name).answer)


def full(*_: Any, **__: Any) -> None:
    raise StorageError("storage.disk_full", file="greenstar.db")


def test_an_answer_is_saved_and_scored(recorder: Recorder) -> None:
    assert recorder.answer(entry(recorder, WASH, Fraction(400))) == Saved()
    assert recorder.session.view(WASH).answer == 400
    assert recorder.session.card.total == 88


def test_an_answer_that_a_check_refuses_says_why_and_changes_nothing(recorder: Recorder) -> None:
    before = recorder.session.card
    outcome = recorder.answer(entry(recorder, "catch_roof_m2", Fraction(45009)))
    assert isinstance(outcome, Rejected)
    assert recorder.session.view("catch_roof_m2").answer == 4500
    assert (recorder.session.card, recorder.unsaved) == (before, False)


def test_what_the_disk_would_not_take_is_unsaved_until_it_does(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(OpenVisit, "answer", full)
        outcome = recorder.answer(entry(recorder, WASH, Fraction(400)))
    assert isinstance(outcome, NotSaved)
    assert recorder.unsaved
    assert recorder.answer(entry(recorder, WASH, Fraction(400))) == Saved()
    assert not recorder.unsaved


def test_an_answer_in_the_place_of_another_than_was_seen_is_a_conflict_with_both_values(
    recorder: Recorder, other: OpenVisit
) -> None:
    mine = entry(recorder, WASH, Fraction(4000))
    other.answer(WASH, Fraction(400))
    outcome = recorder.answer(mine)
    assert isinstance(outcome, InConflict)
    values = recorder.session.two_answers(mine, outcome.conflict)
    assert (values.mine, values.theirs, outcome.conflict.by) == (4000, 400, "Li")
    assert recorder.session.view(WASH).answer == 400
    assert recorder.answer(Entry(WASH, values.mine, seen=values.theirs)) == Saved()


def test_two_notes_are_a_conflict_as_well(recorder: Recorder, other: OpenVisit) -> None:
    other.note("WAT-06", "theirs")
    mine = NoteEntry("WAT-06", "mine", seen="")
    outcome = recorder.note(mine)
    assert isinstance(outcome, InConflict)
    assert json.loads(outcome.conflict.theirs or "") == "theirs"
    assert recorder.session.two_notes(mine, outcome.conflict).theirs == "theirs"


def test_a_visit_that_was_handed_in_meanwhile_is_looked_at_again(recorder: Recorder, other: OpenVisit) -> None:
    submit(other.workspace, "WX-001")
    assert isinstance(recorder.answer(entry(recorder, WASH, Fraction(400))), SealedMeanwhile)
    assert recorder.session.visit.read_only


def test_reasons_and_flags_are_recorded_or_say_why_not(recorder: Recorder) -> None:
    assert recorder.not_applicable("BLD-01", "leased roof") == Saved()
    assert recorder.session.visit.visit.not_applicable == {"BLD-01": "leased roof"}
    assert isinstance(recorder.not_applicable("WAT-P1", "the roof is leased to a neighbour"), Failed)
    assert recorder.flag("WAT-06", on=True) == Saved()
    assert recorder.session.page("WAT-06").flagged


def test_half_typed_text_is_on_disk_once_and_read_from_there(
    recorder: Recorder, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recorder.redraft(WASH, "16805", None)
    assert drafts.kept(workspace, "WX-001", recorder.session.visit.assessment.id) == {WASH: "16805"}
    assert recorder.session.half_typed == {WASH: "16805"}
    monkeypatch.setattr(drafts, "keep", full)
    assert recorder.redraft(WASH, "16805", "16805")  # it is there: nothing is written
    assert not recorder.redraft(WASH, "168056", "16805")
    assert recorder.unsaved
    recorder.saved_again()
    assert not recorder.unsaved
