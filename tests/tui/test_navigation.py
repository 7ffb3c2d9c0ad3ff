"""Finding one's way: the filters, the finder, help, the language, the mouse, and windows too small to work in."""

from collections.abc import Sequence

import pytest
from textual.events import Key, MouseScrollDown
from textual.widgets import Input
from textual.widgets.input import Selection

from greenstar.i18n.catalogue import LANGUAGES
from greenstar.services.stores.stores import find_store
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs
from greenstar.tui.common.finder import Finder
from greenstar.tui.common.options import OptionField
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.search import Searcher
from greenstar.tui.history.screen import HistoryScreen
from greenstar.tui.stores.store_screen import StoreScreen
from greenstar.tui.stores.stores_screen import StoresScreen
from greenstar.tui.visit.question_field import QuestionField
from tests.tui.conftest import HOSTILE, Open
from tests.tui.driver import Driver

# -- the filter of the tree


async def ask_for_filter(driver: Driver, *keys: str) -> None:
    await driver.press("alt+o", *keys)


async def a_filter_leaves_out_criteria_and_headings_and_says_how_many_are_left_or_that_there_are_none(
    driver: Driver,
) -> None:
    outline, here = driver.visit.outline, driver.visit.criterion
    whole = outline.order()
    await ask_for_filter(driver, "3")
    assert outline.filter == "prerequisites"
    only = [name for name in whole if driver.visit.session.scheme.criteria[name].prerequisite]
    assert outline.visible_order() == only
    assert outline.order() == whole
    assert f"prerequisites: {len(only)}/{len(whole)}" in driver.shown
    assert "Showroom" not in driver.shown
    assert driver.visit.criterion == here
    await ask_for_filter(driver, "1")
    assert "Showroom" in driver.shown
    outline.show_only("flagged")
    await driver.rest()
    assert "flagged: 0/" in driver.shown
    assert "There are none." in driver.shown
    await driver.press("f3")
    assert "没有这样的条款。" in driver.shown
    await ask_for_filter(driver, "1")
    assert "没有这样的条款。" not in driver.shown
    await driver.press("f3")


async def the_tree_marks_flags_and_findings_and_an_answered_criterion_leaves_the_open_ones_but_not_the_page(
    driver: Driver,
) -> None:
    await driver.go_to("MGT-03")
    driver.visit.outline.show_marks({"MGT-01"}, {"MGT-01", "MGT-02"})
    await driver.rest()
    assert "⚑❖" in driver.line("MGT-01")[:24]
    assert "❖" in driver.line("MGT-02")[:24]
    assert "⚑" not in driver.line("MGT-02")[:24]
    await driver.go_to("MGT-P1", "permits_ok")
    await driver.press("backspace")
    await ask_for_filter(driver, "2")
    assert "MGT-P1" in driver.visit.outline.visible_order()
    await driver.press("y")
    assert "MGT-P1" not in driver.visit.outline.visible_order()
    assert driver.visit.criterion == "MGT-P1"
    await driver.press("alt+down")
    assert driver.visit.criterion == "MGT-P2"
    await ask_for_filter(driver, "1")


async def what_does_not_fit_is_cut_in_sight_and_keys_are_left_out_from_the_end(driver: Driver) -> None:
    await driver.pilot.resize_terminal(60, 24)
    await driver.rest()
    keys = driver.shown.splitlines()[-1].split()[::2]
    assert keys == ["f1", "f4", "f8", "f9", "f12", "esc"]
    await driver.press("f10")
    assert "with the… f4 " in driver.line("Mark the criterion")
    await driver.press("escape")
    await driver.pilot.resize_terminal(80, 24)
    await driver.rest()
    assert {"f8", "f9", "f12", "esc"} < {*driver.shown.splitlines()[-1].split()}


# -- the finder

