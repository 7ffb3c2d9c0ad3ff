"""An answers file as it is written: its keys and what they hold. YAML, JSON and spreadsheets all become this."""

import re
from collections.abc import Container
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator, model_validator

from greenstar.hashes import is_sha256
from greenstar.scheme.fields import (
    ID,
    MOST_ID,
    Boolean,
    DateField,
    Id,
    Number,
    Words,
    expected,
    number,
    wrong,
)
from greenstar.scheme.severities import Severity
from greenstar.scheme.strict_model import Model
from greenstar.scheme.yaml_tree import Mapping as Tree
from greenstar.scheme.yaml_tree import Scalar
from greenstar.text import MOST_CHARACTERS, MOST_NAME, clean_text, tidied

_MOST_BYTES = 2**53
_DAY_FIRST = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].+)?", re.ASCII)  # of what ISO 8601 has, what people write too


def _text(value: Any) -> str:
    """People's text: taken as written, without control characters; nothing is an empty text."""
    if value is None:
        return ""
    if not isinstance(value, Scalar):
        raise expected("fields.text", value)
    clean = clean_text(value)
    if len(clean) > MOST_CHARACTERS:
        raise wrong("answers.too_long", most=str(MOST_CHARACTERS), found=str(len(clean)))
    return clean


def _name(value: Any) -> str:
    clean = _text(value)
    if len(clean) > MOST_NAME:
        raise wrong("answers.too_long", most=str(MOST_NAME), found=str(len(clean)))
    return clean


def _reason(value: Any) -> str:
    clean = _text(value)
    if not clean:
        raise wrong("answers.reason_needed")
    return clean


def _size(value: Any) -> int:
    """How many bytes a file has."""
    size = number(value)
    if size.denominator != 1 or not 0 <= size <= _MOST_BYTES:
        raise expected("evidence.size_expected", value)
    return int(size)


def _hash(value: Any) -> str:
    """A SHA-256, in small letters as an evidence store has it; nothing is an empty text."""
    text = _text(value).lower()
    if text and not is_sha256(text):
        raise expected("evidence.hash_expected", value)
    return text


def _moment(value: Any) -> str:
    """When something was, as it is written: a day, or a day and a time; nothing is an empty text."""
    text = _text(value)
    if text and not _is_moment(text):
        raise expected("fields.moment", value)
    return text


def _is_moment(text: str) -> bool:
    try:
        return bool(_DAY_FIRST.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _store_code(value: Any) -> str:
    """A store's code, as it is kept: its spelling does not matter."""
    code = tidied(value) if isinstance(value, Scalar) else ""
    if len(code) > MOST_ID or not ID.fullmatch(code):
        raise expected("fields.id", value)
    return code


def _anything(value: Any) -> Any:
    return value


Content = Annotated[str, PlainValidator(_text)]
Name = Annotated[str, PlainValidator(_name)]
Reason = Annotated[str, PlainValidator(_reason)]
Size = Annotated[int, PlainValidator(_size)]
Hash = Annotated[str, PlainValidator(_hash)]
Moment = Annotated[str, PlainValidator(_moment)]
StoreCode = Annotated[str, PlainValidator(_store_code)]
Raw = Annotated[Any, PlainValidator(_anything)]


class _Part(Model):
    """A part of the file. A key of it that is left empty says nothing, and is as good as absent."""

    said_by_nothing: ClassVar[Container[str]] = ()
    """Keys that say something by having no value."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        if not isinstance(value, Tree):
            return value
        unsaid = {key for key in cls.model_fields if key not in cls.said_by_nothing and value.get(key, value) is None}
        return {key: part for key, part in value.items() if key not in unsaid}


class StoreDocument(_Part):
    """The store, with its facts."""

    code: StoreCode
    name: Name = ""
    city: Name = ""
    region: Name = ""
    facts: dict[str, Raw] = {}


class EvidenceDocument(_Part):
    """One file or reading."""

    said_by_nothing = ("verified",)  # `{file: a.jpg, verified}` says half of it

    file: Reason
    verified: Boolean = False
    caption: Content = ""
    sha256: Hash = ""
    bytes: Size = 0
    taken_at: Moment = ""


class FindingDocument(_Part):
    """One finding."""

    criterion: Id
    severity: Severity
    text: Reason
    action: Content = ""
    due: DateField | None = None
    closed: DateField | None = None
    id: Id | None = None
    follows: Id | None = None
    owner: Name = ""


class Expectation(_Part):
    """What an example says its visit should come to; an empty level: none."""

    said_by_nothing = ("level",)

    total: Number | None = None
    level: Id | None = None
    lighthouse: Boolean | None = None
    criteria: dict[str, Number | None] = {}


class AnswersDocument(_Part):
    """The file as it is written."""

    scheme: Words | None = None
    version: Words | None = None
    store: StoreDocument
    cycle: Name = ""
    assessor: Name = ""
    visited: DateField | None = None
    answers: dict[str, Raw] = {}
    not_asked: dict[str, Raw] = {}
    formulas: dict[str, Reason | None] = {}
    remove: list[Id] = []
    check_visit: Boolean = False
    not_applicable: dict[str, Reason | None] = {}
    notes: dict[str, Content] = {}
    evidence: dict[str, Annotated[list[EvidenceDocument], Field(max_length=1000)] | None] = {}
    findings: list[FindingDocument] = []
    expect: Expectation | None = None
