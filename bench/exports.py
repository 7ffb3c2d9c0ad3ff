"""Figures of exports: each format beside the bare library that writes it, and the memory of many beside that of few."""

import csv
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import xlsxwriter

from bench.measure import Effort, Figure, in_turn, peak_memory, processor_time
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.csv.table import csv_pieces
from greenstar.reports.parquet.table import NOTHING, to_parquet
from greenstar.reports.parquet.vocabulary import Vocabulary
from greenstar.reports.views.tables import COLUMNS, TableView, table_view
from greenstar.reports.xlsx.tables import About, book
from greenstar.services.demo.network import make_demo
from greenstar.services.results.column_kinds import Kind
from greenstar.services.results.tables.extract import Extract
from greenstar.services.workspace import Workspace

_AT_ONCE = 500  # rows
_ROWS, _VISITS, _FEW, _ANSWERS = 100_000, 100_000, 1_001, 10_000_000  # sealed results only, from 1,001 on
_TABLE: dict[str, Kind] = {**{f"text_{at}": "text" for at in range(8)}, **{f"number_{at}": "number" for at in range(7)}}
_ABOUT = About((), "2026", datetime(2026, 5, 12, tzinfo=UTC), {})
_KILOBYTES = 1e-3  # of megabytes
_EXPORTED = ("ranking", "scores", "certificates", "stores")  # what such a network has rows in
_BARE = """
    SELECT visit.store, visit.store_name, visit.city, visit.region, visit.cycle, visit.scheme_name, scheme.version,
        visit.status, visit.assessor, visit.visited, visit.submitted_at, card.total_number, card.available, card.share,
        card.level, card.stars, card.candidate, card.answered, card.asked, card.not_applicable_points, {categories},
        card.excused_points, visit.scheme, scheme.rules, visit.revision, visit.certificate, visit.last_day, known.counts
    FROM assessment AS visit JOIN visit AS known ON known.assessment = visit.id
    JOIN scorecard AS card ON card.assessment = visit.id JOIN scheme ON scheme.sha256 = visit.scheme
    LEFT JOIN score ON score.assessment = visit.id
    WHERE visit.cycle = ? AND known.counts GROUP BY visit.id ORDER BY visit.store
"""


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    effort = effort.most_rounds(2)
    rows = [_row(number) for number in range(effort.of(_ROWS))]
    ours, bare = in_turn(processor_time(lambda: _workbook(rows)), processor_time(lambda: _bare_workbook(rows)), effort)
    yield Figure("XLSX of 100,000 × 15", "bare XlsxWriter, constant memory", ours, bare, 1.3)
    with TemporaryDirectory() as folder:
        few = make_demo(Path(folder) / "few", stores=effort.of(_FEW), in_full=False).path
        visits = effort.of(_VISITS)
        many = make_demo(Path(folder) / "many", stores=visits).path if visits > _FEW else few
        ours, bare = in_turn(
            processor_time(partial(_csv, many, Path(folder) / "ours.csv")),
            processor_time(partial(_bare_csv, many, Path(folder) / "bare.csv")),
            effort,
        )
        yield Figure("CSV of 100,000 visits' scores", "bare csv of the same rows from one query", ours, bare, 2)
        yield from _parquet(Path(folder), effort)
        for table, form in product(_EXPORTED[: effort.of(len(_EXPORTED))], ("csv", "xlsx")):
            peaks = {
                path: _peak(effort, path, table, form, Path(folder) / "peak") for path in {many, few}
            }  # a trial has few only
            what = f"peak memory: {table} as {form}, 100,000 visits"
            yield Figure(what, "of 1,000", peaks[many], peaks[few], 1.2, _KILOBYTES)


def _row(number: int) -> dict[str, object]:
    texts = {f"text_{at}": f"Store {number} in city {at}" for at in range(8)}
    return {**texts, **{f"number_{at}": number + at / 8 for at in range(7)}}


def _workbook(rows: list[dict[str, object]]) -> None:
    with book(BytesIO(), _ABOUT, Catalogue("en")) as made:
        made.table(TableView("scores", _TABLE, iter(rows)))
        made.finish()


def _bare_workbook(rows: list[dict[str, object]]) -> None:
    with xlsxwriter.Workbook(BytesIO(), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for line, row in enumerate(rows):
            for place, value in enumerate(row.values()):
                sheet.write(line, place, value)


def _csv(database: Path, target: Path) -> None:
    with Workspace.open(database, write=False) as workspace, workspace.storage.reading(), target.open("wb") as file:
        table = table_view("scores", Extract.of(workspace))
        for piece in csv_pieces(table.columns, table.rows):
            file.write(piece)


def _bare_csv(database: Path, target: Path) -> None:
    connection = sqlite3.connect(database)
    categories = [row[0] for row in connection.execute('SELECT DISTINCT "group" FROM score')]
    cells = (
        f"max(CASE WHEN score.\"group\" = '{name}' THEN score.{what} END)"
        for name in categories
        for what in ("points", "available", "percent")
    )
    (cycle,) = connection.execute("SELECT cycle FROM assessment ORDER BY cycle_key DESC LIMIT 1").fetchone()
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(connection.execute(_BARE.format(categories=", ".join(cells)), (cycle,)))
    connection.close()


def _parquet(folder: Path, effort: Effort) -> Iterator[Figure]:
    """From rows that are worked out and written as text, which takes far longer, to Parquet."""
    stage, columns = folder / "rows.csv", COLUMNS["answers"]
    vocabulary, answers = (
        Vocabulary(columns, NOTHING),
        (_answer(number, columns) for number in range(effort.of(_ANSWERS))),
    )
    with stage.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        while batch := list(islice(answers, _AT_ONCE)):
            vocabulary.add(batch)
            writer.writerows(batch)
    texts = vocabulary.by_column()
    with duckdb.connect(str(folder / "bare.db")) as connection:
        connection.execute(f"CREATE TABLE bare AS SELECT * FROM read_csv('{stage}', header = false, nullstr = '\x1a')")
        ours, bare = in_turn(
            lambda: to_parquet(stage, folder / "ours.parquet", columns, texts),
            lambda: connection.execute(f"COPY bare TO '{folder}/bare.parquet' (FORMAT parquet, COMPRESSION zstd)"),
            effort.most_rounds(1),
        )
    yield Figure("Parquet of 10 M answer rows, worked out", "DuckDB's own COPY of the same table", ours, bare, 1.3)


_VALUES: dict[Kind, Callable[[int], object]] = {
    "text": lambda number: f"text {number % 1000}",
    "number": lambda number: number % 100 / 4,
    "whole": lambda number: number % 7,
    "truth": lambda number: "true" if number % 2 else "false",
    "day": lambda number: f"2026-05-{number % 28 + 1:02}",
    "time": lambda number: f"2026-05-12T09:{number % 60:02}:00.000Z",
    "value": lambda number: number if number % 3 else "in use",
}


def _answer(number: int, columns: dict[str, Kind]) -> list[object]:
    return [_VALUES[kind](number) for kind in columns.values()]


def _peak(effort: Effort, database: Path, table: str, form: str, target: Path) -> float:
    """The most kilobytes that an export held."""
    return peak_memory(effort, "--db", str(database), "export", table, "--format", form, "-o", str(target))
