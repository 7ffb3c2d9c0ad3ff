"""Standings: what a ranking reads of visits and scorecards. A part of its own, as a ranking needs no more than this."""

from collections.abc import Sequence
from typing import Protocol

from greenstar.storage.protocols import Row


class Standings(Protocol):
    """What each store is ranked by."""

    def of_cycle(self, cycle: str, *, drafts: bool) -> list[Row]:
        """The visit that counts of each store in a cycle, under every scheme; with `drafts` a newer draft instead.

        Each: `assessment, store, name, region, scheme, rules, status, stale`, the store as the visit has it, and
        `total, available, level, stars, candidate, why_not, keys, not_applicable_points, excused_points` of the
        scorecard, None without one; and `closed`, the day on which the store closed before the cycle was over, or None.
        """

    def totals_before(self, cycle: str, rules: str) -> list[Row]:
        """What counted under the same rules in the cycle before: `cycle, region, total` of each store."""

    def mean_shares(self, assessments: Sequence[int]) -> list[Row]:
        """Each `category` that is no bonus, its mean `percent` in these visits, and in how many `visits` it applies."""
