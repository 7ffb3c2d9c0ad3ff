"""Keys on the screen: the leader and its menu, the way out and on, esc and tab, and keys that a user has set."""

from pathlib import Path

from greenstar.i18n.catalogue import LANGUAGES
from greenstar.services.settings.settings import config_file
from greenstar.services.workspace import Workspace
from greenstar.tui.checklist.screen import ChecklistScreen
from greenstar.tui.common.help import HelpScreen
from greenstar.tui.findings.screen import FindingsScreen
from greenstar.tui.settings.screen import SettingsScreen
from greenstar.tui.shell.leader import LeaderMenu
from greenstar.tui.stores.stores_screen import StoresScreen
from greenstar.tui.visit.reason_dialog import ReasonDialog
from tests.tui.conftest import Open
from tests.tui.driver import Driver

SMALL = (80, 24)


async def the_leader_and_a_letter_do_what_the_key_does_and_its_menu_shows_them(driver: Driver) -> None:
    await driver.open_visit("HF-002")
    await driver.go_to("WAT-06", "wash_fresh_m3")
    await driver.press("ctrl+g", "ctrl+g")  # at once, as one asks for it
    assert "n     needs" in driver.shown
    assert "=     leave" in driver.shown
    await driver.press("escape")
    assert not driver.app.screen.query(LeaderMenu)
    await driver.press("ctrl+g", "F", "escape")  # as under Caps Lock
    await driver.press("ctrl+g")
    await driver.until(lambda: bool(driver.app.screen.query(LeaderMenu)), why="it comes by itself")
    await driver.press("7", "ctrl+g", "escape", "x")  # called off, it takes nothing
    assert driver.visit.page.note.area.text == "x"
    await driver.press("ctrl+g", "é")
    assert "ctrl+g é does nothing. f1 lists the keys." in driver.shown
    await driver.press("ctrl+g", "number_sign")
    assert "ctrl+g # does nothing." in driver.shown
    await driver.press("ctrl+g", "k")
    assert "ctrl+g k (close) does nothing here; it works in: findings." in driver.shown
    await driver.press("ctrl+g", "4")
    assert isinstance(driver.app.screen, ReasonDialog)
    await driver.press("ctrl+g", "left")
    assert driver.visit.criterion == "WAT-06"
    await driver.press("ctrl+g", "6")
    assert isinstance(driver.app.screen, FindingsScreen)
    await driver.press("ctrl+g", "left", "ctrl+g", "1")
    assert isinstance(driver.app.screen, HelpScreen)
    await driver.press("ctrl+g", "left")
    await driver.press("ctrl+g", "equals_sign")
    assert isinstance(driver.app.screen, ChecklistScreen)


async def esc_and_tab_go_one_step_and_a_key_without_work_here_says_where_it_has(driver: Driver) -> None:
    await driver.open_visit("HF-002")
    await driver.pilot.resize_terminal(*SMALL)
    await driver.rest()
    await driver.go_to("WAT-06", "wash_total_m3")
    await driver.press("f7", "f7", "escape")
    assert driver.field("wash_total_m3").editor.has_focus
    await driver.press("f7", "f6")  # Textual's own text areas take it to select a line
    assert isinstance(driver.app.screen, FindingsScreen)
    await driver.press("f4")
    assert "f4 (n/a) does nothing here; it works in: a visit." in driver.shown
    await driver.press("escape")
    assert driver.visit.page.note.area.has_focus
    await driver.press("tab")
    assert driver.visit.page.focused_field() is driver.visit.page.fields()[0]
    await driver.press("shift+tab")
    assert driver.visit.page.note.area.has_focus
    await driver.press("alt+t", "alt+k")
    assert "does nothing here" in driver.shown
    await driver.press("down")
    assert driver.visit.criterion != "WAT-06"
    assert "does nothing here" not in driver.shown  # that was said of another page
    await driver.press("tab")
    assert driver.visit.page.focused_field() is not None
    await driver.press("escape")
    assert isinstance(driver.app.screen, StoresScreen)


