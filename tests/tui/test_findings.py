"""Findings on the screen: written down in a form, settled with one key, and never lost half typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from greenstar.assessment.model import Finding, Store
from greenstar.errors import StorageError
from greenstar.services.findings.findings import add, change, findings_of, to_settle
from greenstar.services.stores.stores import add_store
from greenstar.services.visit import drafts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs, routes
from greenstar.tui.common.options import OptionField
from greenstar.tui.common.rows import Rows
from greenstar.tui.findings.form import FindingForm
from greenstar.tui.findings.screen import FindingsScreen
from tests.builders import as_written
from tests.tui.conftest import NOON, Open
from tests.tui.driver import Driver

LEAK = Finding("WAT-06", "major", "A leak [/x] 漏水", "New seal", date(2026, 8, 1))


async def show(driver: Driver, visit: OpenVisit, criterion: str = "WAT-06") -> None:
    """Open the findings of a criterion."""
    driver.host.show(routes.FINDINGS, visit, criterion)
    await driver.rest()


def on_disk(visit: OpenVisit) -> list[Finding]:
    """What the database holds."""
    return [as_written(entry.finding) for entry in findings_of(visit)]


def visit_to_new_store(workspace: Workspace, code: str) -> OpenVisit:
    """A visit in which there is no finding yet."""
    add_store(workspace, Store(code, "New"))
    return open_visit(workspace, code)


@contextmanager
def another(database: Path, store: str, cycle: str = "2026") -> Iterator[OpenVisit]:
    """The visit to a store in another window."""
    with Workspace.open(database, cycle=cycle, assessor="Bo", clock=lambda: NOON) as workspace:
        yield open_visit(workspace, store)


# -- the form


async def a_finding_is_written_down_by_keyboard_and_each_field_is_checked_as_it_is_typed(
    driver: Driver, workspace: Workspace
) -> None:
    visit = visit_to_new_store(workspace, "N-0")
    add(visit, LEAK)
    await show(driver, visit)
    await driver.press("alt+a", "enter")
    assert "How serious is it?" in driver.shown  # Enter does not go on before that is said
    await driver.press("2", "enter")
    await driver.type("Oil [/x]")
    await driver.press("enter", "enter")
    await driver.type("Ms Zhang")
    await driver.press("enter")
    assert "2026-06-11 or +30" in driver.shown
    await driver.type("soon")
    assert "soon is no day" in driver.shown
    await driver.press("ctrl+u")
    await driver.type("+30")
    assert "= 2026-06-11" in driver.shown
    await driver.press("down")
    await driver.type("2026-05-13")
    assert "2026-05-13 is still to come" in driver.shown
    await driver.press("enter")
    assert isinstance(driver.app.screen, FindingForm)
    await driver.press("ctrl+u", "enter")
    assert on_disk(visit) == [LEAK, Finding("WAT-06", "minor", "Oil [/x]", due=date(2026, 6, 11), owner="Ms Zhang")]
    assert "Oil [/x]" in driver.line(glyphs.HERE.mark)
    assert "◊ minor" in driver.line("Oil [/x]")
    assert "due 2026-06-11" in driver.line("Oil [/x]")


async def the_arrows_lead_from_field_to_field_and_through_the_lines_of_a_long_text(
    driver: Driver, workspace: Workspace
) -> None:
    visit = visit_to_new_store(workspace, "N-2")
    add(visit, replace(LEAK, text="line\n" * 2 + "line"))
    await driver.pilot.resize_terminal(120, 36)
    await show(driver, visit)
    await driver.press("enter")
    assert driver.app.focused is driver.app.screen.query_one("#text")
    await driver.press("up", "up")
    assert driver.app.focused is driver.app.screen.query_one("#text")
    await driver.press("up")
    assert driver.app.focused is driver.app.screen.query_one(OptionField)
    await driver.press("down", "down", "down")  # the severities are one line, then those of the text
    assert driver.app.focused is driver.app.screen.query_one("#text")
    await driver.press(*["down"] * 4)
    assert driver.app.focused is driver.app.screen.query_one("#closed")


async def what_is_half_typed_is_on_disk_within_half_a_second(
    driver: Driver, workspace: Workspace, database: Path
) -> None:
    visit = visit_to_new_store(workspace, "N-9")
    await show(driver, visit)
    await driver.press("alt+a", "1", "enter")
    await driver.type("A lea")
    with another(database, "N-9") as other:
        identifier = visit.assessment.id
        kept = partial(drafts.kept, other.workspace, "N-9", identifier)
        await driver.until(lambda: "A lea" in kept().get("finding:WAT-06", ""))  # an earlier state may be kept first
        assert kept().keys() == {"finding:WAT-06"}
        assert findings_of(other) == []


async def escape_keeps_what_is_half_typed_and_alt_d_discards_it_when_asked_twice(
    driver: Driver, workspace: Workspace
) -> None:
    visit = visit_to_new_store(workspace, "N-3")
    add(visit, LEAK)
    await show(driver, visit)
    await driver.press("alt+a", "1", "enter")
    await driver.type("Crack")
    await driver.press("escape")
    assert "What is half typed is kept" in driver.shown
    await driver.press("enter")  # another finding: what is half typed comes first
    assert "finish it first" in driver.shown
    await driver.press("alt+d", "x")
    assert "esc: later" in driver.shown
    await driver.press("alt+d")
    assert driver.app.screen.query_one("#text", TextArea).text == "Crackx"
    await driver.press("alt+d")
    assert "discarded" in driver.shown
    assert drafts.kept(workspace, "N-3", visit.assessment.id) == {}
    assert on_disk(visit) == [LEAK]


async def the_language_switches_within_the_form_and_text_and_focus_stay(driver: Driver, workspace: Workspace) -> None:
    await show(driver, visit_to_new_store(workspace, "N-8"))
    await driver.press("alt+a", "3", "down", "down", "down")
    focused = driver.app.focused
    await driver.press("f3")
    assert "严重程度" in driver.shown
    assert driver.app.focused is focused
    assert "● ◦ 观察项" in driver.shown
    await driver.press("f3")


async def a_pasted_novel_is_refused_in_a_sentence_and_escapes_and_markup_are_only_text(
    driver: Driver, workspace: Workspace
) -> None:
    visit = visit_to_new_store(workspace, "N-1")
    await show(driver, visit)
    await driver.press("alt+a", "1", "enter")
    driver.app.screen.query_one("#text").post_message(Paste("[red]A\x1b[2J 💧 تسرب\x00\n" + "novel " * 2000))
    await driver.rest()
    assert "characters are too many" in driver.shown
    driver.app.screen.query_one("#text", TextArea).clear()
    driver.app.screen.query_one("#text").post_message(Paste("[red]A\x1b[2J 💧 تسرب\x00 [/x]"))
    await driver.press("enter", "enter", "enter")
    driver.app.post_message(Paste("\x1b[2J2026-08-01\nmore"))
    await driver.rest()
    assert driver.app.screen.query_one("#due", Input).value == "[2J2026-08-01 more"
    await driver.press("ctrl+u", "enter", "enter")
    assert [finding.text for finding in on_disk(visit)] == ["[red]A[2J 💧 تسرب [/x]"]
    assert "[red]A[2J" in driver.shown


async def what_the_disk_does_not_take_stays_in_the_form_until_it_does(
    driver: Driver, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = visit_to_new_store(workspace, "N-4")

    def full(*_: object, **__: object) -> None:
        raise StorageError("storage.disk_full", file="green.db")

    await show(driver, visit)
    await driver.press("alt+a", "1", "enter")
    with monkeypatch.context() as broken:
        broken.setattr(OpenVisit, "put", full)
        await driver.press(*"Leak", *["enter"] * 5)
        assert "Not saved yet: the disk with green.db is full." in driver.shown
        assert isinstance(driver.app.screen, FindingForm)
        assert "Leak" in driver.shown
    await driver.until(lambda: [finding.text for finding in on_disk(visit)] == ["Leak"])
    await driver.until(lambda: not isinstance(driver.app.screen, FindingForm))


async def test_findings_are_written_down_settled_and_kept_half_typed_and_come_back_after_a_kill(
    screen: Open, workspace: Workspace, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen(size=(80, 24)) as driver:
        await a_finding_is_written_down_by_keyboard_and_each_field_is_checked_as_it_is_typed(driver, workspace)
        await a_pasted_novel_is_refused_in_a_sentence_and_escapes_and_markup_are_only_text(driver, workspace)
        await the_arrows_lead_from_field_to_field_and_through_the_lines_of_a_long_text(driver, workspace)
        await escape_keeps_what_is_half_typed_and_alt_d_discards_it_when_asked_twice(driver, workspace)
        await the_language_switches_within_the_form_and_text_and_focus_stay(driver, workspace)
        await what_the_disk_does_not_take_stays_in_the_form_until_it_does(driver, workspace, monkeypatch)
        await a_finding_is_closed_opened_again_removed_and_brought_back_with_one_key_each(driver, workspace)
        await what_another_window_does_is_seen_and_a_clash_is_told_before_it_is_overwritten(driver, workspace, database)
        await the_findings_of_a_sealed_visit_are_only_looked_at(driver, workspace)
        await what_is_half_typed_is_on_disk_within_half_a_second(driver, workspace, database)
    # nothing of the first window was asked to leave in good order
    async with screen(language="zh") as driver:
        await show(driver, open_visit(workspace, "N-9"))
        assert driver.app.screen.query_one("#text", TextArea).text == "A lea"
        assert "可继续填写" in driver.shown
        await driver.type("k")
        await driver.press("enter")
        await driver.type("Seal")
        await driver.press("escape", "alt+a")
        assert driver.app.focused is driver.app.screen.query_one("#action")
        await driver.press(*["enter"] * 4)
        assert on_disk(open_visit(workspace, "N-9")) == [Finding("WAT-06", "major", "A leak", "Seal")]
        assert drafts.kept(workspace, "N-9", open_visit(workspace, "N-9").assessment.id) == {}


# -- the list


async def a_finding_is_closed_opened_again_removed_and_brought_back_with_one_key_each(
    driver: Driver, workspace: Workspace
) -> None:
    visit = visit_to_new_store(workspace, "N-5")
    add(visit, LEAK)
    await show(driver, visit)
    await driver.press("alt+k")
    assert "closed 2026-05-12" in driver.line("A leak [/x]")
    await driver.press("alt+k")
    assert on_disk(visit) == [LEAK]
    await driver.press("alt+d")
    assert "No finding at WAT-06 so far" in driver.shown
    assert "alt+k" not in driver.shown  # there is none to close
    await driver.press("alt+z")
    assert on_disk(visit) == [LEAK]
    assert "Taken back: WAT-06 finding removed" in driver.shown
    await driver.press("f8")
    assert driver.visit.criterion == "WAT-06"


def _texts(driver: Driver) -> list[str]:
    return [entry.finding.text for entry in driver.app.screen.query_one(Rows).rows]


async def test_open_findings_of_the_last_visit_are_settled_one_after_the_other(
    screen: Open, workspace: Workspace, database: Path
) -> None:
    visit = open_visit(workspace, "WX-001")
    add(visit, LEAK)
    add(visit, replace(LEAK, text="A crack"))
    add(visit, Finding("POL-01", "minor", "No lid"))
    submit(workspace, "WX-001")
    with another(database, "WX-001", "2027") as again:
        async with screen(where=again.workspace, size=(80, 24)) as driver:
            await show(driver, again)
            assert "2026: still open?" in driver.line("◉ major  ")
            assert "Found on 2026-05-12 by A. Assessor" in driver.shown
            await driver.press("enter")
            assert isinstance(driver.app.screen, FindingsScreen)  # it is settled before it is changed
            order = _texts(driver)
            await driver.press("alt+p")
            assert "Still open, a finding of this visit now" in driver.shown
            assert f"(Enter changes it): {LEAK.text}" in driver.told
            await driver.press("alt+p")  # the cursor stays with it
            assert "alt+p is for the open ones of the last visit only" in driver.told
            await driver.press("down", "alt+k")
            assert "Closed today (alt+k opens it again): A crack" in driver.shown
            assert _texts(driver) == order
            assert [(finding.text, finding.closed) for finding in on_disk(again)] == [
                (LEAK.text, None),
                ("A crack", date(2026, 5, 12)),
            ]
            await driver.press("alt+w")
            assert "No lid" in driver.line("POL-01")
            assert [entry.finding.text for entry in to_settle(again)] == ["No lid"]
            assert f"{glyphs.REPEATED.mark} A leak" in driver.shown
            await driver.press("home", "down", "enter")  # the confirmed one
            await driver.type("!")
            await driver.press("up", "2", *["enter"] * 6)
            assert on_disk(again)[0] == replace(LEAK, severity="minor", text=f"{LEAK.text}!")


async def what_another_window_does_is_seen_and_a_clash_is_told_before_it_is_overwritten(
    driver: Driver, workspace: Workspace, database: Path
) -> None:
    visit = visit_to_new_store(workspace, "N-6")
    add(visit, LEAK)
    await show(driver, visit)
    with another(database, "N-6") as other:
        add(other, replace(LEAK, text="A crack"))
        await driver.until(lambda: "A crack" in driver.shown)
        await driver.press("enter")
        await driver.type("!")
        change(other, findings_of(other)[0], replace(LEAK, text="No leak", severity="minor"))
        await driver.press(*["enter"] * 5)
        told = driver.told
        assert "Another window changed it meanwhile: minor, due 2026-08-01: No leak (Bo, 12:00:00)" in told
        assert on_disk(other)[0].severity == "minor"
        await driver.press("enter")
        assert [finding.text for finding in on_disk(other)] == [LEAK.text + "!", "A crack"]


async def the_findings_of_a_sealed_visit_are_only_looked_at(driver: Driver, workspace: Workspace) -> None:
    visit = visit_to_new_store(workspace, "N-7")
    add(visit, LEAK)
    submit(workspace, "N-7")
    await show(driver, open_visit(workspace, "N-7"))
    for key in ("alt+a", "enter", "alt+d", "alt+z"):
        await driver.press(key)
        assert "can only be read" in driver.shown
    assert "alt+k closes it with proof" in driver.told
    await driver.press("alt+k")
    assert "can only be read" not in driver.shown
    assert "N-7: this finding is closed with proof" in driver.shown
    assert on_disk(visit) == [LEAK]
