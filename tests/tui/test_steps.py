"""Steps in the life of a store and its visit, taken on the screen."""

from datetime import date
from functools import partial
from pathlib import Path

from textual.events import Paste

from greenstar.assessment.model import Finding, Status
from greenstar.services.findings.findings import add
from greenstar.services.settings.settings import configured
from greenstar.services.stores.stores import find_store
from greenstar.services.visit import drafts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit, unfinished
from greenstar.services.workspace import Workspace
from greenstar.tui.app import GreenStarApp
from greenstar.tui.common.actions_dialog import ActionsDialog
from tests.tui.conftest import Open
from tests.tui.driver import Driver

STEPS = "alt+full_stop"


async def choose(driver: Driver, word: str) -> None:
    """Take the step of that word."""
    await driver.press(STEPS)
    dialog = driver.app.screen
    assert isinstance(dialog, ActionsDialog)
    for _ in range(12):
        if word in driver.line("│ ›"):
            break
        await driver.press("down")
    await driver.press("enter")


def told(driver: Driver) -> str:
    """What the screen says, as running text."""
    return " ".join(driver.shown.replace("│", " ").split())


async def test_a_store_is_changed_and_a_visit_decided_withdrawn_and_followed_by_the_next_cycle(
    screen: Open, workspace: Workspace
) -> None:
    async with screen(size=(80, 24)) as driver:
        await driver.press(*"SH-004")
        await choose(driver, "Change name")
        await driver.press("enter", "enter")
        assert "up, down: East [North]" in told(driver)  # what there is, before anything is typed
        await driver.press("ctrl+u", *"N", "down", "enter")
        await driver.see("SH-004: changed.")
        assert find_store(workspace, "SH-004").region == "[North]"
        await choose(driver, "Decide")
        assert "these may not, as they assessed, answered or submitted it: A. Assessor, Sample" in told(driver)
        await driver.press(*"A. assessor", "enter")
        await driver.see("wants somebody else to decide")
        await driver.press("ctrl+u", *"Ms Zhang", "enter")
        await driver.until(lambda: open_visit(workspace, "SH-004").assessment.status is not Status.SUBMITTED)
        assert open_visit(workspace, "SH-004").assessment.status is Status.DECIDED
        await choose(driver, "Submit")
        assert "Not now: the visit of 2026 is decided." in told(driver)
        await driver.press("escape")
        await choose(driver, "Withdraw")
        await driver.press("enter")
        await driver.see("Why is needed.")
        await driver.press(*"lease ended", "enter")
        await driver.see("it counts no more")
        await choose(driver, "next cycle")
        await driver.see("2027")
        await driver.press("enter")
        await driver.see("the visit of 2027 is begun")
    assert open_visit(workspace, "SH-004").assessment.cycle == "2027"


async def test_what_is_due_stands_in_a_calendar_and_a_finding_of_a_sealed_visit_is_closed_there_with_proof(
    screen: Open, workspace: Workspace, tmp_path: Path
) -> None:
    proof = tmp_path / "mended.pdf"
    proof.write_bytes(b"%PDF-1.4 invoice")
    with Workspace.open(Path(workspace.storage.where), cycle="2026", clock=workspace.clock) as own:
        add(open_visit(own, "WX-001"), Finding("MGT-01", "observation", "A faded label"))
        add(open_visit(own, "WX-001"), Finding("WAT-06", "minor", "A leak", due=date(2026, 1, 2)))
        submit(own, "WX-001")
    async with screen(size=(80, 24)) as driver:
        await driver.press(*"WX-001")
        assert "!01-02" in driver.line("›WX-001")
        await choose(driver, "Close findings")
        assert driver.line("›WAT-06").rstrip("│ ").endswith("minor")  # the gravest first, not the first of the scheme
        await driver.press("enter")
        assert "Proof          path of a file; tab completes; several, *.jpg too  " in driver.shown
        await driver.press("escape", "enter", "f4")
        assert "does nothing here" in driver.shown
        assert "!2026-01-02 │" in driver.shown  # the line of the message takes nothing from the panels
        await driver.press("escape")
        await driver.press("f11")
        await driver.see("1 overdue")
        assert "!2026-01-02" in driver.shown
        await driver.press("alt+o", *"certif", "enter")
        await driver.see("Nothing here matches the filter")
        await driver.press("alt+o", *"any", "enter", "x")
        await driver.see("!2026-01-02", "x does nothing here; f1 lists the keys.")
        await driver.press("enter", "f6", "alt+k")
        await driver.type(str(proof))
        await driver.press("enter", "enter", *"mended", "enter")
        await driver.see("1 finding closed")
        assert "closed 2026-05-12" in driver.shown
        await driver.press("escape", "escape")
        await driver.until(lambda: "Nothing is overdue" in driver.shown or "Nothing falls due" in driver.shown)
    assert open_visit(workspace, "WX-001").assessment.revision == 2


