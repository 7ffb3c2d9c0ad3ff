"""`greenstar export` in every format, and what is said where a format or a file cannot be."""

import csv
import errno
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from greenstar.reports.csv import table as csv_table
from greenstar.reports.parquet.table import to_parquet, write_parquet
from greenstar.reports.views.tables import COLUMNS, TableView
from greenstar.services.results.column_kinds import Kind
from tests.cli.conftest import EXAMPLES, Greenstar
from tests.rows import rows

EVIL = '=HYPERLINK("http://x","y")'


@pytest.mark.slow
@pytest.mark.usefixtures("wuxi_certified")
def test_a_workbook_of_all_tables_has_the_rows_that_csv_has(greenstar: Greenstar, tmp_path: Path) -> None:
    book, archive, whole = tmp_path / "all.xlsx", tmp_path / "all.zip", tmp_path / "all.json"
    for form, target in (("xlsx", book), ("csv", archive), ("json", whole)):
        assert greenstar("export", "all", "--format", form, "-o", target).err == f"{target}: written\n"
    read_me, *sheets = load_workbook(book).worksheets
    said = "".join(str(row[0].value) for row in read_me.iter_rows())
    assert "The sheet Certificates holds those of all cycles, and Stores all stores" in said
    documents = json.loads(whole.read_text(encoding="utf-8"))
    with zipfile.ZipFile(archive) as tables:
        for name, sheet in zip(COLUMNS, sheets, strict=True):
            text = tables.read(f"{name}.csv").decode("utf-8-sig")
            records = list(csv.reader(io.StringIO(text, newline="")))
            assert sheet.max_row == len(records)
            assert [cell.value for cell in sheet[1]][: len(COLUMNS[name])]
            assert records[0][: len(COLUMNS[name])] == list(COLUMNS[name])
            assert len(documents[name]) == (1 if name == "answers" else len(records) - 1)


@pytest.mark.slow
@pytest.mark.usefixtures("wuxi_certified")
def test_answers_go_back_from_a_workbook_to_the_same_scorecard(greenstar: Greenstar, tmp_path: Path) -> None:
    book, other = tmp_path / "answers.xlsx", tmp_path / "other.db"
    assert greenstar("export", "answers", "--format", "xlsx", "-o", book).code == 0
    assert greenstar("--db", other, "record", book, "--files", EXAMPLES).code == 0
    for command in (["export", "answers", "--format", "json"], ["explain", "WX-001", "--json"]):
        assert greenstar("--db", other, *command).out == greenstar(*command).out


@pytest.mark.usefixtures("wuxi_certified")
def test_stores_go_back_through_import(greenstar: Greenstar, tmp_path: Path) -> None:
    greenstar("stores", "add", "X-1", "--name", EVIL, "--city", "+1", "--region", "@SUM(A1)")
    table, other = tmp_path / "stores.csv", tmp_path / "other.db"
    assert greenstar("export", "stores", "-o", table).code == 0
    assert greenstar("--db", other, "stores", "import", table).code == 0
    exported = greenstar("--db", other, "export", "stores").out
    assert exported.encode() == table.read_bytes()
    assert f"'{EVIL}" not in json.dumps(json.loads(greenstar("--db", other, "stores", "list", "--json").out))


