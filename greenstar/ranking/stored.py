"""Entries of a league from the scorecards of a database. Imports nothing heavy: `greenstar rank` waits for it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, overload

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import ZERO, exact_figure, nearest_float
from greenstar.ranking.league import LeagueEntry, Ranked
from greenstar.ranking.standing import StoreStanding
from greenstar.scoring.explain.unmet import NO_RULE, unmet_message

_PAGE, _PAGES = 250, 2  # stores that are read together; a store at the edge of a page has a neighbour in another one


@dataclass
class KeptUnmet:
    """An unmet requirement as it was kept."""

    requirement: str
    subject: str
    needed: Fraction | None
    actual: Fraction | None
    percent: bool
    because: Any


class KeptReasons(Sequence[Phrase]):
    """The reasons as they were kept, read where one is asked for: of thousands of stores a screen shows a few.

    `kept` is None where only their number was read: then they can be counted, and no more.
    """

    __slots__ = ("_count", "_kept", "_read")

    def __init__(self, kept: str | None, count: int) -> None:
        self._kept = kept
        self._count = count
        self._read: tuple[Phrase, ...] | None = None

    @property
    def _reasons(self) -> tuple[Phrase, ...]:
        if self._read is None:
            assert self._kept is not None, "the reasons were not asked for"
            self._read = tuple(map(reason, json.loads(self._kept)))
        return self._read

    def __len__(self) -> int:
        """How many there are."""
        return self._count or len(self._reasons)

    @overload
    def __getitem__(self, index: int) -> Phrase: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Phrase, ...]: ...

    def __getitem__(self, index: int | slice) -> Phrase | tuple[Phrase, ...]:
        """One or some of them."""
        return self._reasons[index]


class KeptKeys(Mapping[str, Fraction | None]):
    """The keys of a ranking as they were kept, read where one is asked for."""

    __slots__ = ("_kept", "_read")

    def __init__(self, kept: str) -> None:
        self._kept = kept
        self._read: dict[str, Fraction | None] | None = None

    @property
    def _keys(self) -> dict[str, Fraction | None]:
        if self._read is None:
            self._read = {name: exact_figure(value) for name, value in json.loads(self._kept).items()}
        return self._read

    def __getitem__(self, name: str) -> Fraction | None:
        """The figure of a key; None: unknown."""
        return self._keys[name]

    def __iter__(self) -> Iterator[str]:
        """Their names, in the order in which they count."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)


class StoredLeague(Sequence[Ranked]):
    """A league as it was read, each store made where it is asked for. `before`: places by store, in the last cycle."""

    def __init__(
        self, places: Sequence[int], standings: Sequence[StoreStanding], before: Mapping[str, int] | None = None
    ) -> None:
        self._places = places
        self._standings = standings
        self._before = before or {}
        self._made: list[Ranked | None] = [None] * len(standings)

    def __len__(self) -> int:
        """How many stores there are."""
        return len(self._standings)

    @overload
    def __getitem__(self, index: int) -> Ranked: ...

    @overload
    def __getitem__(self, index: slice) -> "StoredLeague": ...

    def __getitem__(self, index: int | slice) -> "Ranked | StoredLeague":
        """One of them, or some."""
        if isinstance(index, slice):
            return StoredLeague(self._places[index], self._standings[index], self._before)
        made = self._made[index]
        if made is None:
            standing, place = self._standings[index], self._places[index]
            before = self._before.get(standing.store)
            made = Ranked(place, league_entry(standing), moved=None if before is None else before - place)
            self._made[index] = made
        return made


Page = tuple[Sequence[StoreStanding], Mapping[str, int]]
"""Some stores of a league, and the places that they had in the last cycle."""


class PagedLeague(Sequence[Ranked]):
    """A league of which a few hundred stores are held, and of the others only the places and the numbers of visits.

    `read` gives the stores of those visits, where one of them is asked for: best inside `reading`.
    """

    def __init__(self, places: Sequence[int], numbers: Sequence[int], read: Callable[[Sequence[int]], Page]) -> None:
        self._places = places
        self._numbers = numbers
        self._read = read
        self._pages: dict[int, StoredLeague] = {}

    def __len__(self) -> int:
        """How many stores there are."""
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Ranked: ...

    @overload
    def __getitem__(self, index: slice) -> "PagedLeague": ...

    def __getitem__(self, index: int | slice) -> "Ranked | PagedLeague":
        """One of them, or some."""
        if isinstance(index, slice):
            return PagedLeague(self._places[index], self._numbers[index], self._read)
        page, place = divmod(range(len(self))[index], _PAGE)
        return (self._pages.get(page) or self._turned_to(page))[place]

    def _turned_to(self, page: int) -> StoredLeague:
        stores = slice(page * _PAGE, (page + 1) * _PAGE)
        while len(self._pages) >= _PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[page] = StoredLeague(self._places[stores], *self._read(self._numbers[stores]))
        return self._pages[page]


_figure = lru_cache(10_000)(exact_figure)
"""A figure that many stores have: totals are seldom of more than two decimals, and levels ask all for the same."""


def league_entry(standing: StoreStanding) -> LeagueEntry:
    """What a store brings into the league."""
    return LeagueEntry(
        assessment=standing.assessment,
        store=standing.store,
        name=standing.name,
        region=standing.region,
        total=_figure(standing.total),
        level=standing.level,
        stars=standing.stars,
        candidate=bool(standing.candidate),
        why_not=() if standing.candidate else _reasons(standing),
        keys=KeptKeys(standing.keys),
        available=_figure(standing.available) or ZERO,
        status=standing.status,
        not_applicable_points=_figure(standing.not_applicable_points) or ZERO,
        excused_points=_figure(standing.excused_points) or ZERO,
        first_reason=standing.first_reason,
    )


def _reasons(standing: StoreStanding) -> Sequence[Phrase]:
    if standing.why_not is None and not standing.reasons:
        return (Phrase(f"scoring.unmet_{NO_RULE}"),)
    return KeptReasons(standing.why_not, standing.reasons)


def key_number(keys: str, place: int) -> float | None:
    """A key of the ranking, by its place among the kept ones, as a number to order by; None: unknown, or there is none.

    It keeps the order of exact figures, but different ones may have the same number.
    """
    exact: list[str | None] = list(json.loads(keys).values())
    value = exact_figure(exact[place]) if place < len(exact) else None
    return None if value is None else nearest_float(value)


def first_reason(why_not: str) -> str | None:
    """The first of the kept reasons, written in every language of the program, as JSON: a long list need not read them.

    None where there is none, and where the scheme says nothing of lighthouse stores.
    """
    lacking: list[dict[str, Any]] = json.loads(why_not)
    if not lacking or any(unmet["requirement"] == NO_RULE for unmet in lacking):
        return None
    first = reason(lacking[0])
    return json.dumps({language: Catalogue(language).render(first) for language in LANGUAGES}, ensure_ascii=False)


def reason(kept: Mapping[str, Any]) -> Phrase:
    """The sentence for an unmet requirement, in the titles of its day."""
    because = kept["because"]
    unmet = KeptUnmet(
        requirement=kept["requirement"],
        subject=kept["subject"],
        needed=_figure(kept["needed"]),
        actual=exact_figure(kept["actual"]),
        percent=kept["percent"],
        because=Text(because) if isinstance(because, dict) else because,
    )
    texts = kept.get("misses", ())  # older databases keep none
    misses = [edge for edge in map(_figure, texts) if edge is not None]
    return unmet_message(unmet, Text(kept["title"]) if kept["title"] else None, misses)
