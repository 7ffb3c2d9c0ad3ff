"""The kinds of value that stand in a scheme: texts, names, numbers, edges. Each reads a `Scalar` strictly.

A reader raises `wrong(...)`, which pydantic collects with its place; so all errors of a file are found at once.
"""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from greenstar.exact import read_number
from greenstar.messages import Message, Text
from greenstar.scheme.source import Mapping, Scalar

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", re.ASCII)
PERIOD = re.compile(r"[1-9][0-9]?m", re.ASCII)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOST_ID = 60


def wrong(key: str, *, offset: int = 0, hint: Message | None = None, **values: Any) -> PydanticCustomError:
    """An error that carries our own message through pydantic; `offset` counts characters into the scalar."""
    context = {"message": Message(key, **values), "offset": offset, "hint": hint}
    return PydanticCustomError("greenstar", "{message}", context)


def kind_of(value: object) -> str:
    """What a value of a file is, for a sentence; an entry of the catalogue."""
    if value is None:
        return "fields.nothing"
    if isinstance(value, Mapping):
        return "fields.mapping"
    return "fields.scalar" if isinstance(value, Scalar) else "fields.sequence"


def expected(what: str, value: object) -> PydanticCustomError:
    """`what` (a catalogue entry) was expected; `value` was found."""
    if isinstance(value, Scalar):
        key = "fields.expected_found_text" if value.plain else "fields.expected_found_quoted"
        return wrong(key, what=Message(what), found=str(value)[:60])
    return wrong("fields.expected_found", what=Message(what), found=Message(kind_of(value)))


def _text_like(pattern: re.Pattern[str], what: str) -> Callable[[Any], Scalar]:
    def read(value: Any) -> Scalar:
        if not isinstance(value, Scalar) or len(value) > MOST_ID or not pattern.fullmatch(value):
            raise expected(what, value)
        return value

    return read


def read_words(value: Any) -> Scalar:
    """A non-empty plain text."""
    if not isinstance(value, Scalar) or not value.strip():
        raise expected("fields.text", value)
    return value


def read_text(value: Any, info: ValidationInfo) -> Text:
    """A mapping with every language of the scheme, or one plain string for all of them."""
    languages: list[str] = (info.context or {}).get("languages", [])
    if isinstance(value, Scalar):
        return Text(dict.fromkeys(languages or ["en"], str(read_words(value))))
    if not isinstance(value, Mapping):
        raise expected("fields.text_or_languages", value)
    for language, words in value.items():
        if languages and language not in languages:
            raise wrong("fields.unknown_language", language=str(language), allowed=tuple(languages))
        if not isinstance(words, Scalar) or not words.strip():
            hint = Message("fields.quote_hint") if looks_unquoted(language) else None
            raise wrong("fields.empty_language", hint=hint, language=str(language))
    missing = tuple(language for language in languages if language not in value)
    if missing:
        raise wrong("fields.missing_language", missing=missing)
    return Text({str(language): str(value[language]) for language in languages})


def looks_unquoted(key: str) -> bool:
    """Whether a key without a value looks like a text that a comma or colon cut in two."""
    return key.endswith(")") or "：" in key


def number(value: Any) -> Fraction:
    """A number in decimal digits, or `N%`, which is N/100."""
    if isinstance(value, Scalar) and value.plain:
        found = percent(value) if value.endswith("%") else read_number(value)
        if found is not None:
            return found
    raise expected("fields.number", value)


def percent(text: str) -> Fraction | None:
    """`N%` as N/100, or None."""
    found = read_number(text[:-1].rstrip()) if text.endswith("%") else None
    return None if found is None else found / 100


def _positive(value: Any) -> Fraction:
    found = number(value)
    if found <= 0:
        raise expected("fields.positive", value)
    return found


def _not_negative(value: Any) -> Fraction:
    found = number(value)
    if found < 0:
        raise expected("fields.not_negative", value)
    return found


def _whole(value: Any) -> int:
    found = _not_negative(value)
    if found.denominator != 1:
        raise expected("fields.whole", value)
    return int(found)


