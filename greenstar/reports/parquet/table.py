"""A table as Parquet, by DuckDB: rows go through a file of text, so that none is held, and become typed columns."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from greenstar.errors import BadInput
from greenstar.reports.parquet.vocabulary import Vocabulary
from greenstar.reports.views.tables import TableView
from greenstar.services.results.column_kinds import Kind

INSTALL = "pipx inject greenstar duckdb"
_AT_ONCE = 500  # rows that are written together
NOTHING = "\x1a"  # what stands for no value: a character that no text has
_TYPES: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "number": "DOUBLE",
    "whole": "BIGINT",
    "truth": "BOOLEAN",
    "day": "DATE",
    "time": "TIMESTAMPTZ",
    "value": "VARCHAR",
}
# DuckDB holds some buffers of text and some groups of rows at a time: as small as they may be without being slow.
_BUFFER, _ROW_GROUP = 1 << 22, 20_480
_AS_NUMBER = "_number"


def check_installed() -> None:
    """BadInput: DuckDB is not here, or damaged; the sentence says what to type."""
    try:
        import_module("duckdb")
    except ImportError as error:
        raise BadInput("export.needs_duckdb", command=INSTALL) from error


def write_parquet(path: Path, table: TableView) -> None:
    """Write all rows into the file `path`. OSError: it cannot be written."""
    with tempfile.TemporaryDirectory(prefix="greenstar-") as folder:
        stage = Path(folder) / "rows.csv"
        longest, rows, vocabulary = 0, _plain_rows(table), Vocabulary(table.columns, NOTHING)
        with stage.open("wb") as file:
            while batch := list(islice(rows, _AT_ONCE)):
                vocabulary.add(batch)
                longest = max(longest, file.write(_lines(batch)))
        to_parquet(stage, path, table.columns, vocabulary.by_column(), longest)


def _lines(rows: list[list[Any]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8", "replace")


def to_parquet(
    stage: Path, path: Path, columns: Mapping[str, Kind], texts: Mapping[str, Sequence[str]], longest: int = 0
) -> None:
    """Rows that are written as text become a Parquet file. Values have their numbers in a column of their own.

    `texts`: of some columns all that stand in them. As DuckDB's enumerations they are written sooner, and are texts in
    the file all the same. `longest`: no line is longer, in bytes; where that is not said, lines are as short as rows
    of figures are.
    """
    import duckdb  # noqa: PLC0415 - an extra, and heavy

    numbers = [f"TRY_CAST({_name(name)} AS DOUBLE) AS {_name(name + _AS_NUMBER)}" for name in _values(columns)]
    line = max(_BUFFER // 4, longest)
    enumerated = {name: f"texts_{place}" for place, name in enumerate(texts)}
    types = ", ".join(f"{_text(name)}: {_text(enumerated.get(name, _TYPES[kind]))}" for name, kind in columns.items())
    selected = ", ".join(["*", *numbers])
    source = (
        f"read_csv({_text(str(stage))}, columns = {{{types}}}, header = false, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', nullstr = {_text(NOTHING)}, new_line = '\\n', "
        f"max_line_size = {line}, buffer_size = {max(_BUFFER, 2 * line)})"
    )
    target = f"{_text(str(path))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}, USE_TMP_FILE false)"
    try:
        with duckdb.connect(config={"temp_directory": str(stage.parent)}) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            for name, enumeration in enumerated.items():
                connection.execute(f"CREATE TYPE {enumeration} AS ENUM ({', '.join(map(_text, texts[name]))})")
            connection.execute(f"COPY (SELECT {selected} FROM {source}) TO {target}")  # noqa: S608 - names are quoted
    except duckdb.IOException as error:
        raise OSError(str(error).splitlines()[0]) from error
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" not in str(error).lower():
            raise
        raise KeyboardInterrupt from error  # so DuckDB tells of ctrl+c while it works


def _plain_rows(table: TableView) -> Iterator[list[Any]]:
    names = list(table.columns)
    for row in table.rows:
        yield [_plain(row.get(name)) for name in names]


def _plain(value: Any) -> Any:
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value.replace(NOTHING, "")
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else value


def _values(columns: Mapping[str, Kind]) -> list[str]:
    return [name for name, kind in columns.items() if kind == "value"]


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
