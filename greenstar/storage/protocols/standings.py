"""Standings: what a ranking reads of visits and scorecards. A part of its own, as a ranking needs no more than this."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from greenstar.ranking.standing import Order, StoreStanding
from greenstar.storage.protocols import Row


class Scope(NamedTuple):
    """The visits that a league is of: those of a cycle that count by some rules, which their hash names.

    `drafts`: a newer draft stands in for the visit that counts. `regions`: only visits of stores there, by all
    spellings of a region; None: everywhere.
    """

    cycle: str
    rules: str
    drafts: bool = False
    regions: Sequence[str] | None = None


class CountingVisit(NamedTuple):
    """A visit that counts: its number, its store with the region that it has there, and the hash of its scheme."""

    assessment: int
    store: str
    region: str
    scheme: str


class Standings(Protocol):
    """What each store is ranked by."""

    def rules_of(self, cycle: str, *, drafts: bool, regions: Sequence[str] | None) -> dict[str, int]:
        """The rules by which visits of a cycle count, and how many do by each; those of closed stores too."""

    def league(self, scope: Scope, *, reasons: bool = True, first: int | None = None) -> list[StoreStanding]:
        """The visits, of stores that had not closed, in the order of their keys as numbers, then of `keys`.

        With `first` only so many. Without `reasons` no `why_not` is read, which is long.
        """

    def order(self, scope: Scope) -> Iterator[Order]:
        """The same league, one after the other and without its figures; there are no drafts in it."""

    def of(self, assessments: Sequence[int]) -> list[StoreStanding]:
        """Visits of a league without drafts by their numbers, in their order."""

    def visits_at(self, scope: Scope, stores: Sequence[str]) -> list[tuple[str, int]]:
        """The visits that count at these stores: the code of each, and the number."""

    def counting(self, scope: Scope) -> list[CountingVisit]:
        """The visits of the same league, by store."""

    def closed(self, scope: Scope) -> list[Row]:
        """The stores that closed before the cycle was over, by code: `store, name, region, closed`."""

    def other_rules(self, scope: Scope) -> dict[str, int]:
        """How many stores are ranked by other rules only, by those, the most first; a store may stand under several."""

    def left_out(self, scope: Scope, ranked: Sequence[str]) -> dict[str, int]:
        """How many stores that had not closed are not in the league, by why. `ranked`: the codes of those that are.

        `other_rules`, `draft`, `withdrawn`, `clashing` (two sealed visits of one revision), `no_visit`: a store stands
        under the first of these that is so.
        """

    def earned(self, scope: Scope, stores: Sequence[str]) -> dict[str, str]:
        """What the criteria earned at these stores when their visits that count were sealed, as JSON, by store.

        Not of those whose criteria are not known, as in a very large sample network.
        """

    def before(self, cycle: str) -> str | None:
        """The cycle before, in which there were visits."""

    def in_league(self, cycle: str) -> set[int]:
        """The visits that count in a cycle, by whichever rules, of stores that had not closed."""

    def totals_before(self, cycle: str, rules: str) -> list[Row]:
        """What counted under the same rules in the cycle before: `cycle, region, total` of each store."""

    def mean_shares(self, assessments: Sequence[int]) -> list[Row]:
        """Each `category` that is no bonus, its mean `percent` in these visits, and in how many `visits` it applies."""
