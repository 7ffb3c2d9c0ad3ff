"""Pydantic's errors of shape in our words: each at its place, with what would be right."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from greenstar.errors import Hint, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.fields import cut_hint, kind_of
from greenstar.scheme.locator import Locator, last_key
from greenstar.scheme.slips import colon_hint, plain_hint, slip_in, space_hint
from greenstar.scheme.suggestions import did_you_mean, first_hint
from greenstar.scheme.yaml_tree import Scalar, Sequence

Path = tuple[int | str, ...]


def shape_problems(model: type[BaseModel], tree: Any, details: list[ErrorDetails]) -> Iterator[Problem]:
    """What pydantic found wrong in `tree`, in our words."""
    at = Locator(tree)
    return (_problem(model, detail, at) for detail in details)


def _problem(model: type[BaseModel], error: ErrorDetails, at: Locator) -> Problem:
    path = error["loc"]
    about_key = bool(path) and path[-1] == "[key]"  # pydantic's word for a key that is not allowed
    path = path[:-1] if about_key else path
    place = at.key(path) if about_key else at.value(path)
    whole = error["type"] in ("missing", "extra_forbidden")
    told = path if whole else at.known(path) or path  # without pydantic's tags
    key = last_key(told)
    context = error.get("ctx", {})
    match error["type"]:
        case "greenstar":
            offset = context["offset"]
            mark = at.inside(path, offset) if offset is not None else context["mark"] or place
            return Problem(mark, key, context["message"], context["hint"])
        case "extra_forbidden":
            return _unknown_key(model, path, key, error["input"], at)
        case "missing":
            return Problem(at.value(path[:-1]), key, Phrase("reading.missing_key", name=key))
        case "too_short" | "too_long":
            low, high = context.get("min_length"), context.get("max_length")
            return Problem(place, key, Phrase("reading.wrong_count", count=low or high or 0))
        case "literal_error":
            return Problem(place, key, *_not_allowed(error["input"], context["expected"], path))
    return Problem(place, key, *_of_another_kind(error, path))


def _not_allowed(given: Any, expected: str, path: Path) -> tuple[Phrase, Hint]:
    """A word that is none of those that a key takes; `expected`: these, as pydantic lists them."""
    value = str(given)[:60] if isinstance(given, Scalar) else ""
    allowed = expected.replace("'", "").replace(" or ", ", ")
    hint: Hint = first_hint(plain_hint(value), did_you_mean(value, allowed.split(", ")))
    if "rank_by" in path:
        hint = Phrase("reading.rank_key_hint", name=value)
    return Phrase("reading.not_allowed", found=value, allowed=allowed), hint


def _of_another_kind(error: ErrorDetails, path: Path) -> tuple[Phrase, Hint]:
    """A list where keys with values belong, or the other way about."""
    given = error["input"]
    if isinstance(given, Sequence) and "options" in path[-3:]:
        return Phrase("reading.options_listed"), Phrase("reading.options_hint")
    wanted = "fields.sequence" if "list" in error["type"] else "fields.mapping"
    slip = slip_in(given) if isinstance(given, Scalar) else None
    message = Phrase("fields.expected_found", what=Phrase(wanted), found=Phrase(kind_of(given)))
    return message, slip.hint if slip else None


def _unknown_key(model: type[BaseModel], path: Path, key: str, value: Any, at: Locator) -> Problem:
    parent = _model_at(model, path[:-1])
    allowed = _keys_of(parent) if parent else ()
    message = Phrase("reading.unknown_key", name=key, allowed=allowed)
    return Problem(at.key(path), key, message, partial(_key_hint, key, value, allowed))


def _key_hint(key: str, value: Any, allowed: tuple[str, ...]) -> Phrase | None:
    """What would be right in the place of a key that is not allowed."""
    rest = cut_hint(key) if value is None else None
    return first_hint(colon_hint(key, value, allowed), space_hint(key), did_you_mean(key, allowed), rest)()


@cache
def _keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that stands at `path`: followed through fields, lists and mappings of models."""
    current: type[BaseModel] | None = model
    for part in path:
        if current is None or not isinstance(part, str):
            continue
        field = next((field for name, field in current.model_fields.items() if part in (name, field.alias)), None)
        if field is not None:
            inner = _models_in(field.annotation)
            current = inner[0] if inner else current
    return current


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models named anywhere in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
