"""A league that was kept when its cycle was closed, and where it would differ if it were worked out again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Difference:
    """A store that stands otherwise now: its place, total and level as they were kept, and now; None: it has none."""

    store: str
    rank: int | None
    rank_now: int | None
    total: Fraction | None
    total_now: Fraction | None
    level: str | None
    level_now: str | None

    @property
    def by_itself(self) -> bool:
        """Whether something changed at the store itself: it does not only make room for others."""
        gone_or_new = self.rank is None or self.rank_now is None
        return gone_or_new or (self.total, self.level) != (self.total_now, self.level_now)


@dataclass(frozen=True)
class KeptRanking:
    """When and by whom a league was kept, as which revision, under which seal; and where it would differ now.

    `settings`: what the ranges of its places were worked out with, by name; None: it has none.
    """

    at: str
    by: str
    revision: int
    seal: str
    differences: tuple[Difference, ...]
    settings: Mapping[str, Any] | None = None


class KeptPlace(NamedTuple):
    """What is compared of a store; None: it has no place, or nothing of the kind."""

    rank: int | None = None
    total: Fraction | None = None
    level: str | None = None


_NONE = KeptPlace()


def differences(kept: Mapping[str, KeptPlace], now: Mapping[str, KeptPlace]) -> Iterator[Difference]:
    """The stores with another place, total or level, those in the kept league first. Places by store."""
    for store in dict.fromkeys((*kept, *now)):
        before, after = kept.get(store, _NONE), now.get(store, _NONE)
        if before != after:
            yield Difference(store, before.rank, after.rank, before.total, after.total, before.level, after.level)