TEXTS = [
    (["WAT-06", "Wash-water recycling rate", "洗车水循环利用率"], ["Read both meters", "抄读两块水表"]),
    (["WST-03", "Waste oil is recovered", "废机油回收"], ["Months of reuse of wash water"]),
    (["ENE-01", "Energy per area", "单位面积能耗"], ["Water heater"]),
]


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("recycling", [0]),
        ("recyling", [0]),
        ("rcyclng", [0]),
        ("recyclnig", [0]),
        ("wat06", [0]),
        ("ＷＡＴ－06", [0]),
        ("re\u200bcycling", [0]),
        ("\u2060废机\ufeff油", [1]),
        ("water wash", [0, 1]),
        ("meters", [0]),
        ("water", [0, 1, 2]),
        ("循环利用", [0]),
        ("洗车利用", [0]),
        ("废机由", [1]),
        ("volcano", []),
        ("火山", []),
        ("[/x]", []),
    ],
)
def test_whole_words_are_found_first_then_parts_then_words_with_a_slip(typed: str, hits: Sequence[int]) -> None:
    assert [hit.index for hit in Searcher(TEXTS).find(typed)] == hits


def test_a_pasted_page_is_no_search_and_takes_no_time() -> None:
    assert Searcher(TEXTS).find("qx jk " * 100_000) == []


async def the_finder_shows_where_it_matched_or_that_nothing_did_and_the_palette_reads_both_languages(
    driver: Driver,
) -> None:
    await driver.press("f10")
    await driver.type("评分表")
    assert "The scorecard of this visit" in driver.shown
    await driver.press("escape", "f9")
    await driver.type("recyling")
    assert "Wash bay" in driver.line("Wash-water recycling rate")
    await driver.type(" zzzz")
    assert "Nothing found." in driver.shown
    await driver.press("enter")
    assert isinstance(driver.app.screen, Finder)
    await driver.press("ctrl+u")
    await driver.type("ic card")
    await driver.press("f3")
    assert "输入" in driver.shown
    assert driver.app.screen.query_one(Input).value == "ic card"
    await driver.press("f3", "escape")


# -- the list of stores


async def the_stores_are_narrowed_by_status_level_and_cycle_and_the_head_line_says_so(driver: Driver) -> None:
    await driver.press("alt+o", *"draft", "enter")
    assert "draft" in driver.line("Search")
    assert "SH-004" not in driver.shown
    await driver.press("alt+o", *"any status", "enter", "alt+o", *"submitted", "enter")
    assert "submitted" in driver.line("Search")
    assert "1 store" in driver.line("Search")
    await driver.press("alt+o", *"level", "enter", "alt+o", *"2026", "enter")
    assert "2026" in driver.line("Search")
    assert "SH-004" in driver.shown
    await driver.press("escape")
    assert "WX-001" in driver.shown
    await driver.press("alt+o", *"no visit status", "enter")
    assert "no visit" in driver.line("Search")
    assert HOSTILE in driver.shown
    await driver.press("escape")


# -- a new store


async def each_field_of_a_new_store_is_checked_as_it_is_left(driver: Driver, workspace: Workspace) -> None:
    await driver.press("alt+a")
    await driver.type("wx-001")
    await driver.press("down")
    assert "There is a store WX-001 already" in driver.shown
    await driver.press("down", "up", "up")
    assert "Name is needed" in driver.shown
    await driver.press("f3")
    assert "须填写名称" in driver.shown
    code = driver.app.screen.query_one("#code", Input)
    assert (code.value, code.has_focus) == ("wx-001", True)
    await driver.type("-b")
    assert "WX-001 已存在" not in driver.shown
    await driver.press("enter")
    await driver.type("新店")
    await driver.press("enter", "enter", "enter")
    assert find_store(workspace, "wx-001-b").name == "新店"
    await driver.press("f3", "escape")


