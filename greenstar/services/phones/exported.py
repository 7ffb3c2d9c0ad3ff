"""What ODK Central and KoBo export: a table in CSV, or a list in JSON, as submissions with their cells by headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenstar.assessment.json_list import entries_of, is_list
from greenstar.errors import BadFile, BadInput, Lines, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.source_text import SourceLines, read_text
from greenstar.scheme.yaml_tree import Mapping, Scalar, parse, scalar
from greenstar.services.stores.table_cells import Cell, UnclosedQuote, records
from greenstar.services.stores.table_file import read_table_file

MOST_BYTES = 16 << 20
FINDINGS_TABLE = "-findings.csv"
"""What the name of the table of findings ends in that ODK Central writes beside the main one."""
_OF_LIST = ("value", "results")  # where OData and KoBo keep the list
_KEYS = re.compile(r"KEY|(.*[-/])?instanceID|__id|_uuid")
_KOBO = re.compile(r"\[\d+\]$")


@dataclass(frozen=True)
class ColumnHeading:
    """The heading of a column, or the path of a key; and where it stands."""

    text: str
    mark: Mark


@dataclass
class PhoneSubmission:
    """One submission: its cells that say something, each with its heading.

    `findings`: the rows of what is repeated in it, None where they are kept elsewhere. `whole`: it names every column.
    """

    mark: Mark
    cells: list[tuple[ColumnHeading, Scalar]] = field(default_factory=list)
    findings: list["PhoneSubmission"] | None = None
    headings: Sequence[ColumnHeading] | None = None
    lines: Lines = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key by which the rows of its findings refer to it; empty where it has none."""
        return next((str(cell) for heading, cell in self.cells if _KEYS.fullmatch(heading.text)), "")


def submissions(path: Path) -> Iterator[PhoneSubmission]:
    """The submissions of a file, in order. BadInput, BadFile: it cannot be opened, or is no export."""
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            yield from _of_table(path)
        case ".json":
            for tree, lines in _trees(path):
                yield _of_tree(path, tree, lines)
        case _:
            raise BadInput("phones.not_an_export", path=str(path))


# -- CSV ---------------------------------------------------------------------------------------------------------


def _of_table(path: Path) -> Iterator[PhoneSubmission]:
    beside = path.with_name(path.stem + FINDINGS_TABLE)
    repeated: dict[str, list[PhoneSubmission]] | None = None
    if beside.is_file():
        repeated = {}
        for row in _rows(beside):
            parent = next((str(cell) for heading, cell in row.cells if heading.text == "PARENT_KEY"), "")
            repeated.setdefault(parent, []).append(row)
    for row in _rows(path):
        if repeated is not None:
            row.findings = repeated.get(row.key, [])
            row.lines = {**row.lines, **(row.findings[0].lines if row.findings else {})}
        yield row


def _rows(path: Path) -> Iterator[PhoneSubmission]:
    text = read_table_file(path).text
    lines = {str(path): text.splitlines()}
    try:
        rows = records(text)
        header = [ColumnHeading(cell.text, _mark(path, cell)) for cell in next(rows, [])]
        if not header:
            raise BadInput("phones.no_submissions", path=str(path))
        for row in rows:
            yield _row(path, header, row, lines)
    except UnclosedQuote as error:
        raise BadFile([Problem(_mark(path, error.cell), "", Phrase("storage.quote_open"))], lines) from error


def _row(path: Path, header: list[ColumnHeading], row: list[Cell], lines: Lines) -> PhoneSubmission:
    if any(cell.text for cell in row[len(header) :]):
        message = Phrase("phones.cells_too_many", count=len(header))
        raise BadFile([Problem(_mark(path, row[len(header)]), "", message)], lines)
    cells = [
        (heading, scalar(cell.text, _mark(path, cell))) for heading, cell in zip(header, row, strict=False) if cell.text
    ]
    return PhoneSubmission(_mark(path, row[0]), cells, headings=header, lines=lines)


def _mark(path: Path, cell: Cell) -> Mark:
    return Mark(str(path), cell.line, cell.column)


# -- JSON --------------------------------------------------------------------------------------------------------


def _trees(path: Path) -> Iterator[tuple[Mapping, Lines]]:
    if path.is_file() and is_list(path):
        entries = (
            (parse(text, start.file, start), {start.file: SourceLines(text, start)})
            for text, start in entries_of(path, MOST_BYTES)
        )
    else:
        text = read_text(path, MOST_BYTES)
        tree, lines = parse(text, str(path)), {str(path): SourceLines(text, Mark(str(path), 1, 1))}
        listed = next((tree[key] for key in _OF_LIST if isinstance(tree.get(key), list)), None) if isinstance(
            tree, Mapping
        ) else None  # fmt: skip
        if listed is None:
            raise BadInput("phones.no_submissions", path=str(path))
        entries = ((entry, lines) for entry in listed)
    for entry, of_entry in entries:
        if not isinstance(entry, Mapping):
            raise BadInput("phones.no_submissions", path=str(path))
        yield entry, of_entry


def _of_tree(path: Path, tree: Mapping, lines: Lines) -> PhoneSubmission:
    made = PhoneSubmission(tree.mark, lines=lines)
    _flatten(path, tree, "", made)
    return made


def _flatten(path: Path, tree: Mapping, before: str, into: PhoneSubmission) -> None:
    """Put what stands in groups beside one another, each under its path."""
    for key, value in tree.items():
        name = _KOBO.sub("", f"{before}{key}")
        if isinstance(value, Mapping):
            if not key.startswith("_"):
                _flatten(path, value, f"{name}/", into)
        elif isinstance(value, Scalar) and value.strip():
            into.cells.append((ColumnHeading(name, tree.key_mark(key)), value))
        elif isinstance(value, list) and _is_repeat(value):
            into.findings = [_repeated(path, row) for row in value]
        elif isinstance(value, list) and value and not key.startswith("_"):
            mark = getattr(value, "mark", tree.mark)
            into.cells.append((ColumnHeading(name, tree.key_mark(key)), scalar("[...]", mark)))


def _is_repeat(value: list[Any]) -> bool:
    """Whether a list holds the rows of findings; attachments are rows as well, but not of the form."""
    rows = [row for row in value if isinstance(row, Mapping)]
    return bool(rows) and any(key.rpartition("/")[2].startswith("finding_") for row in rows for key in row)


def _repeated(path: Path, row: Any) -> PhoneSubmission:
    made = PhoneSubmission(getattr(row, "mark", Mark(str(path), 1, 1)))
    if isinstance(row, Mapping):
        _flatten(path, row, "", made)
    return made
