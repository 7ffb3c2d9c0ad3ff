"""The scheme file as it is written: one model a mapping of `scheme-format`, read strictly by pydantic.

Only shape is checked here. What spans several keys (names, ids, circles, edges) is `validation`'s; what levels and
lighthouse stores require is in `levels`.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema

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
    Slug,
    StepsField,
    TextField,
    Words,
    read_text,
    wrong,
)
from greenstar.scheme.levels import Level, Lighthouse
from greenstar.scheme.strict_model import Model, RuleField
from greenstar.scheme.yaml_tree import Mapping, Scalar

QuestionType = Literal["boolean", "choice", "multiple", "number", "text", "date"]
Method = Literal["sum", "mean", "min", "geometric"]
Policy = Literal["exclude", "award", "zero", "redistribute", "forbid"]
Helper = Literal["flow", "difference"]


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
