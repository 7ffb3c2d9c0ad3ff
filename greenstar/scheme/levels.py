"""What the scheme file says of levels and lighthouse stores: what they require, and how stores are ranked."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from greenstar.scheme.fields import (
    SHARED,
    Boolean,
    Id,
    Name,
    NotNegative,
    Share,
    TextField,
    ThresholdField,
    Whole,
    expected,
)
from greenstar.scheme.severities import FindingLimit
from greenstar.scheme.strict_model import Model, RuleField
from greenstar.scheme.yaml_tree import Scalar


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
