"""The columns of tables on a whole network: rankings, indicators, certificates, stores. Promises, as in `columns`."""

from dataclasses import dataclass
from typing import Literal

from greenstar.services.results.column_kinds import Day, Number, Time

CertificateStanding = Literal["valid", "expired", "withdrawn"]


@dataclass(frozen=True)
class RankingColumns:
    """A store of a ranking; the columns of the keys that it is ranked by follow."""

    rank: int
    store: str
    name: str
    region: str
    total: Number
    level: str | None
    candidate: bool
    why_not: str
    rank_low: int | None
    rank_high: int | None


@dataclass(frozen=True)
class LastRankingColumns:
    """What came later, and stands behind the keys."""

    excused_points: Number
    not_applicable_points: Number
    tie_broken_by: str | None
    rank_low_bound: int | None
    rank_high_bound: int | None
    proved: bool | None
    chance_top: Number
    moved: int | None
    settings: str | None
    cycle: str


@dataclass(frozen=True)
class IndicatorColumns:
    """An indicator over all stores (`region` is None), or over those of a region.

    `value` is over the stores that know it (`known`), `value_now` and `value_before` over those known in both cycles;
    likewise the ratio, which is that of the two sums. A figure whose unit is % is told of 100.
    """

    cycle: str
    scheme: str
    version: str
    region: str | None
    stores: int
    indicator: str
    title: str
    unit: str | None
    added_up_as: str
    better: str | None
    value: Number
    known: int
    left_out: int
    value_now: Number
    value_before: Number
    change_percent: Number
    known_in_both: int
    ratio: Number
    ratio_unit: str | None
    ratio_known: int
    ratio_now: Number
    ratio_before: Number
    ratio_change_percent: Number
    ratio_known_in_both: int
    source: str | None
    before_cycle: str | None


@dataclass(frozen=True)
class CertificateColumns:
    """A certificate, with what its visit came to."""

    certificate: str
    store: str
    name: str
    city: str
    region: str
    cycle: str
    scheme: str
    version: str
    level: str | None
    stars: int | None
    total: Number
    decided: Time
    valid_until: Day | None
    standing: CertificateStanding
    revision: int
    seal: str


@dataclass(frozen=True)
class StoreColumns:
    """A store; the facts of the scheme follow, as `stores import` reads them."""

    code: str
    name: str
    city: str
    region: str
