"""A database that another program holds never holds the screen: it shows what is typed, and says what is not saved."""

import asyncio
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import drafts
from greenstar.services.visit.history import history
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.services.writer import Job, TakenBack
from greenstar.tui.checklist.screen import ChecklistScreen
from greenstar.tui.checklist.submit_dialog import SubmitDialog
from greenstar.tui.common import delayed_call
from greenstar.tui.evidence.screen import EvidenceScreen
from greenstar.tui.saving import Saving
from greenstar.tui.shell import app_host
from greenstar.tui.shell.unrecorded_dialog import UnrecordedDialog
from greenstar.tui.stores.stores_screen import StoresScreen
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.recorder import Failed, InConflict, Recorder, Rejected
from greenstar.tui.visit.screen import AssessmentScreen
from greenstar.tui.visit.visit_session import VisitSession
from tests.tui.bare import AtOnce
from tests.tui.conftest import NOON, Open, another_program_writes
from tests.tui.driver import PATIENCE, Driver

WASH, METER = "wash_total_m3", "wash_meter"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for a disk; and half-typed text goes there as a field is left, however long the keys take.

    For a draft that waits for the disk is told as well, and what is told is gone with the next key.
    """
    monkeypatch.setattr(app_host, "PATIENCE", 0.05)
    monkeypatch.setattr(delayed_call, "DRAFT_REST", 60)


# -- on the screen


async def while_another_program_writes_all_is_shown_and_said_to_be_unsaved_and_then_saved_in_its_order(
    driver: Driver, workspace: Workspace
) -> None:
    before = len(history(open_visit(workspace, "WX-001")))
    await driver.open_visit("WX-001")
    await driver.go_to("WAT-06", WASH)
    with another_program_writes(workspace):
        await driver.press("ctrl+u", *"400", "enter")
        await driver.see("Not saved yet: another program is writing to", "88 of 100")
        assert "not saved since 12:00:00" in driver.line("WX-001")
        await driver.go_to("WAT-06", WASH)
        await driver.press("ctrl+u", *"500", "enter")
        await driver.go_to("WAT-P1", METER)
        await driver.press("n")
        await driver.press("f7", *"a note", "tab", "alt+g")
        await driver.go_to("WAT-06", WASH)
        assert driver.field(WASH).query_one(Input).value == "500"
        await driver.press("end", "x")
        assert open_visit(workspace, "WX-001").visit.answers[WASH] == 1680
        assert driver.host.saving.unsaved == {
            WASH: "500",
            METER: "false",
            "note:WAT-P1": "a note",
            "flag:WAT-P1": "",
        }
    await driver.see("Everything is saved now.")
    assert "saved 12:00:00" in driver.line("WX-001")
    assert driver.field(WASH).query_one(Input).value == "500x"
    visit = open_visit(workspace, "WX-001")
    assert (visit.visit.answers[WASH], visit.visit.answers[METER]) == (500, False)
    entries = history(visit)[: -before or None][::-1]
    assert [entry.subject for entry in entries] == [WASH, WASH, METER, "WAT-P1", "WAT-P1"]


async def a_screen_is_left_once_all_is_saved_and_stays_while_it_is_not(driver: Driver, workspace: Workspace) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("WAT-P1", METER)
    with another_program_writes(workspace):
        await driver.press("n", "f5")
        await driver.until(lambda: "this screen stays open" in driver.shown)
        assert driver.visit.criterion == "WAT-P1"
        await driver.press("ctrl+q")
        await driver.until(lambda: "NOT SAVED: one entry is not on disk yet" in driver.shown)
        await driver.press("y", "n", "ctrl+q")  # something else was entered since
        await driver.rest()
    await driver.until(lambda: not driver.app.is_running)
    driver.host.saving.close(PATIENCE)
    assert open_visit(workspace, "HF-002").visit.answers[METER] is False


async def asked_twice_the_program_ends_and_says_what_is_lost(driver: Driver, workspace: Workspace) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("WAT-P1", METER)
    with another_program_writes(workspace):
        await driver.press("n", "ctrl+q")
        await driver.until(lambda: "NOT SAVED" in driver.shown)
        await driver.press("ctrl+q")
        await driver.until(lambda: not driver.app.is_running)
        assert driver.host.saving.close(0) == {METER: "false"}
    assert open_visit(workspace, "HF-002").visit.answers[METER] is True


async def an_undo_that_waits_for_the_disk_is_not_dropped_without_a_word(driver: Driver, workspace: Workspace) -> None:
    await driver.go_to("WAT-P1", METER)
    await driver.press("n")
    await driver.until(lambda: driver.host.saving.idle)
    with another_program_writes(workspace):
        await driver.press("alt+z")
        await driver.until(lambda: driver.host.saving.trouble is not None)
        await driver.press("alt+z")  # as nothing is seen of the first
        assert "It waits for the disk" in driver.shown
        await driver.press("ctrl+q")
        await driver.until(lambda: "NOT SAVED: one entry is not on disk yet" in driver.shown)
        assert driver.app.is_running
    await driver.until(lambda: driver.host.saving.idle)
    assert open_visit(workspace, "WX-001").visit.answers[METER] is True


async def of_two_findings_that_wait_for_the_disk_both_are_named(driver: Driver, workspace: Workspace) -> None:
    await driver.open_visit("WX-001")
    await driver.go_to("WAT-06", WASH)
    await driver.press("f6")
    with another_program_writes(workspace):
        for text in ("a leak", "a crack"):
            await driver.press("alt+a", "2", "enter", *text, "enter", *"mend", "enter", "enter", "enter", "enter")
            await driver.until(partial(is_unsaved, driver, f"finding:WAT-06  {text}"))
            await driver.press("escape")
        both = {"finding:WAT-06  a leak": "mend", "finding:WAT-06  a crack": "mend"}
        assert driver.host.saving.unsaved.items() >= both.items()
    await driver.until(lambda: driver.host.saving.idle)
    findings = [finding.text for finding in open_visit(workspace, "WX-001").visit.findings]
    assert findings[-2:] == ["a leak", "a crack"]


async def what_was_typed_into_a_visit_that_was_sealed_meanwhile_is_named_and_not_called_saved(
    driver: Driver, database: Path
) -> None:
    await driver.go_to("WAT-06", WASH)
    with (
        Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as own,
        own.storage.transaction(),
    ):
        submit(own, "WX-001")
        await driver.press("ctrl+u", *"12x", "f7", *"mine", "shift+tab")
        await driver.press("f4", *"Closed for the winter", "enter")
        await driver.until(lambda: driver.host.saving.trouble is not None)
    await driver.until(lambda: isinstance(driver.app.screen, UnrecordedDialog))
    await driver.until(lambda: driver.host.saving.idle)
    for text in ("NOT RECORDED", "mine", "12x", "Closed for the winter"):
        assert text in driver.shown
    await driver.until(lambda: "f4 n/a" not in driver.shown)
    await driver.press("c")
    assert "It is in the clipboard" in driver.shown
    await driver.press("escape")
    assert isinstance(driver.app.screen, AssessmentScreen)
    assert "Everything is saved now" not in driver.shown
    await driver.go_to("WAT-06", WASH)
    assert driver.field(WASH).query_one(Input).value == "1680"


async def test_what_a_visit_sealed_meanwhile_or_an_end_asked_for_twice_loses_is_told(
    screen: Open, database: Path, workspace: Workspace
) -> None:
    async with screen("WX-001") as driver:
        await what_was_typed_into_a_visit_that_was_sealed_meanwhile_is_named_and_not_called_saved(driver, database)
        await asked_twice_the_program_ends_and_says_what_is_lost(driver, workspace)


async def a_finding_whose_form_was_left_in_a_lock_is_shown_where_the_visit_was_sealed_meanwhile(
    driver: Driver, database: Path
) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("WAT-06", WASH)
    await driver.press("f6")
    with (
        Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as own,
        own.storage.transaction(),
    ):
        submit(own, "HF-002")
        await driver.press("alt+a", "2", "enter", *"a leak", "enter", *"mend", "enter", "enter", "enter", "enter")
        await driver.until(lambda: driver.host.saving.trouble is not None)
        assert "esc: leave; it is kept all the same" in driver.shown
        await driver.press("escape")
        assert "The finding of WAT-06 is kept as soon as the disk takes it." in driver.shown
    await driver.until(lambda: isinstance(driver.app.screen, UnrecordedDialog))
    assert "a leak" in driver.shown
    await driver.press("escape")
    await driver.until(lambda: "submitted" in driver.line("HF-002"))
    keys = driver.shown.splitlines()[-1]
    assert not any(key in keys for key in ("alt+a", "alt+k", "alt+p", "alt+d"))
    await driver.press("escape")
    assert driver.visit.criterion == "WAT-06"  # and nothing is shown a second time


async def a_visit_that_is_begun_in_a_lock_opens_unless_one_went_on_meanwhile(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.open_stores()
    await driver.press(*"AX-1")
    with another_program_writes(workspace):
        await driver.press("f8", "f8")
        await driver.until(lambda: driver.host.saving.trouble is not None)
        await driver.press("alt+r")
    await driver.until(lambda: "The visit to AX-1 is begun by now" in driver.shown)


def is_unsaved(driver: Driver, field: str) -> bool:
    """Whether something is on its way to the disk."""
    return field in driver.host.saving.unsaved


async def test_a_visit_is_not_handed_in_once_one_went_back_before_the_disk_took_it(
    screen: Open, workspace: Workspace
) -> None:
    async with screen("WX-001") as driver:
        await driver.press("f12")
        await driver.until(lambda: isinstance(driver.app.screen, ChecklistScreen))
        await driver.press("f12")
        await driver.until(lambda: isinstance(driver.app.screen, SubmitDialog))
        with another_program_writes(workspace):
            await driver.press("y")
            await driver.until(lambda: driver.host.saving.trouble is not None)
            assert driver.host.saving.unsaved == {"submit": "WX-001"}
            await driver.press("escape")
            await driver.until(lambda: isinstance(driver.app.screen, ChecklistScreen))
            await driver.see("It was not handed in")
            assert not driver.host.saving.unsaved
            await driver.press("ctrl+q")
            await driver.until(lambda: not driver.app.is_running)
    assert not open_visit(workspace, "WX-001").read_only


async def a_store_is_not_added_once_one_went_back_before_the_disk_took_it_and_what_was_typed_stays(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.open_stores()
    await driver.press("alt+a", *"NEW-1", "enter", *"New", "enter", "enter")
    with another_program_writes(workspace):
        await driver.press("enter")
        await driver.until(lambda: driver.host.saving.trouble is not None)
        assert "Waiting for the disk; esc takes it back." in driver.shown
        await driver.press("escape")
        await driver.until(lambda: driver.host.saving.idle)
        await driver.see("Not done: it was taken back")
        await driver.press("enter")
        await driver.until(lambda: bool(driver.host.saving.unsaved))
        await driver.press("x")  # it is another store now
        await driver.until(lambda: driver.host.saving.idle)
    assert find_code(workspace, "NEW-1") is None
    await driver.press("escape", "escape")
    assert isinstance(driver.app.screen, StoresScreen)
    assert find_code(workspace, "NEW-1") is None


def find_code(workspace: Workspace, code: str) -> str | None:
    """A store's code as it is kept."""
    return workspace.storage.stores.called(code)


