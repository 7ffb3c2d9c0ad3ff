"""CSV for spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.reports.csv.table import COLUMNS, columns_of, csv_bytes, defused


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert defused(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["-5", "-0.25", "12", "a=b", "", "WX-001", "'=1"])
def test_other_texts_and_plain_numbers_stay(text: str) -> None:
    assert defused(text) == text


def test_values_are_spelled_as_other_programs_read_them() -> None:
    row = {"a": True, "b": None, "c": 65.63, "d": 12, "e": -3, "f": "水"}
    assert csv_bytes(list(row), [row]).decode("utf-8-sig") == "a,b,c,d,e,f\r\ntrue,,65.63,12,-3,水\r\n"


def test_a_surrogate_from_a_file_name_is_escaped_not_a_crash() -> None:
    assert csv_bytes(["a"], [{"a": "\udcff"}]).endswith(b"\\udcff\r\n")


def test_columns_that_a_scheme_adds_come_after_the_promised_ones() -> None:
    rows = [{"rank": 1, "by_a": 1}, {"by_b": 1, "by_a": 2}]
    assert columns_of("ranking", rows) == [*COLUMNS["ranking"], "by_a", "by_b"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_every_text_comes_back_and_none_begins_a_formula(texts: list[str]) -> None:
    data = csv_bytes(["a"], [{"a": text} for text in texts]).decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(data, newline=""))
    for text, row in zip(texts, list(rows), strict=True):
        assert (row or [""])[0] in (text, f"'{text}")
        assert not (row or [""])[0].startswith(("=", "+", "@", "\t", "\r"))