def _boolean(value: Any) -> bool:
    if isinstance(value, Scalar) and value.plain and value in ("true", "false"):
        return value == "true"
    raise expected("fields.boolean", value)


class Threshold(NamedTuple):
    """A least amount: points, or (`percent`) a share of what is available, as a fraction of 1."""

    value: Fraction
    percent: bool


def threshold(value: Any) -> Threshold:
    """`70` points, or `70%` of what is available."""
    found = _not_negative(value)
    return Threshold(found, value.endswith("%"))


def _share(value: Any) -> Fraction:
    if not isinstance(value, Scalar) or not value.endswith("%"):
        raise expected("fields.percent", value)
    found = _not_negative(value)
    if found > 1:
        raise expected("fields.percent", value)
    return found


Steps = tuple[tuple[Fraction, Fraction], ...]


def steps(value: Any) -> Steps:
    """`{edge: points}` in rising order of the edges."""
    if not isinstance(value, Mapping) or not value:
        raise expected("fields.steps", value)
    found: list[tuple[Fraction, Fraction]] = []
    for edge, points in value.items():
        at = percent(edge) if edge.endswith("%") else read_number(edge)
        if at is None:
            raise wrong("fields.bad_edge", edge=str(edge)[:60])
        found.append((at, number(points)))
    found.sort()
    for (before, _), (after, _) in pairwise(found):
        if before == after:
            raise wrong("fields.edge_twice", edge=after)
    return tuple(found)


def read_date(value: Any) -> date:
    """A date `2026-05-12`."""
    if isinstance(value, Scalar) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise expected("fields.date", value)


def _schema(kind: str | list[str], **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


_NUMBER_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)? ?%$"}]}
_STEPS_SCHEMA = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": r"^-?[0-9]+(\.[0-9]+)? ?%?$"},
    "additionalProperties": _NUMBER_SCHEMA,
}
# A plain `1.10`, `no` or `2026-01-01` is read as written where a word is expected; an editor sees another type.
_WORD = ["string", "number", "boolean"]

Id = Annotated[str, PlainValidator(_text_like(ID, "fields.id")), _schema(_WORD, pattern=f"^{ID.pattern}$")]
Name = Annotated[str, PlainValidator(_text_like(NAME, "fields.name")), _schema("string", pattern=f"^{NAME.pattern}$")]
Slug = Annotated[str, PlainValidator(_text_like(SLUG, "fields.slug")), _schema(_WORD, pattern=f"^{SLUG.pattern}$")]
Language = Annotated[
    str, PlainValidator(_text_like(LANGUAGE, "fields.language")), _schema(_WORD, pattern=f"^{LANGUAGE.pattern}$")
]
Period = Annotated[
    str, PlainValidator(_text_like(PERIOD, "fields.period")), _schema("string", pattern=f"^{PERIOD.pattern}$")
]
Words = Annotated[str, PlainValidator(read_words), _schema(_WORD)]
TextField = Annotated[
    Text,
    PlainValidator(read_text),
    WithJsonSchema(
        {"anyOf": [{"type": _WORD}, {"type": "object", "additionalProperties": {"type": _WORD}, "minProperties": 1}]}
    ),
]
Number = Annotated[Fraction, PlainValidator(number), WithJsonSchema(_NUMBER_SCHEMA)]
Positive = Annotated[Fraction, PlainValidator(_positive), WithJsonSchema(_NUMBER_SCHEMA)]
NotNegative = Annotated[Fraction, PlainValidator(_not_negative), WithJsonSchema(_NUMBER_SCHEMA)]
Share = Annotated[
    Fraction, PlainValidator(_share), WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?%$"})
]
Whole = Annotated[int, PlainValidator(_whole), _schema("integer", minimum=0)]
Boolean = Annotated[bool, PlainValidator(_boolean), _schema("boolean")]
ThresholdField = Annotated[Threshold, PlainValidator(threshold), WithJsonSchema(_NUMBER_SCHEMA)]
StepsField = Annotated[Steps, PlainValidator(steps), WithJsonSchema(_STEPS_SCHEMA)]
DateField = Annotated[date, PlainValidator(read_date), _schema("string", format="date")]
