"""Pages: plain in a pipe, drawn on a terminal."""

import io

from greenstar.reports.text.console import draw
from greenstar.reports.text.page import Block, Branch, Table, TextLine, plain

PAGE: list[Block] = [
    TextLine("[bold]Title[/x] :smile:\x1b[31m", strong=True),
    Table(["Id", "Name", "Points"], [("WAT", "水资源", 17.5), ("ENE", "[North]", None)], numbers=(2,)),
    Branch("total", (Branch("a", (Branch("b"), Branch("c"))), Branch("d\ne"))),
]


def test_into_a_pipe_it_is_plain_text_a_row_a_line() -> None:
    assert list(plain(PAGE)) == [
        "[bold]Title[/x] :smile:·[31m",
        "Id   Name     Points",
        "WAT  水资源     17.5",
        "ENE  [North]",
        "total",
        "├── a",
        "│   ├── b",
        "│   └── c",
        "└── d e",
    ]


def test_on_a_terminal_the_same_text_is_drawn_and_markup_is_text() -> None:
    drawn = draw(PAGE, io.StringIO())
    assert [line.rstrip() for line in drawn.splitlines()] == list(plain(PAGE))


def test_a_wide_cell_is_folded_on_a_narrow_terminal() -> None:
    drawn = draw([Table(["Name"], [("水" * 100,)])], io.StringIO())
    assert "".join(drawn.split()).count("水") == 100
    assert max(map(len, drawn.splitlines())) <= 80


def test_a_column_of_people_s_text_is_cleaned_only_where_it_must_be_and_all_are_as_wide() -> None:
    rows: list[list[object]] = [["a", 1, "门店"], ["b\x1b", 22, "S\n2"], [None, None, "x"]]
    lines = list(plain([Table(["h", "n", "name"], list(rows), numbers=(1,))]))
    assert lines == ["h    n  name", "a    1  门店", "b·  22  S 2", "        x"]