async def escape_asks_once_before_it_loses_a_new_store_that_is_half_typed(driver: Driver) -> None:
    await driver.press("alt+a", "N", "escape")
    assert "esc again leaves" in driver.shown
    await driver.type("B")
    assert "esc again leaves" not in driver.shown
    await driver.press("escape", "escape")
    assert isinstance(driver.app.screen, StoresScreen)


# -- the language, everywhere


async def shown_in_both_ways(driver: Driver, *keys: str, back: int = 1) -> tuple[str, str, str]:
    """What a screen shows in English, after switching to Chinese, and opened in Chinese."""
    await driver.press(*keys)
    await driver.done()
    english = driver.shown
    focused = driver.app.focused.id if driver.app.focused is not None else None
    await driver.press("f3")
    await driver.done()
    switched = driver.shown
    assert (driver.app.focused.id if driver.app.focused is not None else None) == focused
    await driver.press(*["escape"] * back)
    await driver.press(*keys)
    await driver.done()
    opened = driver.shown
    await driver.press("f3", *["escape"] * back)
    return english, switched, opened


async def test_switched_to_chinese_a_screen_shows_what_it_shows_when_opened_in_it(screen: Open) -> None:
    from_the_stores = [("alt+a",), ("f10", *"rank"), ("enter",), ("alt+r",), ("f1",)]
    from_a_visit = [("f4",), ("f9", *"meter", "down", "down"), ("alt+o", "down"), ("alt+c",)]
    async with screen() as driver:
        for store, ways in ((None, from_the_stores), ("HF-002", from_a_visit)):
            if store is not None:
                await driver.open_visit(store)
                await driver.go_to("WST-01")
            for keys in ways:
                english, switched, opened = await shown_in_both_ways(driver, *keys)
                assert switched == opened, keys
                assert switched != english, keys


# -- typing ahead


async def keys_that_follow_each_other_at_once_keep_their_order(driver: Driver) -> None:
    await driver.press("alt+f")
    app = driver.app
    assert isinstance(app.screen, StoreScreen)
    app.screen._ask("floor_area_m2")
    app.screen.query_one(QuestionField).enter()
    await driver.rest()
    for key, character in (("ctrl+u", None), ("1", "1"), ("2", "2"), ("backspace", None), ("3", "3")):
        app.post_message(Key(key, character))
    await driver.rest()
    assert app.screen.query_one(QuestionField).query_one(Input).value == "13"
    await driver.press("escape")


# -- the mouse


async def the_mouse_opens_headings_chooses_criteria_and_presses_keys(driver: Driver) -> None:
    await driver.go_to("MGT-P1")
    lines = driver.shown.splitlines()
    heading = next(at for at, line in enumerate(lines) if "Showroom" in line)
    await driver.pilot.click(offset=(6, heading))
    await driver.rest()
    assert "▾ Showroom" in driver.shown
    driver.visit.outline.show_only("prerequisites")
    await driver.rest()
    lines = driver.shown.splitlines()
    wanted = next(at for at, line in enumerate(lines) if "MGT-P2" in line[:24])
    await driver.pilot.click(offset=(6, wanted))
    await driver.rest()
    assert driver.visit.criterion == "MGT-P2"
    keys = driver.shown.splitlines()[-1]
    await driver.pilot.click(offset=(keys.index("find "), 23))
    await driver.rest()
    row = next(at for at, line in enumerate(driver.shown.splitlines()) if "MGT-02" in line)
    await driver.pilot.click(offset=(20, row))
    await driver.rest()
    assert driver.visit.criterion == "MGT-02"


def place_of(driver: Driver, words: str) -> tuple[int, int]:
    """Where some words are on the terminal, none of them wide, and nothing wide before them."""
    return next((line.index(words), row) for row, line in enumerate(driver.shown.splitlines()) if words in line)


