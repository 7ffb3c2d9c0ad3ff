"""A visit in hand: what is saved is on disk, what is refused is nowhere, and nothing is ever lost."""

import sqlite3
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.model import Answer, Status
from greenstar.errors import BadInput, StorageError
from greenstar.record.event import Change
from greenstar.services.visit import window
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.visit.window import never_left
from greenstar.services.workspace import Workspace
from tests.journals import journal_faults
from tests.rows import rows
from tests.services.conftest import Clock, Opener, events_of, fill
from tests.sql import database_of


def test_an_answer_is_on_disk_when_it_is_given(visit: OpenVisit, opened: Opener) -> None:
    visit.answer("used", Fraction(100))
    with opened() as other:  # what another program sees, while this one has not even closed its file
        assert open_visit(other, "S-1").visit.answers == {"used": Fraction(100)}


def test_a_visit_that_is_opened_again_is_worked_out_again_only_where_it_is_another(
    visit: OpenVisit, workspace: Workspace
) -> None:
    visit.answer("used", Fraction(100))
    first, again = open_visit(workspace, "S-1"), open_visit(workspace, "S-1")
    assert again.worked is first.worked
    again.answer("used", Fraction(1))
    other = open_visit(workspace, "S-1").worked
    assert other is not first.worked
    assert (other.visit, other.scorecard) == (again.visit, again.scorecard)


def test_a_killed_visit_goes_on_where_it_was(visit: OpenVisit, opened: Opener) -> None:
    visit.answer("used", Fraction("123.45"))
    visit.note("W1", "second meter [/x] read twice")
    visit.mark_not_applicable("E1", "no lamps at all")
    visit.remember("W1", "used")
    window.enter(visit)
    with opened() as other:
        again = open_visit(other, "S-1")
        assert (again.assessment.id, again.assessment.cursor_question) == (visit.assessment.id, "used")
        assert again.visit == visit.visit
        assert again.scorecard.total == visit.scorecard.total
        assert never_left(other) == "S-1"


def test_the_score_moves_with_every_answer(visit: OpenVisit) -> None:
    totals = []
    for name, value in (("used", Fraction(100)), ("fresh", Fraction(10)), ("W2", True), ("E1", Fraction(1, 2))):
        visit.answer(name, value)
        totals.append(visit.scorecard.total)
    assert totals == [0, 60, 70, 85]
    visit.answer("W2", None)
    assert visit.scorecard.total == 75
    assert visit.scorecard.criteria["W2"].open


