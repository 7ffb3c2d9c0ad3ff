"""The report on a cycle, and that on two stores: what they say, and that they say it of one store and of many."""

import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.model import Finding, Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.html.comparison import comparison_html
from greenstar.reports.html.network import network_html
from greenstar.reports.pdf import report as pdf_report
from greenstar.reports.pdf.page_tree import PageTree
from greenstar.reports.pdf.report import comparison_pdf, network_pdf
from greenstar.reports.views.comparison_report import ComparisonReportView, comparison_report_view
from greenstar.reports.views.network_report import LevelMoves, NetworkReportView, network_report_view
from greenstar.services.cycles.closing import close
from greenstar.services.findings.findings import add as add_finding
from greenstar.services.results.comparison_report import gather_comparison
from greenstar.services.results.network_report import gather_network
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.services.conftest import fill
from tests.services.made_once import made_once
from tests.services.results.pages import NASTY, Page

ALL = Fraction(1)
BOTH = [Catalogue(language) for language in LANGUAGES]


def report_on(workspace: Workspace, region: str | None = None) -> NetworkReportView:
    return network_report_view(gather_network(workspace, region=region))


def page_of(view: NetworkReportView) -> Page:
    return Page(network_html(view, BOTH[:1]))


def compared(workspace: Workspace) -> ComparisonReportView:
    return comparison_report_view(gather_comparison(workspace, "S-1", "S-2"))


def submitted(workspace: Workspace, store: str, *, fresh: int = 10, lamps: int = 100) -> None:
    """A visit to a store, filled in and submitted."""
    fill(open_visit(workspace, store), fresh=fresh, lamps=lamps)
    submit(workspace, store)


@pytest.fixture
def two(workspace: Workspace, opened: Callable[..., Workspace]) -> Workspace:
    """Two cycles of the first store, and of a second that was new in the later one."""

    def assess() -> None:
        submitted(workspace, "S-1", lamps=40)
        later = workspace.in_cycle("2027")
        add_finding(open_visit(later, "S-1"), Finding("W1", "minor", "A leak"))
        submitted(later, "S-1", lamps=100)
        submitted(later, "S-2", fresh=60, lamps=50)

    made_once(workspace, assess)
    return opened(cycle="2027")


def test_the_network_is_told_by_level_category_movement_and_finding(two: Workspace) -> None:
    view = report_on(two)
    assert [(row.region, row.levels, row.median.value) for row in view.regions] == [
        ("East", (1, 0, 0), Fraction(100)),
        ("West", (0, 0, 1), Fraction(25)),
    ]
    water, energy = view.categories
    assert (water.stores, water.low, water.middle, water.high, water.before) == (
        2,
        Fraction(1, 7),
        Fraction(4, 7),
        ALL,
        ALL,
    )
    assert (energy.lower, energy.upper, energy.step) == (Fraction(5, 8), Fraction(7, 8), "+35")
    assert view.moves == LevelMoves(rose=0, fell=0, same=1, added=1, gone=0)
    assert (view.climbed, view.fell) == ((), ())
    assert [(weak.id, weak.share, weak.in_full, weak.stores) for weak in view.weakest] == [
        ("W1", Fraction(1, 2), 1, 2),
        ("E1", Fraction(3, 4), 1, 2),
    ]
    assert (view.findings.counts, view.findings.overdue) == ({"minor": 1}, 0)
    assert view.choice is not None
    assert view.choice.choice.chosen.stores == ("S-1",)
    assert [(share, points.text, stars) for share, points, stars in view.edges] == [
        (Fraction(2, 5), "40", 1),
        (Fraction(4, 5), "80", 2),
    ]
    assert [(store.store, store.rank_low, store.rank_high) for store in view.league] == [("S-1", 1, 1), ("S-2", 2, 2)]
    page = page_of(view)
    for words in ("The network in 2027", "median of 2026", "Nobody moved.", "A leak", "1 / 2", "1 minor", "East"):
        assert words in page.text
    assert not re.search(r">[^<]*[0-9] %", network_html(view, BOTH[:1]).partition("</head>")[2])
    sections = str(PageTree(network_html(view, BOTH[:1])).sections())
    assert "57.1\\xa0%" in sections, "and in the PDF"


def test_a_region_is_told_by_its_own_stores_with_the_places_within_it(two: Workspace) -> None:
    east, west = report_on(two, "east"), report_on(two, "West")
    assert [(view.region, [(store.store, store.rank) for store in view.league]) for view in (east, west)] == [
        ("East", [("S-1", 1)]),
        ("West", [("S-2", 1)]),
    ]
    assert (east.moves, west.moves) == (LevelMoves(rose=0, fell=0, same=1, added=0, gone=0), None)
    assert [category.before for category in (*east.categories, *west.categories)] == [ALL, Fraction(2, 5), None, None]
    assert (len(east.findings.rows), len(west.findings.rows), east.choice is None, west.choice) == (1, 0, False, None)
    page = Page(network_html(west, BOTH))
    for words in ("Region West in 2027", "places, movement", "2027 周期西部区域概览", "名次、变动"):
        assert words in page.text
    add_store(two, Store("S-3", "Nowhere yet", region="North"))
    for region, key in (("North", "network_report.nothing_in_region"), ("Weast", "storage.unknown_region")):
        with pytest.raises(BadInput) as caught:
            report_on(two, region)
        assert caught.value.message.key == key


