"""What all models of the scheme file share: they are read strictly, and hold rules."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from greenstar.scheme.rules.expression import MOST_CHARACTERS, Rule, read_rule

RuleField = Annotated[
    Rule,
    PlainValidator(read_rule),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": MOST_CHARACTERS}),
]


class Model(BaseModel):
    """Unknown keys are errors; nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
