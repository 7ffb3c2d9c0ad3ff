"""A table of stores as CSV: `code,name,city,region`, then facts by their names. All that is wrong is told at once.

Empty cells say nothing. Semicolons and tabs separate as well as commas, as spreadsheets write them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from greenstar.assessment.answer_types import Refused, answer_type
from greenstar.assessment.model import Answer, Store
from greenstar.errors import BadFile, BadInput, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import did_you_mean
from greenstar.scheme.validation.columns import STORE_COLUMNS
from greenstar.services.stores.store_validation import checked

_SEPARATORS = ",;\t"
_MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Cell:
    """A cell, and where it begins."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class StoreLine:
    """A store of the table; a text of it that is empty was not given."""

    store: Store
    facts: Mapping[str, Answer] = field(default_factory=dict)


def read_store_table(path: Path, scheme: Scheme) -> list[StoreLine]:
    """The stores in the CSV file `path`. BadInput, BadFile: it cannot be opened, or something in it is wrong."""
    text = _text(path)
    reader = _Reader(str(path), scheme)
    lines = reader.read(_records(text))
    if reader.problems:
        raise BadFile(reader.problems, {str(path): text.splitlines()})
    return lines


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput("storage.cannot_read", file=str(path), technical=error.strerror or "") from error
    if len(raw) > _MOST_BYTES:
        raise BadInput("storage.table_too_big", file=str(path), most=str(_MOST_BYTES // 1024 // 1024))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise BadInput("storage.not_utf8", file=str(path)) from error


class _Unclosed(Exception):
    """A quote that is not closed: all that follows would be one cell."""

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self.cell = cell


def _records(text: str) -> Iterator[list[Cell]]:
    """The rows of cells; a quoted cell may hold separators, line ends, and quotes written twice.

    Python's `csv` does not say where a cell begins, and takes all that follows an open quote for one cell.
    """
    separator = max(_SEPARATORS, key=text.split("\n", 1)[0].count)
    pattern = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"(?!"))?([^{separator}\n]*)({separator}|\n|\Z)')
    cells: list[Cell] = []
    line, line_start = 1, 0
    for match in pattern.finditer(text):
        quoted, plain, end = match[1] or "", match[2], match[3]
        cell = Cell((quoted.replace('""', '"') + plain).strip(), line, match.start() - line_start + 1)
        if match[1] is None and plain.startswith('"'):
            raise _Unclosed(cell)
        cells.append(cell)
        if "\n" in quoted:
            line, line_start = line + quoted.count("\n"), match.start(1) + quoted.rindex("\n") + 1
        if end != separator:
            if any(cell.text for cell in cells):
                yield cells
            cells, line, line_start = [], line + 1, match.end()


class _Reader:
    """Reads records against the scheme's facts."""

    def __init__(self, file: str, scheme: Scheme) -> None:
        self.file = file
        self.scheme = scheme
        self.problems: list[Problem] = []
        self.names: list[str] = []
        self.lines: dict[str, int] = {}

    def read(self, records: Iterator[list[Cell]]) -> list[StoreLine]:
        """All stores; `problems` holds what is wrong."""
        try:
            header = next(records, None)
            if header is None:
                raise BadInput("storage.empty_table", file=self.file)
            self._header(header)
            if self.problems:
                return []
            return [line for record in records if (line := self._line(record)) is not None]
        except _Unclosed as error:
            self._problem(error.cell, "", Phrase("storage.quote_open"))
            return []

    def _header(self, header: list[Cell]) -> None:
        self.names = [cell.text for cell in header]
        known = (*STORE_COLUMNS, *self.scheme.facts)
        for index, cell in enumerate(header):
            if cell.text not in known:
                self._problem(cell, cell.text, Phrase("storage.unknown_column", name=cell.text[:60]), known)
            elif cell.text in self.names[:index]:
                self._problem(cell, cell.text, Phrase("storage.column_twice", name=cell.text))
        if "code" not in self.names:
            self._problem(header[0], "code", Phrase("storage.no_code_column"))

    def _line(self, record: list[Cell]) -> StoreLine | None:
        before = len(self.problems)
        if any(cell.text for cell in record[len(self.names) :]):
            self._problem(record[len(self.names)], "", Phrase("storage.too_many_cells", count=len(self.names)))
            return None
        cells = dict(zip(self.names, record, strict=False))
        store = self._store(cells, record[0])
        facts = dict(self._facts(cells))
        return StoreLine(store, facts) if store is not None and len(self.problems) == before else None

    def _store(self, cells: dict[str, Cell], first: Cell) -> Store | None:
        texts = {name: cells[name].text if name in cells else "" for name in STORE_COLUMNS}
        at = cells.get("code", first)
        earlier = self.lines.setdefault(texts["code"].lower(), at.line)
        if earlier != at.line:
            self._problem(at, "code", Phrase("storage.store_twice", code=texts["code"], line=earlier))
            return None
        try:
            clean = checked(Store(**{**texts, "name": texts["name"] or texts["code"]}))
        except BadInput as error:
            self._problem(at, "code", error.message)
            return None
        return Store(clean.code, clean.name if texts["name"] else "", clean.city, clean.region)

    def _facts(self, cells: dict[str, Cell]) -> Iterator[tuple[str, Answer]]:
        for name, cell in cells.items():
            question = self.scheme.facts.get(name)
            if question is None or not cell.text:
                continue
            try:
                yield name, answer_type(self.scheme, question).from_text(cell.text)
            except Refused as error:
                self.problems.append(Problem(self._mark(cell), name, error.message, error.hint))

    def _problem(self, cell: Cell, key: str, message: Phrase, known: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(self._mark(cell), key, message, did_you_mean(cell.text, known) if known else None))

    def _mark(self, cell: Cell) -> Mark:
        return Mark(self.file, cell.line, cell.column)
