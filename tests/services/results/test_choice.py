"""The choice of lighthouse stores in a ranking: what it covers and gives up, and what is said of it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from greenstar.assessment.model import Store
from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.choice import Chosen
from greenstar.ranking.peers import Kind, Trait
from greenstar.reports.json.choice import choice_json
from greenstar.reports.text.choice import choice_page
from greenstar.reports.text.page import plain
from greenstar.reports.views.choice import choice_view
from greenstar.reports.views.ranking import ranking_view
from greenstar.services.results.choice import LighthouseChoice, choose_lighthouses, telling_apart
from greenstar.services.results.ranking import league
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.rows import rows
from tests.services.conftest import fill
from tests.services.made_once import made_once

EN, ZH = Catalogue("en"), Catalogue("zh")


def traits(*points: int) -> tuple[Trait, ...]:
    """Traits that decide so many points."""
    return tuple(Trait(f"t{place}", None, Fraction(worth), Fraction(0)) for place, worth in enumerate(points))


@rows(
    ("points", "kinds", "places"),
    [
        ((9, 8), [(True, True), (False, True)], [0]),  # all are alike in the second
        ((9, 8), [(True, True), (True, True)], []),
        ((9, 0), [(True, True), (True, False)], []),  # it decides no points
        ((9, 8, 7, 6), [(at & 1, at & 2, at & 4, at & 8) for at in range(16)], [0, 1, 2]),
        ((9, 8), [(str(at), at > 4) for at in range(10)], [1]),  # the first alone would make ten kinds
    ],
)
def test_kinds_are_told_by_at_most_three_facts_that_decide_most_and_differ(
    points: tuple[int, ...], kinds: list[Kind], places: list[int]
) -> None:
    assert telling_apart(traits(*points), kinds) == places


@pytest.fixture
def four(workspace: Workspace) -> Workspace:
    """Three candidates in the East, one in the West that has fewest points, and a store that is none."""

    def assess() -> None:
        for number in range(3, 6):
            add_store(workspace, Store(f"S-{number}", f"Store {number}", region="East"))
        for code, lamps in {"S-1": 100, "S-2": 70, "S-3": 95, "S-4": 90, "S-5": 10}.items():
            fill(open_visit(workspace, code), lamps=lamps)
            submit(workspace, code)

    made_once(workspace, assess)
    return workspace


def made(workspace: Workspace, wanted: int) -> LighthouseChoice:
    """The choice of so many."""
    choice = choose_lighthouses(workspace, league(workspace), wanted)
    assert choice is not None
    return choice


def test_another_region_is_covered_and_what_that_costs_is_said(four: Workspace) -> None:
    view = choice_view(made(four, 2))
    covers, *others = (EN.render(sentence) for sentence in view.sentences)
    assert covers.startswith("These 2 cover 2 of 2 regions with candidates and 1 of 1 kind of candidates, and no")
    assert others == [
        "The first 2 candidates of the ranking cover 1 of these regions and 1 of these kinds.",
        "This costs 7.5 points in all: S-2 instead of S-3.",
        "All candidates are of one kind.",
    ]
    assert ZH.render(view.sentences[2]) == "为此总分合计少 7.5 分：选入 S-2，未选 S-3。"
    assert [(row.ranked.entry.store, row.chosen, row.plain) for row in view.rows] == [
        ("S-1", True, True),
        ("S-3", False, True),
        ("S-2", True, False),
    ]


def test_more_than_there_are_candidates_are_all_of_them_and_that_is_said(four: Workspace) -> None:
    view = choice_view(made(four, 9))
    assert view.choice.chosen.stores == ("S-1", "S-3", "S-4", "S-2")
    told = [EN.render(sentence) for sentence in view.sentences]
    assert told[0] == "There are only 4 candidates."
    assert "They are the first candidates of the ranking as well: nothing is given up." in told


def test_without_a_candidate_nobody_is_chosen(workspace: Workspace) -> None:
    fill(open_visit(workspace, "S-1"), lamps=10)
    submit(workspace, "S-1")
    assert choose_lighthouses(workspace, league(workspace), 3) is None
    assert choose_lighthouses(workspace, league(workspace, cycle="2020"), 3) is None
    document = choice_json(None, 3, EN)
    assert (document["wanted"], document["candidates"], document["chosen"]["stores"]) == (3, 0, [])


def test_the_page_and_the_document_say_the_same(four: Workspace) -> None:
    view, ranking = choice_view(made(four, 2)), ranking_view(league(four))
    lines = list(plain(choice_page(ranking, view, EN)))
    assert [line.split()[1] for line in lines[-3:]] == ["S-1", "S-3", "S-2"]
    assert [line.count("✓") for line in lines[-3:]] == [2, 1, 1]
    document = choice_json(view, 2, EN)
    assert document["chosen"] == {"stores": ["S-1", "S-2"], "regions": 2, "kinds": 1, "points": 191}
    assert (document["plain"]["stores"], document["given_up"]) == (["S-1", "S-3"], 7.5)
    assert set(document) == set(choice_json(None, 2, EN))


@rows(
    ("chosen", "told"),
    [
        (90, "This costs 5 points in all: S-2 instead of S-3."),
        (95, "No points are given up for it, with S-2 in the place of S-3."),
        (100, "No points are given up for it: 5 more, with S-2 in the place of S-3."),
    ],
)
def test_where_the_ranking_goes_by_something_before_the_points_a_choice_may_have_more(
    four: Workspace, chosen: int, told: str
) -> None:
    choice = made(four, 2)
    worth = [replace(side, points=Fraction(points)) for side, points in zip(_sides(choice), (chosen, 95), strict=True)]
    view = choice_view(replace(choice, choice=replace(choice.choice, chosen=worth[0], plain=worth[1])))
    assert EN.render(view.sentences[2]) == told


def _sides(choice: LighthouseChoice) -> tuple[Chosen, Chosen]:
    return choice.choice.chosen, choice.choice.plain


def test_a_single_store_that_is_chosen_is_told_of_as_one(four: Workspace) -> None:
    covers, plain_first, *_ = (EN.render(sentence) for sentence in choice_view(made(four, 1)).sentences)
    assert covers.startswith("It covers 1 of 2 regions with candidates and 1 of 1 kind of candidates, and no other")
    assert plain_first == "It is the first candidate of the ranking as well: nothing is given up."
