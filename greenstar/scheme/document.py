"""The scheme file as it is written: one model a mapping of `scheme-format`, read strictly by pydantic.

Only shape is checked here. What spans several keys (names, ids, circles, edges) is `linking`'s.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from greenstar.i18n.phrase import Text
from greenstar.numbers import ONE
from greenstar.scheme.fields import (
    ID,
    SHARED,
    Boolean,
    EffortsField,
    Id,
    Language,
    Months,
    Name,
    NotNegative,
    Number,
    Period,
    Positive,
    Share,
    Slug,
    StepsField,
    TextField,
    ThresholdField,
    Whole,
    Words,
    expected,
    read_text,
    wrong,
)
from greenstar.scheme.rules.expression import MOST_CHARACTERS, Rule, read_rule
from greenstar.scheme.yaml_tree import Mapping, Scalar

QuestionType = Literal["boolean", "choice", "multiple", "number", "text", "date"]
Method = Literal["sum", "mean", "min", "geometric"]
Policy = Literal["exclude", "award", "zero", "redistribute", "forbid"]
Helper = Literal["flow", "difference"]
Severity = Literal["major", "minor", "observation"]
SEVERITIES: tuple[Severity, ...] = ("major", "minor", "observation")
FindingLimit = Literal["major", "minor", "observation", "repeated"]
FINDING_LIMITS: tuple[FindingLimit, ...] = (*SEVERITIES, "repeated")
"""What open findings may be limited by: their severity, or that they were open at the last visit already."""

RuleField = Annotated[
    Rule,
    PlainValidator(read_rule),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": MOST_CHARACTERS}),
]


class Model(BaseModel):
    """Unknown keys are errors; nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Option(Model):
    """One option of a choice or a multiple question."""

    label: TextField
    points: Number | None = None
    effort: Positive | None = None
    formerly: list[Id] = []


OptionSet = dict[Name, Option]


def _name_or_set(value: Any) -> str:
    return "name" if isinstance(value, str) else "set"


class QuestionFields(Model):
    """What a question may say; a criterion with a lone question says it directly."""

    type: QuestionType | None = None
    ask: TextField | None = None
    unit: TextField | None = None
    min: Number | None = None
    max: Number | None = None
    plausible: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    whole: Boolean = False
    period: Period | None = None
    helper: Helper | None = None
    options: (
        Annotated[
            Annotated[Name, Tag("name")] | Annotated[OptionSet, Tag("set")],
            Discriminator(_name_or_set),
        ]
        | None
    ) = None


class Question(QuestionFields):
    """What is asked."""

    type: QuestionType
    ask: TextField
    ask_if: RuleField | None = None
    formerly: list[Id] = []


class Fact(Question):
    """A question about the store; `title` names it in few words, as sentences on stores of one kind need them."""

    title: TextField | None = None


class Score(Model):
    """How the value of a rule earns points."""

    of: RuleField | None = None
    unit: TextField | None = None
    at_least: StepsField | None = None
    at_most: StepsField | None = None
    linear: StepsField | None = None
    effort: EffortsField | None = None


class Check(Model):
    """A rule over the answers: `refuse` stops an answer, `warn` asks for a note."""

    refuse: RuleField | None = None
    warn: RuleField | None = None
    because: TextField


class Criterion(QuestionFields):
    """One testable requirement. A lone question may stand in it directly (`ask`, `type`, ...)."""

    id: Id
    title: TextField
    points: NotNegative | None = None
    prerequisite: Boolean = False
    weight: Positive | None = None
    effort: Positive | None = None
    place: Name | None = None
    applies_if: RuleField | None = None
    met_if: RuleField | None = None
    not_applicable: Policy | None = None
    intent: TextField | None = None
    guidance: TextField | None = None
    evidence: list[TextField] = []
    source: TextField | None = None
    questions: dict[Name, Question] = {}
    checks: list[Check] = []
    score: Score | None = None
    formerly: list[Id] = []


class Group(Model):
    """A category: it holds criteria, or further categories."""

    category: Id
    title: TextField
    weight: Positive | None = None
    method: Method = "sum"
    points: Positive | None = None
    bonus: Boolean = False
    max: Positive | None = None
    criteria: list[Criterion] = []
    categories: list["Group"] = []
    formerly: list[Id] = []


class Scoring(Model):
    """How the categories make the total."""

    method: Method = "sum"
    points: Positive | None = None
    not_applicable: Policy = "exclude"


class Value(Model):
    """A named quantity: shown beside the questions, never asked, never stored."""

    of: RuleField
    title: TextField
    unit: TextField | None = None
    source: TextField | None = None


class Per(Model):
    """What an indicator is held against: its ratio is of the two sums, times a figure."""

    of: RuleField
    times: Positive = ONE
    unit: TextField