@pytest.mark.engine
@pytest.mark.usefixtures("wuxi_certified")
def test_parquet_has_typed_columns_and_numbers_beside_values(greenstar: Greenstar, tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 - slow to import, and no quick test needs it

    scores, answers = tmp_path / "scores.parquet", tmp_path / "answers.parquet"
    for name, target in (("scores", scores), ("answers", answers)):
        assert greenstar("export", name, "--format", "parquet", "-o", target).code == 0
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        query = f"SELECT store, total, visited, typeof(submitted), lighthouse, level FROM '{scores}'"
        assert str(connection.execute(query).fetchall()[0][2]) == "2026-05-12"
        query = f"SELECT value, value_number FROM '{answers}' WHERE question = 'mains_water_m3'"
        ((text, number),) = connection.execute(query).fetchall()
        assert float(text) == number
        assert connection.execute(f"SELECT count(*) FROM '{answers}' WHERE note = ''").fetchone() == (0,)


TEXTS = ["it's", "", 'a "b", c', "中文", "two\nlines", "\u202e\0", "x" * 300, "\ud800"]


@pytest.mark.engine
def test_texts_of_parquet_come_back_whether_they_are_many_or_few(tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 - slow to import, and no quick test needs it

    columns = [f"{name}_{at}" for at in range(len(TEXTS)) for name in ("store", "same")]
    kinds: dict[str, Kind] = {"note": "text", **dict.fromkeys(columns, "text")}
    for many in (3, 3_000):
        lines = (
            [f"note {at}", *(value for text in TEXTS for value in (text, text if at % 2 else None))]
            for at in range(many)
        )
        table = TableView("notes", kinds, (dict(zip(kinds, line, strict=True)) for line in lines))
        write_parquet(tmp_path / "rows.parquet", table)
        written = duckdb.connect().execute(f"SELECT * FROM '{tmp_path}/rows.parquet'")
        assert {str(column[1]) for column in written.description or ()} == {"VARCHAR"}
        note, *texts = zip(*written.fetchall(), strict=True)
        assert [*note] == [f"note {at}" for at in range(many)]
        for text, whole, half in zip(TEXTS, texts[::2], texts[1::2], strict=True):
            told = text.encode("utf-8", "replace").decode()
            assert [*whole] == [told] * many
            assert [*half] == [told if at % 2 else None for at in range(many)]


@pytest.mark.usefixtures("wuxi_certified")
def test_without_duckdb_a_sentence_says_what_to_type(greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)  # importing it raises an ImportError, as of a damaged one
    done = greenstar("export", "scores", "--format", "parquet")
    assert (done.code, done.out) == (2, "")
    assert done.err == "Parquet needs DuckDB, which is not installed: pipx inject greenstar duckdb\n"


@pytest.mark.engine
@rows(
    ("module", "error", "text"),
    [
        ("builtins", "RuntimeError", "Query interrupted"),
        ("duckdb", "InterruptException", "INTERRUPT Error: Interrupted!"),
    ],
)
def test_ctrl_c_while_duckdb_works_is_ctrl_c(
    tmp_path: Path, module: str, error: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(**_config: object) -> None:
        raise getattr(import_module(module), error)(text)

    monkeypatch.setattr("duckdb.connect", interrupted)
    with pytest.raises(KeyboardInterrupt):
        to_parquet(tmp_path / "rows.csv", tmp_path / "rows.parquet", {"store": "text"}, {})


@pytest.mark.usefixtures("wuxi_certified")
def test_a_calendar_is_made_of_findings_only(greenstar: Greenstar) -> None:
    assert greenstar("export", "findings", "--format", "ics").out.startswith("BEGIN:VCALENDAR\r\n")
    assert "BEGIN:VEVENT\r\nUID:certificate-" in greenstar("export", "findings", "--format", "ics").out
    assert greenstar("export", "scores", "--format", "ics").code == 2


@pytest.mark.usefixtures("wuxi_certified")
def test_the_register_lists_certificates_and_those_that_end_soon(greenstar: Greenstar) -> None:
    (entry,) = json.loads(greenstar("certificates", "--json").out)["certificates"]
    assert (entry["store"], entry["standing"], entry["total"]) == ("WX-001", "valid", 90)
    assert list(entry) == list(COLUMNS["certificates"])
    table = greenstar("certificates").out
    assert entry["certificate"] in table
    assert "Three stars" in table
    assert entry["level"] not in table
    assert "无锡灯塔示例店" in greenstar("--lang", "zh", "certificates").out
    assert "No certificate ends before" in greenstar("certificates", "--expiring", "1").err
    assert entry["certificate"] in greenstar("certificates", "--expiring", "100").out
    greenstar("withdraw", "WX-001", "--because", "a slip")
    assert "withdrawn" in greenstar("certificates").out


@pytest.mark.slow
@pytest.mark.usefixtures("wuxi_certified")
def test_all_cycles_are_exported_where_that_is_asked_for(greenstar: Greenstar, tmp_path: Path) -> None:
    visit = tmp_path / "before.yaml"
    visit.write_text('{store: {code: WX-001}, cycle: "2025", answers: {}}', encoding="utf-8")
    greenstar("record", visit)
    for table in ("scores", "criteria", "facts"):
        rows = json.loads(greenstar("export", table, "--format", "json", "--cycle", "all").out)
        assert {row["cycle"] for row in rows} == {"2025", "2026"}
    events = json.loads(greenstar("export", "events", "--format", "json", "--cycle", "all").out)
    assert [event["id"] for event in events] == list(range(1, len(events) + 1))
    last: dict[str, str] = {}
    for event in events:  # each follows the one before in its chain
        assert event["previous"] == last.get(event["chain"], "")
        last[event["chain"]] = event["hash"]
    assert {row["cycle"] for row in json.loads(greenstar("export", "events", "--format", "json").out)} == {"2026"}


def _ends(error: BaseException) -> Any:
    def pieces(*_: object) -> Iterator[bytes]:
        yield b"half of it"
        raise error

    return pieces


@pytest.mark.usefixtures("wuxi_certified")
@rows("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_what_is_interrupted_or_finds_the_disk_full_leaves_the_old_file(
    greenstar: Greenstar, tmp_path: Path, error: BaseException
) -> None:
    target = tmp_path / "out" / "scores.csv"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(b"old")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_table, "csv_pieces", _ends(error))
        done = greenstar("export", "scores", "-o", target)
    assert done.code != 0
    assert len(done.err.splitlines()) <= 1
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.usefixtures("wuxi_certified")
@rows("form", ["csv", "json", "xlsx", "parquet"])
def test_a_folder_and_the_database_are_refused_in_a_sentence(greenstar: Greenstar, tmp_path: Path, form: str) -> None:
    database = tmp_path / "home" / "greenstar.db"
    before = database.read_bytes()
    for target in (tmp_path, database):
        done = greenstar("export", "scores", "--format", form, "-o", target)
        assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert database.read_bytes() == before
