"""Marks and lines, without a screen."""

from unicodedata import east_asian_width

from greenstar.tui import glyphs
from greenstar.tui.common.lines import both_ends, wrapped


def test_every_mark_is_one_cell_wide_in_every_terminal_and_no_two_are_alike() -> None:
    marks = [glyph.mark for glyph in glyphs.MEANINGS] + [glyphs.HERE, glyphs.OPENED, glyphs.CLOSED]
    marks += [*glyphs.bar(0.5, 2).plain, *glyphs.PICKED, *glyphs.TICKED]
    assert {east_asian_width(mark) for mark in marks} <= {"N", "Na"}
    assert len({glyph.mark for glyph in glyphs.MEANINGS}) == len(glyphs.MEANINGS)


def test_a_bar_is_full_only_when_it_is_all_and_empty_only_when_it_is_nothing() -> None:
    full, empty = glyphs.bar(1, 1).plain, glyphs.bar(0, 1).plain
    assert [glyphs.bar(share, 4).plain.count(full) for share in (0, 0.01, 0.5, 0.999, 1)] == [0, 1, 2, 3, 4]
    assert glyphs.bar(0, 4).plain == empty * 4


def test_chinese_without_spaces_is_broken_and_nothing_is_lost() -> None:
    text = "在循环水处理设备处抄读两块水表，或实测一次完整洗车；不采信设备样本数据（GB/T 18920-2020）。"
    lines = wrapped(text, 20)
    assert all(line.cell_length <= 20 for line in lines)
    assert "".join(line.plain for line in lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.plain.startswith(("，", "。", "；", "）")) for line in lines)


def test_of_two_ends_the_left_one_gives_way() -> None:
    assert both_ends("Rainwater tank 雨水", "3/4", 14).plain == "Rainwater  3/4"
    assert both_ends("水水水水水", "3/4", 10).plain == "水水水 3/4"
