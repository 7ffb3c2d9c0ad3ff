"""Exported workbooks: typed cells, one header in both languages, nothing that runs, nothing cut in silence."""

import errno
import gc
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.table_words import bilingual
from greenstar.reports.views.tables import COLUMNS, TableView, columns_of
from greenstar.reports.xlsx import sheet
from greenstar.reports.xlsx.tables import About, book
from tests.rows import rows

ABOUT = About(("Small (small 1)",), "2026", datetime(2026, 5, 12, 9, 30, tzinfo=UTC), {})
SCORE = {
    "store": "S-1",
    "visited": "2026-05-11",
    "submitted": "2026-05-12T09:30:15.000Z",
    "total": 86.01,
    "stars": 2,
    "lighthouse": True,
    "WAT_points": 60,
    "city": "",
}


def written(*table: Mapping[str, Any], name: str = "scores", language: str = "en") -> bytes:
    content = BytesIO()
    columns = columns_of(name, {"WAT_points": "number"} if name == "scores" else {})
    with book(content, ABOUT, Catalogue(language)) as made:
        made.table(TableView(name, columns, iter(table)))
        made.finish()
    return content.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def cells_of(row: Mapping[str, Any], name: str = "scores") -> dict[str, Any]:
    page = opened(written(row, name=name)).worksheets[1]
    columns = list(columns_of(name, {"WAT_points": "number"} if name == "scores" else {}))
    return {column: page.cell(2, place) for place, column in enumerate(columns, 1)}


def test_numbers_days_times_and_truth_values_are_such() -> None:
    cells = cells_of(SCORE)
    assert (cells["total"].value, cells["stars"].value, cells["WAT_points"].value) == (86.01, 2, 60)
    assert (cells["visited"].value, cells["visited"].number_format) == (datetime(2026, 5, 11), "yyyy-mm-dd")  # noqa: DTZ001
    assert cells["submitted"].value == datetime(2026, 5, 12, 9, 30, 15)  # noqa: DTZ001 - cells know no zones
    assert cells["lighthouse"].value is True
    assert cells["city"].value is cells["level"].value is None


def test_the_header_stays_speaks_both_languages_and_filters() -> None:
    page = opened(written(SCORE, SCORE)).worksheets[1]
    assert (page.title, page.freeze_panes) == ("Scores", "B2")
    assert page["A1"].value == "Store code\n门店编号"
    assert page.auto_filter.ref == f"A1:{page.cell(3, page.max_column).coordinate}"
    assert all(8 <= page.column_dimensions[letter].width <= 64 for letter in "ABC")


@rows("language", ["en", "zh"])
def test_the_first_sheet_says_scheme_cycle_time_and_every_column(language: str) -> None:
    page = opened(written(SCORE, language=language)).worksheets[0]
    texts = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None]
    said = " ".join(texts)
    assert all(part in said for part in ("Small (small 1)", "2026", "2026-05-12 09:30:00"))
    assert {"en": "Scores: 1 row", "zh": "得分：1 行"}[language] in texts
    assert set(COLUMNS["scores"]) < set(texts)


@rows(
    "text",
    ['=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "http://x.example", "12", "_x0041_", "a\nb", "شركة", "🚗" * 100],
)
def test_a_text_stays_a_text(text: str) -> None:
    cell = cells_of({"store": text})["store"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value.replace("_x005F_", "_").replace("_x000A_", "\n") == text


@rows(
    ("number", "value"),
    [
        (Decimal("12345678901234567890.5"), "12345678901234567890.5"),
        (9007199254740993, "9007199254740993"),
        (Decimal("0.00001"), 0.00001),
    ],
)
def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_a_text(number: Any, value: Any) -> None:
    assert cells_of({"value": number}, "answers")["value"].value == value


def test_a_text_that_is_too_long_for_a_cell_is_cut_with_a_sign_and_counted() -> None:
    content = BytesIO()
    with book(content, ABOUT, Catalogue("en")) as made:
        made.table(TableView("answers", COLUMNS["answers"], iter([{"note": "x" * 100_000}, {"note": "x" * 32_767}])))
        made.finish()
        assert made.cut == 1
    read_me, page = opened(content.getvalue()).worksheets
    place = list(COLUMNS["answers"]).index("note") + 1
    cut, whole = page.cell(2, place).value, page.cell(3, place).value
    assert (len(str(cut)), str(cut).endswith("… [cut off]"), whole) == (32_767, True, "x" * 32_767)
    assert "1 text is longer" in "".join(str(row[0].value) for row in read_me.iter_rows())


def test_what_has_no_room_in_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    workbook = opened(written(*[SCORE] * 5))
    assert [(page.title, page.max_row) for page in workbook.worksheets[1:]] == [
        ("Scores", 3),
        ("Scores 2", 3),
        ("Scores 3", 2),
    ]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert written(SCORE) == written(SCORE)


def test_what_is_interrupted_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def interrupted() -> Any:
        yield SCORE
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), book(BytesIO(), ABOUT, Catalogue("en")) as made:
        made.table(TableView("scores", COLUMNS["scores"], interrupted()))
    assert not list(tmp_path.iterdir())


@pytest.mark.process
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here: no soffice")
def test_libreoffice_reads_it_as_it_was_meant(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(written({**SCORE, "name": "=1+1"}))
    where = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    sheet_2 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    command = ["soffice", "--headless", where, "--convert-to", sheet_2, "--outdir", str(tmp_path), "book.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    (converted,) = tmp_path.glob("book*.csv")
    line = converted.read_text(encoding="utf-8").splitlines()[-1]
    assert line.startswith("S-1,=1+1,")
    assert "2026-05-11" in line
    assert "86.01" in line


@pytest.mark.slow
@rows("table", COLUMNS)
def test_every_column_has_words_in_both_languages(table: str) -> None:
    for column in columns_of(table, {}):
        words = bilingual(table, column, {})
        assert words != column
        assert "\n" in words or column == "sha256"


@pytest.mark.slow
def test_of_a_full_disk_nothing_is_said_when_the_workbook_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def write(self, piece: Any, /) -> int:
            if self.tell() + len(piece) > 1000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(piece)

    unraisable: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    with pytest.raises(OSError, match="No space"), book(Full(), ABOUT, Catalogue("en")) as made:
        made.finish()
    gc.collect(1)  # what was made in this test: nothing of it is old
    assert unraisable == []
