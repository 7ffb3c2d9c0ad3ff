"""A league for exports: only places and the numbers of visits are held, and a few hundred rows at a time are read.

Imports nothing heavy: `greenstar rank` loads it too.
"""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from greenstar.ranking.places import placed_numbers
from greenstar.ranking.stored import Page, PagedLeague
from greenstar.services.results.excused_figures import with_excused_points
from greenstar.storage.protocols.standings import Scope

if TYPE_CHECKING:
    from greenstar.storage.protocols.storage import Storage


def paged_league(storage: "Storage", scope: Scope, before: "LeagueBefore | None") -> PagedLeague:
    """The league, without drafts; `before`: that of the cycle before, under the same rules."""

    def read(numbers: Sequence[int]) -> Page:
        rows = with_excused_points(storage, storage.standings.of(numbers))
        return rows, {} if before is None else before.places_of([row.store for row in rows])

    places, numbers = placed_numbers(storage.standings.order(scope), storage.standings.of)
    return PagedLeague(places, numbers, read)


class LeagueBefore:
    """The places in the league of the cycle before: four bytes a visit."""

    def __init__(self, storage: "Storage", scope: Scope) -> None:
        self._standings = storage.standings
        self._scope = scope
        places, numbers = placed_numbers(storage.standings.order(scope), storage.standings.of)
        self._places = array("i", bytes(4 * (1 + max(numbers, default=0))))  # by number; 0: none
        self.stores = len(numbers)
        for place, number in zip(places, numbers, strict=True):
            self._places[number] = place

    def places_of(self, stores: Sequence[str]) -> dict[str, int]:
        """The places of these stores, of those that had one."""
        visits = self._standings.visits_at(self._scope, stores)
        placed = [(self._places[number], store) for store, number in visits if number < len(self._places)]
        return {store: place for place, store in sorted(placed) if place}
