"""Reading a scheme: one YAML file, or a folder with `scheme.yaml` and one file a category beside it.

    files ─▶ tree (yaml_tree) ─▶ document (pydantic, mending) ─▶ validated (validation) ─▶ Scheme

What is wrong in shape is mended for the last stage, so that `BadFile` tells everything at once, each with its place.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from greenstar.errors import NOWHERE, BadFile, BadInput, Mark, Problem, reason_of
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.edition import EDITION
from greenstar.scheme.mending import read_document
from greenstar.scheme.model import Scheme
from greenstar.scheme.source_text import read_text
from greenstar.scheme.suggestions import did_you_mean
from greenstar.scheme.validation import validate_document
from greenstar.scheme.yaml_tree import Mapping, Scalar, Sequence, parse, scalar

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
    if isinstance(tree, Mapping) and "category" in tree and "scheme" not in tree:
        message = Phrase("reading.category_alone", id=tree["category"] or "-", folder=str(header.parent))
        raise BadFile([Problem(tree.key_mark("category"), "category", message)])
    if folder and isinstance(tree, Mapping):
        _put_categories(path, tree, sources, problems)
    if folder and tree is None:
        _refuse_without_header(header, sources, problems)
    return _finish(tree, problems, sources)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no file can have that name: `read_text` says so
        return False


def scheme_from_json(text: str, edition: int = EDITION) -> Scheme:
    """The scheme in its canonical form, as the database keeps it; read by the measure of the release that stored it."""
    return _finish(_tree_of(json.loads(text)), [], {}, edition=edition, stored=True)


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
    unread = bool(problems)  # a file that could not be read may be the one that is looked for
    missing = []
    for index, entry in enumerate(listed):
        if isinstance(entry, Scalar):
            category = files.pop(entry, None)
            if category is None:
                missing.append(entry)
            else:
                listed[index] = category
    listed[:] = [entry for entry in listed if not any(entry is other for other in missing)]
    if not unread:
        for entry in missing:
            hint = did_you_mean(entry, files)
            problems.append(Problem(entry.mark, "categories", Phrase("reading.no_category_file", id=entry), hint))
        for name, category in () if missing else files.items():
            problems.append(Problem(category.mark, "category", Phrase("reading.not_listed", id=name)))


def _refuse_without_header(header: Path, sources: dict[str, str], problems: list[Problem]) -> NoReturn:
    """Tell what is wrong in the files of categories too, as far as it can be known without their header."""
    tree = Mapping()
    tree.mark = Mark(str(header), 1, 1)
    files = tree[scalar("categories", tree.mark)] = Sequence(_category_files(header.parent, sources, problems).values())
    files.mark = tree.mark
    unread = list(problems)
    try:
        _finish(tree, problems, sources, header_lost=True)
    except BadFile as error:
        told = [problem for problem in error.problems if problem in unread or problem.mark.file != tree.mark.file]
        raise BadFile(told, error.lines) from error
    raise AssertionError  # a header that cannot be read is always told


def _category_files(folder: Path, sources: dict[str, str], problems: list[Problem]) -> dict[str, Mapping]:
    """The categories that stand in a file of their own beside the header, by id."""
    files: dict[str, Mapping] = {}
    for name in _read_beside_header(folder, sources, problems):
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


def _read_beside_header(folder: Path, sources: dict[str, str], problems: list[Problem]) -> Iterator[str]:
    """Read the files that categories may stand in into `sources`; the name of each that can be read."""
    root, characters = folder.resolve(), sum(map(len, sources.values()))
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise BadInput("source.unreadable", path=str(folder), reason=reason_of(error)) from error
    for path in paths:
        if path.suffix not in (".yaml", ".yml") or path.name == HEADER:
            continue
        name = str(path)
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            problems.append(Problem(Mark(name, 1, 1), "", Phrase("reading.outside_folder")))
            continue
        try:
            sources[name] = read_text(path)
        except BadFile as error:
            problems.extend(error.problems)
            continue
        characters += len(sources[name])
        if characters > MOST_CHARACTERS:
            raise BadInput("source.too_large", path=str(folder), limit=f"{MOST_CHARACTERS >> 20} MiB")
        yield name


def _finish(
    tree: Any,
    problems: list[Problem],
    sources: dict[str, str],
    *,
    edition: int = EDITION,
    stored: bool = False,
    header_lost: bool = False,
) -> Scheme:
    if tree is None or any(_too_many(tree)):
        raise BadFile([*problems, *_too_many(tree)], _lines_of(sources))
    read = read_document(tree)
    read.ids_lost = read.ids_lost or header_lost
    read.files_lost = bool(problems)
    no_category_left = read.files_lost and isinstance(tree, Mapping) and not tree.get("categories")
    problems = [
        *problems,
        *(problem for problem in read.problems if not (no_category_left and problem.key == "categories")),
    ]
    if read.document is not None:
        validated = validate_document(read.document, read.tree, cut_texts=read.cut_texts, stored=stored)
        problems += [problem for problem in validated.problems if not read.follows_from_damage(problem)]
    canonical = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    if ":null" in canonical:  # rare enough to look for only then
        problems += _left_empty(tree, {problem.mark for problem in problems})
    if problems or read.document is None:
        raise BadFile(problems, _lines_of(sources))
    sha256 = hashlib.sha256(canonical.encode()).hexdigest()
    return Scheme(read.document, canonical, sha256, validated.needs, doubts=validated.doubts, edition=edition)


def _lines_of(sources: dict[str, str]) -> dict[str, list[str]]:
    return {name: text.splitlines() for name, text in sources.items()}


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


def _left_empty(tree: Any, told: set[Mark]) -> Iterator[Problem]:
    """Keys without a value: whoever wrote `total:` meant to require something. `told`: where something is wrong."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            if value is None and tree.key_mark(key) not in told:
                yield Problem(tree.key_mark(key), key, Phrase("reading.left_empty", name=key))
    if isinstance(tree, (Mapping, Sequence)):
        for value in tree.values() if isinstance(tree, Mapping) else tree:
            yield from _left_empty(value, told)


def _tree_of(value: Any) -> Any:
    """Plain JSON as a tree; it was read strictly once, so all its scalars may count as plain."""
    if isinstance(value, dict):
        mapping = Mapping((scalar(key, NOWHERE), _tree_of(part)) for key, part in value.items())
        mapping.mark = NOWHERE
        return mapping
    if isinstance(value, list):
        sequence = Sequence(_tree_of(part) for part in value)
        sequence.mark = NOWHERE
        return sequence
    return None if value is None else scalar(value, NOWHERE)