async def a_click_on_the_language_the_leader_menu_and_the_keys_of_a_dialog_is_as_good_as_the_key(
    driver: Driver,
) -> None:
    await driver.pilot.click("#title", offset=(78, 0))
    await driver.rest()
    assert driver.host.catalogue.language == "zh"
    await driver.press("f3", "ctrl+g", "ctrl+g")
    await driver.pilot.click(offset=place_of(driver, "history"))
    await driver.rest()
    assert isinstance(driver.app.screen, HistoryScreen)
    assert "ctrl+g, then" not in driver.shown
    await driver.press("escape")
    await driver.go_to("WAT-06")
    await driver.press("f4", *"Leased from a neighbour")
    await driver.pilot.click(offset=place_of(driver, "Enter: not applicable"))
    await driver.rest()
    assert "Leased from a neighbour" in driver.said
    await driver.press("alt+z", "f9")
    await driver.pilot.click(offset=place_of(driver, "esc: back"))
    await driver.rest()
    assert not isinstance(driver.app.screen, Finder)


async def the_wheel_scrolls_lists(driver: Driver) -> None:
    await driver.press("f9")
    rows = driver.app.screen.query_one(Rows)
    await driver.pilot._post_mouse_events([MouseScrollDown], rows)
    await driver.rest()
    assert rows.scroll_y > 0
    await driver.press("escape")


async def a_click_on_enter_in_the_key_line_opens_what_is_under_the_cursor(driver: Driver) -> None:
    await driver.pilot.click(offset=place_of(driver, "enter open"))
    await driver.rest()
    assert isinstance(driver.app.screen, StoreScreen)
    await driver.press("escape")


async def a_click_goes_into_a_field(driver: Driver) -> None:
    await driver.press("alt+a")
    await driver.pilot.click("#city")
    assert driver.app.screen.query_one("#city").has_focus
    await driver.press("escape")


# -- windows too small


async def a_tiny_window_says_what_it_needs_and_loses_nothing(driver: Driver) -> None:
    for keys, back in ((("enter",), 1), (("f1",), 1), (("f10", "n"), 1), (("alt+a", "N"), 2)):
        await driver.press(*keys)
        before = driver.shown
        await driver.pilot.resize_terminal(20, 5)
        await driver.rest()
        assert "60 x 18" in driver.shown, keys
        assert "lost" in driver.shown, keys
        await driver.press(*["f3"] * len(LANGUAGES))
        await driver.pilot.resize_terminal(80, 24)
        await driver.rest()
        assert driver.shown == before, keys
        await driver.press(*["escape"] * back)
    await driver.press("ctrl+g", "ctrl+g")  # nor does the leader's menu stand in its place
    await driver.pilot.resize_terminal(20, 5)
    await driver.rest()
    assert "60 x 18" in driver.shown
    await driver.press("escape")
    await driver.pilot.resize_terminal(80, 24)


async def test_one_finds_ones_way_among_the_stores(screen: Open, workspace: Workspace) -> None:
    async with screen(size=(80, 24)) as driver:
        await the_stores_are_narrowed_by_status_level_and_cycle_and_the_head_line_says_so(driver)
        await escape_asks_once_before_it_loses_a_new_store_that_is_half_typed(driver)
        await a_click_on_enter_in_the_key_line_opens_what_is_under_the_cursor(driver)
        await a_click_goes_into_a_field(driver)
        await a_tiny_window_says_what_it_needs_and_loses_nothing(driver)
        await each_field_of_a_new_store_is_checked_as_it_is_left(driver, workspace)


async def f3_keeps_the_cursor_among_options_the_selection_in_a_field_and_the_place_in_a_list(driver: Driver) -> None:
    await driver.go_to("MGT-01")
    options = driver.app.focused
    assert isinstance(options, OptionField)
    options.at = 0
    await driver.press("down", "f3")
    assert (options.at, options.has_focus) == (1, True)
    await driver.go_to("WAT-06", "wash_total_m3")
    field = driver.field("wash_total_m3").query_one(Input)
    field.selection = Selection(1, 3)
    await driver.press("f3")
    assert (field.selection, field.has_focus) == (Selection(1, 3), True)
    await driver.press("f1", "down", "down", "f3")
    assert driver.app.screen.query_one("#body").scroll_y == 2


