"""Parts of the screens alone, without database and app."""

from datetime import date
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Input

from greenstar.keys import SHOWN
from greenstar.services.evidence.evidence import attach, files_of, of_criterion, set_caption
from greenstar.services.evidence.path_completion import Completion, Match
from greenstar.services.findings.form import fields_of
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui.common.delayed_call import DelayedCall
from greenstar.tui.common.finder import Finder, FinderItem
from greenstar.tui.common.fitted_rows import FittedRows
from greenstar.tui.common.palette import Palette
from greenstar.tui.common.path_field import PathField
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words
from greenstar.tui.evidence.captions import Captions, HalfTypedTexts
from greenstar.tui.findings.fields import FindingFields
from greenstar.tui.stores.stores_screen import StoresScreen
from tests.tui.bare import BareApp, saving_at_once
from tests.tui.conftest import NOON

TODAY = date(2026, 5, 12)
NAMES = ("IMG_1.jpg", "IMG_2.jpg")


def complete(typed: str) -> Completion:
    """Two photographs in a folder."""
    matches = tuple(Match(name, folder=False, text=f"{name} ") for name in NAMES if name.startswith(typed))
    longest = "IMG_" if len(matches) == 2 and typed else typed
    return Completion(typed, max(longest, typed, key=len), matches if typed else ())


async def test_tab_completes_a_path_and_then_leads_into_the_names_that_fit() -> None:
    app = BareApp(PathField(complete, []))
    async with app.run_test(message_hook=app.remember) as pilot:
        field = app.query_one(PathField)
        field.input.focus()
        await pilot.press("I", "tab")
        assert field.text == "IMG_"
        await pilot.press("tab", "down")
        assert field.matches.has_focus
        await pilot.press("escape")
        assert field.input.has_focus
        await pilot.press("tab", "down", "enter", "enter")
        assert [message.text for message in app.of_kind(PathField.Entered)] == ["IMG_2.jpg "]


async def test_the_fields_of_a_finding_let_nobody_on_before_they_are_in_order() -> None:
    fields = FindingFields(fields_of(None), TODAY, TODAY)
    app = BareApp(fields)
    async with app.run_test(message_hook=app.remember) as pilot:
        fields.relabel(app.host.catalogue)
        await pilot.press("2", "enter", "enter", "x", "enter", "enter", "enter", *"2026-13-01", "enter")
        typed = {"severity": "minor", "text": "x", "due": "2026-13-01"}
        assert fields.values == {**fields_of(None), **typed}
        assert fields.first_wrong == "due"
        assert not app.of_kind(FindingFields.Finished)
        await pilot.press("ctrl+u", *"+30", "enter", "enter")
        assert fields.first_wrong is None
        assert len(app.of_kind(FindingFields.Finished)) == 1


async def test_the_finder_gives_the_value_of_what_was_chosen() -> None:
    chosen: list[str | None] = []
    items = [FinderItem("a", "A-1", "Wash bay"), FinderItem("b", "B-1", "Roof", searched="rainwater")]
    app = BareApp()
    async with app.run_test() as pilot:
        app.push_screen(Finder("tui.find_command", items), chosen.append)
        await pilot.pause()
        assert "Enter: choose" in str(app.screen.query_one("#hint", Words).render())
        await pilot.press(*"rain", "enter")
    assert chosen == ["b"]


async def test_a_list_in_a_dialog_has_a_line_a_row_as_far_as_there_is_room_and_is_gone_without_rows() -> None:
    rows = FittedRows(lambda row, _width: Content(str(row)), besides=14)
    app = BareApp(rows)
    async with app.run_test(size=(80, 24)) as pilot:
        for count, lines in ((3, 3), (50, 10), (0, 0)):
            rows.show(range(count))
            await pilot.pause()
            assert (rows.display, rows.size.height) == (bool(count), lines)


async def test_the_palette_lists_the_commands_of_a_screen() -> None:
    chosen: list[str | None] = []
    app = BareApp()
    async with app.run_test() as pilot:
        app.push_screen(Palette(StoresScreen.commands, SHOWN), chosen.append)
        await pilot.pause()
        assert len(app.screen.query_one(Rows).rows) == len(StoresScreen.commands)
        await pilot.press("f2", *"add a store", "enter")
    assert chosen == ["add"]


async def test_what_was_asked_for_twice_is_done_once_and_not_at_all_when_it_is_called_off() -> None:
    calls: list[str] = []
    app = BareApp(Input())
    async with app.run_test() as pilot:
        soon = DelayedCall(app.query_one(Input), lambda: calls.append("done"), 0.01)
        soon.ask()
        soon.ask()
        while not calls:
            await pilot.pause()
        soon.ask()
        soon.cancel()
        await pilot.pause(0.03)
    assert calls == ["done"]


@pytest.fixture
def captioned(workspace: Workspace, tmp_path: Path) -> tuple[Captions, HalfTypedTexts]:
    """What is typed at the first entry of WAT-07."""
    visit = open_visit(workspace, "WX-001")
    visit.put("evidence", "WAT-07", None)
    photo = tmp_path / "meters.jpg"
    photo.write_bytes(b"a photograph")
    attach(visit, "WAT-07", [files_of(visit).take(photo)])
    half_typed = HalfTypedTexts(visit, saving_at_once(workspace))
    half_typed.read()
    return Captions(visit, half_typed, saving_at_once(workspace)), half_typed


async def test_a_caption_that_is_half_typed_outlives_the_screen_and_is_recorded_once(
    workspace: Workspace, captioned: tuple[Captions, HalfTypedTexts]
) -> None:
    visit = open_visit(workspace, "WX-001")
    entry = of_criterion(visit, "WAT-07")[0]
    captions, half_typed = captioned
    captions.typed(entry, "both met")
    half_typed.keep()
    again = HalfTypedTexts(visit, saving_at_once(workspace))
    again.read()
    assert Captions(visit, again, saving_at_once(workspace)).text(entry) == "both met"
    assert await captions.record(entry)
    assert not await captions.record(of_criterion(visit, "WAT-07")[0])
    assert of_criterion(visit, "WAT-07")[0].caption == "both met"


async def test_a_caption_that_another_window_changed_waits_until_someone_insists(
    workspace: Workspace, captioned: tuple[Captions, HalfTypedTexts], database: Path
) -> None:
    visit = open_visit(workspace, "WX-001")
    entry = of_criterion(visit, "WAT-07")[0]
    captions, _ = captioned
    captions.typed(entry, "mine")
    with Workspace.open(database, cycle="2026", assessor="Li", clock=lambda: NOON) as other:
        set_caption(open_visit(other, "WX-001"), entry, "theirs")
    with pytest.raises(Conflict):
        await captions.record(entry)
    theirs = of_criterion(visit, "WAT-07")[0]
    assert not await captions.record(theirs)
    captions.insist()
    assert await captions.record(theirs)
    assert of_criterion(visit, "WAT-07")[0].caption == "mine"
