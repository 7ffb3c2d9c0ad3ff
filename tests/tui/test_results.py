"""What came of the visits: scorecard, ranking, and two stores side by side."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from greenstar.assessment.model import Store
from greenstar.ranking.league import Ranking
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.scorecard import summary
from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.previous import Previous
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs, routes
from greenstar.tui.common.drawing import range_line, share_line
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.score_lines import moved, since
from greenstar.tui.results.comparison_screen import CompareScreen
from greenstar.tui.results.ranking_lines import LeagueColumns
from greenstar.tui.results.ranking_panel import RankingPanel
from greenstar.tui.results.ranking_rows import LeagueRows
from greenstar.tui.results.ranking_screen import RankingScreen
from greenstar.tui.stores.store_screen import StoreScreen
from tests.tui.conftest import HOSTILE, NOON, Open
from tests.tui.driver import Driver

SMALL, LARGE = (80, 24), (120, 36)
EVERYTHING = (120, 400)  # a window in which nothing has to be scrolled


@pytest.fixture
def last_cycle(database: Path) -> Iterator[Workspace]:
    """The same database, a year before."""
    with Workspace.open(database, cycle="2025", assessor="A. Assessor", clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def before(workspace: Workspace, last_cycle: Workspace) -> None:
    """WX-001 was visited in 2025 as well, and had no meter reading in the wash bay then."""
    earlier, now = open_visit(last_cycle, "WX-001"), open_visit(workspace, "WX-001")
    for name, value in now.visit.answers.items():
        if name not in {"wash_total_m3", "wash_fresh_m3"}:
            earlier.answer(name, value)
    submit(last_cycle, "WX-001")


@pytest.fixture
def three(workspace: Workspace) -> None:
    """Three stores have been submitted; the names of two of them look like markup."""
    submit(workspace, "WX-001")
    open_visit(workspace, "AX-1")
    submit(workspace, "AX-1")


async def stand_at(driver: Driver, code: str) -> None:
    """Put the cursor on a store of the ranking."""
    rows = driver.app.screen.query_one(LeagueRows)
    rows.put_cursor(
        next(place for place, row in enumerate(rows.rows) if isinstance(row, RankedStore) and row.store == code)
    )
    await driver.rest()


def figures(text: str) -> list[str]:
    """The signed figures at the ends of lines."""
    return [match[1] for line in text.splitlines() if (match := re.search(r"  ([+-][0-9.]+|0)\s*│?\s*$", line))]


# -- the scorecard, and the score beside the page ----------------------------------------------------------------


async def the_last_cycle_is_marked_on_the_bars_and_told_in_figures(driver: Driver) -> None:
    for legend in ("percentage points since 2025", "较 2025 变化"):
        panel = driver.shown
        assert re.search(r"WAT .* \+\d", driver.line("WAT "))
        assert re.search(r"ENE .* =", panel)
        await driver.press("alt+c")
        assert legend in driver.shown
        assert re.search(rf"WAT .*{glyphs.LAST.mark}.* %  .*\+\d", driver.line("WAT  "))
        await driver.press("escape", "f3")


async def without_a_last_cycle_nothing_is_said_of_one(driver: Driver) -> None:
    await driver.open_visit("HF-002")
    assert "+" not in driver.line("WAT ").split("WAT ")[1]
    await driver.press("alt+c")
    assert "percentage points" not in driver.shown
    assert glyphs.LAST.mark not in driver.line("WAT  ")


def test_a_category_with_something_open_has_not_moved_yet(workspace: Workspace) -> None:
    previous = Previous("2025", "A. Assessor", None, {}, shares={"ENE": Fraction(9, 10), "WAT": Fraction(9, 10)})
    visit = open_visit(workspace, "WX-001")

    def told() -> dict[str, str]:
        return {
            group.id: since(visit.scheme, visit.scorecard, group, previous).plain
            for group in summary(visit.scheme, visit.scorecard).groups
        }

    before = told()
    assert before["ENE"]
    assert before["WAT"]
    visit.answer("wash_total_m3", None)
    assert told() == {**before, "WAT": ""}


@pytest.mark.parametrize(
    ("share", "earlier", "told"),
    [("1/2", "1/2", "="), ("0.9", "0.86", "+4"), ("0.1", "0.17", "-7"), ("0.504", "1/2", "+0.4"), ("1/2", None, "")],
)
def test_a_step_is_told_in_percentage_points(share: str, earlier: str | None, told: str) -> None:
    assert moved(Fraction(share), None if earlier is None else Fraction(earlier)).plain == told


def test_the_mark_on_a_bar_stands_where_the_share_was() -> None:
    lines = [share_line(0.5, 4, earlier=earlier).plain for earlier in (0, 0.24, 0.5, 0.99, 1)]
    assert [line.index(glyphs.LAST.mark) for line in lines] == [0, 0, 2, 3, 3]


async def a_click_on_a_criterion_unfolds_it_and_one_on_a_category_does_not(driver: Driver) -> None:
    await driver.open_visit("WX-001")
    await driver.press("alt+c")
    rows = driver.app.screen.query_one(Rows)
    places = {line: driver.shown.splitlines().index(driver.line(line)) for line in ("MGT  ", "MGT-P1")}
    top = rows.region.y
    for name, unfolded in (("MGT  ", False), ("MGT-P1", True), ("MGT-P1", False)):
        await driver.pilot.click(Rows, offset=(20, places[name] - top))
        await driver.rest()
        assert ("permits_ok" in driver.shown) is unfolded


# -- the ranking -------------------------------------------------------------------------------------------------


async def a_ranking_is_read_once_its_frame_is_painted(driver: Driver) -> None:
    widths: list[int] = []

    def noted(*arguments: Any, **named: Any) -> Ranking:
        widths.append(driver.app.screen.query_one(LeagueRows).size.width)
        return shown_league(*arguments, **named)

    with patch("greenstar.tui.results.ranking_reading.shown_league", noted):
        driver.host.show(routes.RANKING, driver.host.workspace)
        await driver.rest()
    assert len(widths) == 1
    assert widths[0] > 0  # it was laid out before


async def region_and_level_narrow_the_ranking_and_are_told(driver: Driver) -> None:
    await driver.open_stores()
    await driver.press("alt+r")
    assert "3 stores   Region all   Level all" in driver.shown
    codes = _codes(driver)
    await driver.press("alt+o", *"no level", "enter")
    assert "Level all" not in driver.shown
    assert "of 3 stores" in driver.shown
    narrowed = _codes(driver)
    assert 0 < len(narrowed) < 3
    assert _ranks(driver) == [str(codes.index(code) + 1) for code in narrowed]
    region = driver.app.screen.query_one(LeagueRows).stores[0].region
    await driver.press("alt+o", *f"{region} region", "enter")
    assert "ranks within the region" in driver.shown
    assert "Region all" not in driver.shown
    await driver.press("alt+o", *"any level", "enter", "alt+o", *"any region", "enter")
    assert _codes(driver) == codes


def _codes(driver: Driver) -> list[str]:
    return [store.store for store in driver.app.screen.query_one(LeagueRows).stores]


def _ranks(driver: Driver) -> list[str]:
    return [str(store.rank) for store in driver.app.screen.query_one(LeagueRows).stores]


async def another_cycle_is_ranked_and_its_visits_are_not_mixed_up_with_this_ones(driver: Driver) -> None:
    await driver.open_stores()
    await driver.press("alt+r", "alt+o", *"2025", "enter")
    assert "Ranking   2025" in driver.shown
    assert _codes(driver) == ["WX-001"]
    await driver.press("f8")
    assert "This is of the cycle 2025" in driver.shown
    assert isinstance(driver.app.screen, RankingScreen)
    await driver.press("enter")
    assert isinstance(driver.app.screen, StoreScreen)
    await driver.press("escape", "alt+o", *"2026", "enter")
    assert "Ranking   2026" in driver.shown


@pytest.mark.usefixtures("before")
async def test_an_empty_ranking_names_the_cycles_that_have_one(screen: Open, database: Path) -> None:
    with Workspace.open(database, cycle="2027", assessor="A. Assessor", clock=lambda: NOON) as later:
        async with screen(language="zh", where=later, size=SMALL) as driver:
            await driver.press("alt+r")
            assert "按 alt+o：2027 的草稿也参与排名。" in driver.shown
            assert "按 alt+o：查看 2026、2025 的排名。" in driver.shown


async def wide_windows_have_the_range_of_a_place_beside_the_points(driver: Driver) -> None:
    await driver.open_stores()
    await driver.press("alt+r")
    await driver.see("± 20 % on each weight: always this place; first 10: 100 %")
    place = range_line(1, 1, 1, 1, most=1).plain
    assert place in driver.line("SH-004")
    panel = driver.app.screen.query_one(RankingPanel)
    assert panel.ranking is not None
    of_a_network = replace(panel.ranking, code_cells=len("SYN-044"), before="2025")
    assert LeagueColumns(of_a_network, panel.rows.row_width).chart
    await driver.pilot.resize_terminal(*SMALL)
    await driver.rest()
    assert place not in driver.line("SH-004")


@pytest.mark.usefixtures("before")
async def test_the_last_cycle_is_marked_where_there_is_one_and_the_mouse_unfolds_the_scorecard(screen: Open) -> None:
    async with screen("WX-001", size=LARGE) as driver:
        await the_last_cycle_is_marked_on_the_bars_and_told_in_figures(driver)
        await a_click_on_a_criterion_unfolds_it_and_one_on_a_category_does_not(driver)
        await without_a_last_cycle_nothing_is_said_of_one(driver)
        await a_ranking_is_read_once_its_frame_is_painted(driver)
        await wide_windows_have_the_range_of_a_place_beside_the_points(driver)


async def test_an_empty_ranking_says_what_to_do_and_bears_every_key(screen: Open, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "new.db", cycle="2026", assessor="A. Assessor") as empty:
        async with screen(where=empty, size=SMALL) as driver:
            await driver.press("escape", "alt+r")  # from the greeting
            assert "Nothing to rank yet" in driver.shown
            assert "alt+o: the drafts of 2026 as well" in driver.shown
            assert "the ranking of" not in driver.shown
            for key in ("space", "f5", "f8", "enter"):
                await driver.press(key)
            await driver.press("alt+b")
            assert "Mark a store with space" in driver.shown


# -- two stores side by side -------------------------------------------------------------------------------------


async def two_are_picked_with_space_or_a_click_and_the_third_pushes_the_first_out(driver: Driver) -> None:
    await driver.open_stores()
    await driver.press("alt+r", "alt+b")
    assert "Mark a store with space" in driver.shown
    await driver.press("space", "alt+b")
    assert "is the marked one itself" in driver.shown
    first, second, third = _codes(driver)
    await driver.press("down", "space")
    mark = glyphs.MARKED.mark
    assert f"{mark} {first}  {mark} {second}" in driver.shown
    rows = driver.app.screen.query_one(LeagueRows)
    at = next(place for place, row in enumerate(rows.rows) if row is rows.stores[2])
    await driver.pilot.click(LeagueRows, offset=(1, at))
    await driver.rest()
    assert f"{mark} {second}  {mark} {third}" in driver.shown
    assert isinstance(driver.app.screen, RankingScreen)
    await driver.press("space")
    assert _marked(driver) == [second]
    await driver.press("home", "alt+b")
    assert isinstance(driver.app.screen, CompareScreen)
    assert [visit.store for visit in driver.app.screen.comparison.visits] == [
        second,
        first,
    ]


def _marked(driver: Driver) -> list[str]:
    ranking = driver.app.screen
    assert isinstance(ranking, RankingScreen)
    return [mark.store for mark in ranking.marks.marked]


@pytest.mark.usefixtures("three")
async def test_two_stores_stand_side_by_side_and_the_differences_add_up(screen: Open) -> None:
    async with screen(size=EVERYTHING) as driver:
        await their_differences_add_up(driver, "AX-1")
        await driver.open_stores()
        await driver.press("f3")
        await their_differences_add_up(driver, "SH-004")


async def their_differences_add_up(driver: Driver, other: str) -> None:
    await driver.press("alt+r")
    await stand_at(driver, "WX-001")
    await driver.press("space")
    await stand_at(driver, other)
    await driver.press("alt+b")
    compared = driver.app.screen
    assert isinstance(compared, CompareScreen)
    assert (HOSTILE in driver.shown) is (other == "AX-1")
    assert len(compared.comparison.criteria) > 10
    criteria = driver.shown.split(driver.host.catalogue.say("compare.criteria"))[1]
    *parts, total = figures(criteria)
    assert abs(sum(map(Fraction, parts), Fraction(0)) - Fraction(total)) < Fraction(len(parts), 200)
    assert total == compared.comparison.apart.signed
    sizes = [abs(Fraction(part)) for part in parts[: len(compared.comparison.criteria)]]
    assert sizes == sorted(sizes, reverse=True)
    await driver.press("alt+x")
    assert figures(driver.shown)[-1] == total.replace("+", "-")


async def f8_goes_to_the_criterion_in_the_first_stores_visit(driver: Driver) -> None:
    await driver.open_stores()
    await driver.press("alt+r")
    await stand_at(driver, "WX-001")
    await driver.press("space")
    await stand_at(driver, "SH-004")
    await driver.press("alt+b")
    rows = driver.app.screen.query_one(Rows)
    at = next(index for index, row in enumerate(rows.rows) if row.criterion is not None)
    criterion = rows.rows[at].criterion
    rows.put_cursor(at + 1)  # on its reason
    await driver.press("f8")
    assert (driver.visit.session.visit.visit.store.code, driver.visit.criterion) == ("WX-001", criterion)


async def a_store_is_compared_with_itself_a_cycle_ago(driver: Driver) -> None:
    await driver.open_stores()
    await driver.press("alt+r")
    await stand_at(driver, "WX-001")
    await driver.press("space", "alt+o", *"2025", "enter")
    assert f"{glyphs.MARKED.mark} WX-001 2026" in driver.shown
    await driver.press("alt+b")
    assert "WX-001 2026  WX-001 2025" in driver.shown
    await driver.press("end", "up")
    assert "Sum of the differences" in driver.shown


async def stores_that_are_tied_differ_in_nothing(driver: Driver, workspace: Workspace) -> None:
    for code in ("T-1", "T-2"):
        add_store(workspace, Store(code, "Twin"))
        open_visit(workspace, code)
        submit(workspace, code)
    await driver.open_stores()
    await driver.press("alt+r")
    await stand_at(driver, "T-1")
    await driver.press("space", "down", "alt+b", "end")
    assert "There is no criterion in which they differ" in driver.shown


async def the_report_on_a_cycle_and_that_on_two_visits_are_written_beside_the_screen(
    driver: Driver, folder: Path
) -> None:
    await driver.open_stores()
    await driver.press("alt+r", "alt+minus")
    await driver.see("The report on 2026", "~/network-2026.html")
    await driver.type(str(folder / "network.html"))
    await driver.press("enter")
    await driver.see("network.html: written")
    await stand_at(driver, "WX-001")
    await driver.press("space")
    await stand_at(driver, "SH-004")
    await driver.press("alt+b", "alt+minus")
    await driver.see("The report on the two", "~/WX-001-SH-004.html")
    await driver.type(str(folder / "two.html"))
    await driver.press("enter")
    await driver.see("two.html: written")
    await driver.press("escape", "alt+o", *"East", "enter", "alt+minus")
    await driver.see("The report on East in 2026", "~/network-2026-East.html")
    await driver.press("escape")
    assert "The network in 2026" in (folder / "network.html").read_text(encoding="utf-8")
    two = (folder / "two.html").read_text(encoding="utf-8")
    assert "WX-001" in two
    assert "SH-004" in two


@pytest.mark.usefixtures("before", "three")
async def test_a_ranking_is_narrowed_changed_and_two_of_its_stores_compared(
    screen: Open, workspace: Workspace, tmp_path: Path
) -> None:
    async with screen(size=SMALL) as driver:
        await region_and_level_narrow_the_ranking_and_are_told(driver)
        await another_cycle_is_ranked_and_its_visits_are_not_mixed_up_with_this_ones(driver)
        await two_are_picked_with_space_or_a_click_and_the_third_pushes_the_first_out(driver)
        await f8_goes_to_the_criterion_in_the_first_stores_visit(driver)
        await the_report_on_a_cycle_and_that_on_two_visits_are_written_beside_the_screen(driver, tmp_path)
        await a_store_is_compared_with_itself_a_cycle_ago(driver)
        await stores_that_are_tied_differ_in_nothing(driver, workspace)


async def test_two_versions_are_compared_aloud(
    screen: Open, workspace: Workspace, database: Path, newer: Callable[[], Path]
) -> None:
    submit(workspace, "WX-001")
    with Workspace.open(
        database, scheme=str(newer()), cycle="2027", assessor="A. Assessor", clock=lambda: NOON
    ) as later:
        open_visit(later, "WX-001")
        submit(later, "WX-001")
    with Workspace.open(database, assessor="A. Assessor", clock=lambda: NOON) as both:
        async with screen(where=both, size=EVERYTHING) as driver:
            await driver.press("alt+r", "space", "alt+o", *"2026", "enter")
            await stand_at(driver, "WX-001")
            await driver.press("alt+b")
            assert "! Scored by different rules" in driver.shown
            assert "2 criteria that only one of them has" in driver.shown


@pytest.fixture
def newer(tmp_path: Path) -> Callable[[], Path]:
    """Makes another version of the shipped scheme, in which one criterion has another number."""

    def make() -> Path:
        folder = Path(shutil.copytree(SHIPPED_SCHEME, tmp_path / "newer", ignore=shutil.ignore_patterns("examples")))
        for file in folder.glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("2026.2", "2027.1").replace("WAT-07", "WAT-77"), encoding="utf-8")
        return folder

    return make
