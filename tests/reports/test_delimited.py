"""CSV for spreadsheets."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.spreadsheet.defusing import as_it_was, defused
from greenstar.errors import BadFile
from greenstar.numbers import written
from greenstar.reports.csv.table import csv_pieces
from greenstar.reports.views.tables import COLUMNS, LAST, columns_of
from greenstar.text import terminal_text
from tests.builders import category, figure, scheme
from tests.rows import rows


def csv_bytes(columns: list[str], table: list[dict[str, Any]]) -> bytes:
    return b"".join(csv_pieces(columns, table))


@rows("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert defused(f"{start}1+1") == f"'{start}1+1"


@rows("text", ["-5", "-0.25", "12", "a=b", "", "WX-001", "'=1"])
def test_other_texts_and_plain_numbers_stay(text: str) -> None:
    assert defused(text) == text


def test_values_are_spelled_as_other_programs_read_them() -> None:
    row = {"a": True, "b": None, "c": 65.63, "d": 12, "e": -3, "f": "水"}
    assert csv_bytes(list(row), [row]).decode("utf-8-sig") == "a,b,c,d,e,f\r\ntrue,,65.63,12,-3,水\r\n"


@given(st.fractions(max_denominator=10**6).map(written).filter(lambda text: "/" not in text))
def test_a_number_is_written_in_the_digits_that_were_typed(text: str) -> None:
    data = csv_bytes(["a"], [{"a": Decimal(text)}]).decode("utf-8-sig")
    assert data == f"a\r\n{text}\r\n"


@rows(("number", "text"), [(1e-05, "0.00001"), (1e16, "10000000000000000"), (65.63, "65.63")])
def test_no_number_has_an_exponent(number: float, text: str) -> None:
    assert csv_bytes(["a"], [{"a": number}]).decode("utf-8-sig").split() == ["a", text]


ADDED_LATER = ("excused_points",)


@rows("column", [*COLUMNS["scores"], *LAST["scores"], *ADDED_LATER])
def test_no_category_takes_the_place_of_a_column_of_scores(column: str) -> None:
    for ending in ("_points", "_available", "_percent"):
        name = column.removesuffix(ending)
        if name != column:
            with pytest.raises(BadFile) as caught:
                scheme(f"categories:\n{category(name, figure('a'))}")
            assert [problem.message.key for problem in caught.value.problems] == ["validation.column_taken"]


@rows(
    ("text", "cell"),
    [
        ("ok;=HYPERLINK(A1)", "ok;'=HYPERLINK(A1)"),
        ("ok\t@SUM(A1)", "ok\t'@SUM(A1)"),
        ("ok\n-1+1", "ok\n'-1+1"),
        ('ok; "=1+1"', 'ok; "\'=1+1"'),
        ("=1;=2", "'=1;'=2"),
        ("3;-4;-0.5", "3;-4;-0.5"),
        ("a = b; c", "a = b; c"),
    ],
)
def test_what_would_be_a_cell_of_its_own_elsewhere_is_defused_too(text: str, cell: str) -> None:
    assert defused(text) == cell


@rows(
    "hidden", ["\x1b]52;c;aGk=\x07", "\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "\u202egpj", "\udcff", "\x7f", "\u200b"]
)
def test_what_a_terminal_would_obey_is_made_visible(hidden: str) -> None:
    (cell,) = csv_bytes(["a"], [{"a": f"x{hidden}y"}]).decode("utf-8-sig").splitlines()[1:]
    assert cell == terminal_text(f"x{hidden}y")
    assert cell.startswith("x·")


def test_columns_that_a_scheme_adds_come_between_the_promised_ones_and_those_that_came_later() -> None:
    columns = columns_of("ranking", {"by_a": "number", "moved": "number", "by_b": "number"})
    assert list(columns) == [*COLUMNS["ranking"], "by_a", "by_b", *LAST["ranking"]]


@given(st.text('=+-@\t\n;"1 a＝'))
def test_what_was_defused_is_read_back_as_it_was(text: str) -> None:
    assert as_it_was(defused(text)) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_every_text_comes_back_and_none_begins_a_formula(texts: list[str]) -> None:
    data = csv_bytes(["a"], [{"a": text} for text in texts]).decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(data, newline=""))
    for text, row in zip(texts, list(rows), strict=True):
        cell = (row or [""])[0]
        assert cell == defused(terminal_text(text))
        assert cell.replace("'", "") == terminal_text(text).replace("'", "")
        assert not cell.startswith(("=", "+", "@", "\t", "\r"))
