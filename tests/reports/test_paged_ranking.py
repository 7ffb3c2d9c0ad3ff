"""A league that is read page by page says what one says that is held as a whole."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import exact_text
from greenstar.ranking import stored
from greenstar.ranking.league import Ranked, Ranking
from greenstar.ranking.places import placed, placed_numbers
from greenstar.ranking.standing import StoreStanding
from greenstar.ranking.stored import PagedLeague, StoredLeague
from greenstar.reports.views.ranking_rows import ranking_rows
from greenstar.scoring.edges import Edges
from tests.ranking.test_places import Keys, by_sql, leagues, row

EN = Catalogue("en")


def standing(number: int, keys: Keys) -> StoreStanding:
    order = row(number, keys)
    return StoreStanding(
        *(number, order.store, f"Store {number}", "East", "", "submitted", 0, exact_text(keys[0]), "100", None, 0),
        *(number % 2, 0, None, "[]", "3/2", "1/3", order.keys),
        *order.numbers,
    )


def table(stores: Sequence[Ranked]) -> list[Mapping[str, object]]:
    ranking = Ranking("s", "1", "2026", stores, edges=Edges((Fraction(76),)))
    return list(ranking_rows(ranking, EN, "2026"))


@given(leagues(), st.randoms(use_true_random=False))
def test_a_paged_league_is_exported_as_one_that_is_held(keys: list[Keys], chance: random.Random) -> None:
    stores = [standing(number, each) for number, each in enumerate(keys)]
    before = {store.store: chance.randint(1, 9) for store in stores if chance.random() < 0.5}
    read: list[int] = []

    def page(numbers: Sequence[int]) -> tuple[list[StoreStanding], dict[str, int]]:
        read.append(len(numbers))
        return [stores[number] for number in numbers], before

    order = by_sql([row(number, each) for number, each in enumerate(keys)])
    places, ordered = placed([stores[each.assessment] for each in order])
    with patch.object(stored, "_PAGE", 3):
        paged = PagedLeague(*placed_numbers(order, lambda numbers: [stores[number] for number in numbers]), page)
        assert table(paged) == table(StoredLeague(places, ordered, before))
    assert max(read, default=0) <= 3
