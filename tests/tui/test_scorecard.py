"""The first page of a scorecard, and how one moves on a page that is read from its top."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.reports.views.course import Course
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.peers import PeerGroup, PeersView, TraitView
from greenstar.reports.views.ways import ways_view
from greenstar.services.results.ways import standing_now, ways_of
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import sparkline
from greenstar.tui.results.reading_rows import ReadingRows
from greenstar.tui.results.scorecard_head import ScorecardHead
from greenstar.tui.results.scorecard_peers import peers_lines
from greenstar.tui.results.scorecard_screen import ScorecardScreen
from greenstar.tui.results.way_ahead import WayFound, way_lines
from tests.tui.conftest import Open
from tests.tui.driver import Driver

COURSE = Course(("2024", "2025", "2026"), {"WAT": (Fraction(1, 10), Fraction(1, 2), Fraction(1))})


def head(workspace: Workspace, width: int, language: str = "en", course: Course = COURSE) -> list[str]:
    return [
        line.plain
        for line in ScorecardHead(open_visit(workspace, "WX-001"), course, Catalogue(language), width).filled(60)
    ]


def test_the_first_page_has_level_edges_shares_with_their_course_and_what_blocks(workspace: Workspace) -> None:
    for width in (46, 74, 110):
        for language in ("en", "zh"):
            lines = ScorecardHead(open_visit(workspace, "WX-001"), COURSE, Catalogue(language), width).filled(60)
            assert max(line.cell_length for line in lines) <= width
    page = head(workspace, 74)
    assert page[0].startswith("90 of 100")
    assert [word for word in page[2].split() if word.isdigit()] == ["60", "70", "85"]
    water = next(line for line in page if line.startswith("WAT"))
    assert water.endswith(sparkline([0.1, 0.5, 1], low=0, high=1).plain)
    assert any("2024 to 2026" in line for line in page)
    assert not any("Columns at the right" in line for line in head(workspace, 74, course=Course()))
    assert "Most points left at" in "\n".join(page)


def below_the_way(driver: Driver) -> int:
    """The line of the screen on which stands what follows the shortest way."""
    return driver.place_of("open findings")


async def test_a_scorecard_opens_at_its_top_and_a_sealed_one_says_nothing_of_what_is_still_possible(
    screen: Open, workspace: Workspace
) -> None:
    visit = open_visit(workspace, "HF-002")
    assert visit.scorecard.next_level is not None
    submit(workspace, "HF-002")
    async with screen("HF-002", size=(80, 24)) as driver:
        await driver.press("alt+c")
        rows = driver.app.screen.query_one(ReadingRows)
        assert rows.scroll_offset.y == 0
        assert "Scorecard" in driver.line("HF-002")
        assert "62.5 of 100" in driver.shown
        for words in ("still possible", "out of reach"):
            assert words not in driver.shown
        before = below_the_way(driver)
        await driver.done()
        assert below_the_way(driver) == before  # the way stands in the place that was kept for it
        assert rows.scroll_offset.y == 0
        assert re.search(r"shortest way +[A-Z]+-\d\d \d → \d", driver.shown)
        await driver.press("down")  # what was out of sight comes into sight first
        assert rows.row.criterion == "MGT-P1"
        assert rows.scroll_offset.y > 0
        await driver.press(*["down"] * 9)
        await driver.press("enter")  # what it unfolds below the cursor is in sight, down to its last line
        last = max(at for at, row in enumerate(rows.rows) if getattr(row, "criterion", None) == rows.row.criterion)
        assert last < rows.scroll_offset.y + rows.scrollable_content_region.height
        await driver.press("enter")
        row, line = rows.row, rows.cursor - rows.scroll_offset.y
        driver.app.screen.post_message(ScorecardScreen.PeersRead(None))  # what stands above becomes shorter
        await driver.rest()
        assert (rows.row, rows.cursor - rows.scroll_offset.y) == (row, line)
        await driver.press("home")
        assert rows.scroll_offset.y == 0
        await driver.press("end", "down")
        assert rows.row.criterion == "INN-03"
        await driver.press("escape", "alt+n")  # what a level needs, against its gates
        assert glyphs.OPEN.mark not in driver.line("Two stars")
        assert "out of reach" not in driver.shown
        assert re.search(rf"35 %, needed 40 % .*{glyphs.GATE.mark}.* 5 % missing", driver.line("needed 40 %"))
        await driver.press("end")
        assert glyphs.GATE.mark in driver.line("ENG People")
        await driver.press("escape", "f12")
        assert "62.5 of 100" in driver.shown
        assert "still possible" not in driver.shown
        await driver.press("escape", "alt+c", "alt+/")
        await driver.done()
        assert re.search(r"shortest way +[A-Z]+-\d\d \d → \d", driver.shown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_way_takes_as_many_lines_however_long_it_is_and_whatever_comes_of_it(
    workspace: Workspace, language: str
) -> None:
    visit, catalogue = open_visit(workspace, "HF-002"), Catalogue(language)
    standing, star_3 = standing_now(visit.scheme, visit.visit), visit.scheme.levels[-1]
    long = ways_view(visit.scheme, visit.scorecard, ways_of(standing, star_3))
    unplanned = replace(long, way=None, headline=Phrase("ways.unplanned", level=long.title, rules=["total > 1"] * 40))
    cases = [None, *(WayFound(visit.scorecard, view) for view in (None, long, unplanned))]
    for width in (38, 60, 110):
        for way in cases:
            lines = way_lines(way, catalogue, width)
            assert len(lines) == (3 if width < 70 else 2)
            assert max(line.cell_length for line in lines) <= width
    more = catalogue.say("ways.more", count="").split()[-1]  # `more`, `项`
    more = f" {more}（" if language == "zh" else f" {more} ("
    assert more in " ".join(line.plain for line in way_lines(cases[2], catalogue, 40))
    assert more not in " ".join(line.plain for line in way_lines(cases[2], catalogue, 110))
    unknown = way_lines(cases[1], catalogue, 60)[0].plain
    assert catalogue.say("ways.not_known") in unknown


def test_the_peers_take_the_room_there_is_and_the_least_important_words_go_first() -> None:
    trait = TraitView("has_car_wash", Text({"en": "car wash", "zh": "洗车"}), "has", True, Figure(Fraction(16)))
    gas = TraitView("uses_gas", Text({"en": "gas", "zh": "天然气"}), "has", True, Figure(Fraction(0)))
    groups = (PeerGroup("WAT", Text({"en": "Water", "zh": "水"}), Figure(None), Figure(Fraction(1, 2), percent=True)),)
    peers = PeersView("S-1", 2, 0, 10, False, (trait,), (gas,), groups, (), {})
    for catalogue in (Catalogue("en"), Catalogue("zh")):
        for width in (44, 74):
            everything = list(peers_lines(peers, catalogue, width))
            assert max(line.cell_length for line in everything) <= width
            counts = [len(list(peers_lines(peers, catalogue, width, height))) for height in range(12)]
            assert all(count <= height for height, count in enumerate(counts))
            assert counts == sorted(counts)
    words = [line.plain.rstrip() for line in peers_lines(peers, Catalogue("en"), 60, 4)]
    assert words[1].split() == ["Among", "stores", "of", "its", "kind", "2", "of", "10"]
    assert words[2:] == ["Second of 10 stores with car wash.", "Median of the others: WAT 50 %"]
    assert [line.plain.split()[-3:] for line in peers_lines(peers, Catalogue("en"), 60, 1)] == [["2", "of", "10"]]


async def test_a_scorecard_tells_the_store_among_its_peers_once_they_are_read(
    screen: Open, workspace: Workspace
) -> None:
    for code in ("WX-001", "HF-002"):
        submit(workspace, code)
    async with screen("WX-001", size=(120, 50)) as driver:
        await driver.press("alt+c")
        await driver.see("Among stores of its kind", "First of all 3 stores", "only 2 other stores")
        await driver.press("f3")
        await driver.see("与同类门店比较", "其他门店只有 2 家")
