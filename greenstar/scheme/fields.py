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

from greenstar.errors import Hint, Mark
from greenstar.i18n.catalogue import LANGUAGE_TAG
from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import read_number
from greenstar.scheme.slips import plain_hint
from greenstar.scheme.yaml_tree import Mapping, Scalar
from greenstar.text import first_unseen

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
PERIOD = re.compile(r"[1-9][0-9]?m", re.ASCII)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOST_ID = 60
MOST_WHOLE = 10_000  # months, stars, findings: more would be a slip, and no calendar reaches it


def wrong(
    key: str, *, offset: int | None = None, mark: Mark | None = None, hint: Hint = None, **values: Any
) -> PydanticCustomError:
    """An error that carries our own message through pydantic, and its place.

    `mark` is the place where it is not the value's own; `offset` counts characters into the scalar.
    """
    context = {"message": Phrase(key, **values), "offset": offset, "mark": mark, "hint": hint}
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
        text = str(value)[:60]
        return wrong(key, mark=value.mark, hint=plain_hint(text), what=Phrase(what), found=text)
    return wrong("fields.expected_found", what=Phrase(what), found=Phrase(kind_of(value)))


def _text_like(pattern: re.Pattern[str], what: str) -> Callable[[Any], Scalar]:
    def read(value: Any) -> Scalar:
        if not isinstance(value, Scalar) or len(value) > MOST_ID or not pattern.fullmatch(value):
            raise expected(what, value)
        return value

    return read


def read_words(value: Any) -> Scalar:
    """A non-empty plain text."""
    if not isinstance(value, Scalar) or not value or value.isspace():
        raise expected("fields.text", value)
    if not value.isprintable() and (unseen := first_unseen(value)):  # nearly all texts are, and that is soon known
        raise wrong("source.control_character", mark=value.mark, code=unseen)
    return value


def read_text(value: Any, info: ValidationInfo) -> Text:
    """A mapping with every language of the scheme, or one plain string for all of them.

    A list `cut` of the context gets the texts behind which a comment begins.
    """
    context = info.context or {}
    languages: list[str] = context.get("languages", [])
    if isinstance(value, Scalar):
        if value.cut:
            context.get("cut", []).append(value)
        return Text(dict.fromkeys(languages or ["en"], str(read_words(value))))
    if not isinstance(value, Mapping):
        raise expected("fields.text_or_languages", value)
    for language, words in value.items():
        if languages and language not in languages:
            mark, allowed = value.key_mark(language), tuple(languages)
            hint = cut_hint(language) if words is None else None
            raise wrong("fields.unknown_language", mark=mark, hint=hint, language=str(language), allowed=allowed)
        if not isinstance(words, Scalar) or not words or words.isspace():
            raise wrong("fields.empty_language", mark=value.key_mark(language), language=str(language))
        read_words(words)
        if words.cut:
            context.get("cut", []).append(words)
    missing = tuple(language for language in languages if language not in value)
    if missing:
        raise wrong("fields.missing_language", missing=missing)
    return Text({language: str(value[language]) for language in languages})


def cut_hint(key: str) -> Phrase:
    """What an unknown key without a value mostly is: the rest of a figure or text that a comma cut in two."""
    return Phrase("fields.quote_hint" if read_number(key) is None else "fields.comma_hint")


def number(value: Any) -> Fraction:
    """A number in decimal digits, or `N%`, which is N/100."""
    if isinstance(value, Scalar) and value.plain:
        figure = percent(value) if value.endswith("%") else read_number(value)
        if figure is not None:
            return figure
    raise expected("fields.number", value)


def percent(text: str) -> Fraction | None:
    """`N%` as N/100, or None."""
    figure = read_number(text[:-1].rstrip()) if text.endswith("%") else None
    return None if figure is None else figure / 100


def _positive(value: Any) -> Fraction:
    figure = number(value)
    if figure <= 0:
        raise expected("fields.positive", value)
    return figure


def _not_negative(value: Any) -> Fraction:
    figure = number(value)
    if figure < 0:
        raise expected("fields.not_negative", value)
    return figure


def _whole(value: Any) -> int:
    figure = _not_negative(value)
    if figure.denominator != 1 or figure > MOST_WHOLE:
        raise expected("fields.whole", value)
    return int(figure)


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
    amount = _not_negative(value)
    return Threshold(amount, value.endswith("%"))


def _share(value: Any) -> Fraction:
    if not isinstance(value, Scalar) or not value.endswith("%"):
        raise expected("fields.percent", value)
    share = _not_negative(value)
    if share > 1:
        raise expected("fields.percent", value)
    return share


Steps = tuple[tuple[Fraction, Fraction], ...]


def steps(value: Any) -> Steps:
    """`{edge: points}` in rising order of the edges."""
    return _by_edge(value, number)


def efforts(value: Any) -> Steps:
    """`{edge: effort}` in rising order of the edges; an effort is above 0."""
    return _by_edge(value, _positive)


