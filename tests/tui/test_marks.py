"""Marks, lines and figures, without a screen, in both sets of signs."""

from collections.abc import Callable, Iterator
from itertools import product
from unicodedata import east_asian_width

import pytest
from textual.content import Content

from greenstar.resources import LOCALES, SHIPPED_SCHEME
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.common import drawing
from greenstar.tui.common.drawing import histogram, progress_line, range_line, ruler, share_line, sparkline
from greenstar.tui.common.lines import both_ends, fit, wrapped
from greenstar.tui.common.names import told_apart
from greenstar.tui.glyphs import Sign

SIGNS = [sign for module in (glyphs, drawing) for sign in vars(module).values() if isinstance(sign, Sign)]
SHARES = (-1.0, 0.0, 0.01, 0.49, 0.5, 0.999, 1.0, 7.0)


@pytest.fixture(autouse=True, params=glyphs.SETS)
def signs(request: pytest.FixtureRequest) -> Iterator[str]:
    """Either set of signs."""
    glyphs.use(request.param)
    yield request.param
    glyphs.use("rich")


def test_every_sign_is_one_cell_wide_and_no_two_marks_are_alike(signs: str) -> None:
    marks = [character for sign in SIGNS for character in sign.mark]
    assert {cell_width(mark) for mark in marks} == {1}
    assert len({glyph.mark for glyph in glyphs.MEANINGS}) == len(glyphs.MEANINGS)
    if signs == "plain":
        assert all(mark.isascii() for mark in marks)


def test_what_is_never_asked_of_the_terminal_is_narrow_in_every_terminal() -> None:
    assert {east_asian_width(mark) for mark in "✦✧✓✗⚑"} == {"N"}


def test_what_sentences_say_with_signs_is_said_with_plain_ones_in_as_many_cells() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*LOCALES.rglob("*.yaml"), *SHIPPED_SCHEME.glob("*.yaml"))]
    signs = {sign for text in texts for sign in text if cell_width(sign) == 1 and not sign.isalpha()} - {"\n"}
    strange = {sign for sign in map(glyphs.with_plain_signs, signs) if not sign.isascii()}
    assert not strange
    assert glyphs.with_plain_signs("查看 12 m³ ÷ 3 → 合格…") == "查看 12 m3 / 3 > 合格."


def test_a_figure_is_as_wide_as_it_is_asked_to_be() -> None:
    steps = [(0.6, "60 %"), (0.8, "80 %"), (0.9, "90 %")]
    figures: list[Callable[[float, int], Content]] = [
        lambda share, width: share_line(share, width, gate=0.5, earlier=share),
        lambda share, width: progress_line(int(share * 60), 60, width),
        lambda share, width: range_line(1, max(1, int(share * 87)), 1, width, most=87),
        lambda share, width: ruler(steps, width, share=share)[0],
        lambda share, width: ruler(steps, width, share=share)[1],
    ]
    for figure, share, width in product(figures, SHARES, (0, 1, 2, 9, 40)):
        assert figure(share, width).cell_length == width


def test_a_line_is_full_only_when_it_is_all_and_something_is_half_a_cell() -> None:
    assert [drawing.halves(share, 5) for share in (0, 1 / 60, 0.1, 0.5, 0.999, 1)] == [0, 1, 1, 5, 9, 10]
    assert share_line(1 / 60, 10).plain == share_line(0, 10).plain.replace(
        share_line(0, 1).plain, share_line(0.5, 1).plain, 1
    )
    assert share_line(0.5, 1).plain != share_line(1, 1).plain
    assert progress_line(59, 60, 4).plain != progress_line(60, 60, 4).plain == share_line(1, 4).plain


def test_a_gate_stands_over_the_line_at_its_share() -> None:
    lines = [share_line(0.7, 10, gate=gate).plain for gate in (0, 0.5, 0.99, 1)]
    assert [line.index(glyphs.GATE.mark) for line in lines] == [0, 5, 9, 9]


def test_a_distribution_shows_what_is_rare_and_its_peak_over_all_lines() -> None:
    top, bottom = (line.plain for line in histogram([0, 1, 400, 100], 2))
    assert (top[:2], bottom[0]) == ("  ", " ")
    assert " " not in {bottom[1], bottom[2], bottom[3], top[2]}
    assert top[2] == bottom[2] == sparkline([0, 1]).plain[1]
    assert [line.plain for line in histogram([0, 0])] == ["  "]


def test_a_sparkline_rises_with_its_values_and_equal_ones_are_level() -> None:
    assert sparkline([1, 2, 3]).plain == "▁▅█" if glyphs.in_use() == "rich" else "_=#"
    assert len(set(sparkline([5, 5, 5]).plain)) == 1
    assert not sparkline([]).plain


def test_a_range_covers_its_places_and_shows_the_one_within() -> None:
    line = range_line(2, 7, 3, 11, most=11).plain
    assert line.index(range_line(1, 1, 1, 1, most=2).plain) == 2
    assert len({line[at] for at in (1, 3, 4, 5, 6)}) == 1


def test_steps_are_named_under_the_line_as_far_as_there_is_room() -> None:
    line, labels = ruler([(0.6, "60 %"), (0.8, "80 %"), (0.9, "90 %")], 40, share=0.867)
    assert line.plain.count(glyphs.GATE.mark) == 3
    assert labels.plain.split() == ["60", "%", "80", "%", "90", "%"]
    assert ruler([(0.6, "60 %"), (0.9, "90 %")], 8, share=0)[1].plain == "    90 %"


def test_names_keep_what_tells_them_apart() -> None:
    names = [f"Wuxi synthetic store {number:03}" for number in range(1, 120)]
    cut = told_apart(names, 14)
    assert len(set(cut)) == len(names)
    assert {cell_width(name) for name in cut} == {14}
    assert cut[43].endswith("044")
    assert told_apart(["Hangzhou North", "Wuxi"], 8)[1] == "Wuxi"
    assert told_apart(["无锡合成门店〇四四", "无锡合成门店〇四五"], 10)[0].endswith("四")
    assert told_apart(["the same", "the same"], 5)[0] == told_apart(["the same"], 5)[0]
    assert all(cell_width(name) <= width for width in range(9) for name in told_apart([*names, "水水水水水"], width))


def test_chinese_without_spaces_is_broken_and_nothing_is_lost() -> None:
    text = "在循环水处理设备处抄读两块水表，或实测一次完整洗车；不采信设备样本数据（GB/T 18920-2020）。"
    lines = wrapped(text, 20)
    assert all(line.cell_length <= 20 for line in lines)
    assert "".join(line.plain for line in lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.plain.startswith(("，", "。", "；", "）")) for line in lines)


def test_of_two_ends_the_left_one_gives_way_and_says_so() -> None:
    more = glyphs.ELLIPSIS.mark
    assert both_ends("Rainwater", "3/4", 12).plain == f"{'Rainwater'[: 8 - len(more)]}{more} 3/4"
    assert {both_ends("水" * 5, "3/4", width).cell_length for width in range(1, 16)} == set(range(1, 16))
    assert [fit("水水", width).cell_length for width in range(6)] == list(range(6))
