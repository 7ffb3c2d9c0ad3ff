"""Reading a scheme: one YAML file, or a folder with `scheme.yaml` and one file a category beside it.

    files ─▶ tree (yaml_tree) ─▶ document (pydantic) ─▶ validated (validation) ─▶ Scheme

Each stage finds all that is wrong at its level; `BadFile` shows it at once, each with file, line and column.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from greenstar.errors import BadFile, BadInput, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Document
from greenstar.scheme.fields import LANGUAGE, cut_hint, kind_of
from greenstar.scheme.locator import Locator
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import did_you_mean, first_hint
from greenstar.scheme.validation import validate_document
from greenstar.scheme.yaml_tree import Mapping, Scalar, Sequence, parse, read_text, scalar

M = TypeVar("M", bound=BaseModel)

HEADER = "scheme.yaml"
EXAMPLES = "examples"
MOST_CRITERIA = 2_000
MOST_CHARACTERS = 4 << 20  # of all files of a scheme together


def read_scheme(path: Path) -> Scheme:
    """The scheme at `path`, a file or a folder. BadInput, BadFile: it cannot be opened, or is no scheme."""
    folder = _is_folder(path)
    header = path / HEADER if folder else path
    if folder and not header.resolve().is_relative_to(path.resolve()):
        raise BadFile([Problem(Mark(str(header), 1, 1), "", Phrase("reading.outside_folder"))])
    sources = {str(header): read_text(header)}
    problems: list[Problem] = []
    tree = _parse(sources, str(header), problems)
    if folder and isinstance(tree, Mapping):
        _put_categories(path, tree, sources, problems)
    return _finish(tree, problems, {name: text.splitlines() for name, text in sources.items()})


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no file can have that name: `read_text` says so
        return False


def scheme_from_json(text: str) -> Scheme:
    """The scheme in its canonical form, as the database keeps it."""
    return _finish(_tree_of(json.loads(text)), [], {}, stored=True)


def _parse(sources: dict[str, str], name: str, problems: list[Problem]) -> Any:
    try:
        return parse(sources[name], name)
    except BadFile as error:
        problems.extend(error.problems)
        return None


def _put_categories(folder: Path, tree: Mapping, sources: dict[str, str], problems: list[Problem]) -> None:
    """Put each category's file in the place of its id in `categories`."""
    listed = tree.get("categories")
    if not isinstance(listed, Sequence):
        return
    files = _category_files(folder, sources, problems)
    for index, entry in enumerate(listed):
        if not isinstance(entry, Scalar):
            continue
        category = files.pop(entry, None)
        if category is not None:
            listed[index] = category
        elif not problems:
            hint = did_you_mean(entry, files)
            problems.append(Problem(entry.mark, "categories", Phrase("reading.no_category_file", id=entry), hint))
    for name, category in files.items():
        if not problems:
            problems.append(Problem(category.mark, "category", Phrase("reading.not_listed", id=name)))


def _category_files(folder: Path, sources: dict[str, str], problems: list[Problem]) -> dict[str, Mapping]:
    files: dict[str, Mapping] = {}
    root = folder.resolve()
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".yaml", ".yml") or path.name == HEADER:
            continue
        name = str(path)
        if not path.resolve().is_relative_to(root):
            problems.append(Problem(Mark(name, 1, 1), "", Phrase("reading.outside_folder")))
            continue
        try:
            sources[name] = read_text(path)
            if sum(map(len, sources.values())) > MOST_CHARACTERS:
                raise BadInput("source.too_large", path=str(folder), limit="4 MiB")
        except BadFile as error:
            problems.extend(error.problems)
            continue
        tree = _parse(sources, name, problems)
        if tree is None:
            continue
        identifier = tree.get("category") if isinstance(tree, Mapping) else None
        if not isinstance(identifier, Scalar):
            problems.append(Problem(Mark(name, 1, 1), "category", Phrase("reading.no_category_key")))
        elif identifier in files:
            message = Phrase("validation.id_twice", id=identifier, file=files[identifier].mark.file, line=1)
            problems.append(Problem(identifier.mark, "category", message))
        else:
            files[identifier] = tree
    return files


