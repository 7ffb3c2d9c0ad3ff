"""Each format of `greenstar export`: what is loaded for it, and how its pieces become a file."""
# ruff: noqa: PLC0415 - a format is loaded where it is asked for: some are heavy

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.tables import TableView, all_tables, table_view
from greenstar.services.results.tables.extract import Extract

_VISITS = "answers"  # as JSON they are answers files
_REGISTER = "certificates"  # of all cycles unless one is asked for
_COPIED = 1 << 20  # bytes at once
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same rows give the same bytes


@dataclass
class WrittenRows:
    """How many rows were written, and what is to be said of them."""

    rows: int = 0
    notes: tuple[str, ...] = ()

    def counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows, counted as they go by."""
        for row in rows:
            self.rows += 1
            yield row


def write_table(file: IO[bytes], form: str, name: str, extract: Extract, catalogue: Catalogue) -> WrittenRows:
    """One table."""
    written = WrittenRows()
    if form == "ics":
        from greenstar.reports.ics.due import calendar
        from greenstar.services.stores.due import due_entries

        cycle = extract.register_cycle
        entries = [entry for entry in due_entries(extract.workspace) if cycle in (None, entry.row.cycle)]
        file.write(calendar(written.counted(entries), catalogue))
    elif form == "json":
        for piece in _json_pieces(name, extract, written):
            file.write(piece)
        file.write(b"\n")
    elif form == "xlsx":
        written = _workbook(file, [name], extract, catalogue)
    elif form == "parquet":
        _parquet(file, _table(name, extract, written))
    else:
        for piece in _csv_pieces(_table(name, extract, written)):
            file.write(piece)
    return written


def write_all(file: IO[bytes], form: str, extract: Extract, catalogue: Catalogue) -> WrittenRows:
    """Every table: a workbook, a JSON object, or a zip with a file for each."""
    from greenstar.reports.views.tables import COLUMNS

    written = WrittenRows()
    if form == "xlsx":
        return _workbook(file, list(COLUMNS), extract, catalogue)
    if form == "json":
        start = b"{\n"
        for table in COLUMNS:
            file.write(start + f'"{table}": '.encode())
            for piece in _json_pieces(table, extract, written):
                file.write(piece)
            start = b",\n"
        file.write(b"\n}\n")
        return written
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for view in all_tables(extract):
            _into(archive, form, TableView(view.name, view.columns, written.counted(view.rows)))
    return written


def _into(archive: zipfile.ZipFile, form: str, table: TableView) -> None:
    entry = zipfile.ZipInfo(f"{table.name}.{form}", _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED if form == "csv" else zipfile.ZIP_STORED
    with archive.open(entry, "w", force_zip64=True) as member:
        if form == "csv":
            for piece in _csv_pieces(table):
                member.write(piece)
        else:
            _parquet(member, table)


def _table(name: str, extract: Extract, written: WrittenRows) -> TableView:
    table = table_view(name, extract)
    return TableView(name, table.columns, written.counted(table.rows))


def _csv_pieces(table: TableView) -> Iterator[bytes]:
    from greenstar.reports.csv.table import csv_pieces

    return csv_pieces(table.columns, table.rows)


def _json_pieces(name: str, extract: Extract, written: WrittenRows) -> Iterator[bytes]:
    """A list without its last line end; of answers it is of answers files."""
    from greenstar.reports.json.rows import list_pieces
    from greenstar.services.results.documents import answers_documents

    if name == _VISITS:
        pieces = list_pieces(written.counted(answers_documents(extract)), indent=1)
    else:
        table = _table(name, extract, written)
        pieces = list_pieces({column: row.get(column) for column in table.columns} for row in table.rows)
    return (piece.encode() for piece in pieces)


def _parquet(file: IO[bytes], table: TableView) -> None:
    from greenstar.reports.parquet.table import write_parquet

    with TemporaryDirectory(prefix="greenstar-") as folder:
        path = Path(folder) / "rows.parquet"
        write_parquet(path, table)
        with path.open("rb") as source:
            shutil.copyfileobj(source, file, _COPIED)


def _said(names: list[str], extract: Extract) -> Iterator[str]:
    """The keys of what a workbook of these tables says besides."""
    if names == [_VISITS]:
        yield "read_back"
    if _REGISTER in names and len(names) > 1 and extract.cycle is not None and extract.register_cycle is None:
        yield "register_of_all_cycles"


def _workbook(file: IO[bytes], names: list[str], extract: Extract, catalogue: Catalogue) -> WrittenRows:
    from greenstar.reports.xlsx.answers import write_answers
    from greenstar.reports.xlsx.tables import About, book

    about = About(
        schemes=tuple(_schemes(extract, catalogue)),
        cycle=extract.register_cycle if names == [_REGISTER] else extract.cycle,
        written=extract.workspace.clock(),
        titles={language: _titles(extract, Catalogue(language)) for language in ("en", "zh")},
    )
    written = WrittenRows()
    with book(file, about, catalogue) as made:
        for name in names:
            if names == [_VISITS]:
                write_answers(made, extract, written.counted)
            else:
                made.table(_table(name, extract, written))
        made.finish(catalogue.say(f"columns.{key}") for key in _said(names, extract))
        cut = made.cut
    if cut:
        written.notes = (catalogue.say("columns.cut_note", count=cut, sign=made.sign),)
    return written


def _schemes(extract: Extract, catalogue: Catalogue) -> Iterator[str]:
    from greenstar.i18n.phrase import Text

    for row in extract.schemes():
        title = catalogue.write(Text(json.loads(row.summary)["title"]))
        yield f"{title} ({row.name} {row.version})"


def _titles(extract: Extract, catalogue: Catalogue) -> Mapping[str, str]:
    """Titles of categories by their names, of keys of the ranking by `by_` and theirs, of facts by their names."""
    from greenstar.i18n.phrase import Text

    titles = {name: catalogue.write(question.ask) for name, question in extract.workspace.scheme.facts.items()}
    for summary in extract.summaries():
        titles |= {category["id"]: catalogue.write(Text(category["title"])) for category in summary["categories"]}
        titles |= {
            f"by_{key['id']}": catalogue.write(Text(key["title"])) for key in summary["rank_by"] if "title" in key
        }
    return titles