async def test_one_finds_ones_way_in_a_visit_by_marks_and_the_finder_in_either_language(screen: Open) -> None:
    async with screen("WX-001", size=(80, 24)) as driver:
        await what_does_not_fit_is_cut_in_sight_and_keys_are_left_out_from_the_end(driver)
        await the_tree_marks_flags_and_findings_and_an_answered_criterion_leaves_the_open_ones_but_not_the_page(driver)
        await the_finder_shows_where_it_matched_or_that_nothing_did_and_the_palette_reads_both_languages(driver)
        await keys_that_follow_each_other_at_once_keep_their_order(driver)
        await f3_keeps_the_cursor_among_options_the_selection_in_a_field_and_the_place_in_a_list(driver)
        await the_list_of_stores_has_its_cursor_at_the_store_one_comes_from(driver)


async def the_list_of_stores_has_its_cursor_at_the_store_one_comes_from(driver: Driver) -> None:
    for code, keys in (("HF-002", ("alt+s",)), ("WX-001", ("escape",))):
        await driver.open_stores()
        await driver.open_visit(code)
        await driver.press(*keys)
        assert driver.app.screen.query_one(Rows).row.store.code == code


async def a_page_opens_at_its_top_unless_its_question_has_no_room_and_follows_the_cursor(driver: Driver) -> None:
    await ask_for_filter(driver, "1")
    paper = driver.visit.page.paper
    for criterion in ("POL-P1", "MGT-02", "BLD-01"):
        await driver.go_to(criterion)
        assert (criterion, paper.scroll_offset.y) == (criterion, 0)
        assert "Look" in driver.said
        assert glyphs.HERE.mark in driver.said
    await driver.go_to("WST-01")
    field = driver.visit.page.focused_field()
    assert field is not None
    assert field.editor.region.bottom == paper.region.bottom  # all eleven options are worth a line of the guidance
    await driver.pilot.resize_terminal(60, 20)
    await driver.rest()
    assert field.region.y == paper.region.y  # more lines than there is room for: from the question on
    await driver.press(*["down"] * (len(field.options.choices) - 1))
    assert field.region.y < paper.region.y
    assert glyphs.HERE.mark in driver.said
    for criterion in ("MGT-P1", "POL-P1"):
        await driver.go_to(criterion)
        assert "y ○ yes" in driver.said.replace("●", "○"), criterion


async def the_field_that_is_typed_in_stays_in_sight_however_the_window_is_resized(driver: Driver) -> None:
    await driver.go_to("WAT-07", "wash_makeup_m3")
    await driver.press(*"1212121212")
    for columns, lines in ((60, 18), (20, 5), (200, 50), (60, 18), (80, 24)):
        await driver.pilot.resize_terminal(columns, lines)
        await driver.rest()
        assert columns == 20 or " 1212121212 " in driver.said, (columns, lines)
    await driver.press(*["backspace"] * 10)


async def test_one_finds_ones_way_in_a_visit_by_filters_the_mouse_and_the_wheel(screen: Open) -> None:
    async with screen("HF-002", size=(80, 24)) as driver:
        await a_filter_leaves_out_criteria_and_headings_and_says_how_many_are_left_or_that_there_are_none(driver)
        await the_mouse_opens_headings_chooses_criteria_and_presses_keys(driver)
        await a_click_on_the_language_the_leader_menu_and_the_keys_of_a_dialog_is_as_good_as_the_key(driver)
        await the_wheel_scrolls_lists(driver)
        await a_page_opens_at_its_top_unless_its_question_has_no_room_and_follows_the_cursor(driver)
        await the_field_that_is_typed_in_stays_in_sight_however_the_window_is_resized(driver)
