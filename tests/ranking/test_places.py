"""Places from the order of a database: the same as comparing all keys of all stores exactly."""

import json
import os
import sqlite3
from contextlib import closing
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from greenstar.numbers import exact_text, nearest_float
from greenstar.ranking.league import LeagueEntry, rank
from greenstar.ranking.places import placed, placed_numbers
from greenstar.ranking.standing import KEY_COLUMNS, Order
from tests.rows import rows

CASES = int(os.environ.get("GREENSTAR_LEAGUES", "0"))  # 1000 leagues take a minute
TINY = [Fraction(sign, 10**places) for places in (7, 12, 17, 40) for sign in (-1, 1)]
Keys = tuple[Fraction | None, ...]

near = st.builds(
    lambda value, by: value + by, st.sampled_from([Fraction(76), Fraction(229, 3), Fraction(0)]), st.sampled_from(TINY)
)
key = st.one_of(st.none(), near, st.integers(0, 3).map(Fraction), st.fractions(-5, 100, max_denominator=7))


@st.composite
def leagues(draw: st.DrawFn) -> list[Keys]:
    """Keys of the stores of a league: as many of each, more or fewer than have columns; many are equal or nearly so."""
    count = draw(st.integers(1, KEY_COLUMNS + 2))
    pool = draw(st.lists(st.tuples(*[key] * count), min_size=1, max_size=6))
    keys: list[Keys] = draw(st.lists(st.sampled_from(pool) | st.tuples(*[key] * count), max_size=14))
    return keys


def row(number: int, keys: Keys) -> Order:
    """A store as it is kept."""
    exact = json.dumps({f"k{at}": exact_text(value) for at, value in enumerate(keys)})
    numbers = [None if value is None else nearest_float(value) for value in keys]
    return Order(number, f"S-{number:03}", exact, *(numbers + [None] * KEY_COLUMNS)[:KEY_COLUMNS])


def by_sql(stores: list[Order]) -> list[Order]:
    """The stores as SQLite orders them."""
    names = [f"key_{place}" for place in range(1, KEY_COLUMNS + 1)]
    with closing(sqlite3.connect(":memory:")) as database:
        columns = ", ".join(f"{name} REAL" for name in names)
        database.execute(f"CREATE TABLE kept (assessment INTEGER, store TEXT, keys TEXT, {columns})")
        database.executemany(f"INSERT INTO kept VALUES (?, ?, ?{', ?' * len(names)})", stores)
        order = ", ".join(f"{name} DESC" for name in names)
        return [Order(*kept) for kept in database.execute(f"SELECT * FROM kept ORDER BY {order}, keys, store")]


def exactly(leagues: list[Keys]) -> list[tuple[int, str]]:
    """The league as the definition has it: every key of every store in fractions."""
    entries = []
    for number, keys in enumerate(leagues):
        named = {f"k{at}": value for at, value in enumerate(keys)}
        entries.append(LeagueEntry(number, f"S-{number:03}", "", "", None, None, 0, False, (), named, Fraction(100)))
    return [(ranked.rank, ranked.entry.store) for ranked in rank(entries)]


@settings(max_examples=CASES or settings().max_examples)
@given(leagues())
def test_a_league_ordered_by_sql_is_the_league_in_fractions(keys: list[Keys]) -> None:
    stores = [row(number, each) for number, each in enumerate(keys)]
    places, ordered = placed(by_sql(stores))
    assert list(zip(places, (store.store for store in ordered), strict=True)) == exactly(keys)
    told = placed_numbers(iter(by_sql(stores)), lambda numbers: [stores[number] for number in numbers])
    assert [list(numbers) for numbers in told] == [places, [store.assessment for store in ordered]]


def test_totals_that_are_one_float_are_told_apart() -> None:
    third = Fraction(1, 3)
    keys: list[Keys] = [(third, Fraction(9)), (third + Fraction(1, 10**30), Fraction(1)), (third, Fraction(9))]
    assert nearest_float(keys[0][0] or third) == nearest_float(keys[1][0] or third)
    places, ordered = placed(by_sql([row(number, each) for number, each in enumerate(keys)]))
    assert (places, [store.store for store in ordered]) == ([1, 2, 2], ["S-001", "S-000", "S-002"])


@rows("keys", [[], [(None,)], [(Fraction(1),), (Fraction(1),)], [(Fraction(10) ** 400,), (Fraction(10) ** 401,)]])
def test_none_one_all_equal_and_beyond_all_floats(keys: list[Keys]) -> None:
    places, ordered = placed(by_sql([row(number, each) for number, each in enumerate(keys)]))
    assert list(zip(places, (store.store for store in ordered), strict=True)) == exactly(keys)