async def the_way_out_and_on_are_shown_however_narrow_the_window(driver: Driver) -> None:
    for _ in LANGUAGES:
        assert lacking(driver, "f1", "enter", "f8", "ctrl+q") == []
        driver.host.show_visit("HF-002")
        await driver.rest()
        assert lacking(driver, "f8", "f12", "esc") == []
        for key, ways in (("f12", ("enter", "f12", "esc")), ("f5", ("enter", "esc"))):
            await driver.press(key)
            assert lacking(driver, *ways) == [], key
            await driver.press("escape")
        await driver.pilot.resize_terminal(*SMALL)
        await driver.rest()
        assert lacking(driver, "f4", "f5", "f6", "f8", "f9", "f12", "esc") == []
        await driver.pilot.resize_terminal(60, 24)
        await driver.press("escape", "f3")


async def test_the_way_out_and_on_the_leader_esc_and_tab_do_what_is_shown(screen: Open) -> None:
    async with screen(size=(60, 24)) as driver:
        await the_way_out_and_on_are_shown_however_narrow_the_window(driver)
        await esc_and_tab_go_one_step_and_a_key_without_work_here_says_where_it_has(driver)
        await the_leader_and_a_letter_do_what_the_key_does_and_its_menu_shows_them(driver)


def lacking(driver: Driver, *keys: str) -> list[str]:
    """Those of the keys that the last line does not show."""
    return [key for key in keys if key not in driver.shown.splitlines()[-1]]


async def test_keys_of_the_file_work_and_are_shown_everywhere_and_what_is_wrong_there_is_told(screen: Open) -> None:
    config_file().parent.mkdir(exist_ok=True)
    config_file().write_text(
        'look = "drak"\n[keys]\nnote = "alt+7"\nleader = "ctrl+t"\nfind = "esc"\n', encoding="utf-8"
    )
    async with screen("HF-002", size=(120, 36)) as driver:
        assert "config.toml:1:8: drak is none of" in driver.told
        assert "And 1 more; alt+, shows them. The defaults hold." in driver.told
        await driver.go_to("WAT-06")
        await driver.press("f7")
        assert not driver.visit.page.note.area.has_focus
        await driver.press("alt+7", "x", "escape", "ctrl+t", "7")
        assert driver.visit.page.note.area.text == "x"
        assert "alt+7 note" in driver.shown
        await driver.press("f1")
        assert "alt+7     ctrl+t 7" in driver.shown
        await driver.press("escape", "alt+comma")
        assert isinstance(driver.app.screen, SettingsScreen)
        assert "config.toml:5:8: esc types, edits or moves" in driver.told


async def test_settings_are_changed_on_the_screen_and_written_on_the_spot(
    screen: Open, tmp_path: Path, workspace: Workspace
) -> None:
    assert workspace.assessor
    async with screen(size=(100, 30)) as driver:

        async def told(sentence: str) -> None:
            await driver.until(lambda: sentence in driver.shown)  # once it is written

        await driver.press("alt+comma", "enter", *"zh", "ctrl+u", *"中文", "enter")
        await told("设置")
        assert 'language = "zh"' in config_file().read_text(encoding="utf-8")
        await driver.press("enter", *"English", "enter")
        await told("Settings")
        await driver.press("down", "enter", *"light", "enter")
        await told("Look: light. It is kept in the settings file.")
        assert driver.app.theme == "light"
        await driver.press("down", "enter", *"plain", "enter")
        await told("Signs: plain. It holds from the next start.")
        await driver.press("down", "enter", *"Ada Li", "enter")
        await told("Your name: Ada Li.")
        await driver.press("down", "enter", *str(tmp_path / "none"), "enter")
        await told("is no folder at the moment")
        await driver.press("down", "enter", *"off", "enter")
        await told("Signing: off. It is kept in the settings file.")
        await driver.press("down", "enter", *"write a note", "enter", "f5")
        assert "f5 is the key of evidence already" in driver.shown
        await driver.press("x")
        assert "x types, edits or moves" in driver.shown
        await driver.press("alt+7")
        await told("note: alt+7, ctrl+g 7.")
        text = config_file().read_text(encoding="utf-8")
        assert 'assessor = "Ada Li"' in text
        assert 'note = "alt+7"' in text
        await driver.press("enter", *"write a note", "enter", "backspace")
        await told("note: f7, ctrl+g 7.")
        config_file().write_text("look = ", encoding="utf-8")
        await driver.press("home", "enter", "enter")
        await told("Nothing was written")
