"""A store among its peers in a ranking: who they are, what is said of it, and that no score hangs on it."""

from datetime import date

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.peers import Kinds
from greenstar.reports.json.peers import like_json
from greenstar.reports.text.page import plain
from greenstar.reports.text.peers import peers_page
from greenstar.reports.views.peers import PeersView, kind_words, ordinal, peers_view, trait_view
from greenstar.reports.views.ranking import ranking_view
from greenstar.services.results.peers import among_peers
from greenstar.services.results.ranking import league
from greenstar.services.stores.closing import close_store
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.builders import category, figure, of, scheme
from tests.rows import rows
from tests.services.conftest import fill
from tests.services.made_once import made_once

EN, ZH = Catalogue("en"), Catalogue("zh")


def submitted(workspace: Workspace, code: str, *, wash: bool, lamps: int) -> None:
    """A submitted visit to a store with or without a wash."""
    visit = open_visit(workspace, code)
    fill(visit, lamps=lamps)
    visit.set_fact("has_wash", wash)
    submit(workspace, code)


@pytest.fixture
def eight(workspace: Workspace) -> Workspace:
    """Two stores with a wash, and six without."""

    def assess() -> None:
        for number in range(3, 9):
            add_store(workspace, Store(f"S-{number}", f"Store {number}", region="East"))
        for number in range(1, 9):
            submitted(workspace, f"S-{number}", wash=number < 3, lamps=[0, 90, 40, 50, 60, 70, 70, 80][number - 1])

    made_once(workspace, assess)
    return workspace


def peers(workspace: Workspace, store: str) -> PeersView:
    """What is said of a store."""
    return peers_view(among_peers(workspace, league(workspace), store))


def test_a_store_is_told_its_place_among_those_of_its_kind(eight: Workspace) -> None:
    view = peers(eight, "S-6")
    assert [ranked.entry.store for ranked in view.stores] == ["S-8", "S-6", "S-7", "S-5", "S-4", "S-3"]
    assert (view.place, view.shared, view.count, view.few, view.dropped) == (2, 1, 6, False, ())
    assert EN.render(view.sentence) == "Second (shared) of 6 stores without “Wash?”."
    assert ZH.render(view.sentence) == "在无“洗车？”的 6 家门店中列第 2 名（并列）。"
    energy = {group.id: group for group in view.groups}["ENE"]
    assert (energy.share.text, energy.median.text, energy.apart.signed) == ("70 %", "60 %", "+10 %")
    assert [group.id for group in view.groups] == ["WAT", "ENE"]


def test_what_was_left_out_to_find_five_is_said(eight: Workspace) -> None:
    view = peers(eight, "S-2")
    assert (view.place, view.count) == (1, 8)
    assert EN.render(view.sentence) == "First of all 8 stores; they are of different kinds."
    assert [EN.render(note) for note in view.notes] == [
        "To find enough of them, this was allowed to differ: “Wash?”.",
        "Stores of its kind are shown for comparison only: they change no points and no stars.",
    ]


def test_fewer_than_five_peers_are_said_to_be_few(workspace: Workspace) -> None:
    submitted(workspace, "S-1", wash=True, lamps=50)
    assert EN.render(peers(workspace, "S-1").sentence) == "There is no other store to compare it with."
    submitted(workspace, "S-2", wash=True, lamps=60)
    view = peers(workspace, "S-1")
    assert view.few
    assert "There is only 1 other store: fewer than the 5 that a comparison should have." in map(EN.render, view.notes)
    assert "其他门店只有 1 家，不足比较所需的 5 家。" in map(ZH.render, view.notes)


def test_where_nothing_tells_kinds_apart_all_stores_are_peers() -> None:
    view = PeersView("S-1", 3, 0, 9, False, (), (), (), (), {})
    assert EN.render(view.sentence) == "Third of all 9 stores; nothing is known that would tell their kinds apart."


def test_a_store_without_a_place_has_no_peers(workspace: Workspace) -> None:
    with pytest.raises(BadInput) as caught:
        peers(workspace, "S-1")
    assert EN.render(caught.value.message) == "S-1 has no place in this ranking (2026): no visit of it counts there."


def test_a_closed_store_is_told_why_it_has_no_place(eight: Workspace) -> None:
    close_store(eight, "S-4", on=date(2026, 5, 12), because="the lease ended")
    with pytest.raises(BadInput) as caught:
        peers(eight, "S-4")
    assert EN.render(caught.value.message) == "S-4 closed on 2026-05-12 and has no place in the ranking of 2026."
    assert "S-4" not in peers(eight, "S-6").places


