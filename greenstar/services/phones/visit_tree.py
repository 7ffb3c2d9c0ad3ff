"""A submission as the tree of an answers file: every value in its place, as an answers file would write it."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.answer_types.boolean import truth_of_cell
from greenstar.assessment.answer_types.date import as_day
from greenstar.assessment.answer_types.option_names import named_option, ticked_options
from greenstar.errors import Mark, Problem
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Option, Question, QuestionType
from greenstar.scheme.severities import SEVERITIES
from greenstar.scheme.suggestions import did_you_mean
from greenstar.scheme.yaml_tree import Mapping as Tree
from greenstar.scheme.yaml_tree import Scalar, Sequence, scalar
from greenstar.services.phones.exported import FINDINGS_TABLE, ColumnHeading, PhoneSubmission
from greenstar.services.phones.fields import Field, none_choice
from greenstar.services.phones.headings import Ambiguous, Headings
from greenstar.text import excerpt, first_of, folded

_EXPONENT = re.compile(r"-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{1,2}", re.ASCII)
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", re.ASCII)
_MOST_NAMED = 5


class TreeBuilder:
    """Builds the tree of one submission; `problems` holds what is wrong in its columns."""

    def __init__(self, headings: Headings, submission: PhoneSubmission) -> None:
        self.headings = headings
        self.fields = headings.fields
        self.scheme = headings.scheme
        self.submission = submission
        self.problems: list[Problem] = []
        self.cells = self._cells(submission)

    def _cells(self, submission: PhoneSubmission) -> dict[Field, Scalar]:
        columns = [heading for heading, _ in submission.cells] if submission.headings is None else submission.headings
        fields = dict(self._fields(columns))
        if submission.headings is not None:
            self._refuse_missing(submission, set(fields.values()))
        return {fields[heading]: cell for heading, cell in submission.cells if heading in fields}

    def _fields(self, columns: Any) -> Iterator[tuple[ColumnHeading, Field]]:
        """The columns that are fields of the form; what is none is refused."""
        seen: set[Field] = set()
        for heading in columns:
            if not heading.text or self.headings.is_foreign(heading.text):
                continue
            name = excerpt(heading.text)
            try:
                field = self.headings.field(heading.text)
            except Ambiguous:
                self._refuse(heading.mark, Phrase("phones.column_of_two", name=name))
                continue
            if field is None:
                hint = did_you_mean(re.split("[-/]", heading.text)[-1], self.fields.by_name)
                self.problems.append(Problem(heading.mark, "", Phrase("phones.unknown_column", name=name), hint))
            elif field in seen:
                self._refuse(heading.mark, Phrase("phones.column_twice", name=name))
            else:
                seen.add(field)
                yield heading, field

    def _refuse_missing(self, submission: PhoneSubmission, there: set[Field]) -> None:
        missing = [field.name for field in self.fields.columns() if field not in there]
        if missing and submission.headings:
            names = first_of(missing, _MOST_NAMED)
            message = Phrase("phones.missing_columns", count=len(missing), names=names)
            mark = submission.headings[0].mark
            self.problems.append(Problem(mark, "", message, Phrase("phones.missing_hint")))

    def _refuse(self, mark: Mark, message: Phrase) -> None:
        self.problems.append(Problem(mark, "", message))

    # -- the tree

    def tree(self) -> Tree:
        """All that the submission says."""
        parts: dict[str, Tree] = {
            key: self._mapping() for key in ("store", "facts", "answers", "not_applicable", "notes", "evidence")
        }
        document = self._mapping()
        for field, cell in self.cells.items():
            self._put(document, parts, field, cell)
        if parts["facts"]:
            parts["store"]["facts"] = parts["facts"]
        document["store"] = parts["store"]
        for key in ("answers", "not_applicable", "notes", "evidence"):
            if parts[key]:
                document[key] = parts[key]
        findings = self._findings()
        if findings:
            document["findings"] = findings
        return document

    def _put(self, document: Tree, parts: Mapping[str, Tree], field: Field, cell: Scalar) -> None:
        match field.kind:
            case "scheme" | "version" | "cycle" | "assessor":
                document[_like(cell, field.kind)] = _text(cell)
            case "visited":
                document[_like(cell, "visited")] = _day(cell)
            case "store":
                parts["store"][_like(cell, field.id)] = _text(cell)
            case "fact" | "question":
                question = self.fields.question(field)
                assert question is not None
                into = parts["facts" if field.kind == "fact" else "answers"]
                into[_like(cell, field.id)] = self._value(field, question, cell)
            case "note":
                parts["notes"][_like(cell, field.id)] = _text(cell)
            case "excused" | "reason":
                self._excuse(parts["not_applicable"], field, cell)
            case "file":
                parts["evidence"].setdefault(_like(cell, field.id), self._sequence()).append(self._piece(field, cell))

    def _excuse(self, reasons: Tree, field: Field, cell: Scalar) -> None:
        """A criterion is excused where the form says so, or where only the reason is given; `no` outweighs a reason."""
        tick = self._cell("excused", field.id)
        reason = self._cell("reason", field.id)
        if tick is not None and not self._is_true(tick):
            return
        reasons[_like(cell, field.id)] = _text(reason) if reason is not None else _like(cell, "", plain=False)

    def _piece(self, field: Field, cell: Scalar) -> Tree:
        piece, verified = self._mapping(), self._cell("verified", field.id)
        piece[_like(cell, "file")] = _text(cell)
        if verified is not None:
            piece[_like(verified, "verified")] = _like(verified, "true" if self._is_true(verified) else "false")
        return piece

    def _cell(self, kind: Any, identifier: str) -> Scalar | None:
        """The cell of another field of a criterion; a form has none where it may not be excused."""
        return self.cells.get(self.fields.by_name[self.fields.name(kind, identifier)])

    def _is_true(self, cell: Scalar, key: str = "") -> bool:
        try:
            return truth_of_cell(cell)
        except Refused:
            if all(problem.mark != cell.mark for problem in self.problems):
                self.problems.append(Problem(cell.mark, key, Phrase("phones.no_truth", value=excerpt(cell))))
            return False  # the submission is refused as a whole

    def _findings(self) -> Sequence:
        findings, rows = self._sequence(), self.submission.findings or []
        for row in rows:
            entry = self._mapping()
            entry.mark = row.mark
            for heading, field in self._fields([heading for heading, _ in row.cells]):
                cell = next(cell for other, cell in row.cells if other == heading)
                if field.kind == "finding":
                    entry[_like(cell, field.id)] = self._of_finding(field.id, cell)
            if entry:
                findings.append(entry)
        count = self.cells.get(self.fields.by_name[self.fields.name("finding_count")])
        if count is not None and count.isdecimal() and int(count) > len(findings):
            file = Path(count.file).stem + FINDINGS_TABLE
            self._refuse(count.mark, Phrase("phones.findings_missing", count=count, given=len(findings), file=file))
        return findings

    def _of_finding(self, key: str, cell: Scalar) -> Scalar:
        match key:
            case "due" | "closed":
                return _day(cell)
            case "severity":
                return _like(cell, _severity(cell))
            case "criterion":
                return _like(cell, cell.partition(" · ")[0])
        return _text(cell)

    def _mapping(self) -> Tree:
        made = Tree()
        made.mark = self.submission.mark
        return made

    def _sequence(self) -> Sequence:
        made = Sequence()
        made.mark = self.submission.mark
        return made

    # -- values

    def _value(self, field: Field, question: Question, cell: Scalar) -> Scalar | Sequence:
        """A cell as an answers file would write it; what is no answer stays, and is refused where it is read."""
        try:
            return AS_WRITTEN[question.type](self, field, self.scheme.options(question), cell)
        except Refused:
            return _like(cell, cell)

    def truth(self, field: Field, cell: Scalar) -> Scalar:
        """A yes or no."""
        return _like(cell, "true" if self._is_true(cell, field.id) else "false")

    def ticked(self, options: Mapping[str, Option], cell: Scalar) -> Sequence:
        """What is ticked of the options."""
        ticked = Sequence(_like(cell, name) for name in ticked_names(options, cell, self.scheme.document.languages))
        ticked.mark = cell.mark
        return ticked


def ticked_names(options: Mapping[str, Option], text: str, languages: Any) -> list[str]:
    """The options in a cell of a multiple question, by their ids, or by their labels, with only blanks between them."""
    none = none_choice(options)
    words = text.split()
    if words == [none] or folded(text) in _none_of_these(languages):
        return []
    if all(word in options for word in words):
        return words
    by_label = {folded(label): name for name, option in options.items() for label in option.label.by_language.values()}
    rest, names = folded(text), []
    while rest:
        label = max((label for label in by_label if label and _begins(rest, label)), key=len, default=None)
        if label is None:
            return list(ticked_options(options, text))
        names.append(by_label[label])
        rest = rest[len(label) :].strip()
    return list(dict.fromkeys(names))


def _begins(text: str, label: str) -> bool:
    return text == label or text.startswith(f"{label} ")


def _none_of_these(languages: Any) -> set[str]:
    return {folded(Catalogue(language).say("phones.none_of_these")) for language in (*languages, *LANGUAGES)}


def _like(cell: Scalar, text: str, *, plain: bool = True) -> Scalar:
    return scalar(text, cell.mark, plain=plain)


def _text(cell: Scalar) -> Scalar:
    return _like(cell, cell, plain=False)


def _day(cell: Scalar) -> Scalar:
    moment = _MOMENT.fullmatch(cell)
    return _like(cell, moment[1] if moment else as_day(cell))


def _number(cell: Scalar) -> str:
    """A number in plain digits: phones write very large ones as 1.2E7."""
    return f"{Decimal(cell):f}" if _EXPONENT.fullmatch(cell) else str(cell)


def _severity(text: str) -> str:
    for severity in SEVERITIES:
        words = {severity, *(Catalogue(language).say(f"tui.severity_{severity}") for language in LANGUAGES)}
        if folded(text) in map(folded, words):
            return severity
    return text


_AsWritten = Callable[[TreeBuilder, Field, Mapping[str, Option], Scalar], Scalar | Sequence]
AS_WRITTEN: Mapping[QuestionType, _AsWritten] = {
    "boolean": lambda tree, field, _options, cell: tree.truth(field, cell),
    "choice": lambda _tree, _field, options, cell: _like(cell, named_option(options, cell) or cell),
    "multiple": lambda tree, _field, options, cell: tree.ticked(options, cell),
    "number": lambda _tree, _field, _options, cell: _like(cell, _number(cell)),
    "text": lambda _tree, _field, _options, cell: _text(cell),
    "date": lambda _tree, _field, _options, cell: _day(cell),
}
"""How an answers file writes a cell, by the type of its question. Refused: it is no answer."""
