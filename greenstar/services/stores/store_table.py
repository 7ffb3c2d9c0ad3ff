"""A table of stores as CSV: `code,name,city,region`, then facts by their names. All that is wrong is found at once.

Empty cells say nothing. What is written in another way than it would be typed is read all the same, and told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from greenstar.assessment.answer_types import Refused, answer_type
from greenstar.assessment.model import Answer, Store
from greenstar.errors import BadFile, BadInput, Hint, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import did_you_mean, first_hint
from greenstar.scheme.validation.columns import STORE_COLUMNS
from greenstar.services.stores.store_validation import checked
from greenstar.services.stores.table_cells import Cell, UnclosedQuote, records
from greenstar.services.stores.table_columns import column_of
from greenstar.services.stores.table_file import read_table_file
from greenstar.text import excerpt, first_of, folded

_MOST_TOLD = 6  # values of a column of which it is told how they were read


@dataclass(frozen=True)
class StoreLine:
    """A store of the table; a text of it that is empty was not given."""

    store: Store
    facts: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class StoreTable:
    """The stores of a file, and how it was read.

    `columns` are the columns by their headings, None where one is left out; `values` are, by column, cells that say
    something in another way than it would be typed, and what that is.
    """

    lines: list[StoreLine]
    encoding: str
    columns: Mapping[str, str | None]
    values: Mapping[str, Mapping[str, str]]

    @property
    def understood(self) -> Iterator[Phrase]:
        """What was read in another way than it stands there."""
        if self.encoding != "UTF-8":
            yield Phrase("table.encoding", encoding=self.encoding)
        renamed = {heading: column for heading, column in self.columns.items() if column not in (heading, None)}
        if renamed:
            yield Phrase("table.columns", pairs=[f"{heading} → {column}" for heading, column in renamed.items()])
        for column, values in self.values.items():
            pairs = (f"{excerpt(text, 30)} → {typed}" for text, typed in values.items())
            yield Phrase("table.values", column=column, pairs=first_of(pairs, _MOST_TOLD))
        ignored = [heading for heading, column in self.columns.items() if column is None]
        if ignored:
            yield Phrase("table.ignored", columns=ignored)


def read_store_table(path: Path, scheme: Scheme, *, ignore_unknown: bool = False) -> StoreTable:
    """The stores in the CSV file `path`. BadInput, BadFile: it cannot be opened, or something in it is wrong.

    `ignore_unknown` leaves out columns that nobody knows.
    """
    file = read_table_file(path)
    reader = _Reader(str(path), scheme, ignore_unknown=ignore_unknown)
    lines = reader.read(records(file.text))
    if reader.problems:
        raise BadFile(reader.problems, {str(path): file.text.splitlines()})
    return StoreTable(lines, file.encoding, reader.columns, reader.values)


class _Reader:
    """Reads records against the scheme's facts."""

    def __init__(self, file: str, scheme: Scheme, *, ignore_unknown: bool) -> None:
        self.file = file
        self.scheme = scheme
        self.ignore_unknown = ignore_unknown
        self.problems: list[Problem] = []
        self.columns: dict[str, str | None] = {}
        self.values: dict[str, dict[str, str]] = {}
        self.names: list[str | None] = []
        self.headings: list[str] = []
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
        except UnclosedQuote as error:
            self._problem(error.cell, "", Phrase("storage.quote_open"))
            return []

    def _header(self, header: list[Cell]) -> None:
        for cell in header:
            column = column_of(cell.text, self.scheme) if cell.text else None
            if column is None and cell.text and not self.ignore_unknown:
                hint = first_hint(self._meant(cell.text), Phrase("table.ignore_hint"))
                message = Phrase("storage.unknown_column", name=cell.text[:60])
                self.problems.append(Problem(self._mark(cell), cell.text, message, hint))
            elif column is not None and column in self.names:
                self._problem(cell, cell.text, Phrase("storage.column_twice", name=column))
            if cell.text:
                self.columns[cell.text] = column
            self.names.append(column)
        if "code" not in self.names and header[0].text.startswith(("[", "{")):
            raise BadInput("storage.table_is_json", file=self.file)
        if "code" not in self.names:
            self._problem(header[0], "code", Phrase("storage.no_code_column"))
        self.headings = [cell.text for cell in header]

    def _meant(self, heading: str) -> Hint:
        """What an unknown heading was meant to be: a fact that had it in an earlier version, else the nearest."""
        now = self.scheme.earlier_names.fact(heading)
        if now != heading:
            return Phrase("answers.called_now", name=now)
        return did_you_mean(heading, (*STORE_COLUMNS, *self.scheme.facts))

    def _line(self, record: list[Cell]) -> StoreLine | None:
        before = len(self.problems)
        if any(cell.text for cell in record[len(self.names) :]):
            self._problem(record[len(self.names)], "", Phrase("storage.too_many_cells", count=len(self.names)))
            return None
        for heading, cell in zip(self.headings, record, strict=False):
            if cell.text and not heading:
                self._problem(cell, "", Phrase("table.no_heading"))
        cells = {name: cell for name, cell in zip(self.names, record, strict=False) if name is not None}
        store = self._store(cells, record[0])
        facts = dict(self._facts(cells))
        return StoreLine(store, facts) if store is not None and len(self.problems) == before else None

    def _store(self, cells: dict[str, Cell], first: Cell) -> Store | None:
        texts = {name: cells[name].text if name in cells else "" for name in STORE_COLUMNS}
        at = cells.get("code", first)
        earlier = self.lines.setdefault(folded(texts["code"]), at.line)
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
            kind = answer_type(self.scheme, question)
            try:
                typed = kind.text_of_cell(cell.text)
                if typed != cell.text:
                    self.values.setdefault(name, {})[cell.text] = typed
                yield name, kind.from_text(typed)
            except Refused as error:
                self.problems.append(Problem(self._mark(cell), name, error.message, error.hint))

    def _problem(self, cell: Cell, key: str, message: Phrase) -> None:
        self.problems.append(Problem(self._mark(cell), key, message))

    def _mark(self, cell: Cell) -> Mark:
        return Mark(self.file, cell.line, cell.column)