def test_peers_never_change_a_score_or_a_star(eight: Workspace) -> None:
    ranking = league(eight)
    for ranked in ranking.stores:
        among = among_peers(eight, ranking, ranked.entry.store)
        by_code = {other.entry.store: other.entry for other in ranking.stores}
        for peer in among.ranked:
            assert of(peer.entry, "total level stars") == of(by_code[peer.entry.store], "total level stars")
        assert among.places.items() <= {(other.entry.store, other.rank) for other in ranking.stores}
    before, after = (
        [(other.rank, other.entry.store, other.entry.total, other.entry.stars) for other in known.stores]
        for known in (ranking, league(eight))
    )
    assert before == after


def test_a_program_gets_the_peers_with_both_places(eight: Workspace) -> None:
    ranking = league(eight)
    document = like_json(ranking_view(ranking), peers(eight, "S-7"), EN)
    assert [(store["store"], store["rank"], store["place_among_peers"]) for store in document["stores"]] == [
        ("S-8", 3, 1),
        ("S-6", 4, 2),
        ("S-7", 4, 2),
        ("S-5", 6, 4),
        ("S-4", 7, 5),
        ("S-3", 8, 6),
    ]
    like = document["like"]
    assert (like["store"], like["place"], like["shared"], like["of"], like["few"]) == ("S-7", 2, 1, 6, False)
    assert like["alike"] == [{"fact": "has_wash", "title": "“Wash?”", "value": False, "points": 60}]
    assert like["groups"][1] == {"id": "ENE", "title": "Energy", "percent": 70, "median": 60}


def test_of_many_peers_a_page_shows_the_first_and_those_around_the_store(
    eight: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranking, view = ranking_view(league(eight)), peers(eight, "S-5")
    assert sum("  S-" in line for line in plain(peers_page(ranking, view, EN))) == 6
    for name, value in (("_MOST_ROWS", 5), ("_FIRST", 1), ("_AROUND", 1)):
        monkeypatch.setattr(f"greenstar.reports.text.peers.{name}", value)
    lines = list(plain(peers_page(ranking, view, EN)))
    assert [line.split()[2] for line in lines if "  S-" in line] == ["S-8", "S-7", "S-5", "S-4"]
    assert any("4 of 6 stores are shown" in line for line in lines)


KINDS = Kinds(
    scheme(
        """
        facts:
          washes: {type: boolean, title: car wash, ask: Wash?}
          painted: {type: boolean, title: paint shop, ask: Paint?}
          rain_mm: {type: number, unit: mm, title: rainfall, ask: Rain?}
          kind: {type: choice, title: place, ask: Where?, options: {mall: {label: mall}, street: {label: street}}}
        categories:
        """
        + category(
            "A",
            figure("A-1", 9, "applies_if: washes")
            + figure("A-2", 8, "applies_if: painted")
            + figure("A-3", 7, "applies_if: rain_mm >= 400")
            + figure("A-4", 6, 'applies_if: kind == "mall"')
            + figure("A-5", 5, "applies_if: rain_mm / 2 < 90"),
        ).replace("\n", "\n        ")
    )
)


@rows(
    ("kind", "words"),
    [
        (
            (True, True, True, "mall", True),
            "with car wash and paint shop, rainfall ≥ 400 mm, place: mall, “rain_mm / 2 < 90”",
        ),
        (
            (True, False, False, "street", False),
            "with car wash, no paint shop, rainfall < 400 mm, place: street, not “rain_mm / 2 < 90”",
        ),
        ((False, False), "without car wash or paint shop"),
        ((None, None, True), "of rainfall ≥ 400 mm"),
    ],
)
def test_a_kind_in_words(kind: tuple[bool | str | None, ...], words: str) -> None:
    """A condition that is more than a name against a number stands as it is written."""
    pairs = zip(KINDS.traits, kind, strict=False)
    views = [trait_view(KINDS.scheme, trait, value) for trait, value in pairs if value is not None]
    assert EN.write(kind_words(views)) == words


@rows(
    ("place", "words"),
    [
        (1, "First"),
        (10, "Tenth"),
        (11, "11th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (112, "112th"),
        (33, "33rd"),
    ],
)
def test_places_in_words(place: int, words: str) -> None:
    assert EN.render(ordinal(place)) == words
