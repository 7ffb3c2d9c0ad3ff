"""A ranking on the screen: its lines as pure functions, and what is typed into it."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from greenstar.assessment.model import Store
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.i18n.places import place_in, place_words
from greenstar.ranking.indicators import Amount, IndicatorTotal
from greenstar.ranking.league import LeagueEntry, LeagueLevel, Ranked, Ranking, rank
from greenstar.ranking.movement import Cause
from greenstar.reports.views.agreement import alike_phrase
from greenstar.reports.views.indicators import indicators_view
from greenstar.reports.views.movement import movement_phrase
from greenstar.reports.views.network import NetworkView, level_lines, network_view
from greenstar.reports.views.ranking import RankingView, ranking_view
from greenstar.services.agreement.agreement import PlacesAlike
from greenstar.services.results.indicators import NetworkIndicators
from greenstar.services.results.network import CategoryMean, NetworkFigures
from greenstar.services.results.ranking import league
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui.common.drawing import range_line
from greenstar.tui.results.places_alike import places_known
from greenstar.tui.results.ranking_band import in_short, levels_panel, lighthouses_panel, median_panel, weakest_panel
from greenstar.tui.results.ranking_indicators import indicators_line
from greenstar.tui.results.ranking_lines import LeagueColumns, PlaceRemarks, drawn, heads, name_shown, reason_lines
from greenstar.tui.results.ranking_rows import LeagueRow, LeagueRows
from greenstar.tui.results.ranking_screen import RankingScreen
from greenstar.tui.stores.stores_screen import StoresScreen
from tests.builders import scheme_of
from tests.rows import rows
from tests.tui.conftest import Open

EN, ZH = Catalogue("en"), Catalogue("zh")
NAME = "Wuxi synthetic store {0:03} · 无锡合成门店 {0:03}"
GATE = Phrase("scoring.unmet_categories", subject="ENE", title="Energy", needed="75 %", actual="60 %")


def ranking(count: int = 12) -> Ranking:
    entries = [
        LeagueEntry(
            number, f"S-{number:03}", NAME.format(number), "East", Fraction(95 - 3 * number), None, 0, number == 1,
            () if number == 1 else (GATE,) * number, {"total": Fraction(95 - 3 * number)}, Fraction(100),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    ladder = (LeagueLevel("star", Text({"en": "A star", "zh": "一星"}), 1, Fraction(80)),)
    return Ranking("s", "1", "2026", rank(entries), keys={"total": None}, ladder=ladder)


@pytest.fixture
def view() -> RankingView:
    return ranking_view(ranking())


@pytest.fixture
def network(view: RankingView) -> NetworkView:
    means = tuple(CategoryMean(name, name, Fraction(1, 2), 3) for name in ("ENE", "WAT", "WST", "MGT", "POL"))
    return network_view(view, NetworkFigures(means, "2025", (Fraction(50),)))


def test_every_line_is_as_wide_as_the_list_in_both_languages(view: RankingView) -> None:
    for width in (74, 94, 114, 194):
        layout = LeagueColumns(view, width)
        for catalogue in (EN, ZH):
            rows: list[LeagueRow] = [*view.stores[:3], *level_lines(view, view.stores)]
            lines = [drawn(row, layout, catalogue, marked=False) for row in rows]
            assert {line.cell_length for line in [*lines, heads(layout, catalogue)]} == {width}


def test_a_name_is_in_the_readers_language_and_keeps_its_number() -> None:
    assert name_shown(NAME.format(44), 14, EN).endswith("044")
    assert name_shown(NAME.format(44), 40, EN) == "Wuxi synthetic store 044"
    assert name_shown(NAME.format(44), 40, ZH) == "无锡合成门店 044"
    assert in_language("A · B", "zh") == "A · B"
    assert in_language("甲 · 乙", "en") == "甲 · 乙"
    assert in_language("门店 · Store", "en") == "Store"
    assert in_language("One · 二 · 三", "zh") == "One · 二 · 三"


def test_regions_and_cities_that_are_known_are_called_as_the_reader_does_and_others_as_they_are_written() -> None:
    names = ["East", "east", "华东", "Wuxi", "Eastend", "Ost · 东", ""]
    assert [place_in(name, "zh") for name in names] == ["华东", "华东", "华东", "无锡", "Eastend", "东", ""]
    assert [place_in(name, "en") for name in names] == ["East", "East", "East", "Wuxi", "Eastend", "Ost", ""]
    assert place_words("South").by_language == {"en": "South", "zh": "华南"}


def test_a_range_of_ranks_is_drawn_where_it_is_worked_out_and_not_made_up_where_it_is_not(view: RankingView) -> None:
    layout = LeagueColumns(view, 194)
    place = range_line(1, 1, 1, 1, most=1).plain
    assert place not in drawn(view.stores[2], layout, EN, marked=False).plain
    known = ranking()
    ranged = tuple(Ranked(row.rank, row.entry, max(row.rank - 1, 1), row.rank + 1) for row in known.stores)
    sure = ranking_view(replace(known, stores=ranged))
    layout = LeagueColumns(sure, 194)
    assert place in drawn(sure.stores[2], layout, EN, marked=False).plain
    assert heads(layout, EN).plain.split()[-5:] == ["1", "6", "12", "Status", "Candidate"]
    told = reason_lines(sure.stores[2], sure, EN, (100, 4), PlaceRemarks())[0].plain
    assert "place 3 of 12 (±: 2–4)" in told
    said = PlaceRemarks(range=Phrase("sure.short_proved", share="20 %", low=2, high=4, first=10, chance="100 %"))
    in_full, in_short = (reason_lines(sure.stores[2], sure, EN, (110, height), said) for height in (4, 3))
    assert "± 20 % on each weight: places 2 to 4, nothing beyond" in in_full[1].plain
    assert "place 3 of 12 ·" in in_full[0].plain
    assert "place 3 of 12 (±: 2–4)" in in_short[0].plain
    assert not [line for line in in_short if "each weight" in line.plain]


def test_places_that_cannot_be_told_apart_are_said_below_the_store_once_they_are_known(
    view: RankingView, workspace: Workspace
) -> None:
    alike = PlacesAlike({"S-002": (1, 4), "S-005": (5, 5)})
    lines = [
        [
            line.plain.strip()
            for line in reason_lines(view.stores[place], view, EN, (70, 4), PlaceRemarks(alike_phrase(alike, code)))
        ]
        for place, code in ((1, "S-002"), (4, "S-005"))
    ]
    assert [of_store[1] for of_store in lines] == [
        "≈ Cannot be told apart from places 1 to 4.", "≈ Can be told apart from all other stores.",
    ]  # fmt: skip
    told = places_known(workspace, league(workspace), None)
    assert told.alike.why_none == Phrase("agreement.not_known_yet", count=0, least=5)


def test_what_a_store_lacks_has_always_the_same_height(view: RankingView) -> None:
    for store in view.stores:
        lines = reason_lines(store, view, EN, (70, 4), PlaceRemarks())
        assert len(lines) <= 4
        assert {line.cell_length for line in lines} == {70}
    assert "and 2 more" in reason_lines(view.stores[3], view, EN, (70, 4), PlaceRemarks())[-1].plain
    assert len(reason_lines(view.stores[2], view, EN, (70, 4), PlaceRemarks())) == 4


def test_the_band_tells_levels_median_weakest_and_lighthouses_within_its_panels(network: NetworkView) -> None:
    for catalogue in (EN, ZH):
        for width in (14, 20, 26, 45):
            for panel in (levels_panel, weakest_panel, lighthouses_panel, median_panel):
                lines = list(panel(network, catalogue, width))
                assert 2 <= len(lines) <= 4
                assert max(line.cell_length for line in lines) <= max(width, 20)
    short = "\n".join(line.plain for line in in_short(network, EN, 78))
    assert all(
        part in short for part in ("none 12", "75.5 of 100 +25.5", "ENE 50 %", "1 candidate", "0 one gate short")
    )


async def test_letters_search_and_esc_drops_them_and_the_cursor_stands_on_the_store_one_came_from(
    screen: Open, workspace: Workspace
) -> None:
    submit(workspace, "WX-001")
    for number in range(20):  # more than fit, so that there is a scrollbar
        add_store(workspace, Store(f"T-{number:02}", f"Twin {number:02}"))
        open_visit(workspace, f"T-{number:02}")
    async with screen("SH-004", size=(80, 24)) as driver:
        await driver.press("alt+r")
        rows = driver.app.screen.query_one(LeagueRows)
        assert rows.store is not None
        assert rows.store.store == "SH-004"
        await driver.press("alt+o", *"drafts", "enter")
        assert driver.line("Points").index("Points") + len("Points") == driver.line("WX-001 ").index("90") + len("90")
        await driver.press("alt+o", *"drafts", "enter", "down", "up", *"wx-0")
        assert [store.store for store in rows.stores] == ["WX-001"]
        assert "wx-0" in driver.shown
        assert "1 of 2 stores" in driver.shown
        await driver.press(*"zz")
        assert "No store matches" in driver.shown
        await driver.press("backspace", "backspace", "escape")
        assert isinstance(driver.app.screen, RankingScreen)
        assert len(rows.stores) == 2
        await driver.press("escape", "escape")
        assert isinstance(driver.app.screen, StoresScreen)


async def test_a_choice_of_lighthouse_stores_is_picked_from_the_list_of_what_to_show(
    screen: Open, workspace: Workspace
) -> None:
    submit(workspace, "WX-001")
    async with screen("WX-001", size=(80, 24)) as driver:
        await driver.press("alt+r", "alt+o", *"lighthouse", "enter")
        await driver.see("A choice of 1 lighthouse store", "There is only 1 candidate", "nothing is given up")
        assert "90" in driver.line("WX-001")
        await driver.press("right", "left", "left", "f3")
        await driver.see("选 1 家灯塔店", "候选门店只有 1 家")
        await driver.press("enter")
        assert driver.app.screen.__class__.__name__ == "StoreScreen"


async def test_what_stores_add_up_to_stands_above_them_and_what_lifts_most_is_worked_out_for_one_level_after_the_other(
    screen: Open, workspace: Workspace
) -> None:
    for code in ("WX-001", "HF-002"):
        submit(workspace, code)
    async with screen("WX-001") as driver:
        await driver.press("alt+r")
        await driver.see("Mains water", "Electricity (no EV charging)")  # what they add up to, once it is known
        await driver.press("alt+o", *"lifts", "enter")
        await driver.see("What lifts most stores to Three stars", "Reached already: 1; out of reach: 0")
        assert re.search(r"WAT-03 +Rainwater .* 1", driver.line("WAT-03"))
        await driver.press("left", "left", "left")
        await driver.see("to One star", "Reached already: 3", "no store is on its way")
        await driver.press("right", "f3")
        await driver.see("最能帮助门店达到二星的条款", "已达到 2 家")
        await driver.press("escape")
        await driver.done()
        assert isinstance(driver.app.screen, RankingScreen)


def test_movement_and_shared_places_stand_beside_the_rank_where_there_is_room() -> None:
    known = ranking(4)
    places = (Ranked(1, known.stores[0].entry, moved=3), Ranked(2, known.stores[1].entry, moved=-12))
    others = (Ranked(2, known.stores[2].entry, moved=0), Ranked(4, known.stores[3].entry))
    view = ranking_view(replace(known, stores=(*places, *others), before="2025"))
    for width, expected in (
        (114, [["1", "+3"], ["2=", "-12"], ["2=", "="], ["4"]]),
        (80, [["1"], ["2="], ["2="], ["4"]]),
    ):
        layout = LeagueColumns(view, width)
        lines = [drawn(store, layout, EN, marked=False) for store in view.stores]
        assert [line.plain.split("S-")[0].split() for line in lines] == expected
        assert {line.cell_length for line in [*lines, heads(layout, ZH)]} == {width}
    moved = movement_phrase(3, "2025", [Cause("W1", Fraction(1), Fraction(3))])
    lines = reason_lines(view.stores[0], view, EN, (70, 4), PlaceRemarks(moved=moved))
    assert "up 3 places since 2025: W1 +2" in lines[1].plain
    assert "since" not in "".join(
        line.plain for line in reason_lines(view.stores[0], view, EN, (70, 3), PlaceRemarks(moved=moved))
    )


@rows(
    ("moved", "causes", "english", "chinese"),
    [
        (None, (), None, None),
        (0, (), "the same place as in 2025", "与 2025 周期名次相同"),
        (-1, None, "down 1 place since 2025", "比 2025 周期下降 1 名"),
        (2, (), "others moved", "各条款得分未变"),
        (2, "abcd", "a +1, b +1, c +1 and 1 more criterion", "a +1、b +1、c +1 及另外 1 条"),
    ],
)
def test_how_far_a_store_moved_is_a_phrase_with_its_causes(
    moved: int | None, causes: str | tuple[()] | None, english: str | None, chinese: str | None
) -> None:
    named = None if causes is None else [Cause(name, None, Fraction(1)) for name in causes]
    phrase = movement_phrase(moved, "2025", named)
    if english is None or chinese is None:
        assert phrase is None
    else:
        assert phrase is not None
        assert english in EN.render(phrase)
        assert chinese in ZH.render(phrase)


def water(of: int, before: int, now: int) -> IndicatorTotal:
    """A total of two stores, one of which was there the cycle before."""
    both = [Amount(Fraction(value), 1, None, 0) for value in (now, before)]
    return IndicatorTotal(Amount(Fraction(of), 2, None, 0), 0, *both)


def test_a_line_has_as_many_indicators_as_fit_and_none_that_nobody_knows() -> None:
    scheme = scheme_of(
        "- {id: W, title: t, points: 1, questions: {w: {type: number, ask: q}}, score: {of: w, linear: {0: 0, 9: 1}}}",
        "indicators:\n"
        "  used: {of: w, unit: m³, title: Water through the wash, better: less}\n"
        "  lost: {of: w, unit: m³, title: Lost}\n"
        "  recycled: {of: w, unit: m³, title: Recycled, better: more}\n",
    )
    nobody = Amount(None, 0, None, 0)
    totals = {
        "used": water(250, before=200, now=150),
        "lost": IndicatorTotal(nobody, 2, nobody, nobody),
        "recycled": water(170, before=160, now=120),
    }
    view = indicators_view(NetworkIndicators(scheme, "2027", before="2026", stores=2, totals=totals))
    assert indicators_line(view, EN, 80).plain == "Water through the wash 250 m³ -25 %   Recycled 170 m³ -25 %"
    assert indicators_line(view, EN, 50).plain == "Water through the wash 250 m³ -25 %"
    assert not indicators_line(view, ZH, 10)
    assert not indicators_line(None, ZH, 80)