async def what_a_mistake_of_the_program_kept_from_the_disk_is_told_and_stays_as_half_typed(
    driver: Driver, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("WAT-06", WASH)
    with monkeypatch.context() as patch:
        patch.setattr(OpenVisit, "_put", lambda *_, **__: 1 // 0)
        await driver.press("f7", *"a note", "shift+tab")
        await driver.go_to("WAT-06", WASH)
        await driver.press("ctrl+u", *"400", "enter")
        await driver.until(lambda: driver.host.saving.idle)
    await driver.see("Not saved, by a mistake of the program")
    await driver.go_to("WAT-06", WASH)
    assert driver.field(WASH).query_one(Input).value == "400"
    assert driver.visit.page.note.area.text == "a note"
    await driver.until(lambda: driver.host.saving.idle)
    visit = open_visit(workspace, "HF-002")
    assert drafts.kept(workspace, "HF-002", visit.assessment.id) == {WASH: "400", "note:WAT-06": "a note"}
    assert visit.visit.answers[WASH] == 1100


async def told_to_end_the_program_waits_for_the_disk_and_keeps_what_is_typed(
    driver: Driver, workspace: Workspace
) -> None:
    await driver.open_visit("WX-001")
    await driver.go_to("WAT-06", WASH)
    with another_program_writes(workspace):
        await driver.press("ctrl+u", *"12x")
        driver.app.ending.begin(128 + 15)
        driver.app.ending.begin(128 + 1)
        await driver.until(lambda: driver.host.saving.trouble is not None)
        assert driver.app.is_running
    await driver.until(lambda: not driver.app.is_running)
    assert driver.app.return_code == 128 + 15
    assert drafts.kept(workspace, "WX-001", open_visit(workspace, "WX-001").assessment.id) == {WASH: "12x"}


async def test_a_finding_of_a_visit_sealed_meanwhile_is_told_and_told_to_end_the_program_waits(
    screen: Open, database: Path, workspace: Workspace
) -> None:
    async with screen("WX-001") as driver:
        await a_finding_whose_form_was_left_in_a_lock_is_shown_where_the_visit_was_sealed_meanwhile(driver, database)
        await told_to_end_the_program_waits_for_the_disk_and_keeps_what_is_typed(driver, workspace)


async def evidence_waits_for_the_disk_and_the_screen_does_not(
    driver: Driver, workspace: Workspace, tmp_path: Path
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"a photograph")
    await driver.open_visit("WX-001")
    await driver.press("f5")
    with another_program_writes(workspace):
        await driver.press(*str(photo), "enter")
        await driver.until(lambda: driver.host.saving.trouble is not None)
        assert isinstance(driver.app.screen, EvidenceScreen)
        await driver.press("f3")
        assert "自 12:00:00 起未保存" in driver.shown
        await driver.press("f3")
    await driver.until(lambda: "a.jpg is attached" in driver.shown)


async def test_what_waits_for_the_disk_is_shown_and_saved_when_the_disk_takes_it(
    screen: Open, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen("WX-001") as driver:
        await an_undo_that_waits_for_the_disk_is_not_dropped_without_a_word(driver, workspace)
        await evidence_waits_for_the_disk_and_the_screen_does_not(driver, workspace, tmp_path)
        await of_two_findings_that_wait_for_the_disk_both_are_named(driver, workspace)
        await while_another_program_writes_all_is_shown_and_said_to_be_unsaved_and_then_saved_in_its_order(
            driver, workspace
        )
        await what_a_mistake_of_the_program_kept_from_the_disk_is_told_and_stays_as_half_typed(
            driver, workspace, monkeypatch
        )
        await a_store_is_not_added_once_one_went_back_before_the_disk_took_it_and_what_was_typed_stays(
            driver, workspace
        )
        await a_visit_that_is_begun_in_a_lock_opens_unless_one_went_on_meanwhile(driver, workspace)
        await a_screen_is_left_once_all_is_saved_and_stays_while_it_is_not(driver, workspace)


# -- without one


class Held:
    """Does jobs when it is told to."""

    def __init__(self, workspace: Workspace) -> None:
        self.jobs: list[Job] = []
        self._workspace = workspace

    def put(self, job: Job) -> None:
        """Keep it."""
        self.jobs.append(job)

    def take_back(self, job: Job) -> None:
        """Let go of it."""
        self.jobs.remove(job)
        job.failed(TakenBack())

    def close(self, deadline: float) -> dict[str, str]:  # noqa: ARG002 - as the writer has it
        """All that is left."""
        return dict(job.what for job in self.jobs if job.what is not None)

    def go(self) -> None:
        """Do all of them."""
        while self.jobs:
            AtOnce(self._workspace).put(self.jobs.pop(0))


@pytest.fixture
def held(database: Path) -> Iterator[Held]:
    """A writer that waits, with a workspace of its own."""
    with Workspace.open(database, cycle="2026", assessor="A. Assessor", clock=lambda: NOON) as own:
        yield Held(own)


@pytest.fixture
def recorder(workspace: Workspace, held: Held) -> Recorder:
    """A recorder of one visit."""
    return Recorder(VisitSession(open_visit(workspace, "WX-001")), Saving(workspace, lambda _: held, lambda: None))


@pytest.fixture
def other(database: Path) -> Iterator[OpenVisit]:
    """The same visit in another window."""
    with Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as workspace:
        yield open_visit(workspace, "WX-001")


def test_what_is_on_its_way_is_scored_and_read_as_if_it_were_on_disk_and_then_is(
    recorder: Recorder, held: Held, other: OpenVisit
) -> None:
    recorder.draft(WASH, "40")
    assert recorder.session.half_typed == {WASH: "40"}
    recorder.answer(AnswerEntry(WASH, Fraction(400), seen=Fraction(1680)), raise_failure)
    assert recorder.session.half_typed == {}
    assert recorder.session.card.total == 88
    recorder.answer(AnswerEntry(WASH, Fraction(500), seen=Fraction(400)), raise_failure)  # no clash with itself
    shown = recorder.session.visit.worked
    assert recorder.saving.unsaved == {WASH: "500"}
    held.go()
    assert recorder.session.visit.worked is shown
    assert recorder.saving.idle
    assert not recorder.look()
    other.refresh()
    assert (other.visit.answers[WASH], len(history(other))) == (500, len(history(recorder.session.visit)))


async def test_who_leaves_waits_for_what_is_typed_but_for_nothing_else_while_the_disk_takes_nothing(
    workspace: Workspace,
) -> None:
    trouble: list[Callable[[Phrase | None], None]] = []

    def queue(troubled: Callable[[Phrase | None], None]) -> Held:
        trouble.append(troubled)
        return Held(workspace)

    saving = Saving(workspace, queue, lambda: None)
    saving.put(lambda _: None)
    assert await saving.drained(0.01)  # waited for in vain, but nobody would miss it
    trouble[0](Phrase("storage.locked", file=""))
    async with asyncio.timeout(5):
        assert await saving.drained(60)
    saving.put(lambda _: None, what=(WASH, "400"))
    assert not await saving.drained(0.01)


def test_of_two_entries_that_clash_with_another_window_the_last_is_asked_about(
    recorder: Recorder, held: Held, other: OpenVisit
) -> None:
    other.answer(WASH, Fraction(300))
    failures: list[Failed] = []
    recorder.answer(AnswerEntry(WASH, Fraction(400), seen=Fraction(1680)), failures.append)
    recorder.answer(AnswerEntry(WASH, Fraction(500), seen=Fraction(400)), failures.append)
    held.go()
    (failure,) = failures
    assert isinstance(failure, InConflict)
    assert recorder.session.view(WASH).answer == 300


def test_what_another_window_did_meanwhile_is_seen_when_something_is_written(
    recorder: Recorder, held: Held, other: OpenVisit
) -> None:
    recorder.answer(AnswerEntry(WASH, Fraction(400), seen=Fraction(1680)), raise_failure)
    other.note("WAT-06", "theirs")
    assert not recorder.look()  # it would show less than was entered here
    held.go()
    assert recorder.session.outdated
    visit = recorder.session.visit.visit
    assert (visit.notes["WAT-06"], visit.answers[WASH]) == ("theirs", 400)


def test_an_answer_that_another_window_made_impossible_is_refused_when_that_is_seen(
    recorder: Recorder, held: Held, other: OpenVisit
) -> None:
    failures: list[Failed] = []
    recorder.answer(AnswerEntry("catch_roof_m2", Fraction(4000), seen=Fraction(4500)), raise_failure)
    held.go()
    other.set_fact("roof_area_m2", Fraction(4200))
    recorder.flag("WAT-06", raise_failure, on=True)  # with this the other window is seen
    recorder.answer(AnswerEntry("catch_roof_m2", Fraction(4400), seen=Fraction(4000)), failures.append)
    assert not failures
    held.go()
    assert isinstance(failures[0], Rejected)
    assert recorder.session.view("catch_roof_m2").answer == 4000


def raise_failure(failed: Failed) -> None:
    """Nothing is expected to fail."""
    raise AssertionError(failed)
