"""Tables on terminals that are too narrow for them."""

import io
from dataclasses import replace

import pytest

from greenstar.reports.text.console import draw
from greenstar.reports.text.page import Table, TextLine
from greenstar.text import cell_width

NAMES = [
    "Zhengzhou synthetic store 072",
    "Zhengzhou synthetic store 073",
    "Wuxi lighthouse store of the sample",
    "无锡合成门店 044",
]
LEAGUE = Table(
    ["Rank", "Name", "Region", "Total"],
    [(rank, name, "Central", 91.57) for rank, name in enumerate(NAMES, 1)],
    numbers=(0, 3),
    names=(1,),
    spare=(2,),
)


def _drawn(table: Table, columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    return [line.rstrip() for line in draw([table], io.StringIO()).splitlines()]


def test_where_there_is_room_a_table_keeps_all(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _drawn(LEAGUE, 80, monkeypatch)
    assert all(name in line for name, line in zip(NAMES, lines[1:], strict=True))


def test_names_are_cut_to_a_line_and_keep_what_tells_them_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _drawn(LEAGUE, 40, monkeypatch) == [
        "Rank  Name                Region   Total",
        "   1  Zhengzhou synt…072  Central  91.57",
        "   2  Zhengzhou synt…073  Central  91.57",
        "   3  Wuxi lighthouse s…  Central  91.57",
        "   4  无锡合成门店 044    Central  91.57",
    ]


def test_a_column_that_can_be_spared_goes_before_names_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _drawn(LEAGUE, 30, monkeypatch)
    assert lines[0] == "Rank  Name               Total"
    assert len(lines) == 1 + len(NAMES)


def test_what_can_neither_be_cut_nor_spared_is_folded_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "未达到三星（另有 1 项）；须关闭评审发现。"
    lines = _drawn(Table(["Id", "Reason"], [("WAT", words)]), 20, monkeypatch)
    assert max(map(cell_width, lines)) <= 20
    assert "".join(line[3:].strip() for line in lines[1:]).replace(" ", "") == words.replace(" ", "")
    assert not any(line.strip().startswith(("）", "；", "。")) for line in lines)


def test_a_narrow_terminal_shows_the_page_that_is_meant_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    table = replace(LEAGUE, narrow=lambda: [TextLine("in short")])
    assert _drawn(table, 40, monkeypatch) == ["in short"]
    assert _drawn(table, 80, monkeypatch)[0].startswith("Rank")
