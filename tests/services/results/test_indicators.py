"""What a network adds up to: from the visits that count, by region, against the cycle before; and how it is told."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.json.indicators import indicators_json
from greenstar.reports.text.indicators import indicators_page
from greenstar.reports.text.page import plain
from greenstar.reports.views.indicator_rows import indicator_rows
from greenstar.reports.views.indicators import indicators_view
from greenstar.services.results.column_kinds import names
from greenstar.services.results.indicators import NetworkIndicators, network_indicators
from greenstar.services.results.network_columns import IndicatorColumns
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.text import cell_width
from tests.builders import of
from tests.rows import rows
from tests.services.conftest import SCHEME, Opener, fill
from tests.services.made_once import made_once

INDICATORS = """
indicators:
  used:
    of: used
    unit: m³
    title: {en: Water through the wash, zh: 洗车总用水量}
    better: less
    per: {of: area_m2, unit: {en: m³ per m², zh: 每平方米 m³}}
  recycled: {of: used - fresh, unit: m³, title: {en: Recycled, zh: 循环}, better: more, per: {of: used, unit: "%"}}
"""


@pytest.fixture
def scheme_file(tmp_path: Path) -> Path:
    """The small scheme with indicators."""
    path = tmp_path / "small.yaml"
    path.write_text(SCHEME + INDICATORS, encoding="utf-8")
    return path


def submitted(workspace: Workspace, code: str, fresh: int, used: int) -> None:
    visit = open_visit(workspace, code)
    fill(visit, fresh=fresh, used=used)
    submit(workspace, code)


@pytest.fixture
def two_cycles(scheme_file: Path, workspace: Workspace, opened: Opener) -> Workspace:
    """Two stores in 2026, one of them in 2027 as well, with a third one that has only a draft."""
    assert scheme_file.exists()

    def assess() -> None:
        submitted(workspace, "S-1", 40, 200)
        submitted(workspace, "S-2", 10, 100)
        later = opened(cycle="2027")
        submitted(later, "S-1", 30, 150)
        add_store(later, Store("S-3", "Third", region="West"))
        submitted(later, "S-3", 50, 100)
        fill(open_visit(later, "S-2"), fresh=1, used=1000)

    made_once(workspace, assess)
    return opened(cycle="2027")


def test_only_visits_that_count_are_added_up_and_each_region_by_itself(two_cycles: Workspace) -> None:
    network = network_indicators(two_cycles)
    assert of(network, "cycle before stores") == ["2027", "2026", 2]
    assert network.totals is not None
    used = network.totals["used"]
    assert of(used, "amount.value amount.stores left_out") == [250, 2, 0]
    assert of(used, "change before.stores") == [Fraction(-1, 4), 1]
    assert used.amount.ratio is None  # no store says how large it is
    assert network.totals["recycled"].amount.ratio == Fraction(170, 250)
    assert [(here.region, here.stores, here.totals["used"].amount.value) for here in network.regions] == [
        ("East", 1, Fraction(150)),
        ("West", 1, Fraction(100)),
    ]
    west = network_indicators(two_cycles, region="west")
    assert (west.region, west.stores, [here.region for here in west.regions]) == ("West", 1, ["West"])
    with pytest.raises(BadInput) as misspelt:
        network_indicators(two_cycles, region="Weest")
    assert "West" in Catalogue("en").render(misspelt.value.message)
    told: list[tuple[int, int]] = []
    network_indicators(two_cycles, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_indicators_need_no_visit_and_no_indicator(workspace: Workspace, scheme_file: Path, opened: Opener) -> None:
    nothing = network_indicators(workspace)
    assert of(nothing, "scheme stores totals") == [None, 0, None]
    assert list(indicators_page(indicators_view(nothing), Catalogue("en"))) == []
    assert list(indicator_rows(indicators_view(nothing), Catalogue("en"))) == []
    assert indicators_json(indicators_view(nothing), Catalogue("en"))["indicators"] == []
    scheme_file.write_text(SCHEME, encoding="utf-8")
    with opened() as other:
        submitted(other, "S-1", 40, 200)
        without = network_indicators(other)
        assert without.scheme is not None
        assert of(without, "stores totals scheme.indicators") == [1, None, {}]
        assert list(indicators_page(indicators_view(without), Catalogue("en"))) == []
    scheme_file.write_text(SCHEME + INDICATORS, encoding="utf-8")
    with opened() as reworded:  # indicators are wording: they are good for what was sealed before there were any
        assert network_indicators(reworded).totals is not None


def test_an_earlier_version_is_compared_by_indicators_of_the_same_name_and_units(
    workspace: Workspace, scheme_file: Path, opened: Opener
) -> None:
    submitted(workspace, "S-1", 40, 200)
    text = (SCHEME + INDICATORS).replace('version: "1"', 'version: "2"').replace("points: 10\n", "points: 12\n")
    scheme_file.write_text(text.replace("used - fresh, unit: m³", "1000 * (used - fresh), unit: L"), encoding="utf-8")
    with opened(cycle="2027") as later:
        submitted(later, "S-1", 30, 150)
        network = network_indicators(later)
    assert network.totals is not None
    assert network.totals["used"].change == Fraction(-1, 4)
    assert network.totals["recycled"].change is None


@rows("language", LANGUAGES)
def test_the_page_fits_eighty_columns(language: str, two_cycles: Workspace) -> None:
    catalogue = Catalogue(language)
    network = network_indicators(two_cycles)
    lines = list(plain(indicators_page(indicators_view(network), catalogue)))
    assert any("m³" in line and "-25 % ✓" in line for line in lines)
    assert any("68 %" in line for line in lines)
    many = wide(network)
    lines = list(plain(indicators_page(indicators_view(many), catalogue)))
    assert max(map(cell_width, lines)) <= 80
    assert "--json" in lines[-1]


def wide(network: NetworkIndicators) -> NetworkIndicators:
    """The same in a network of ten large regions."""
    assert network.totals is not None
    large = {
        name: replace(total, amount=replace(total.amount, value=Fraction(123_456_789_012)))
        for name, total in network.totals.items()
    }
    regions = tuple(replace(network.regions[0], region=f"Region {number}", totals=large) for number in range(10))
    return replace(network, totals=large, regions=regions)


def test_rows_have_the_columns_that_are_promised_for_all_stores_and_each_region(two_cycles: Workspace) -> None:
    table = list(indicator_rows(indicators_view(network_indicators(two_cycles)), Catalogue("en")))
    assert all(set(row) == set(names(IndicatorColumns)) for row in table)
    assert [(row["region"], row["indicator"], row["value"]) for row in table[:3]] == [
        (None, "used", 250),
        (None, "recycled", 170),
        ("East", "used", 150),
    ]
    assert (table[1]["ratio"], table[1]["ratio_unit"]) == (68, "%")


def test_what_nobody_knows_is_said_so(workspace: Workspace, scheme_file: Path) -> None:
    assert scheme_file.exists()
    visit = open_visit(workspace, "S-1")
    visit.set_fact("has_wash", False)
    visit.answer("W2", True)
    visit.answer("E1", Fraction(1))
    submit(workspace, "S-1")
    view = indicators_view(network_indicators(workspace))
    assert [(each.figure.text, each.total.left_out) for each in view.indicators] == [("-", 1), ("-", 1)]
    assert "No store" in list(plain(indicators_page(view, Catalogue("en"))))[-1]
