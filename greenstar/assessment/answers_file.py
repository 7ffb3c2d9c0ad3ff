"""An answers file: one visit (or a list of them) as YAML or JSON, read against its scheme, all errors at once."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import Field, PlainValidator, model_validator

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.json_list import entries_of, is_list
from greenstar.assessment.model import Answer, Evidence, Finding, Store, Visit
from greenstar.assessment.reasons import says_something
from greenstar.assessment.spreadsheet.cells import CellScalar, read_value
from greenstar.assessment.spreadsheet.layout import SPREADSHEETS
from greenstar.errors import MOST_PROBLEMS, BadFile, BadInput, Lines, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Model, Question, Severity
from greenstar.scheme.fields import (
    ID,
    MOST_ID,
    Boolean,
    DateField,
    Id,
    Number,
    Words,
    cut_hint,
    expected,
    number,
    wrong,
)
from greenstar.scheme.locator import Locator
from greenstar.scheme.model import Scheme
from greenstar.scheme.shape import validate
from greenstar.scheme.source_text import SourceLines, read_text
from greenstar.scheme.suggestions import did_you_mean, first_hint
from greenstar.scheme.yaml_tree import Mapping as Tree
from greenstar.scheme.yaml_tree import Scalar, parse, parse_entries
from greenstar.text import MOST_CHARACTERS, MOST_NAME, clean_text, tidied

_MOST_BYTES = 2**53
_MOST_READ = 16 << 20  # bytes; some two thousand visits, as `export` writes them
_A_FEW, _SOME = 2, 20  # answers: fewer could be a slip; so many are looked at whether they are one


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

    file: Reason
    verified: Boolean = False
    caption: Content = ""
    sha256: Name = ""
    bytes: Size = 0
    taken_at: Name = ""


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
    remove: list[Id] = []
    check_visit: Boolean = False
    not_applicable: dict[str, Reason | None] = {}
    notes: dict[str, Content] = {}
    evidence: dict[str, Annotated[list[EvidenceDocument], Field(max_length=1000)] | None] = {}
    findings: list[FindingDocument] = []
    expect: Expectation | None = None


@dataclass(frozen=True)
class AnswersFile:
    """One visit from a file, with what an example expects of it, and where everything stands.

    `remove`: questions whose recorded answers are taken away where the visit is recorded. `check_visit`: it is a second
    assessor's.
    """

    path: Path
    scheme: Scheme
    visit: Visit
    expect: Expectation | None
    at: Locator
    lines: Lines
    remove: tuple[str, ...] = ()
    check_visit: bool = False


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
        yield _read(path, written, find_scheme, kept)


class _Written(NamedTuple):
    """A visit as it is written; the lines of its file, to quote; the criteria that a form names beside questions."""

    tree: Any
    lines: Lines = {}
    criteria: Mapping[str, CellScalar] = {}


def _written(path: Path) -> Iterator[_Written]:
    if path.suffix.lower() in SPREADSHEETS:
        from greenstar.assessment.spreadsheet.visit_tree import read_form  # noqa: PLC0415  (seldom, and heavy)

        form = read_form(path)
        yield _Written(form.tree, criteria=form.criteria)
        return
    if path.suffix.lower() == ".json" and path.is_file() and is_list(path):
        for text, start in entries_of(path, _MOST_READ):
            yield _Written(parse(text, start.file, start), {start.file: SourceLines(text, start)})
        return
    name, text = str(path), read_text(path, _MOST_READ)
    lines = {name: SourceLines(text, Mark(name, 1, 1))}
    for tree in parse_entries(text, name):
        yield _Written(tree, lines)


def _read(path: Path, written: _Written, find_scheme: SchemeFinder, kept: KeptSchemes | None) -> AnswersFile:
    tree, lines, criteria = written
    document = validate(AnswersDocument, tree, {}, lines)
    scheme = _scheme_of(document, path.parent, find_scheme, kept)
    reader = _Reader(document, scheme, Locator(tree), criteria)
    if document.version is not None and document.version != scheme.version:  # nothing is told by rules it is not of
        raise BadFile([_other_version(document.version, scheme, reader.at)], lines)
    if document.scheme is None and _is_of_another(document, scheme):
        mark = reader.at.value(("answers",))
        message, hint = Phrase("answers.no_scheme", scheme=scheme.title), Phrase("answers.name_scheme")
        raise BadFile([Problem(mark, "scheme", message, hint)], lines)
    visit, remove = reader.visit(), tuple(reader.removed())
    if reader.problems:
        raise BadFile(reader.problems, lines)
    return AnswersFile(path, scheme, visit, document.expect, reader.at, lines, remove, document.check_visit)


def _scheme_of(document: AnswersDocument, folder: Path, find_scheme: SchemeFinder, kept: KeptSchemes | None) -> Scheme:
    name, version = document.scheme, document.version
    if name is None or kept is None:
        return find_scheme(name, folder)
    try:
        scheme = find_scheme(name, folder)
    except BadInput:
        from_database = kept(name, version)
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


class _Reader:
    """Reads the values of one document against the questions of its scheme."""

    def __init__(
        self, document: AnswersDocument, scheme: Scheme, at: Locator, criteria: Mapping[str, CellScalar]
    ) -> None:
        self.document = document
        self.criteria = criteria
        self.scheme = scheme
        self.at = at
        self.problems: list[Problem] = []

    def visit(self) -> Visit:
        document, store = self.document, self.document.store
        self._beside_their_criteria()
        for key in ("notes", "evidence", "not_applicable"):
            self._known_criteria((key,), getattr(document, key))
        if document.expect is not None:
            criteria = document.expect.criteria
            self._known_criteria(("expect", "criteria"), [name for name in criteria if criteria[name] is None])
        return Visit(
            store=Store(store.code, store.name or store.code, store.city, store.region),
            cycle=document.cycle,
            assessor=document.assessor,
            visited=document.visited,
            facts=dict(self._values(("store", "facts"), store.facts, self.scheme.facts, "answers.unknown_fact")),
            answers=dict(self._answers()),
            not_applicable=self._not_applicable(),
            notes={str(name): note for name, note in document.notes.items() if note},
            evidence={
                str(name): tuple(
                    Evidence(entry.file, entry.verified, entry.caption, entry.sha256, entry.bytes, entry.taken_at)
                    for entry in entries
                )
                for name, entries in document.evidence.items()
                if entries is not None
            },
            findings=tuple(self._findings()),
        )

    def _answers(self) -> Iterator[tuple[str, Answer]]:
        """What was asked and what was not, which only the rules tell apart."""
        for name in self.document.not_asked.keys() & self.document.answers.keys():
            mark = self.at.key(("not_asked", name))
            self.problems.append(Problem(mark, str(name), Phrase("answers.asked_and_not", name=name[:60])))
        for key, values in (("answers", self.document.answers), ("not_asked", self.document.not_asked)):
            yield from self._values((key,), values, self.scheme.questions, "answers.unknown_question")

    def removed(self) -> Iterator[str]:
        """The questions whose answers are taken away."""
        answered = {**self.document.answers, **self.document.not_asked}
        for index, name in enumerate(self.document.remove):
            mark = self.at.value(("remove", index))
            if name not in self.scheme.questions:
                message = Phrase("answers.unknown_question", name=name[:60])
                self.problems.append(Problem(mark, "remove", message, did_you_mean(name, self.scheme.questions)))
            elif answered.get(name) is not None:
                self.problems.append(Problem(mark, "remove", Phrase("answers.removed_and_answered", name=name)))
            yield str(name)

    def _values(
        self, path: tuple[str, ...], values: Mapping[str, Any], questions: Mapping[str, Question], unknown: str
    ) -> Iterator[tuple[str, Answer]]:
        before = len(self.problems)
        for name, value in values.items():
            if len(self.problems) - before == MOST_PROBLEMS:
                return  # they stand in the order of the file, so what follows would not be told
            if not self._known((*path, name), questions, Phrase(unknown, name=name[:60])) or value is None:
                continue
            try:
                yield str(name), read_value(self.scheme, questions[name], value)
            except Refused as error:
                self.problems.append(Problem(self.at.value((*path, name)), str(name), error.message, error.hint))

    def _beside_their_criteria(self) -> None:
        """In a form a question stands beside its criterion, unless a part of the rows was sorted or moved."""
        for name, written in self.criteria.items():
            criterion = self.scheme.criterion_of.get(name, written)
            if criterion != written:
                message = Phrase("form.other_criterion", name=name[:60], criterion=criterion)
                self.problems.append(Problem(written.mark, "", message))

    def _not_applicable(self) -> dict[str, str]:
        reasons = {str(name): reason for name, reason in self.document.not_applicable.items() if reason is not None}
        whole = len(reasons) == len(self.document.not_applicable)  # else a comma cut off what a reason goes on with
        for name, reason in reasons.items():
            criterion = self.scheme.criteria.get(name)
            if criterion is not None and self.scheme.policy(criterion) == "forbid":
                mark = self.at.key(("not_applicable", name))
                self.problems.append(Problem(mark, name, Phrase("answers.not_applicable_forbidden", id=name)))
            elif whole and not says_something(reason):
                mark = self.at.value(("not_applicable", name))
                self.problems.append(Problem(mark, name, Phrase("answers.reason_says_nothing")))
        return reasons

    def _known_criteria(self, path: tuple[str, ...], names: Iterable[str]) -> None:
        for name in names:
            message = Phrase("validation.unknown_criterion", id=name[:60])
            self._known((*path, name), self.scheme.criteria, message)

    def _known(self, path: tuple[str, ...], known: Mapping[str, Any], unknown: Phrase) -> bool:
        """Whether the key at the end of `path` is known; else a problem.

        One without a value is mostly the rest of a text or figure that a comma cut in two, and then says so.
        """
        name = path[-1]
        if name in known:
            return True
        hint = did_you_mean(name, known)
        if self.at.node(path) is None:
            unknown, hint = Phrase("answers.unknown_key", name=name[:60]), first_hint(hint, cut_hint(name))
        self.problems.append(Problem(self.at.key(path), str(name), unknown, hint))
        return False

    def _findings(self) -> Iterator[Finding]:
        ids, followed = set[str](), set[str]()
        for index, entry in enumerate(self.document.findings):
            self._identity(index, entry, ids, followed)
            if entry.criterion not in self.scheme.criteria:
                mark = self.at.value(("findings", index, "criterion"))
                message = Phrase("validation.unknown_criterion", id=entry.criterion)
                hint = did_you_mean(entry.criterion, self.scheme.criteria)
                self.problems.append(Problem(mark, "findings", message, hint))
            yield Finding(
                str(entry.criterion),
                entry.severity,
                entry.text,
                entry.action,
                entry.due,
                entry.closed,
                str(entry.id or ""),
                str(entry.follows or ""),
                entry.owner,
            )

    def _identity(self, index: int, entry: FindingDocument, ids: set[str], followed: set[str]) -> None:
        """No two findings have one id, or go on from the same one of an earlier visit; none goes on from itself."""
        for key, name, others in (("id", entry.id, ids), ("follows", entry.follows, followed)):
            if name in others:
                message = Phrase(f"answers.finding_{key}_twice", id=str(name))
                self.problems.append(Problem(self.at.value(("findings", index, key)), key, message))
            if name is not None:
                others.add(name)
        if entry.id is not None and entry.id == entry.follows:
            mark, message = self.at.value(("findings", index, "follows")), Phrase("answers.follows_itself")
            self.problems.append(Problem(mark, "follows", message))
