"""Peers: the same facts among those that decide what applies, the least of them left out until five are there."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from greenstar.ranking.peers import LEAST_PEERS, Kind, Kinds, Peers, Trait, peers_among
from tests.builders import answer, category, figure, scheme

SCHEME = scheme(
    """
    facts:
      washes: {type: boolean, ask: q}
      rain_mm: {type: number, ask: q}
      kind: {type: choice, ask: q, options: {mall: {label: m}, street: {label: s}}}
      heated: {type: boolean, ask: q}
      area: {type: number, ask: q}
      painted: {type: boolean, ask: q}
      colour: {type: boolean, ask: q}
    values:
      rainy: {of: washes and rain_mm >= 400, title: t}
      large: {of: area / 2, title: t}
    categories:
    """
    + category(
        "A",
        figure("A-1", 7, 'applies_if: washes or kind == "mall"')
        + figure("A-2", 3, "applies_if: rainy")
        + "- {id: A-3, title: t, points: 2, score: {of: 1 if warm else 0}, questions: {\n"
        + "    warm: {type: boolean, ask: q, ask_if: heated}}}\n"
        + "- {id: A-4, title: t, points: 1, type: boolean, ask: q, applies_if: large > 50 and painted}\n"
        + "- {id: A-5, title: t, points: 4, type: boolean, ask: q, applies_if: 'answer(\"A-4\")'}\n",
    ).replace("\n", "\n    ")
)
BY_ID: Mapping[str, Trait] = {trait.id: trait for trait in Kinds(SCHEME).traits}


def kind(**facts: Any) -> Kind:
    """The kind of a store with these facts."""
    return Kinds(SCHEME).of({name: answer(value) for name, value in facts.items()})


def test_what_decides_what_applies_stands_in_the_order_of_its_points() -> None:
    """Through named quantities (`rainy`) and through answers (A-5); what only a question hangs on comes last."""
    assert [(trait.id, int(trait.points), int(trait.asked_points)) for trait in Kinds(SCHEME).traits] == [
        ("washes", 10, 0),
        ("kind", 7, 0),
        ("painted", 5, 0),
        ("(large > 50)", 5, 0),
        ("(rain_mm >= 400)", 3, 0),
        ("heated", 0, 2),
    ]


def test_figures_are_compared_by_what_they_decide() -> None:
    assert kind(rain_mm=400) == kind(rain_mm=1200) != kind(rain_mm=399)
    assert kind(area=101) == kind(area=5000) != kind(area=100)


def test_a_fact_that_decides_nothing_makes_no_difference() -> None:
    assert kind(washes=True, colour=True) == kind(washes=True, colour=False)


def test_what_is_not_known_is_of_no_kind() -> None:
    assert kind(washes=True) == (True, None, None, None, None, None)


STORES = {
    "A": (True, "mall", True),
    "B": (True, "mall", True),
    "C": (True, "mall", False),
    "D": (True, "street", True),
    "E": (False, "mall", True),
}
TRAITS = tuple(Trait(name, None, Fraction(3 - place), Fraction(0)) for place, name in enumerate("wkp"))


def peers_of(store: str, kinds: Mapping[str, Kind], traits: tuple[Trait, ...] = TRAITS, **least: int) -> Peers:
    """The peers of a store among `kinds`: those of all stores by code, the store itself among them."""
    own = kinds[store]

    def alike(place: int, stores: Sequence[str]) -> Sequence[str]:
        return [code for code in stores if kinds[code][place] == own[place]]

    return peers_among(store, own, [code for code in kinds if code != store], traits, alike, **least)


def test_the_fact_that_decides_least_is_left_out_first() -> None:
    two = peers_of("A", STORES, TRAITS, least=2)
    assert two.peers == ("B", "C")
    assert [trait.id for trait in two.alike] == ["w", "k"]
    assert [trait.id for trait in two.dropped] == ["p"]
    assert two.kind == {"w": True, "k": "mall", "p": True}


def test_a_store_that_comes_with_those_left_out_is_a_peer_even_beyond_the_number() -> None:
    assert peers_of("A", STORES, TRAITS, least=1).peers == ("B",)
    assert peers_of("A", STORES, TRAITS, least=3).peers == ("B", "C", "D")
    assert peers_of("E", STORES, TRAITS, least=1).peers == ("A", "B", "C", "D"), "nobody else is without a wash"


def test_where_there_are_fewer_stores_all_of_them_are_peers_and_nothing_is_alike() -> None:
    all_of_them = peers_of("A", STORES, TRAITS)
    assert all_of_them.peers == ("B", "C", "D", "E")
    assert all_of_them.alike == ()
    assert [trait.id for trait in all_of_them.dropped] == ["p", "k", "w"]
    assert peers_of("A", {"A": STORES["A"]}, TRAITS).peers == ()


def test_what_is_not_known_of_the_store_is_not_compared() -> None:
    stores = {**STORES, "A": (True, None, True)}
    peers = peers_of("A", stores, TRAITS, least=2)
    assert peers.peers == ("B", "D")
    assert [trait.id for trait in peers.alike] == ["w", "p"]
    assert peers.dropped == ()


def test_the_example_that_is_worked_by_hand_in_the_documents() -> None:
    facts = {"A": "yyn", "B": "yyn", "C": "yyn", "D": "yyy", "E": "yyy", "F": "yyy", "G": "ynn", "H": "nyn"}
    kinds = {store: tuple(letter == "y" for letter in letters) for store, letters in facts.items()}
    peers = peers_of("A", kinds, TRAITS)
    assert "".join(peers.peers) == "BCDEF"
    assert [trait.id for trait in peers.dropped] == ["p"]


_kinds = st.dictionaries(
    st.text("ABCDEFGHIJKLMNOP", min_size=1, max_size=2),
    st.tuples(*[st.sampled_from([True, False, None])] * 4),
    min_size=1,
    max_size=24,
)


@given(_kinds)
def test_peers_are_those_that_leaving_out_facts_one_by_one_finds(kinds: dict[str, Kind]) -> None:
    store, traits = next(iter(kinds)), tuple(Trait(name, None, Fraction(), Fraction()) for name in "abcd")
    compared = [place for place in range(4) if kinds[store][place] is not None]
    before = dict(kinds)
    while True:
        alike = [
            code
            for code in kinds
            if code != store and all(kinds[code][place] == kinds[store][place] for place in compared)
        ]
        if len(alike) >= LEAST_PEERS or not compared:
            break
        compared.pop()
    peers = peers_of(store, kinds, traits)
    assert peers.peers == tuple(alike)
    assert [trait.id for trait in peers.alike] == ["abcd"[place] for place in compared]
    assert kinds == before