def _by_edge(value: Any, read: Callable[[Any], Fraction]) -> Steps:
    if not isinstance(value, Mapping) or not value:
        raise expected("fields.steps", value)
    edges: list[tuple[Fraction, Fraction]] = []
    for edge, points in value.items():
        at = percent(edge) if edge.endswith("%") else read_number(edge)
        if at is None:
            raise wrong("fields.bad_edge", mark=value.key_mark(edge), edge=str(edge)[:60])
        edges.append((at, read(points)))
    edges.sort()
    for (before, _), (after, _) in pairwise(edges):
        if before == after:
            raise wrong("fields.edge_twice", edge=after)
    return tuple(edges)


def is_date(text: str) -> bool:
    """Whether a text writes a day of the calendar, like 2026-05-12."""
    try:
        return DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def read_date(value: Any) -> date:
    """A date `2026-05-12`."""
    if isinstance(value, Scalar) and is_date(value):
        return date.fromisoformat(value)
    raise expected("fields.date", value)


# -- what an editor checks while typing: as near to the readers above as JSON Schema comes -----------------------------

# A plain `1.10`, `no` or `2026-01-01` is read as written where a word is expected; an editor sees another type.
_WORD: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_TEXT = {**_WORD, "pattern": r"\S"}
_PERCENT = r"[0-9]+(\.[0-9]+)?\s*%$"
_EDGE = r"^-?[0-9]+(\.[0-9]+)?\s*%?$"
_STEPS = {
    "type": "object",
    "minProperties": 1,
    "patternProperties": {_EDGE: {"$ref": "#/$defs/Number"}},
    "additionalProperties": False,
}
_EFFORTS = {**_STEPS, "patternProperties": {_EDGE: {"$ref": "#/$defs/Positive"}}}
_LANGUAGES = {
    "type": "object",
    "patternProperties": {f"^{LANGUAGE_TAG.pattern}$": _TEXT},
    "additionalProperties": False,
}
SHARED = "shared"  # pydantic looks up every `$ref` itself; `json_schema` puts this word's definition in its place
SHARED_SCHEMAS: dict[str, dict[str, Any]] = {
    "Ids": {"type": "array", "items": {**_WORD, "pattern": f"^{ID.pattern}$", "maxLength": MOST_ID}},
    "Text": {"anyOf": [_TEXT, {**_LANGUAGES, "minProperties": 1}]},
    "Place": {"anyOf": [_TEXT, {**_LANGUAGES, "properties": {"criteria": {"$ref": "#/$defs/Ids"}}}]},
    "Number": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^-?{_PERCENT}"}]},
    "Positive": {
        "anyOf": [
            {"type": "number", "exclusiveMinimum": 0},
            {"type": "string", "pattern": rf"^(?=[0.]*[1-9]){_PERCENT}"},
        ]
    },
    "NotNegative": {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": f"^{_PERCENT}"}]},
    "Steps": _STEPS,
    "Efforts": _EFFORTS,
}


def _schema(pattern: re.Pattern[str], kind: str | list[str] = "string") -> WithJsonSchema:
    return WithJsonSchema({"type": kind, "pattern": f"^{pattern.pattern}$", "maxLength": MOST_ID})


def _shared(name: str) -> WithJsonSchema:
    return WithJsonSchema({SHARED: name})


_ANY_WORD: list[str] = _WORD["type"]
Id = Annotated[str, PlainValidator(_text_like(ID, "fields.id")), _schema(ID, _ANY_WORD)]
Name = Annotated[str, PlainValidator(_text_like(NAME, "fields.name")), _schema(NAME)]
Slug = Annotated[str, PlainValidator(_text_like(SLUG, "fields.slug")), _schema(SLUG, _ANY_WORD)]
Language = Annotated[str, PlainValidator(_text_like(LANGUAGE_TAG, "fields.language")), _schema(LANGUAGE_TAG)]
Period = Annotated[str, PlainValidator(_text_like(PERIOD, "fields.period")), _schema(PERIOD)]
Words = Annotated[str, PlainValidator(read_words), WithJsonSchema(_TEXT)]
TextField = Annotated[Text, PlainValidator(read_text), _shared("Text")]
Number = Annotated[Fraction, PlainValidator(number), _shared("Number")]
Positive = Annotated[Fraction, PlainValidator(_positive), _shared("Positive")]
NotNegative = Annotated[Fraction, PlainValidator(_not_negative), _shared("NotNegative")]
Share = Annotated[
    Fraction,
    PlainValidator(_share),
    WithJsonSchema({"type": "string", "pattern": r"^0*(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)\s*%$"}),
]
Whole = Annotated[int, PlainValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MOST_WHOLE})]
Months = Annotated[
    int, PlainValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_WHOLE})
]
Boolean = Annotated[bool, PlainValidator(_boolean), WithJsonSchema({"type": "boolean"})]
ThresholdField = Annotated[Threshold, PlainValidator(threshold), _shared("NotNegative")]
StepsField = Annotated[Steps, PlainValidator(steps), _shared("Steps")]
EffortsField = Annotated[Steps, PlainValidator(efforts), _shared("Efforts")]
DateField = Annotated[date, PlainValidator(read_date), WithJsonSchema({"type": "string", "format": "date"})]