def _finish(tree: Any, problems: list[Problem], lines: dict[str, list[str]], *, stored: bool = False) -> Scheme:
    problems = problems or list(_too_many(tree))
    if problems:
        raise BadFile(problems, lines)
    document = validate(Document, tree, {"languages": _languages(tree)}, lines)
    needs, wrong = validate_document(document, tree, stored=stored)
    canonical = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    if ":null" in canonical:  # rare enough to look for only then
        wrong.extend(_left_empty(tree))
    if wrong:
        raise BadFile(wrong, lines)
    return Scheme(document, canonical, hashlib.sha256(canonical.encode()).hexdigest(), needs)


def _too_many(tree: Any) -> Iterator[Problem]:
    """The category that goes beyond what any real scheme has: checking ten thousand criteria takes long for nothing."""
    count, waiting = 0, [tree]
    while waiting:
        group = waiting.pop()
        if not isinstance(group, Mapping):
            continue
        criteria, inner = group.get("criteria"), group.get("categories")
        count += len(criteria) if isinstance(criteria, Sequence) else 0
        if count > MOST_CRITERIA:
            yield Problem(group.mark, "criteria", Phrase("reading.too_many_criteria", limit=MOST_CRITERIA))
            return
        waiting += inner if isinstance(inner, Sequence) else []


def _left_empty(tree: Any) -> Iterator[Problem]:
    """Keys without a value: whoever wrote `total:` meant to require something."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            if value is None:
                yield Problem(tree.key_mark(key), key, Phrase("reading.left_empty", name=key))
    if isinstance(tree, (Mapping, Sequence)):
        for value in tree.values() if isinstance(tree, Mapping) else tree:
            yield from _left_empty(value)


def _languages(tree: Any) -> list[str]:
    """The scheme's languages, needed to read its texts; what is wrong with them is found later."""
    listed = tree.get("languages") if isinstance(tree, Mapping) else None
    if not isinstance(listed, Sequence):
        return []
    return [language for language in listed if isinstance(language, Scalar) and LANGUAGE.fullmatch(language)]


def _tree_of(value: Any) -> Any:
    """Plain JSON as a tree; it was read strictly once, so all its scalars may count as plain."""
    nowhere = Mark("", 1, 1)
    if isinstance(value, dict):
        mapping = Mapping((scalar(key, nowhere), _tree_of(part)) for key, part in value.items())
        mapping.mark = nowhere
        return mapping
    if isinstance(value, list):
        sequence = Sequence(_tree_of(part) for part in value)
        sequence.mark = nowhere
        return sequence
    return None if value is None else scalar(value, nowhere)


# -- pydantic's errors in our words ------------------------------------------------------------------------------


def validate(model: type[M], tree: Any, context: dict[str, Any], lines: dict[str, list[str]]) -> M:
    """`tree` as a `model`. BadFile holds every error, each at its place."""
    try:
        return model.model_validate(tree, context=context)
    except ValidationError as error:
        at = Locator(tree)
        problems = [_problem(model, detail, at) for detail in error.errors(include_url=False)]
        raise BadFile(problems, lines) from error


def _problem(model: type[BaseModel], error: ErrorDetails, at: Locator) -> Problem:
    path = error["loc"]
    about_key = bool(path) and path[-1] == "[key]"  # pydantic's word for a key that is not allowed
    path = path[:-1] if about_key else path
    place = at.key(path) if about_key else at.value(path)
    key = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
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
            value = str(error["input"])[:60] if isinstance(error["input"], Scalar) else ""
            allowed = context["expected"].replace("'", "").replace(" or ", ", ")
            hint = did_you_mean(value, allowed.split(", "))
            return Problem(place, key, Phrase("reading.not_allowed", found=value, allowed=allowed), hint)
    wanted = "fields.sequence" if "list" in error["type"] else "fields.mapping"
    found_kind = Phrase(kind_of(error["input"]))
    return Problem(place, key, Phrase("fields.expected_found", what=Phrase(wanted), found=found_kind))


def _unknown_key(model: type[BaseModel], path: tuple[int | str, ...], key: str, value: Any, at: Locator) -> Problem:
    parent = _model_at(model, path[:-1])
    allowed = tuple(field.alias or name for name, field in parent.model_fields.items()) if parent else ()
    hint = first_hint(did_you_mean(key, allowed), cut_hint(key) if value is None else None)
    return Problem(at.key(path), key, Phrase("reading.unknown_key", name=key, allowed=allowed), hint)


def _model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel] | None:
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