async def test_who_the_assessor_is_is_asked_on_the_first_screen_and_kept(workspace: Workspace) -> None:
    with Workspace.open(Path(workspace.storage.where)) as unnamed:
        app = GreenStarApp(unnamed, "en", ask_name=True)
        async with app.run_test(size=(80, 24)) as pilot:
            driver = Driver(pilot)
            await driver.rest()
            assert "Who are you?" in driver.shown
            await driver.press(*"Li Ping", "enter")
            assert unnamed.assessor == configured("assessor") == "Li Ping"
            assert "Who are you?" not in driver.shown
        app.host.saving.close(5)


async def test_the_closing_meeting_keeps_the_words_of_the_store_until_the_visit_is_sealed_and_then_shows_the_seal(
    screen: Open, workspace: Workspace
) -> None:
    async with screen(size=(80, 24)) as driver:
        await driver.press(*"WX-001", "enter", "alt+slash")
        await driver.see("Strengths")
        await driver.press("f7", *"Mr Wang", "enter")
        driver.app.post_message(Paste("The roof\nis leased."))
        await driver.rest()
        assert "The roof" in driver.line("Remarks")
        assert "is leased." not in driver.line("Remarks")  # on a line of its own
        half_typed = partial(drafts.kept, workspace, "WX-001", open_visit(workspace, "WX-001").assessment.id)
        await driver.until(lambda: "is leased." in half_typed().get("meeting:remarks", ""))  # then the worst happens
    async with screen(size=(80, 24)) as driver:
        await driver.press(*"WX-001", "enter", "alt+slash", "f7")
        await driver.see("Mr Wang", "is leased.")
        await driver.press("enter")
        await driver.see("Kept with the visit.", "  Mr Wang", "  is leased.")  # the page has scrolled to the words
        await choose(driver, "Submit")
        await driver.press("f12", "y")
        await driver.see("Sealed as")
        await driver.press("end")
        row = open_visit(workspace, "WX-001").assessment
        assert row.seal is not None
        seal = " ".join(row.seal[:4])
        await driver.see(seal)
        assert "f7" not in driver.shown.splitlines()[-1]
    assert (row.representative, row.remarks) == ("Mr Wang", "The roof\nis leased.")


def test_a_draft_of_the_last_cycle_is_gone_on_with_though_another_store_began_the_next(workspace: Workspace) -> None:
    path = Path(workspace.storage.where)
    with Workspace.open(path, cycle="2026", clock=workspace.clock) as own:
        draft = open_visit(own, "WX-001").assessment
        open_visit(own.in_cycle("2027"), "SH-004")
    with Workspace.open(path, clock=workspace.clock) as latest:
        assert latest.cycle == "2027"
        visit = unfinished(latest, "WX-001")
        assert visit is not None
        assert (visit.assessment.id, visit.workspace.cycle) == (draft.id, "2026")
    with Workspace.open(path, cycle="2027", clock=workspace.clock) as asked_for:
        assert unfinished(asked_for, "WX-001") is None


async def test_the_report_is_written_beside_the_screen_into_the_file_that_is_named_and_what_cannot_be_is_said(
    screen: Open, tmp_path: Path
) -> None:
    async with screen(size=(80, 24)) as driver:
        await driver.press(*"WX-001", "enter", "alt+minus")
        await driver.see("The report on WX-001", "~/WX-001-2026.html")
        await driver.type(str(tmp_path))
        await driver.press("enter")
        await driver.see("is a folder, not a file")
        await driver.press("alt+slash", "alt+minus")
        await driver.type(str(tmp_path / "r.html"))
        await driver.press("enter")
        await driver.see("r.html: written")
        await driver.press("alt+minus")
        await driver.type(str(tmp_path / "r.PDF"))
        await driver.press("enter")
        await driver.see("r.PDF: written")
    assert (tmp_path / "r.PDF").read_bytes().startswith(b"%PDF")
    assert "WX-001" in (tmp_path / "r.html").read_text(encoding="utf-8")


async def test_a_large_window_shows_open_findings_in_full_the_last_changes_how_it_went_and_all_keys(
    screen: Open, workspace: Workspace
) -> None:
    with Workspace.open(Path(workspace.storage.where), cycle="2026", clock=workspace.clock) as own:
        add(open_visit(own, "WX-001"), Finding("WAT-06", "minor", "A leak", "a new seal", due=date(2026, 7, 2)))
    async with screen(size=(200, 60)) as driver:
        await driver.press(*"WX-001")
        await driver.until(lambda: driver.line("›WX-001").rstrip().endswith("2026-07-02  ◊ WAT-06  A leak"))
        await driver.press("enter")
        await driver.see("Closes it: a new seal", "finding added (minor): A leak")
        await driver.press("alt+slash")
        await driver.see("Categories", "closes it: a new seal")
        await driver.press("alt+comma")
        assert "Add one to the list: a store, a finding, a file" in driver.line("alt+a ")
