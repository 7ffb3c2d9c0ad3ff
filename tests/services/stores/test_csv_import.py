"""A table of stores: taken over whole, or refused with every error at its line and column."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.model import Store
from greenstar.errors import BadFile, BadInput
from greenstar.services.stores import csv_import
from greenstar.services.stores.stores import find_store, import_stores, list_stores, store_facts
from greenstar.services.workspace import Workspace
from tests.services.conftest import events_of


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Where the table lies."""
    return tmp_path / "stores.csv"


def codes(workspace: Workspace) -> list[str]:
    """The stores there are."""
    return sorted(overview.store.code for overview in list_stores(workspace))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_tables_are_read_as_spreadsheets_write_them(
    workspace: Workspace, table: Path, encoding: str, separator: str, ending: str
) -> None:
    lines = ["code,name,city,region,has_wash", 'A-1,"Shop ""A"", [/x]",无锡,East,是', ",,,,", "A-2,Two,,,no,,"]
    text = ending.join(line.replace(",", separator) for line in lines).replace(f'""{separator} [', '"", [')
    table.write_bytes(text.encode(encoding))
    assert import_stores(workspace, table) == 2
    assert find_store(workspace, "A-1") == Store("A-1", 'Shop "A", [/x]', "无锡", "East")
    assert store_facts(workspace, "A-1") == {"has_wash": True}
    assert store_facts(workspace, "A-2") == {"has_wash": False}


def test_empty_cells_say_nothing_about_a_store_that_is_there(workspace: Workspace, table: Path) -> None:
    table.write_text("code,city,area_m2\nS-1,,12.5\nS-3,Wuxi,\n", encoding="utf-8")
    assert import_stores(workspace, table) == 2
    assert find_store(workspace, "S-1") == Store("S-1", "First", "Wuxi", "East")
    assert find_store(workspace, "S-3") == Store("S-3", "S-3", "Wuxi", "")
    before = events_of(workspace)
    import_stores(workspace, table)
    assert events_of(workspace) == before


def test_every_error_is_told_at_its_place_and_nothing_is_kept(workspace: Workspace, table: Path) -> None:
    table.write_text(
        "code,name,has_wash,area_m2\n"
        "../x,Bad,yes,5\n"
        'A-1,"two\nlines",perhaps,0\n'
        "A-2,Good,no,5,more\n"
        "S-1,,,abc\n"
        "a-1,Again,,\n",
        encoding="utf-8",
    )
    before = events_of(workspace)
    with pytest.raises(BadFile) as caught:
        import_stores(workspace, table)
    problems = caught.value.problems
    told = [(each.mark.line, each.mark.column, each.message.key.partition(".")[2]) for each in problems]
    assert told == [
        (2, 1, "bad_code"),
        (4, 8, "expected_boolean"),
        (4, 16, "outside"),
        (5, 15, "too_many_cells"),
        (6, 7, "expected_number"),
        (7, 1, "store_twice"),
    ]
    assert events_of(workspace) == before
    assert codes(workspace) == ["S-1", "S-2"]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("12 34", "answers.expected_number"),
        ("12\n345", "answers.expected_number"),
        ("10³", "answers.expected_number"),
        ("50.000", "answers.doubtful"),
        ("6,200", "answers.doubtful"),
    ],
)
def test_a_number_that_is_none_or_could_be_two_is_refused_at_its_cell(
    workspace: Workspace, table: Path, cell: str, key: str
) -> None:
    table.write_text(f'code;area_m2\nA-1;"{cell}"\nA-2;6 200,5\n', encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        import_stores(workspace, table)
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.mark.line, problem.mark.column) == (key, 2, 5)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("name,city", "no_code_column"),
        ("code,name,name", "column_twice"),
        ("code,has_wsh", "unknown_column"),
        ('code,"name', "quote_open"),
    ],
)
def test_a_wrong_header_is_refused(workspace: Workspace, table: Path, header: str, key: str) -> None:
    table.write_text(f"{header}\nA-1,x,y\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        import_stores(workspace, table)
    assert caught.value.problems[0].message.key == f"storage.{key}"


def test_a_quote_that_is_not_closed_swallows_no_stores(workspace: Workspace, table: Path) -> None:
    table.write_text('code,name\nA-1,"open\nA-2,two\nA-3,three\n', encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        import_stores(workspace, table)
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.mark.column, problem.message.key) == (2, 5, "storage.quote_open")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty_table"),
        (b"\xef\xbb\xbf\n\n", "empty_table"),
        ("code,name\nA-1,名称\n".encode("gb18030"), "not_utf8"),
        (b"\x00\x01\xff", "not_utf8"),
    ],
)
def test_what_is_no_table_is_refused(workspace: Workspace, table: Path, content: bytes, key: str) -> None:
    table.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        import_stores(workspace, table)
    assert caught.value.message.key == f"storage.{key}"


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(workspace: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput) as caught:
        import_stores(workspace, tmp_path / name)
    assert caught.value.message.key == "storage.cannot_read"


def test_a_code_that_differs_only_in_case_from_a_store_there_is_refused(workspace: Workspace, table: Path) -> None:
    table.write_text("code,name\nA-1,one\ns-1,other\n", encoding="utf-8")
    with pytest.raises(BadInput):
        import_stores(workspace, table)
    assert codes(workspace) == ["S-1", "S-2"]


def test_progress_is_told(workspace: Workspace, table: Path) -> None:
    table.write_text("code,name\nA-1,one\nA-2,two\n", encoding="utf-8")
    told: list[tuple[int, int]] = []
    import_stores(workspace, table, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


CELL = st.text(st.sampled_from('ab,;\t" \n[读'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_cells_are_those_that_a_spreadsheet_wrote(rows: list[list[str]], separator: str) -> None:
    written = io.StringIO()
    header = ["code", "name", "city", "region"]
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows([header, *rows])
    cells = [[cell.text for cell in record] for record in csv_import._records(written.getvalue())]
    expected = [[cell.strip() for cell in row] for row in [header, *rows]]
    assert cells == [row for row in expected if any(row)]
