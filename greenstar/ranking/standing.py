"""What a database keeps for rankings of each store, as its rows: quick to read by the hundred thousand."""

from collections.abc import Mapping
from typing import Any, NamedTuple

KEY_COLUMNS = 6  # so many keys of a ranking stand in columns of their own


class StoreStanding(NamedTuple):
    """What a store is ranked by: its visit, with the store as the visit has it, and the figures of its scorecard.

    `stale`: the scorecard does not count the last change; there may be none then, and its figures are None. `why_not`
    is None where it was not asked for. Exact figures are texts (305/4), `keys`, `first_reason` and `why_not` are JSON;
    `key_1` to `key_6` are the first of `keys` as numbers. `reasons`: how many stand in `why_not`; 0 and no first one
    where the scheme has no rule for lighthouse stores.
    """

    assessment: int
    store: str
    name: str
    region: str
    scheme: str
    status: str
    stale: int
    total: str | None
    available: str
    level: str | None
    stars: int
    candidate: int
    reasons: int
    first_reason: str | None
    why_not: str | None
    not_applicable_points: str
    excused_points: str | None
    keys: str
    key_1: float | None
    key_2: float | None
    key_3: float | None
    key_4: float | None
    key_5: float | None
    key_6: float | None

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """The first keys, as numbers."""
        return self[-KEY_COLUMNS:]  # type: ignore[return-value]  # the last columns; one by one takes twice as long

    def with_figures(self, figures: Mapping[str, Any]) -> "StoreStanding":
        """The same store, with the figures of a newer scorecard."""
        return self._replace(**{name: figures[name] for name in self._fields if name in figures})


class Order(NamedTuple):
    """By what a store is ranked, with its visit, and no more of it."""

    assessment: int
    store: str
    keys: str
    key_1: float | None
    key_2: float | None
    key_3: float | None
    key_4: float | None
    key_5: float | None
    key_6: float | None

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """The first keys, as numbers."""
        return self[-KEY_COLUMNS:]  # type: ignore[return-value]  # the last columns; one by one takes twice as long


def in_order(standing: StoreStanding) -> tuple[object, ...]:
    """For sorting as a database sorts: higher first, unknown last, then by `keys` and store."""
    return (
        *((number is None, -(number or 0.0)) for number in standing.numbers),
        standing.keys,
        standing.store,
    )
