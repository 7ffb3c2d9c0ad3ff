"""A table of stores: taken over whole, or refused with every error at its line and column."""

import csv
import io
import os
import shutil
import sys
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.model import Store
from greenstar.errors import BadFile, BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.services.stores.csv_import import import_stores, preview_import
from greenstar.services.stores.stores import find_store, list_stores, store_facts
from greenstar.services.stores.table_cells import records
from greenstar.services.stores.table_file import MOST_BYTES
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.rows import rows
from tests.services.conftest import SCHEME, Opener, events_of


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Where the table lies."""
    return tmp_path / "stores.csv"


FACTS = """\
  has_wash: {type: boolean, ask: {en: Wash?, zh: 洗车？}}
  opened: {type: date, ask: {en: Opening day, zh: 开业日期}}
  system:
    type: choice
    ask: {en: Which system?, zh: 系统}
    options:
      in_use: {label: {en: In use, zh: 正在使用}}
      stored: {label: {en: In store, zh: 已停用}}
  uses:
    type: multiple
    ask: {en: Used for, zh: 用途}
    options:
      irrigation: {label: {en: Irrigation, zh: 绿化}}
      road: {label: {en: Road watering, zh: 道路}}
"""


@pytest.fixture
def tabular(opened: Opener, scheme_file: Path, template: tuple[Path, object], tmp_path: Path) -> Workspace:
    """A workspace whose scheme asks for facts of every type."""
    text = scheme_file.read_text(encoding="utf-8")
    head, tail = text.split("  has_wash: {type: boolean, ask: {en: Wash?, zh: 洗车？}}\n")
    scheme_file.write_text(f"{head}{FACTS}{tail}", encoding="utf-8")
    shutil.copy(template[0], tmp_path / "green.db")
    return opened()


def codes(workspace: Workspace) -> list[str]:
    """The stores there are."""
    return sorted(overview.store.code for overview in list_stores(workspace))


WAYS = product(["utf-8", "utf-8-sig"], [",", ";", "\t"], ["\n", "\r\n", "\r"])


@rows(("number", "way"), enumerate(WAYS))
def test_tables_are_read_as_spreadsheets_write_them(
    workspace: Workspace, table: Path, number: int, way: tuple[str, str, str]
) -> None:
    encoding, separator, ending = way
    first, second = f"A-{number}-1", f"A-{number}-2"
    lines = [
        "code,name,city,region,has_wash",
        f'{first},"Shop ""A"", [/x]",无锡,East,是',
        ",,,,",
        f"{second},Two,,,no,,",
    ]
    text = ending.join(line.replace(",", separator) for line in lines).replace(f'""{separator} [', '"", [')
    table.write_bytes(text.encode(encoding))
    assert import_stores(workspace, table).count("new") == 2
    assert find_store(workspace, first) == Store(first, 'Shop "A", [/x]', "无锡", "East")
    assert store_facts(workspace, first) == {"has_wash": True}
    assert store_facts(workspace, second) == {"has_wash": False}


def test_empty_cells_say_nothing_about_a_store_that_is_there(workspace: Workspace, table: Path) -> None:
    table.write_text("code,city,area_m2\nS-1,,12.5\nS-3,Wuxi,\n", encoding="utf-8")
    imported = import_stores(workspace, table)
    assert imported.changes == {"S-1": "changed", "S-3": "new"}
    assert find_store(workspace, "S-1") == Store("S-1", "First", "Wuxi", "East")
    assert find_store(workspace, "S-3") == Store("S-3", "S-3", "Wuxi", "")
    before = events_of(workspace)
    assert import_stores(workspace, table).changes == {"S-1": "same", "S-3": "same"}
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


@rows(
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


@rows(
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


@rows(
    ("content", "key"),
    [
        (b"", "empty_table"),
        (b"\xef\xbb\xbf\n\n", "empty_table"),
        (b"\x00\x01\xff", "not_text"),
        ("code,name\nA-1,Zürich Größe\n".encode("latin-1"), "not_text"),
        ("code,name\n".encode("utf-16-le"), "not_text"),
        (b'[{"code": "A-1", "name": "Alpha"}]', "table_is_json"),
        (b'{\n  "stores": []\n}\n', "table_is_json"),
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


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of Unix")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_has_no_end_is_refused_at_once(workspace: Workspace, table: Path, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(table)
    with pytest.raises(BadInput) as caught:
        import_stores(workspace, table if kind == "pipe" else Path("/dev/zero"))
    assert caught.value.message.key == "storage.no_table_file"


def test_a_file_of_many_gigabytes_is_refused_before_it_is_read(workspace: Workspace, table: Path) -> None:
    with table.open("wb") as file:
        file.truncate(40 << 30)  # of which the disk keeps nothing
    with pytest.raises(BadInput) as caught:
        import_stores(workspace, table)
    assert caught.value.message.key == "storage.table_too_big"
    assert caught.value.message.values["most"] == str(MOST_BYTES >> 20)


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("gb18030", "GB18030")]
)
def test_a_table_is_read_in_the_encodings_of_spreadsheets(
    workspace: Workspace, table: Path, encoding: str, name: str
) -> None:
    table.write_bytes("code,name,city\nA-1,无锡汽车·㈠店,Zürich 无锡\n".encode(encoding))
    imported = import_stores(workspace, table)
    assert find_store(workspace, "A-1").name == "无锡汽车·㈠店"
    assert imported.table.encoding == name
    assert [phrase.key for phrase in imported.table.understood] == ["table.encoding"] * (name != "UTF-8")


@pytest.mark.parametrize("said", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;;"])
def test_a_first_line_says_what_parts_the_cells(workspace: Workspace, table: Path, said: str) -> None:
    table.write_text(f"{said}\ncode;name\nA-1;one, two\nA-2;three,four,five\n../x;bad\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        import_stores(workspace, table)
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.mark.column) == (5, 1)
    table.write_text(f"{said}\ncode;name\nA-1;one, two\nA-2;three,four,five\n", encoding="utf-8")
    import_stores(workspace, table)
    assert find_store(workspace, "A-1").name == "one, two"


@pytest.mark.parametrize(
    "header",
    [
        "CODE,Name,City,REGION,HAS_WASH,Area m2,Opened,System,Uses",
        "Store code,Store Name,city,region,has wash,AREA_M2,opened,system,uses",
        "门店编号,门店名称,城市,区域,洗车？,面积（m²）,开业日期,系统,用途",
        "编号,名称,所在城市,大区,Wash?,Area (m²),Opening day,Which system?,Used for",
    ],
)
def test_headings_are_understood_as_people_write_them_and_this_is_told(
    tabular: Workspace, table: Path, header: str
) -> None:
    row = "A-1,One,无锡,East,1,12.5,2015/5/1,正在使用,绿化；Road watering"
    table.write_text(f"{header},,,\n{row},,,\n", encoding="utf-8")
    imported = import_stores(tabular, table)
    assert find_store(tabular, "A-1") == Store("A-1", "One", "无锡", "East")
    assert store_facts(tabular, "A-1") == {
        "has_wash": True,
        "area_m2": Fraction(25, 2),
        "opened": date(2015, 5, 1),
        "system": "in_use",
        "uses": ("irrigation", "road"),
    }
    assert list(imported.table.columns.values()) == [
        *("code", "name", "city", "region", "has_wash", "area_m2", "opened", "system", "uses")
    ]
    assert imported.table.values == {
        "has_wash": {"1": "yes"},
        "opened": {"2015/5/1": "2015-05-01"},
        "system": {"正在使用": "in_use"},
        "uses": {"绿化；Road watering": "irrigation;road"},
    }
    assert [phrase.key for phrase in imported.table.understood] == ["table.columns", *["table.values"] * 4]


CELLS = [
    *(("has_wash", text, True) for text in ("1", "yes", "TRUE", "是", "√")),
    *(("has_wash", text, False) for text in ("0", "no", "False", "否", "×")),
    *(("opened", text, date(2015, 5, 1)) for text in ("2015-05-01", "2015/05/01", "2015.5.1", "2015年5月1日")),
    *(("opened", text, date(2015, 5, 1)) for text in ("２０１５／５／１", "2015/5/1 0:00", "2015-05-01 00:00:00")),
    *(("system", text, "in_use") for text in ("in_use", "IN_USE", "In use", " in  use", "正在使用")),
    *(("uses", text, ("irrigation", "road")) for text in ("irrigation;road", "绿化、道路", "Road watering/绿化")),
]


@rows(("number", "cell"), enumerate(CELLS))
def test_a_cell_says_an_answer_as_spreadsheets_and_people_write_it(
    tabular: Workspace, table: Path, number: int, cell: tuple[str, str, object]
) -> None:
    code, (name, text, answer) = f"A-{number}", cell
    table.write_text(f'code,{name}\n{code},"{text}"\n', encoding="utf-8")
    import_stores(tabular, table)
    assert store_facts(tabular, code) == {name: answer}


@rows(
    ("name", "text"),
    [
        ("has_wash", "2"),
        ("opened", "1/5/2015"),
        ("opened", "2015/13/1"),
        ("opened", "2015/5/1 8:30"),
        ("system", "使用"),
    ],
)
def test_a_cell_that_could_mean_several_things_is_refused(
    tabular: Workspace, table: Path, name: str, text: str
) -> None:
    table.write_text(f"code,{name}\nA-1,{text}\n", encoding="utf-8")
    with pytest.raises(BadFile):
        import_stores(tabular, table)


def test_a_heading_by_the_earlier_name_of_a_fact_is_told_what_it_is_called_now(
    opened: Opener, tmp_path: Path, table: Path
) -> None:
    renamed = SCHEME.replace("has_wash: {", "washes: {formerly: [has_wash], ").replace("if: has_wash", "if: washes")
    (tmp_path / "renamed.yaml").write_text(renamed, encoding="utf-8")
    table.write_text("code,has_wash\nA-1,yes\n", encoding="utf-8")
    with opened(scheme=str(tmp_path / "renamed.yaml")) as workspace, pytest.raises(BadFile) as caught:
        import_stores(workspace, table)
    (problem,) = caught.value.problems
    assert problem.hint == Phrase("answers.called_now", name="washes")


def test_columns_that_nobody_knows_are_left_out_only_where_that_is_asked_for(workspace: Workspace, table: Path) -> None:
    table.write_text("code,Telephone,name\nA-1,0510,one\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        import_stores(workspace, table)
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.hint) == ("storage.unknown_column", Phrase("table.ignore_hint"))
    imported = import_stores(workspace, table, ignore_unknown=True)
    assert find_store(workspace, "A-1").name == "one"
    assert list(imported.table.understood) == [Phrase("table.ignored", columns=["Telephone"])]


def test_a_cell_without_a_heading_is_refused_even_then(workspace: Workspace, table: Path) -> None:
    table.write_text("code,name,,\nA-1,one,,stray\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        import_stores(workspace, table, ignore_unknown=True)
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.mark.line, problem.mark.column) == ("table.no_heading", 2, 10)


def test_a_preview_says_what_an_import_then_does(workspace: Workspace, table: Path) -> None:
    table.write_text("code,name,area_m2\nS-1,First,\nS-2,Second,12\nA-1,New,\n", encoding="utf-8")
    before = events_of(workspace)
    previewed = preview_import(workspace, table)
    assert events_of(workspace) == before
    assert previewed.changes == {"S-1": "same", "S-2": "changed", "A-1": "new"}
    assert import_stores(workspace, table).changes == previewed.changes
    assert preview_import(workspace, table).count("same") == 3


def test_a_code_in_another_spelling_is_that_store(workspace: Workspace, table: Path) -> None:
    table.write_text("code,name\nA-1,one\nｓ-1,other\n", encoding="utf-8")
    import_stores(workspace, table)
    assert codes(workspace) == ["A-1", "S-1", "S-2"]
    assert find_store(workspace, "S-1").name == "other"


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
    cells = [[cell.text for cell in record] for record in records(written.getvalue())]
    expected = [[cell.strip() for cell in row] for row in [header, *rows]]
    assert cells == [row for row in expected if any(row)]


def test_stores_that_change_while_a_draft_keeps_its_own_copy_are_named_as_they_are_kept(
    workspace: Workspace, table: Path
) -> None:
    for code in ("S-1", "S-2"):
        open_visit(workspace, code)
    table.write_text("code,name,city\ns-1,Renamed,\nS-2,Second,Xi'an\nn-1,New,\n", encoding="utf-8")
    imported = preview_import(workspace, table)
    assert imported.changes == {"S-1": "changed", "S-2": "same", "n-1": "new"}
    assert imported.with_drafts == import_stores(workspace, table).with_drafts == ("S-1",)
    assert open_visit(workspace, "S-1").visit.store.name == "First"
