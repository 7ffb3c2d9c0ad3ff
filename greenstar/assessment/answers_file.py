"""An answers file: one visit (or a list of them) as YAML or JSON, read against its scheme, all errors at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from greenstar.assessment.answers_document import AnswersDocument, Expectation
from greenstar.assessment.cell import CellScalar
from greenstar.assessment.json_list import entries_of, is_list
from greenstar.assessment.model import Visit
from greenstar.assessment.spreadsheet.layout import SPREADSHEETS
from greenstar.assessment.visit_reader import VisitReader
from greenstar.errors import NOWHERE, BadFile, BadInput, Lines, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.locator import Locator
from greenstar.scheme.model import Scheme
from greenstar.scheme.pruning import read_pruned
from greenstar.scheme.source_text import SourceLines, read_text
from greenstar.scheme.suggestions import did_you_mean, nearest
from greenstar.scheme.yaml_tree import Mapping as Tree
from greenstar.scheme.yaml_tree import parse, parse_entries, scalar

_MOST_READ = 16 << 20  # bytes; some two thousand visits, as `export` writes them
_CODE = scalar("unreadable", NOWHERE)
_STAND_INS = {"code": _CODE, "store": Tree([("code", _CODE)])}
_A_FEW, _SOME = 2, 20  # answers: fewer could be a slip; so many are looked at whether they are one


@dataclass(frozen=True)
class AnswersFile:
    """One visit from a file, with what an example expects of it, and where everything stands.

    `remove`: questions whose recorded answers are taken away where the visit is recorded. `check_visit`: it is a second
    assessor's. `media`: a folder beside the file in which the files lie that it names.
    """

    path: Path
    scheme: Scheme
    visit: Visit
    expect: Expectation | None
    at: Locator
    lines: Lines
    remove: tuple[str, ...] = ()
    check_visit: bool = False
    media: Path | None = None


SchemeFinder = Callable[[str | None, Path], Scheme]
"""Finds the scheme that a file names (None: it names none), relative to the folder of the file."""


KeptSchemes = Callable[[str, str | None], Scheme | None]
"""Finds a scheme that a database keeps, by name and version (None: any)."""


def read_answers_files(path: Path, find_scheme: SchemeFinder, kept: KeptSchemes | None = None) -> Iterator[AnswersFile]:
    """The visits in the file `path`, one after the other. BadInput, BadFile: it cannot be opened, or an answer is none.

    A list in JSON may be of any length, each visit in it as large as a file of its own; only one is held at a time.
    `kept`: where the scheme that a file names is looked for if it is not at hand, or only in another version.
    """
    for written in _written(path):
        yield read_written(path, written, find_scheme, kept)


class WrittenVisit(NamedTuple):
    """A visit as it is written; the lines of its file, to quote.

    `criteria`: those that a form names beside questions. `problems`: what is wrong already.
    """

    tree: Any
    lines: Lines = {}
    criteria: Mapping[str, CellScalar] = {}
    problems: Sequence[Problem] = ()


def _written(path: Path) -> Iterator[WrittenVisit]:
    if path.suffix.lower() in SPREADSHEETS:
        from greenstar.assessment.spreadsheet.visit_tree import read_forms  # noqa: PLC0415  (seldom, and heavy)

        for form in read_forms(path):
            yield WrittenVisit(form.tree, {}, form.criteria, form.problems)
        return
    if path.suffix.lower() == ".json" and path.is_file() and is_list(path):
        for text, start in entries_of(path, _MOST_READ):
            yield WrittenVisit(parse(text, start.file, start), {start.file: SourceLines(text, start)})
        return
    name, text = str(path), read_text(path, _MOST_READ)
    lines = {name: SourceLines(text, Mark(name, 1, 1))}
    for tree in parse_entries(text, name):
        yield WrittenVisit(tree, lines)


def read_written(path: Path, written: WrittenVisit, find_scheme: SchemeFinder, kept: KeptSchemes | None) -> AnswersFile:
    """The visit that a tree writes. BadFile: something in it is wrong, or was before it was read."""
    try:
        file = _read(path, written, find_scheme, kept)
    except BadFile as error:
        raise BadFile([*written.problems, *error.problems], error.lines) from error
    if written.problems:
        raise BadFile(written.problems, written.lines)
    return file


def _read(path: Path, written: WrittenVisit, find_scheme: SchemeFinder, kept: KeptSchemes | None) -> AnswersFile:
    tree, lines, criteria, _ = written
    document, rest, problems = read_pruned(AnswersDocument, tree, _STAND_INS)
    if document is None or (problems and not _names_scheme(document, tree)):
        raise BadFile(problems, lines)
    try:
        scheme = scheme_of(document.scheme, document.version, path.parent, find_scheme, kept)
    except BadInput as error:
        if not problems:
            raise
        raise BadFile(problems, lines) from error
    reader = VisitReader(document, scheme, Locator(rest), criteria)
    if document.version is not None and document.version != scheme.version:  # nothing is told by rules it is not of
        raise BadFile([*problems, _other_version(document.version, scheme, reader.at)], lines)
    if document.scheme is None and _is_of_another(document, scheme):
        mark = reader.at.value(("answers",))
        message, hint = Phrase("answers.no_scheme", scheme=scheme.title), Phrase("answers.name_scheme")
        raise BadFile([*problems, Problem(mark, "scheme", message, hint)], lines)
    visit, remove = reader.visit(), tuple(reader.removed())
    problems += reader.problems
    if problems:
        raise BadFile(problems, lines)
    return AnswersFile(path, scheme, visit, document.expect, reader.at, lines, remove, document.check_visit)


def _names_scheme(document: AnswersDocument, tree: Any) -> bool:
    """Whether it is known for which scheme a file with errors is written: its name is not among what is wrong."""
    unknown = () if document.scheme is not None else tree.keys() - (AnswersDocument.model_fields.keys() - {"scheme"})
    return not any(nearest(key, ("scheme",)) for key in unknown)


def scheme_of(
    name: str | None, version: str | None, folder: Path, find_scheme: SchemeFinder, kept: KeptSchemes | None
) -> Scheme:
    """The scheme that a file names (None: none), in the version that it names, wherever one is kept."""
    if name is None or kept is None:
        return find_scheme(name, folder)
    try:
        scheme = find_scheme(name, folder)
    except BadInput:
        from_database = kept(name, version) or kept(name, None)  # another version: then that is what is wrong
        if from_database is None:
            raise
        return from_database
    return scheme if version in (None, scheme.version) else kept(name, version) or scheme


def _is_of_another(document: AnswersDocument, scheme: Scheme) -> bool:
    """Whether the file answers questions, and none of them is, or seems to be meant for, one of this scheme."""
    answers = [name for name, value in document.answers.items() if value is not None]
    questions = scheme.questions
    if len(answers) < _A_FEW or any(name in questions for name in answers):
        return False
    return not any(did_you_mean(name, questions)() for name in islice(answers, _SOME))


def _other_version(version: str, scheme: Scheme, at: Locator) -> Problem:
    message = Phrase("answers.other_version", written=version, scheme=scheme.name, version=scheme.version)
    return Problem(at.value(("version",)), "version", message)