def test_answers_of_every_type_come_back_as_they_were(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("E1", Fraction("0.867"))
    visit.answer("W2", False)
    visit.set_fact("area_m2", Fraction("4500.5"))
    again = open_visit(workspace, "S-1").visit
    assert again.answers == {"E1": Fraction("0.867"), "W2": False}
    assert again.facts == {"has_wash": True, "area_m2": Fraction("4500.5")}
    kept = database_of(workspace).rows("SELECT value FROM answer ORDER BY question")
    assert [row["value"] for row in kept] == ['"86.7"', "false"]


def test_a_check_that_refuses_keeps_nothing(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    before = (visit.visit, visit.scorecard, visit.saved_at, events_of(workspace))
    with pytest.raises(Refused) as caught:
        visit.answer("fresh", Fraction(101))
    assert caught.value.message.values["criterion"] == "W1"
    assert (visit.visit, visit.scorecard, visit.saved_at, events_of(workspace)) == before


def test_a_contradiction_that_is_there_already_does_not_stop_other_answers(visit: OpenVisit) -> None:
    visit.answer("fresh", Fraction(50))
    visit.set_fact("has_wash", False)  # nothing of it counts now
    visit.answer("used", Fraction(20))
    visit.set_fact("has_wash", True)
    assert [complaint.refuse for complaint in visit.worked.complaints] == [True]
    visit.answer("W2", True)
    visit.answer("fresh", Fraction(40))  # still a contradiction, but no new one: both figures may need correcting
    visit.answer("fresh", Fraction(10))
    assert visit.worked.complaints == []


def test_warnings_come_with_the_answer_that_raises_them(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    assert visit.worked.complaints == []
    visit.answer("fresh", Fraction(1))
    assert [(complaint.criterion, complaint.refuse) for complaint in visit.worked.complaints] == [("W1", False)]
    visit.answer("W2", True)
    assert [complaint.criterion for complaint in visit.worked.complaints] == ["W1"]


def test_every_change_is_an_event_with_what_it_was_and_became(workspace: Workspace, visit: OpenVisit) -> None:
    before = len(events_of(workspace))
    visit.answer("used", Fraction(100))
    visit.answer("used", Fraction("99.5"))
    visit.answer("used", None)
    visit.set_fact("has_wash", None)
    visit.mark_not_applicable("E1", "no lamps at all")
    visit.mark_not_applicable("E1", None)
    visit.note("W2", "seen")
    visit.note("W2", "  ")
    assert events_of(workspace)[before:] == [
        ("answer", "used", None, '"100"'),
        ("answer", "used", '"100"', '"99.5"'),
        ("answer", "used", '"99.5"', None),
        ("fact", "has_wash", "true", None),  # the visit's
        ("fact", "has_wash", "true", None),  # the page's
        ("exemption", "E1", None, '"no lamps at all"'),
        ("exemption", "E1", '"no lamps at all"', None),
        ("note", "W2", None, '"seen"'),
        ("note", "W2", '"seen"', None),
    ]
    assert journal_faults(workspace) == []


def test_the_same_answer_again_is_no_event(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    before = events_of(workspace)
    visit.answer("used", Fraction(100))
    visit.answer("fresh", None)
    assert events_of(workspace) == before


def test_an_answer_whose_question_is_hidden_stays_but_does_not_count(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("fresh", Fraction(10))
    visit.set_fact("has_wash", False)
    assert visit.scorecard.total == 0
    visit.set_fact("has_wash", True)
    assert visit.scorecard.total == 60


def test_what_the_scheme_forbids_cannot_be_marked_not_applicable(visit: OpenVisit) -> None:
    with pytest.raises(BadInput) as caught:
        visit.mark_not_applicable("W2", "no room")
    assert caught.value.message.key == "answers.not_applicable_forbidden"
    assert visit.visit.not_applicable == {}


@rows("reason", ["", "  \n", "\x1b\x00"])
def test_marking_not_applicable_needs_a_reason(visit: OpenVisit, reason: str) -> None:
    with pytest.raises(BadInput) as caught:
        visit.mark_not_applicable("E1", reason)
    assert caught.value.message.key == "storage.reason_needed"


def test_a_reason_that_says_nothing_is_none_but_an_old_one_stays(workspace: Workspace, visit: OpenVisit) -> None:
    with pytest.raises(BadInput) as caught:
        visit.mark_not_applicable("E1", "x")
    assert caught.value.message.key == "storage.reason_says_nothing"
    number, at = visit.assessment.id, workspace.now()
    with workspace.storage.transaction():  # as programs up to 0.2 took it
        excused = Change("exemption", "E1", after='"x"', store="S-1", assessment=number)
        workspace.storage.events.append([excused], at, "old")
        workspace.storage.contents.put_all("exemption", [(number, "E1", "x", at, "old")])
    older = open_visit(workspace, "S-1")
    older.mark_not_applicable("E1", "x")
    assert older.visit.not_applicable == {"E1": "x"}
    assert any(item.message.key == "checklist.hollow_reason" for item in checklist_of(older))
    assert submit(workspace, "S-1").hollow_reasons == {"E1": "x"}


def test_what_was_seen_is_compared_as_it_was_kept_not_as_it_was_typed(visit: OpenVisit) -> None:
    visit.note("W1", " read twice\r\n")
    visit.note("W1", " read twice\r\nx", seen=" read twice\r\n")
    visit.mark_not_applicable("E1", "there are no lamps here\n")
    visit.mark_not_applicable("E1", "there are no lamps here at all", seen="there are no lamps here\n")
    assert (visit.visit.notes, visit.visit.not_applicable) == (
        {"W1": "read twice\nx"},
        {"E1": "there are no lamps here at all"},
    )


def test_notes_lose_control_characters_and_keep_everything_else(workspace: Workspace, visit: OpenVisit) -> None:
    visit.note("W1", "\x1b[31m[red]读数\u200f ✓\r\nline two\x00 ")
    assert open_visit(workspace, "S-1").visit.notes == {"W1": "[31m[red]读数 ✓\nline two"}


@rows("name", ["unknown", "has_wash", "W1"])
def test_what_is_no_question_cannot_be_answered(visit: OpenVisit, name: str) -> None:
    with pytest.raises(BadInput) as caught:
        visit.answer(name, True)
    assert caught.value.message.key == "storage.unknown_question"


@rows(
    ("question", "value"),
    [("used", "100"), ("used", True), ("W2", Fraction(1)), ("W2", "yes"), ("E1", ("a",)), ("E1", date(2026, 1, 1))],
)
def test_an_answer_of_another_kind_than_asked_is_refused(visit: OpenVisit, question: str, value: Answer) -> None:
    with pytest.raises(BadInput) as caught:
        visit.answer(question, value)
    assert caught.value.message.key == "storage.wrong_kind"
    with pytest.raises(BadInput):
        visit.set_fact("area_m2", "large")
    assert visit.visit.answers == {}


def test_a_kept_answer_that_is_none_is_left_out(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    for garbage in ('"1/0"', '"abc"', "true", "[1]", "null", "{}"):
        database_of(workspace).execute("UPDATE answer SET value = ?", (garbage,))
        assert open_visit(workspace, "S-1").visit.answers == {}


def test_a_failed_write_leaves_memory_as_it_was(workspace: Workspace, visit: OpenVisit, tmp_path: Path) -> None:
    database_of(workspace).tables.execute("PRAGMA busy_timeout = 20")
    blocker = sqlite3.connect(tmp_path / "green.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    before = (visit.visit, visit.saved_at)
    with pytest.raises(StorageError) as caught:
        visit.answer("used", Fraction(100))
    assert caught.value.message.key == "storage.locked"
    assert (visit.visit, visit.saved_at) == before
    blocker.execute("ROLLBACK")
    blocker.close()
    visit.answer("used", Fraction(100))  # the retry
    assert open_visit(workspace, "S-1").visit.answers == {"used": Fraction(100)}


def test_the_time_of_saving_is_that_of_the_last_change(visit: OpenVisit, clock: Clock) -> None:
    visit.answer("used", Fraction(100))
    assert visit.saved_at == clock.at


def test_two_windows_see_each_others_answers(visit: OpenVisit, opened: Opener) -> None:
    with opened() as second:
        other = open_visit(second, "S-1")
        visit.answer("used", Fraction(100))
        assert other.refresh()
        assert other.visit.answers == {"used": Fraction(100)}
        assert not other.refresh()
        other.answer("fresh", Fraction(10))
        visit.answer("W2", True)  # takes the other window's answer in, and overwrites nothing
        assert visit.visit.answers == {"used": Fraction(100), "fresh": Fraction(10), "W2": True}
        assert visit.scorecard.total == 70


def test_a_visit_submitted_elsewhere_takes_no_more_answers(visit: OpenVisit, opened: Opener) -> None:
    with opened() as second:
        submit(second, "S-1")
    with pytest.raises(BadInput) as caught:
        visit.answer("used", Fraction(100))
    assert caught.value.message.key == "storage.sealed_meanwhile"
    visit.refresh()
    assert visit.read_only


def test_a_sealed_visit_opens_to_look_at(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    sealed = open_visit(workspace, "S-1")
    assert (sealed.read_only, sealed.assessment.status) == (True, Status.SUBMITTED)
    assert sealed.scorecard.total == 100
    with pytest.raises(BadInput) as caught:
        sealed.answer("W2", False)
    assert caught.value.message.key == "storage.sealed"


def test_a_sealed_visit_keeps_the_facts_of_its_day(workspace: Workspace, visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    submit(workspace, "S-1")
    with opened(cycle="2027") as later:
        open_visit(later, "S-1").set_fact("has_wash", False)
    assert open_visit(workspace, "S-1").visit.facts["has_wash"] is True
    assert open_visit(workspace, "S-1").scorecard.total == 100


def test_a_draft_keeps_its_rules_when_the_scheme_changes(visit: OpenVisit, scheme_file: Path, opened: Opener) -> None:
    visit.answer("W2", True)
    text = scheme_file.read_text(encoding="utf-8")
    scheme_file.write_text(text.replace('version: "1"', 'version: "2"').replace("points: 10", "points: 5"), "utf-8")
    with opened(scheme=None) as later:
        assert open_visit(later, "S-1").scorecard.total == 10
    with opened() as later:
        assert open_visit(later, "S-2").scheme.version == "2"


def test_closing_keeps_the_scorecard_of_a_draft(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("W2", True)
    visit.close()
    row = database_of(workspace).row("SELECT total, answered, asked FROM scorecard")
    assert row == {"total": "10", "answered": 1, "asked": 3}


def test_a_visit_that_was_left_as_one_should_is_not_gone_on_with(workspace: Workspace, visit: OpenVisit) -> None:
    assert never_left(workspace) is None
    window.enter(visit)
    second = open_visit(workspace, "S-2")
    window.enter(second)
    second.remember("W2")
    assert never_left(workspace) == "S-2"
    window.leave(second)
    assert never_left(workspace) == "S-1"
    window.leave(visit)
    assert never_left(workspace) is None


def test_what_was_not_asked_last_time_is_not_offered_this_time(
    workspace: Workspace, visit: OpenVisit, opened: Opener
) -> None:
    fill(visit)
    visit.set_fact("has_wash", False)
    assert visit.visit.answers["fresh"] == 10
    submit(workspace, "S-1")
    with opened(cycle="2027") as later:
        again = open_visit(later, "S-1")
        again.set_fact("has_wash", True)
        assert again.previous is not None
        assert again.previous.answers.keys() == {"W2", "E1"}
