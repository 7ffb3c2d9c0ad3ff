"""`greenstar explain --to LEVEL`: the way of a visit, and what lifts most stores."""

import json
from pathlib import Path

import pytest

from greenstar.services.demo.network import make_demo
from tests.cli.conftest import EXAMPLES, WUXI, Greenstar
from tests.rows import rows

LEASED, FAILING = EXAMPLES / "leased-4s.yaml", EXAMPLES / "failing.yaml"
LEVELLESS = """
scheme: small
version: "1"
title: Small
languages: [en]
categories: [{category: A, title: A, criteria: [{id: a, title: t, points: 1, type: boolean, ask: q}]}]
"""


def test_the_way_says_what_each_criterion_must_come_to_and_what_could_be_done_instead(greenstar: Greenstar) -> None:
    done = greenstar("explain", LEASED, "--to", "STAR-2")
    first, *lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert first == "The shortest way to Two stars: 4 things to do, effort 6"
    assert lines[0].startswith("├── WAT-03 Rainwater in place of mains water")
    assert lines[0].endswith(": from 0 % to at least 20 %: 0 → 3 points")
    assert "Without WAT-03 0 → 3: WAT-04 0 → 3 (effort 6)" in lines
    assert "达到二星的最短路径：4 项，投入 6" in greenstar("explain", LEASED, "--to", "star-2", "--lang", "zh").out
    assert greenstar("explain", WUXI, "--to", "star-3").out == "Three stars: reached already\n"
    assert "prerequisite to be met" in greenstar("explain", FAILING, "--to", "star-1").out


def test_the_way_is_one_document_for_programs(greenstar: Greenstar) -> None:
    document = json.loads(greenstar("explain", LEASED, "--to", "star-2", "--json").out)
    assert list(document) == [
        *("store", "cycle", "scheme", "version", "level", "held", "way", "instead", "out_of_reach", "unplanned"),
        *("undecided", "peers"),
    ]
    assert (document["level"], document["held"], document["way"]["effort"], document["way"]["proved"]) == (
        *("star-2", False, 6, True),
    )
    assert document["way"]["steps"][0] == {
        "kind": "criterion",
        "criterion": "WAT-03",
        "what": "from 0 % to at least 20 %: 0 → 3 points",
        "points": 0,
        "to": 3,
        "effort": 3,
        "peers": None,
        "finding": None,
    }
    assert len(document["instead"]) == 3
    failing = json.loads(greenstar("explain", FAILING, "--to", "star-1", "--json").out)
    assert [step["kind"] for step in failing["way"]["steps"]] == ["prerequisite", "prerequisite", "finding"]


@rows(
    ("arguments", "says"),
    [
        (
            ("explain", LEASED, "--to", "star-22"),
            "no level star-22; did you mean star-2? The levels are star-1, star-2",
        ),
        (("explain", LEASED, "--to", "gold"), "There is no level gold. The levels are star-1, star-2, star-3."),
        (("explain", LEASED, "WAT-07", "--to", "star-2"), "--to is about the whole visit: leave WAT-07 out"),
        (("explain",), "Name a store or an answers file"),
        (("explain", LEASED, "--to", "star-2", "--region", "East"), "--region goes with --network"),
        (("explain", "--network"), "--network needs --to LEVEL"),
        (("explain", "WX-001", "--network", "--to", "star-2"), "leave WX-001 out"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence(
    greenstar: Greenstar, arguments: tuple[object, ...], says: str
) -> None:
    done = greenstar(*arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_a_scheme_without_levels_has_no_way_to_one(greenstar: Greenstar, tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text(LEVELLESS, encoding="utf-8")
    (tmp_path / "visit.yaml").write_text(
        "scheme: scheme.yaml\nstore: {code: S}\nanswers: {a: true}\n", encoding="utf-8"
    )
    done = greenstar("explain", tmp_path / "visit.yaml", "--to", "star-1")
    assert (done.code, done.err) == (2, "The scheme small has no levels, so there is no way to one.\n")


@pytest.mark.slow
def test_what_lifts_most_stores_is_counted_and_what_those_of_a_kind_have_done_is_told(
    greenstar: Greenstar, tmp_path: Path
) -> None:
    demo = ("--db", make_demo(tmp_path, stores=2).path)
    network = json.loads(greenstar(*demo, "explain", "--network", "--to", "star-3", "--json").out)
    assert list(network) == [
        *("scheme", "version", "cycle", "level", "stores", "held", "out_of_reach", "unplanned", "criteria"),
    ]
    counts = [lifting["stores"] for lifting in network["criteria"]]
    assert counts == sorted(counts, reverse=True)
    assert network["stores"] >= network["held"] + network["out_of_reach"] + max(counts)
    page = greenstar(*demo, "explain", "--network", "--to", "star-3").out.splitlines()
    assert page[0] == f"What lifts most stores to Three stars: cycle 2026, {network['stores']} stores"
    assert page[3].startswith(network["criteria"][0]["criterion"])
    ranked = json.loads(greenstar(*demo, "rank", "--json").out)["stores"]
    below = next(store["store"] for store in ranked if store["level"] != "star-3")
    way = json.loads(greenstar(*demo, "explain", below, "--to", "star-3", "--json").out)
    assert way["peers"] >= 1
    assert all(step["peers"] is not None for step in way["way"]["steps"] if step["kind"] == "criterion")


def test_a_network_in_which_nothing_is_submitted_has_no_store_to_lift(greenstar: Greenstar) -> None:
    assert greenstar("record", LEASED).code == 0
    done = greenstar("explain", "--network", "--to", "star-2")
    assert (done.code, done.out) == (2, "")
    assert "No visit is submitted in cycle 2026 yet" in done.err
