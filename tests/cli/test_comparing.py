"""Stores against others: `rank --like`, `rank --choose` and `compare`."""

import json

import pytest

from tests.cli.conftest import Greenstar


@pytest.mark.usefixtures("examples_recorded")
def test_a_store_is_ranked_among_those_of_its_kind(greenstar: Greenstar) -> None:
    told = greenstar("rank", "--drafts", "--like", "wx-001")
    assert "WX-001: First of all 6 stores; they are of different kinds." in told.out
    like = json.loads(greenstar("rank", "--drafts", "--like", "WX-001", "--json").out)["like"]
    assert (like["place"], like["of"], like["few"], like["alike"]) == (1, 6, False, [])
    unknown = greenstar("rank", "--like", "WX-002")
    assert (unknown.code, unknown.out) == (2, "")
    assert "WX-002" in unknown.err
    assert "no visit of it counts" in greenstar("rank", "--like", "WX-001").err
    both = greenstar("rank", "--like", "WX-001", "--choose", "2")
    assert (both.code, both.err) == (2, "--like and --choose cannot be asked for together.\n")


@pytest.mark.usefixtures("examples_recorded")
def test_two_stores_are_compared(greenstar: Greenstar) -> None:
    told = greenstar("compare", "WX-001", "CZ-005")
    assert (told.code, told.err) == (0, "")
    assert "They " in told.out
    compared = json.loads(greenstar("compare", "WX-001", "CZ-005", "--json").out)
    assert [store["store"] for store in compared["stores"]] == ["WX-001", "CZ-005"]
    assert compared["swap"]["ahead"] == 1
    assert greenstar("compare", "WX-001", "wx-001").code == 2


@pytest.mark.usefixtures("wuxi_submitted")
def test_lighthouse_stores_are_chosen(greenstar: Greenstar) -> None:
    told = greenstar("rank", "--choose", "2")
    assert "There is only 1 candidate." in told.out
    assert json.loads(greenstar("rank", "--choose", "2", "--json").out)["choice"]["chosen"]["stores"] == ["WX-001"]
    for wrong in ("0", "-1", "some", "1e9"):
        refused = greenstar("rank", "--choose", wrong)
        assert (refused.code, refused.out) == (2, "")
        assert "--choose" in refused.err
    nobody = greenstar("rank", "--choose", "2", "--cycle", "2020")
    assert (nobody.code, nobody.out) == (0, "")
    assert "There is no candidate" in nobody.err


@pytest.mark.usefixtures("examples_recorded")
def test_the_network_is_added_up(greenstar: Greenstar) -> None:
    nothing = greenstar("indicators")
    assert (nothing.code, nothing.out) == (0, "")
    assert "No visit of the cycle 2026 counts yet" in nothing.err
    greenstar("submit", "WX-001")
    told = greenstar("indicators")
    assert (told.code, told.err) == (0, "")
    assert "Mains water" in told.out
    added_up = json.loads(greenstar("indicators", "--json").out)
    water = added_up["indicators"][0]
    assert (added_up["stores"], water["indicator"], water["known"], water["unit"]) == (1, "mains_water", 1, "m³")
    table = json.loads(greenstar("export", "indicators", "--format", "json").out)
    assert [(row["region"], row["value"]) for row in table if row["indicator"] == "mains_water"] == [
        (None, water["value"]),
        ("East", water["value"]),
    ]
    unknown = greenstar("indicators", "--region", "Nowhere")
    assert (unknown.code, unknown.out) == (2, "")