class Indicator(Model):
    """What a network adds up to, in figures and not in points: a rule that is worked out once a visit."""

    of: RuleField
    title: TextField
    unit: TextField | None = None
    total: Literal["sum", "mean", "median"] = "sum"
    better: Literal["less", "more"] | None = None
    per: Per | None = None
    source: TextField | None = None


class Place(Model):
    """Where an assessor stands; `criteria` is the order there."""

    title: TextField
    criteria: list[Id] = []


class EachCategory(Model):
    """A least share of every category."""

    min: ThresholdField
    except_: list[Id] = Field(default=[], alias="except")
    where_applies: Share | None = None


class AnyOf(Model):
    """At least so many of a list of criteria, met in full."""

    at_least: Whole
    of: Annotated[list[Id], Field(min_length=1)]


def _mapping_or_scalar(value: Any) -> str:
    return "mapping" if isinstance(value, dict) else "amount"


def _list_or_one(value: Any) -> str:
    return "list" if isinstance(value, list) else "one"


def _prerequisites(value: Any) -> tuple[str, ...] | Literal["all", "none"]:
    if isinstance(value, Scalar) and value in ("all", "none"):
        return "all" if value == "all" else "none"
    if isinstance(value, list) and all(isinstance(part, Scalar) for part in value):
        return tuple(value)
    raise expected("fields.prerequisites", value)


class Requires(Model):
    """What a level, or a lighthouse store, must fulfil; all of it."""

    total: ThresholdField | None = None
    each_category: (
        Annotated[
            Annotated[ThresholdField, Tag("amount")] | Annotated[EachCategory, Tag("mapping")],
            Discriminator(_mapping_or_scalar),
        ]
        | None
    ) = None
    categories: dict[Id, ThresholdField] = {}
    criteria: dict[Id, NotNegative] = {}
    any_of: (
        Annotated[
            Annotated[AnyOf, Tag("one")] | Annotated[list[AnyOf], Tag("list")],
            Discriminator(_list_or_one),
        ]
        | None
    ) = None
    level: Id | None = None
    findings: dict[FindingLimit, Whole] = {}
    evidence: Share | None = None
    excused: ThresholdField | None = None
    complete: Boolean = False
    prerequisites: Annotated[
        tuple[str, ...] | Literal["all", "none"],
        PlainValidator(_prerequisites),
        WithJsonSchema({"anyOf": [{"enum": ["all", "none"]}, {SHARED: "Ids"}]}),
    ] = "all"
    when: RuleField | None = None
    because: TextField | None = None

    @property
    def choices(self) -> list[AnyOf]:
        """The `any_of` of the level: none, one, or several."""
        choices = self.any_of
        return choices if isinstance(choices, list) else [choices] if choices is not None else []


class Level(Model):
    """A level that can be reached; the file lists the lowest first."""

    id: Id
    title: TextField
    stars: Whole = 0
    requires: Requires = Requires()


class RankKey(Model):
    """One key of the ranking: higher comes first."""

    id: Name
    of: RuleField
    title: TextField


def _rank_by(value: Any) -> str:
    return "total" if isinstance(value, str) else "key"


class Lighthouse(Model):
    """Who is a candidate for a lighthouse store, and how stores are ranked."""

    requires: Requires = Requires()
    rank_by: list[
        Annotated[
            Annotated[Literal["total"], Tag("total")] | Annotated[RankKey, Tag("key")],
            Discriminator(_rank_by),
        ]
    ] = ["total"]


def _place(value: Any, info: Any) -> Place:
    """`{en: Roof, zh: 屋顶, criteria: [...]}`: the languages stand beside the order."""
    if not isinstance(value, Mapping):
        return Place.model_construct(title=read_text(value, info), criteria=[])
    order = value.get("criteria") or []
    if not isinstance(order, list) or not all(isinstance(part, Scalar) and ID.fullmatch(part) for part in order):
        raise wrong("fields.place_order")
    words = Mapping((key, text) for key, text in value.items() if key != "criteria")
    words.mark = value.mark
    title: Text = read_text(words, info)
    return Place.model_construct(title=title, criteria=list(order))


PlaceField = Annotated[Place, PlainValidator(_place), WithJsonSchema({SHARED: "Place"})]


class Document(Model):
    """The whole scheme: the header, with the category files put in their places."""

    scheme: Slug
    version: Words
    title: TextField
    languages: Annotated[list[Language], Field(min_length=1)]
    valid_months: Months | None = None
    decided_by: Literal["anyone", "another"] = "anyone"
    notice: TextField | None = None
    scoring: Scoring = Scoring()
    facts: dict[Name, Fact] = {}
    values: dict[Name, Value] = {}
    indicators: dict[Name, Indicator] = {}
    options: dict[Name, OptionSet] = {}
    places: dict[Name, PlaceField] = {}
    categories: Annotated[list[Group], Field(min_length=1)]
    levels: list[Level] = []
    lighthouse: Lighthouse = Lighthouse()
