"""The columns of the tables that others build on, a class each. They are promises: only ever added to, at the end."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

Number = int | float | None
Value = bool | int | float | Decimal | str | None
"""What an answer or a fact is; a number that no float writes in plain digits is a Decimal."""
Day: TypeAlias = Annotated[str, "day"]
Time: TypeAlias = Annotated[str, "time"]
"""A day as ISO 8601 writes it, and a time in UTC."""
Kind = Literal["text", "number", "whole", "truth", "day", "time", "value"]
"""What the cells of a column hold; a `value` is of any of these kinds, from row to row."""
CertificateStanding = Literal["valid", "expired", "withdrawn"]


@dataclass(frozen=True)
class ScoreColumns:
    """A visit; the columns of its categories follow."""

    store: str
    name: str
    city: str
    region: str
    cycle: str
    scheme: str
    version: str
    status: str
    assessor: str
    visited: Day | None
    submitted: Time | None
    total: Number
    available: Number
    percent: Number
    level: str | None
    stars: int
    lighthouse: bool
    answered: int
    asked: int
    not_applicable_points: Number


@dataclass(frozen=True)
class LastScoreColumns:
    """What came later, and stands behind the categories. `counts`: its store is ranked by it.

    Two visits are ranked together where their `rules_sha256` are the same, whatever the wording of their schemes.
    """

    excused_points: Number
    scheme_sha256: str
    rules_sha256: str
    revision: int
    certificate: str | None
    valid_until: Day | None
    counts: bool


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
class CriterionColumns:
    """A criterion of a visit. `excused`: the assessor took it out.

    `scheme`, `version` and `revision` tell the visits of one store and cycle apart.
    """

    store: str
    cycle: str
    criterion: str
    title: str
    category: str
    outcome: str
    points: Number
    available: Number
    percent: Number
    excused: bool
    reason: str
    evidence: int
    verified: int
    findings: int
    scheme: str
    version: str
    revision: int


@dataclass(frozen=True)
class AnswerColumns:
    """A question of a visit. `asked`: it was put to this store; of what was not, there is no value.

    `formula`: how the value was calculated, where it was.
    `criterion_label` is the criterion's title, `label_en` and `label_zh` are the question's words. `first`: it is the
    first of its criterion, whose points stand on every row.
    """

    store: str
    cycle: str
    criterion: str
    question: str
    value: Value
    unit: str | None
    answered_at: Time | None
    assessor: str | None
    note: str | None
    points: Number
    available: Number
    outcome: str
    reason: str
    asked: bool
    formula: str | None
    criterion_label: str
    label_en: str | None
    label_zh: str | None
    first: bool
    scheme: str
    version: str
    revision: int


@dataclass(frozen=True)
class FindingColumns:
    """A finding of a visit. `id` stays in all revisions; `follows`: that of the earlier visit's it goes on from."""

    store: str
    cycle: str
    criterion: str
    severity: str
    text: str
    action: str
    due: Day | None
    closed: Day | None
    found_at: Time
    assessor: str
    id: str
    follows: str
    owner: str
    revision: int
    scheme: str
    version: str


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
class FactColumns:
    """A fact of a store as it was at a visit; `label_en` and `label_zh` are the words that it is asked with."""

    store: str
    cycle: str
    fact: str
    value: Value
    unit: str | None
    label_en: str | None
    label_zh: str | None
    scheme: str
    version: str
    revision: int


@dataclass(frozen=True)
class EvidenceColumns:
    """A piece of evidence of a visit. `file_is`: `kept`, `named` (only a name), `gone` or `damaged`."""

    store: str
    cycle: str
    criterion: str
    file: str
    caption: str
    verified: bool
    sha256: str
    bytes: int
    taken_at: str
    added_at: Time
    assessor: str
    file_is: str
    scheme: str
    version: str
    revision: int


@dataclass(frozen=True)
class EventColumns:
    """An event of the journal; `before` and `after` are JSON texts, `hash` follows from `previous`."""

    id: int
    at: Time
    by: str
    kind: str
    store: str | None
    cycle: str | None
    revision: int | None
    subject: str | None
    before: str | None
    after: str | None
    because: str | None
    undoes: int | None
    previous: str
    hash: str


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


Columns = (
    ScoreColumns
    | LastScoreColumns
    | RankingColumns
    | LastRankingColumns
    | CriterionColumns
    | AnswerColumns
    | FindingColumns
    | IndicatorColumns
    | FactColumns
    | EvidenceColumns
    | EventColumns
    | CertificateColumns
    | StoreColumns
)


def names(columns: type[Columns]) -> tuple[str, ...]:
    """The names of a table's columns, in their order."""
    return tuple(field.name for field in fields(columns))


_KINDS: dict[Any, Kind] = {bool: "truth", int: "whole", Number: "number", Value: "value", Day: "day", Time: "time"}


def kinds(columns: type[Columns]) -> dict[str, Kind]:
    """What the columns of a table hold, by their names."""
    return {field.name: _kind(field.type) for field in fields(columns)}


def _kind(annotation: Any) -> Kind:
    return next((kind for held, kind in _KINDS.items() if annotation in (held, held | None)), "text")