def test_who_moved_is_told_with_the_criteria_that_moved_them(
    workspace: Workspace, opened: Callable[..., Workspace]
) -> None:
    later = opened(cycle="2027")
    submitted(workspace, "S-1")
    submitted(workspace, "S-2", fresh=60, lamps=50)
    submitted(later, "S-1", fresh=60, lamps=0)
    submitted(later, "S-2")
    view = report_on(later)
    assert [(mover.store, mover.moved) for mover in (*view.climbed, *view.fell)] == [("S-2", 1), ("S-1", -1)]
    assert view.moves == LevelMoves(rose=1, fell=1, same=0, added=0, gone=0)
    assert "W1 +60, E1 +15" in page_of(view).text


@pytest.mark.engine
def test_one_store_of_no_region_without_an_earlier_cycle_is_a_network(workspace: Workspace) -> None:
    add_store(workspace, Store("S-3", f"{NASTY} {'x' * 200}"[:200]))
    submitted(workspace, "S-3")
    view = report_on(workspace)
    page = Page(network_html(view, BOTH))
    assert [row.region for row in view.regions] == [""]
    assert (view.moves, view.climbed, view.sureness is None) == (None, (), False)
    assert [sheet["lang"] for sheet in page.with_class("sheet")] == ["en", "zh-Hans"] * 2
    for words in ("(none)", "（未填）", "no earlier cycle", "没有按相同准则", "alert(1)", "{{ 7*7 }}"):
        assert words in page.text
    assert {"script", "img", "iframe"} & {tag for tag, _ in page.tags} == set()
    assert all(a.get("aria-label") or a.get("aria-hidden") == "true" for tag, a in page.tags if tag == "svg")
    pdf = network_pdf(view, BOTH)
    assert b"pdfaid:part" in pdf
    assert pdf == network_pdf(view, BOTH)


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_on_paper_what_is_longer_than_its_column_ends_in_an_ellipsis(workspace: Workspace, tmp_path: Path) -> None:
    words = "the seal of the second meter is broken, and nobody knows since when, says the manager"
    add_finding(open_visit(workspace, "S-1"), Finding("W1", "minor", words))
    submitted(workspace, "S-1", fresh=60)
    (tmp_path / "network.pdf").write_bytes(network_pdf(report_on(workspace), BOTH[:1]))
    told = subprocess.run(["pdftotext", "network.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    findings = " ".join(told.stdout.decode().partition("Open findings")[2].split())
    assert "the seal of the second meter" in findings
    assert "says the manager" not in findings
    assert "…" in findings


def test_of_a_few_stores_a_league_names_each_in_full_on_paper(workspace: Workspace, tmp_path: Path) -> None:
    name = "The flagship store in the new district by the river"
    add_store(workspace, Store("S-9", name, region="East"))
    submitted(workspace, "S-9")
    (tmp_path / "network.pdf").write_bytes(network_pdf(report_on(workspace), BOTH[:1]))
    told = subprocess.run(["pdftotext", "-raw", "network.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    league = told.stdout.decode().partition("The league")[2].partition("Behind")[0]
    assert name in " ".join(league.split())


def test_a_closed_cycle_is_told_as_it_was_kept(two: Workspace) -> None:
    close(two, "2027")
    view = report_on(two)
    assert (view.sureness, [store.rank_low for store in view.league]) == (None, [1, 2])
    assert "the ranking kept then, revision 1" in page_of(view).text


def test_drafts_are_no_network(workspace: Workspace) -> None:
    fill(open_visit(workspace, "S-1"))
    with pytest.raises(BadInput) as caught:
        report_on(workspace)
    assert caught.value.message.key == "network_report.nothing"


@pytest.mark.slow
def test_two_stores_stand_side_by_side_with_what_would_make_them_change_places(two: Workspace) -> None:
    view = compared(two)
    assert [(side.share, side.stars, side.rank) for side in view.sides] == [(ALL, 2, 1), (Fraction(1, 4), 0, 2)]
    page = Page(comparison_html(view, BOTH))
    for words in ("They never change places", "名次都不会互换", "+60", "+15", "S-2 → S-1", "1 criterion is alike"):
        assert words in page.text
    assert not page.with_class("state")
    assert comparison_pdf(view, BOTH[:1]) == comparison_pdf(view, BOTH[:1])


@pytest.mark.engine
def test_rows_that_would_leave_a_few_lines_for_a_second_page_stand_closer(
    two: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = compared(two)
    page = comparison_html(view, BOTH[:1])
    (row, *_) = re.findall(r'<tr><td class="id">.*?</tr>', page)
    pages = []
    for count in (30, 60):
        longer = page.replace(row, row * count)
        monkeypatch.setattr(pdf_report, "comparison_html", lambda _view, _languages, html=longer: html)
        pages += re.findall(rb"/Count (\d+)", comparison_pdf(view, BOTH[:1]))
    assert pages == [b"1", b"2"]


def test_a_comparison_with_a_draft_says_so(workspace: Workspace) -> None:
    for store, lamps in (("S-1", 90), ("S-2", 20)):
        fill(open_visit(workspace, store), lamps=lamps)
    view = compared(workspace)
    assert [side.rank for side in view.sides] == [None, None]
    assert len(Page(comparison_html(view, BOTH)).with_class("state")) == 2
