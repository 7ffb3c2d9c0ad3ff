"""Scorecards: what a ranking and an export read, without scoring again."""

from collections.abc import Iterable
from typing import Any, Protocol

from greenstar.storage.protocols import Row


class Scorecards(Protocol):
    """The stored scorecards."""

    def keep(self, card: Row, groups: Iterable[tuple[Any, ...]]) -> None:
        """Keep a scorecard in the place of the assessment's older one.

        Each group: (group, points, available, percent, bonus, share).
        """

    def get(self, assessment: int) -> Row | None:
        """The scorecard of an assessment, or None."""

    def groups(self, assessment: int) -> list[Row]:
        """The categories of an assessment's scorecard."""

    def standings(self, cycle: str, *, drafts: bool) -> list[Row]:
        """What counts for each store in a cycle, under every scheme; with `drafts` a newer draft counts instead."""
