"""The columns of the tables on visits, a class each. They are promises: only ever added to, at the end."""

from dataclasses import dataclass

from greenstar.services.results.column_kinds import Day, Number, Time, Value


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
    """An event of the journal; `before` and `after` are JSON texts, `hash` follows from `previous`.

    `previous`: the hashes of the events that it follows in its chain, with a space between them.
    """

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
    ulid: str
    chain: str
    place: int
    database: str
    whose: str | None
